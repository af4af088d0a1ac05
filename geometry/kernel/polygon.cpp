#include "geometry/kernel/polygon.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepTools.hxx>
#include <BRep_Tool.hxx>
#include <GCPnts_QuasiUniformDeflection.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

namespace {

constexpr double deflection = 0.02;  // mm; the closer, the more often clearness can be proved

void append_edge(Polygon& polygon, const TopoDS_Edge& edge, const View& view) {
  if (BRep_Tool::Degenerated(edge)) return;
  const BRepAdaptor_Curve curve(edge);
  std::vector<Vec2> points;
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  if (curve.GetType() == GeomAbs_Circle) {
    const double r = curve.Circle().Radius();
    const double step = std::min(M_PI / 8, 2 * std::acos(std::max(0.0, 1 - deflection / r)));
    const int n = std::max(2, static_cast<int>(std::ceil((b - a) / step)));
    for (int i = 0; i <= n; ++i) points.push_back(view(curve.Value(a + (b - a) * i / n)));
    polygon.slack = std::max(polygon.slack, r * (1 - std::cos((b - a) / n / 2)) + 1e-6);
  } else if (curve.GetType() == GeomAbs_Line) {
    for (const double t : {a, b}) points.push_back(view(curve.Value(t)));
  } else {
    GCPnts_QuasiUniformDeflection sampler(curve, deflection / 2);
    for (int i = 1; i <= sampler.NbPoints(); ++i) points.push_back(view(sampler.Value(i)));
    polygon.slack = std::max(polygon.slack, deflection);
  }
  if (edge.Orientation() == TopAbs_REVERSED) std::reverse(points.begin(), points.end());
  if (polygon.closed && !points.empty()) points.pop_back();
  polygon.points.insert(polygon.points.end(), points.begin(), points.end());
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

std::size_t segment_count(const Polygon& polygon) {
  return polygon.closed ? polygon.points.size() : polygon.points.size() - 1;
}

}  // namespace

void Box2::add(Vec2 p) {
  min = {std::min(min.x, p.x), std::min(min.y, p.y)};
  max = {std::max(max.x, p.x), std::max(max.y, p.y)};
}

bool Box2::near(const Box2& o, double gap) const {
  return min.x <= o.max.x + gap && o.min.x <= max.x + gap && min.y <= o.max.y + gap && o.min.y <= max.y + gap;
}

Polygon polygon_of(const TopoDS_Wire& wire, const View& view) {
  Polygon polygon;
  for (const TopoDS_Edge& edge : edges_in_order(wire)) append_edge(polygon, edge, view);
  for (const Vec2& p : polygon.points) polygon.box.add(p);
  return polygon;
}

Polygon polygon_of(const TopoDS_Edge& edge, const View& view) {
  Polygon polygon;
  polygon.closed = false;
  append_edge(polygon, edge, view);
  for (const Vec2& p : polygon.points) polygon.box.add(p);
  return polygon;
}

bool clear_of(const Polygon& a, const Polygon& b) {
  const double gap = a.slack + b.slack + 1e-4;
  if (a.points.empty() || b.points.empty() || !a.box.near(b.box, gap)) return true;
  for (std::size_t i = 0; i < segment_count(a); ++i) {
    const Vec2 p = a.points[i], q = a.points[(i + 1) % a.points.size()];
    Box2 box;
    box.add(p);
    box.add(q);
    if (!box.near(b.box, gap)) continue;
    for (std::size_t j = 0; j < segment_count(b); ++j) {
      const Vec2 r = b.points[j], s = b.points[(j + 1) % b.points.size()];
      if (std::max(r.x, s.x) < box.min.x - gap || std::min(r.x, s.x) > box.max.x + gap ||
          std::max(r.y, s.y) < box.min.y - gap || std::min(r.y, s.y) > box.max.y + gap)
        continue;
      if (segment_distance(p, q, r, s) <= gap) return false;
    }
  }
  return true;
}

bool contains(const Polygon& polygon, Vec2 p) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.points.size() - 1; i < polygon.points.size(); j = i++) {
    const Vec2 a = polygon.points[i], b = polygon.points[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

double signed_area2(const Polygon& polygon) {
  double sum = 0;
  for (std::size_t i = 0; i < polygon.points.size(); ++i)
    sum += cross(polygon.points[i], polygon.points[(i + 1) % polygon.points.size()]);
  return sum;
}

FacePolygons polygons_of(const TopoDS_Face& face, const View& view) {
  const TopoDS_Wire outer = BRepTools::OuterWire(face);
  FacePolygons polygons{polygon_of(outer, view), {}};
  for (TopExp_Explorer it(face, TopAbs_WIRE); it.More(); it.Next())
    if (!it.Current().IsSame(outer)) polygons.holes.push_back(polygon_of(TopoDS::Wire(it.Current()), view));
  return polygons;
}

Place place_in(const FacePolygons& face, const Polygon& outline) {
  if (!clear_of(outline, face.outer)) return Place::crossing;
  if (contains(outline, face.outer.points.front())) return Place::crossing;  // the outline swallows the face
  for (const Polygon& hole : face.holes)
    if (!clear_of(outline, hole) || contains(outline, hole.points.front())) return Place::crossing;
  if (!contains(face.outer, outline.points.front())) return Place::outside;
  for (const Polygon& hole : face.holes)
    if (contains(hole, outline.points.front())) return Place::outside;
  return Place::inside;
}

}  // namespace fitwright
