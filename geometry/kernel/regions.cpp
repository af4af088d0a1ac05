// Combining planar regions: by one layout of their outlines where that is certain (lines and arcs in any position,
// other curves that keep clear), else by the general boolean of plane faces.
#include <BRepAlgoAPI_Common.hxx>
#include <BRepAlgoAPI_Cut.hxx>
#include <BRepAlgoAPI_Fuse.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepTools.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Wire.hxx>

#include <algorithm>

#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/handover.hpp"
#include "geometry/kernel/layers.hpp"
#include "geometry/kernel/polygon.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

namespace {

template <class Algorithm>
Result<Regions> run(Algorithm& algorithm, const Regions& base, const std::vector<RegionUse>& tools,
                    bool keep_tool_areas, BooleanTask& task) {
  TopTools_ListOfShape objects, others;
  objects.Append(base.body.shape);
  for (const RegionUse& tool : tools) others.Append(tool.body.shape);
  algorithm.SetArguments(objects);
  algorithm.SetTools(others);
  const opencascade::handle<StopIndicator> indicator = new StopIndicator(task.stop);
  algorithm.Build(indicator->Start());
  if (task.stop.stop_requested()) return cancelled_error();
  if (algorithm.HasErrors() || !algorithm.IsDone())
    return geometry_error("combining profiles failed: their outlines meet in a way the kernel cannot resolve");
  simplify(algorithm);
  const auto history = algorithm.History();

  Regions result;
  std::vector<TopoDS_Shape> faces = faces_of(algorithm.Shape());
  if (faces.empty())
    return geometry_error("nothing is left of the profile", "check sizes and positions of what is cut away");
  TraceCollector edges(TopAbs_EDGE), areas(TopAbs_FACE);
  edges.inherit(base.body, history);
  areas.inherit({base.body.shape, base.areas}, history);
  for (const RegionUse& tool : tools) {
    edges.inherit(tool.body, history);
    if (keep_tool_areas)
      areas.inherit({tool.body.shape, std::vector<Trace>(faces_of(tool.body.shape).size(), tool.region)}, history);
  }
  const TopoDS_Shape shape = gather(faces);
  result.areas = areas.finish(shape, "").traces;
  result.body = edges.finish(shape, "edge");
  return result;
}

Regions alone(const RegionUse& use) {
  return {use.body, std::vector<Trace>(faces_of(use.body.shape).size(), use.region)};
}

/// The outer outlines of a member, for the question whether two members meet.
std::vector<Polygon> outers_of(const TopoDS_Shape& shape) {
  std::vector<Polygon> outers;
  for (const TopoDS_Shape& face : faces_of(shape))
    outers.push_back(polygon_of(BRepTools::OuterWire(TopoDS::Face(face))));
  return outers;
}

bool may_meet(const std::vector<Polygon>& a, const std::vector<Polygon>& b) {
  for (const Polygon& p : a)
    for (const Polygon& q : b)
      if (p.box.near(q.box, p.slack + q.slack + 1e-4) &&
          (!clear_of(p, q) || contains(p, q.points.front()) || contains(q, p.points.front())))
        return true;
  return false;
}

/// The first use with the others, laid out; absent when that is not certain.
std::optional<Regions> laid_out(PrismTree::How how, const std::vector<RegionUse>& uses, const BooleanTask& task) {
  if (!task.shortcuts) return std::nullopt;
  PrismTree tree{how, {}, 0, uses.size()};
  for (std::size_t i = 0; i < uses.size(); ++i) tree.members.push_back({PrismTree::How::leaf, {}, i, 1});
  auto regions = layered_regions(tree, uses);
  return regions ? std::move(*regions) : std::nullopt;
}

std::vector<RegionUse> with(const RegionUse& base, const std::vector<RegionUse>& others) {
  std::vector<RegionUse> all{base};
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

}  // namespace

Result<Regions> unite_regions(std::vector<RegionUse> members, BooleanTask& task) {
  return guarded("uniting profiles", [&]() -> Result<Regions> {
    std::vector<TopoDS_Shape> faces;
    TraceCollector edges(TopAbs_EDGE), areas(TopAbs_FACE);
    std::vector<std::vector<Polygon>> outers;
    for (const RegionUse& member : members) outers.push_back(outers_of(member.body.shape));
    const auto meet = [&](std::size_t i, std::size_t j) { return may_meet(outers[i], outers[j]); };
    const auto groups = connected_groups(members.size(), meet);
    std::vector<std::vector<RegionUse>> uses(groups.size());
    std::vector<std::optional<Regions>> quick(groups.size());
    each(groups.size(), 1, [&](std::size_t g) {
      for (const std::size_t i : groups[g]) uses[g].push_back(members[i]);
      if (uses[g].size() > 1) quick[g] = laid_out(PrismTree::How::unite, uses[g], task);
    });
    for (std::size_t g = 0; g < groups.size(); ++g) {
      Regions united = quick[g] ? std::move(*quick[g]) : alone(uses[g].front());
      if (!quick[g] && uses[g].size() > 1) {
        BRepAlgoAPI_Fuse fuse;
        FW_TRY(united, run(fuse, united, {uses[g].begin() + 1, uses[g].end()}, true, task));
      }
      for (const TopoDS_Shape& face : faces_of(united.body.shape)) faces.push_back(face);
      edges.inherit(united.body, nullptr);
      areas.inherit({united.body.shape, united.areas}, nullptr);
    }
    const TopoDS_Shape shape = gather(faces);
    return Regions{edges.finish(shape, "edge"), areas.finish(shape, "").traces};
  });
}

Result<Regions> cut_regions(const RegionUse& base, const std::vector<RegionUse>& tools, BooleanTask& task) {
  return guarded("cutting a profile", [&]() -> Result<Regions> {
    if (auto quick = laid_out(PrismTree::How::cut, with(base, tools), task)) return std::move(*quick);
    BRepAlgoAPI_Cut cut;
    return run(cut, alone(base), tools, false, task);
  });
}

Result<Regions> intersect_regions(const RegionUse& base, const std::vector<RegionUse>& tools, BooleanTask& task) {
  return guarded("intersecting profiles", [&]() -> Result<Regions> {
    if (auto quick = laid_out(PrismTree::How::common, with(base, tools), task)) return std::move(*quick);
    Regions common = alone(base);
    for (const RegionUse& tool : tools) {
      BRepAlgoAPI_Common algorithm;
      FW_TRY(common, run(algorithm, common, {tool}, true, task));
    }
    return common;
  });
}

Result<TopoDS_Shape> region_of_wires(const TopoDS_Shape& wires) {
  std::vector<TopoDS_Wire> all;
  std::vector<Polygon> polygons;
  for (const TopoDS_Shape& wire : carriers(wires, TopAbs_WIRE)) {
    all.push_back(TopoDS::Wire(wire));
    polygons.push_back(polygon_of(all.back()));
  }
  std::vector<std::size_t> depth(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < all.size(); ++j)
      if (i != j && contains(polygons[j], polygons[i].points.front())) ++depth[i];
  std::vector<TopoDS_Shape> faces;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (depth[i] % 2 != 0) continue;
    std::vector<TopoDS_Wire> holes;
    for (std::size_t j = 0; j < all.size(); ++j)
      if (depth[j] == depth[i] + 1 && contains(polygons[i], polygons[j].points.front())) holes.push_back(all[j]);
    FW_TRY(const TopoDS_Face face, face_in_plane(all[i], holes));
    faces.push_back(face);
  }
  if (faces.empty()) return geometry_error("nothing is left of the profile");
  return gather(faces);
}

}  // namespace fitwright
