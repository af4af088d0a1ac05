#include "geometry/kernel/profile.hpp"

#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepBuilderAPI_Transform.hxx>
#include <BRepTools.hxx>
#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <GC_MakeSegment.hxx>
#include <Geom_BezierCurve.hxx>
#include <Geom_Circle.hxx>
#include <Geom_Plane.hxx>
#include <TColgp_Array1OfPnt.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Pln.hxx>

#include <cmath>

#include "geometry/kernel/measures.hpp"

namespace fitwright {

namespace {

TopoDS_Edge straight_edge(const TopoDS_Vertex& a, const TopoDS_Vertex& b) { return BRepBuilderAPI_MakeEdge(a, b); }

TopoDS_Edge arc_edge(const TopoDS_Vertex& a, const TopoDS_Vertex& b, Vec2 from, const Segment& segment) {
  const Vec2 c = *segment.centre;
  const gp_Dir axis(0, 0, segment.clockwise ? -1 : 1);
  const Vec2 arm = from - c;
  const opencascade::handle<Geom_Circle> circle =
      new Geom_Circle(gp_Ax2(to_pnt(c), axis, gp_Dir(arm.x, arm.y, 0)), length(arm));
  const Vec2 end = segment.to - c;
  double angle = std::atan2(cross(arm, end), dot(arm, end));
  if (segment.clockwise) angle = -angle;
  if (angle <= 0) angle += 2 * M_PI;
  return BRepBuilderAPI_MakeEdge(circle, a, b, 0.0, angle);
}

TopoDS_Edge bezier_edge(const TopoDS_Vertex& a, const TopoDS_Vertex& b, Vec2 from, const Segment& segment) {
  TColgp_Array1OfPnt poles(1, static_cast<int>(segment.controls.size()) + 2);
  poles(1) = to_pnt(from);
  for (std::size_t i = 0; i < segment.controls.size(); ++i)
    poles(static_cast<int>(i) + 2) = to_pnt(segment.controls[i]);
  poles(poles.Upper()) = to_pnt(segment.to);
  return BRepBuilderAPI_MakeEdge(opencascade::handle<Geom_Curve>(new Geom_BezierCurve(poles)), a, b, 0.0, 1.0);
}

TopoDS_Edge drawn(const TopoDS_Vertex& a, const TopoDS_Vertex& b, Vec2 from, const Segment& segment) {
  if (segment.centre) return arc_edge(a, b, from, segment);
  if (!segment.controls.empty()) return bezier_edge(a, b, from, segment);
  if (segment.spline.IsNull()) return straight_edge(a, b);
  return BRepBuilderAPI_MakeEdge(segment.spline, a, b, segment.spline->FirstParameter(),
                                 segment.spline->LastParameter());
}

Result<TopoDS_Wire> make_wire(const Outline& outline, TraceCollector& traces) {
  BRepBuilderAPI_MakeWire maker;
  const auto vertex = [](Vec2 p) {
    TopoDS_Vertex v;
    BRep_Builder().MakeVertex(v, to_pnt(p), 1e-7);
    return v;
  };
  const TopoDS_Vertex first = vertex(outline.start);
  TopoDS_Vertex from_vertex = first;
  Vec2 from = outline.start;
  for (std::size_t i = 0; i < outline.segments.size(); ++i) {
    const Segment& segment = outline.segments[i];
    const TopoDS_Vertex to_vertex = i + 1 == outline.segments.size() ? first : vertex(segment.to);
    const TopoDS_Edge edge = drawn(from_vertex, to_vertex, from, segment);
    traces.add(edge, Trace::of_role(segment.role));
    maker.Add(edge);
    if (!maker.IsDone()) return geometry_error("the outline of a profile is not closed");
    from_vertex = to_vertex;
    from = segment.to;
  }
  return maker.Wire();
}

}  // namespace

Result<TopoDS_Face> face_in_plane(const TopoDS_Wire& outer, const std::vector<TopoDS_Wire>& holes) {
  // The kernel's own maker asks a classifier which way a wire runs; its area tells it in a fraction of the time.
  const gp_Pln plane(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1));
  TopoDS_Face face;
  const BRep_Builder builder;
  builder.MakeFace(face, new Geom_Plane(plane), kernel_tolerance);
  const auto add = [&](const TopoDS_Wire& wire, bool counterclockwise) {
    if (!wire.Closed() && !BRep_Tool::IsClosed(wire)) return false;
    builder.Add(face, (signed_area(wire, plane) > 0) == counterclockwise ? wire : TopoDS::Wire(wire.Reversed()));
    return true;
  };
  if (!add(outer, true)) return geometry_error("the outline of a profile does not bound a region");
  for (const TopoDS_Wire& hole : holes)
    if (!add(hole, false)) return geometry_error("a hole of a profile does not bound a region");
  return face;
}

Result<Body> make_region(const Outline& outer, std::span<const Outline> holes) {
  return guarded("drawing a profile", [&]() -> Result<Body> {
    TraceCollector traces(TopAbs_EDGE);
    FW_TRY(const TopoDS_Wire wire, make_wire(outer, traces));
    std::vector<TopoDS_Wire> inner;
    for (const Outline& hole : holes) {
      FW_TRY(TopoDS_Wire hole_wire, make_wire(hole, traces));
      inner.push_back(hole_wire);
    }
    FW_TRY(const TopoDS_Face face, face_in_plane(wire, inner));
    return traces.finish(face, "edge");
  });
}

Result<Body> make_nested(std::span<const Outline> outlines) {
  return guarded("drawing a profile", [&]() -> Result<Body> {
    TraceCollector traces(TopAbs_EDGE);
    std::vector<TopoDS_Shape> wires;
    for (const Outline& outline : outlines) {
      FW_TRY(TopoDS_Wire wire, make_wire(outline, traces));
      wires.push_back(wire);
    }
    FW_TRY(const TopoDS_Shape region, region_of_wires(gather(wires)));
    return traces.finish(region, "edge");
  });
}

Result<Body> make_disc(Vec2 centre, double radius) {
  return guarded("drawing a circle", [&]() -> Result<Body> {
    const opencascade::handle<Geom_Circle> circle =
        new Geom_Circle(gp_Ax2(to_pnt(centre), gp_Dir(0, 0, 1), gp_Dir(1, 0, 0)), radius);
    const TopoDS_Edge edge = BRepBuilderAPI_MakeEdge(circle);
    FW_TRY(const TopoDS_Face face, face_in_plane(BRepBuilderAPI_MakeWire(edge).Wire(), {}));
    return Body{face, {Trace::of_role("round")}};
  });
}

Result<Body> placed_profile(const Body& body, const Placement& placement) {
  return guarded("moving a profile", [&]() -> Result<Body> {
    if (!placement.mirrors()) return Body{moved_shape(body.shape, placement), body.traces};
    TraceCollector traces(TopAbs_EDGE);
    std::vector<TopoDS_Shape> faces;
    BRepBuilderAPI_Transform transform(body.shape, to_trsf(placement), true);
    const auto before = carriers(body.shape, TopAbs_EDGE);
    for (std::size_t i = 0; i < before.size(); ++i) traces.add(transform.ModifiedShape(before[i]), body.traces[i]);
    for (const TopoDS_Shape& shape : faces_of(transform.Shape())) {
      const TopoDS_Wire outer = BRepTools::OuterWire(TopoDS::Face(shape));
      std::vector<TopoDS_Wire> holes;
      for (TopExp_Explorer it(shape, TopAbs_WIRE); it.More(); it.Next())
        if (!it.Current().IsSame(outer)) holes.push_back(TopoDS::Wire(it.Current()));
      FW_TRY(const TopoDS_Face face, face_in_plane(outer, holes));
      faces.push_back(face);
    }
    return traces.finish(gather(faces), "edge");
  });
}

}  // namespace fitwright
