// Combining planar regions. The common case, holes strictly inside and clear of each other, needs no
// boolean: that alone makes a plate with 256 holes a hundred times faster (docs/planner.md).
#include <BRepAdaptor_Curve.hxx>
#include <BRepAlgoAPI_Common.hxx>
#include <BRepAlgoAPI_Cut.hxx>
#include <BRepAlgoAPI_Fuse.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepTools.hxx>
#include <BRepTools_WireExplorer.hxx>
#include <GCPnts_QuasiUniformDeflection.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Wire.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

namespace {

struct Box2 {
  Vec2 min{1e300, 1e300}, max{-1e300, -1e300};
  void add(Vec2 p) {
    min = {std::min(min.x, p.x), std::min(min.y, p.y)};
    max = {std::max(max.x, p.x), std::max(max.y, p.y)};
  }
  bool near(const Box2& o, double gap) const {
    return min.x <= o.max.x + gap && o.min.x <= max.x + gap && min.y <= o.max.y + gap && o.min.y <= max.y + gap;
  }
};

/// A wire as a polygon whose distance from the exact curve is at most `slack`. Two polygons that keep more
/// than the sum of their slacks apart prove that the exact curves do not touch.
struct Polygon {
  std::vector<Vec2> points;
  Box2 box;
  double slack = 1e-6;
};

void append_edge(Polygon& polygon, const TopoDS_Edge& edge) {
  const BRepAdaptor_Curve curve(edge);
  std::vector<Vec2> points;
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  if (curve.GetType() == GeomAbs_Circle) {
    const int n = std::max(2, static_cast<int>(std::ceil(32 * (b - a) / (2 * M_PI))));
    for (int i = 0; i <= n; ++i) {
      const gp_Pnt p = curve.Value(a + (b - a) * i / n);
      points.push_back({p.X(), p.Y()});
    }
    polygon.slack = std::max(polygon.slack, curve.Circle().Radius() * (1 - std::cos((b - a) / n / 2)) + 1e-6);
  } else if (curve.GetType() == GeomAbs_Line) {
    for (const double t : {a, b}) points.push_back({curve.Value(t).X(), curve.Value(t).Y()});
  } else {
    const double deflection = 0.01;
    GCPnts_QuasiUniformDeflection sampler(curve, deflection);
    for (int i = 1; i <= sampler.NbPoints(); ++i) points.push_back({sampler.Value(i).X(), sampler.Value(i).Y()});
    polygon.slack = std::max(polygon.slack, 2 * deflection);
  }
  if (edge.Orientation() == TopAbs_REVERSED) std::reverse(points.begin(), points.end());
  polygon.points.insert(polygon.points.end(), points.begin(), points.end() - 1);
}

Polygon polygon_of(const TopoDS_Wire& wire) {
  Polygon polygon;
  for (BRepTools_WireExplorer it(wire); it.More(); it.Next()) append_edge(polygon, it.Current());
  for (const Vec2& p : polygon.points) polygon.box.add(p);
  return polygon;
}

double segment_distance(Vec2 a, Vec2 b, Vec2 c, Vec2 d) {
  const auto side = [](Vec2 p, Vec2 q, Vec2 r) { return cross(q - p, r - p); };
  if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return 0;
  const auto to_segment = [](Vec2 p, Vec2 s, Vec2 e) {
    const Vec2 v = e - s;
    const double len2 = dot(v, v);
    const double t = len2 > 0 ? std::clamp(dot(p - s, v) / len2, 0.0, 1.0) : 0;
    return length(p - (s + v * t));
  };
  return std::min({to_segment(a, c, d), to_segment(b, c, d), to_segment(c, a, b), to_segment(d, a, b)});
}

bool clear_of(const Polygon& a, const Polygon& b) {
  const double gap = a.slack + b.slack + 1e-4;
  if (!a.box.near(b.box, gap)) return true;
  for (std::size_t i = 0; i < a.points.size(); ++i) {
    const Vec2 p = a.points[i], q = a.points[(i + 1) % a.points.size()];
    Box2 box;
    box.add(p);
    box.add(q);
    if (!box.near(b.box, gap)) continue;
    for (std::size_t j = 0; j < b.points.size(); ++j) {
      const Vec2 r = b.points[j], s = b.points[(j + 1) % b.points.size()];
      if (std::max(r.x, s.x) < box.min.x - gap || std::min(r.x, s.x) > box.max.x + gap ||
          std::max(r.y, s.y) < box.min.y - gap || std::min(r.y, s.y) > box.max.y + gap)
        continue;
      if (segment_distance(p, q, r, s) <= gap) return false;
    }
  }
  return true;
}

// Even-odd rule; exact for points further from the outline than its slack.
bool contains(const Polygon& polygon, Vec2 p) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.points.size() - 1; i < polygon.points.size(); j = i++) {
    const Vec2 a = polygon.points[i], b = polygon.points[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

struct FacePolygons {
  Polygon outer;
  std::vector<Polygon> holes;
};

FacePolygons polygons_of(const TopoDS_Shape& shape) {
  const TopoDS_Face face = TopoDS::Face(shape);
  const TopoDS_Wire outer = BRepTools::OuterWire(face);
  FacePolygons polygons{polygon_of(outer), {}};
  for (TopExp_Explorer it(face, TopAbs_WIRE); it.More(); it.Next())
    if (!it.Current().IsSame(outer)) polygons.holes.push_back(polygon_of(TopoDS::Wire(it.Current())));
  return polygons;
}

enum class Place { inside, outside, crossing };

Place place_in(const FacePolygons& face, const Polygon& tool) {
  if (!clear_of(tool, face.outer)) return Place::crossing;
  if (contains(tool, face.outer.points.front())) return Place::crossing;  // the tool swallows the face
  for (const Polygon& hole : face.holes)
    if (!clear_of(tool, hole) || contains(tool, hole.points.front())) return Place::crossing;
  if (!contains(face.outer, tool.points.front())) return Place::outside;
  for (const Polygon& hole : face.holes)
    if (contains(hole, tool.points.front())) return Place::outside;
  return Place::inside;
}

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
    for (const TopoDS_Shape& face : faces_of(base.body.shape)) faces.push_back(polygons_of(face));

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
      const FacePolygons polygons = polygons_of(result_faces[f]);
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
