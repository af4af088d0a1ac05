// Combining planar regions. The common case, holes strictly inside and clear of each other, needs no
// boolean: that alone makes a plate with 256 holes a hundred times faster (docs/planner.md).
#include <BRepAlgoAPI_Common.hxx>
#include <BRepAlgoAPI_Cut.hxx>
#include <BRepAlgoAPI_Fuse.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepTools.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Wire.hxx>

#include <algorithm>

#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/polygon.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

namespace {

/// A tool's single face that may become a hole.
struct HoleTool {
  TopoDS_Wire wire;
  Polygon polygon;
};

std::optional<HoleTool> as_hole(const TopoDS_Shape& tool) {
  const auto faces = faces_of(tool);
  if (faces.size() != 1) return std::nullopt;
  int wires = 0;
  for (TopExp_Explorer it(faces[0], TopAbs_WIRE); it.More(); it.Next()) ++wires;
  if (wires != 1) return std::nullopt;
  const TopoDS_Wire wire = BRepTools::OuterWire(TopoDS::Face(faces[0]));
  return HoleTool{wire, polygon_of(wire)};
}

template <class Algorithm>
Result<Regions> run(Algorithm& algorithm, const Regions& base, const std::vector<RegionUse>& tools,
                    bool keep_tool_areas, const std::stop_token& stop) {
  TopTools_ListOfShape objects, others;
  objects.Append(base.body.shape);
  for (const RegionUse& tool : tools) others.Append(tool.body.shape);
  algorithm.SetArguments(objects);
  algorithm.SetTools(others);
  const opencascade::handle<StopIndicator> indicator = new StopIndicator(stop);
  algorithm.Build(indicator->Start());
  if (stop.stop_requested()) return cancelled_error();
  if (algorithm.HasErrors() || !algorithm.IsDone())
    return geometry_error("combining profiles failed: their outlines meet in a way the kernel cannot resolve");
  algorithm.SimplifyResult(true, true);
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

}  // namespace

Result<Regions> unite_regions(std::vector<RegionUse> members, const std::stop_token& stop) {
  return guarded("uniting profiles", [&]() -> Result<Regions> {
    std::vector<TopoDS_Shape> faces;
    TraceCollector edges(TopAbs_EDGE), areas(TopAbs_FACE);
    std::vector<std::vector<Polygon>> outers;
    for (const RegionUse& member : members) outers.push_back(outers_of(member.body.shape));
    const auto meet = [&](std::size_t i, std::size_t j) { return may_meet(outers[i], outers[j]); };
    for (const auto& group : connected_groups(members.size(), meet)) {
      Regions united = alone(members[group.front()]);
      if (group.size() > 1) {
        std::vector<RegionUse> rest;
        for (std::size_t k = 1; k < group.size(); ++k) rest.push_back(members[group[k]]);
        BRepAlgoAPI_Fuse fuse;
        FW_TRY(united, run(fuse, united, rest, true, stop));
      }
      for (const TopoDS_Shape& face : faces_of(united.body.shape)) faces.push_back(face);
      edges.inherit(united.body, nullptr);
      areas.inherit({united.body.shape, united.areas}, nullptr);
    }
    const TopoDS_Shape shape = gather(faces);
    return Regions{edges.finish(shape, "edge"), areas.finish(shape, "").traces};
  });
}

Result<Regions> cut_regions(Regions base, const std::vector<RegionUse>& tools, const std::stop_token& stop) {
  return guarded("cutting a profile", [&]() -> Result<Regions> {
    std::vector<std::optional<HoleTool>> holes;
    for (const RegionUse& tool : tools) holes.push_back(as_hole(tool.body.shape));
    std::vector<FacePolygons> faces;
    for (const TopoDS_Shape& face : faces_of(base.body.shape)) faces.push_back(polygons_of(TopoDS::Face(face)));

    // Which tools need a general boolean: those that touch an outline or another tool.
    std::vector<RegionUse> crossing;
    std::vector<std::size_t> clear;
    for (std::size_t i = 0; i < tools.size(); ++i) {
      bool plain = holes[i].has_value();
      for (std::size_t f = 0; plain && f < faces.size(); ++f)
        plain = place_in(faces[f], holes[i]->polygon) != Place::crossing;
      for (std::size_t j = 0; plain && j < tools.size(); ++j)
        if (j != i) {
          plain = holes[j] && clear_of(holes[i]->polygon, holes[j]->polygon) &&
                  !contains(holes[i]->polygon, holes[j]->polygon.points.front()) &&
                  !contains(holes[j]->polygon, holes[i]->polygon.points.front());
        }
      if (plain)
        clear.push_back(i);
      else
        crossing.push_back(tools[i]);
    }
    if (!crossing.empty()) {
      BRepAlgoAPI_Cut cut;
      FW_TRY(base, run(cut, base, crossing, false, stop));
    }

    // The others become inner wires of the face that they lie in; outside of all faces they do nothing.
    std::vector<TopoDS_Shape> result_faces = faces_of(base.body.shape);
    TraceCollector edges(TopAbs_EDGE);
    edges.inherit(base.body, nullptr);
    for (std::size_t f = 0; f < result_faces.size(); ++f) {
      const FacePolygons polygons = polygons_of(TopoDS::Face(result_faces[f]));
      BRepBuilderAPI_MakeFace face(TopoDS::Face(result_faces[f]));
      for (const std::size_t i : clear)
        if (place_in(polygons, holes[i]->polygon) == Place::inside) {
          face.Add(TopoDS::Wire(holes[i]->wire.Reversed()));
          edges.inherit(tools[i].body, nullptr);
        }
      result_faces[f] = face.Face();
    }
    const TopoDS_Shape shape = gather(result_faces);
    return Regions{edges.finish(shape, "edge"), std::move(base.areas)};
  });
}

Result<Regions> intersect_regions(Regions base, const std::vector<RegionUse>& tools, const std::stop_token& stop) {
  return guarded("intersecting profiles", [&]() -> Result<Regions> {
    for (const RegionUse& tool : tools) {
      BRepAlgoAPI_Common common;
      FW_TRY(base, run(common, base, {tool}, true, stop));
    }
    return base;
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
