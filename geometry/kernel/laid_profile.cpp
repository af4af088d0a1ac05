#include "geometry/kernel/laid_profile.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRep_Tool.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>

namespace fitwright {

namespace {

PlaneCurve plane_curve(const TopoDS_Edge& edge) {
  const BRepAdaptor_Curve curve(edge);
  PlaneCurve c;
  const auto plane = [](const gp_Pnt& p) { return Vec2{p.X(), p.Y()}; };
  c.from = plane(curve.Value(curve.FirstParameter()));
  c.to = plane(curve.Value(curve.LastParameter()));
  if (BRep_Tool::IsClosed(edge) || length(c.to - c.from) < kernel_tolerance) c.to = c.from;
  if (curve.GetType() == GeomAbs_Circle) {
    c.kind = PlaneCurve::Kind::arc;
    c.centre = plane(curve.Circle().Location());
    c.radius = curve.Circle().Radius();
    c.sweep = curve.LastParameter() - curve.FirstParameter();
    if (curve.Circle().Axis().Direction().Z() < 0) c.sweep = -c.sweep;
  } else if (curve.GetType() != GeomAbs_Line) {
    c.kind = PlaneCurve::Kind::other;
    c.near = polygon_of(TopoDS::Edge(edge.Oriented(TopAbs_FORWARD)), {});
  }
  return edge.Orientation() == TopAbs_REVERSED ? c.reversed() : c;
}

}  // namespace

LaidProfile lay(const TopoDS_Shape& profile) {
  LaidProfile laid;
  const auto order = carriers(profile, TopAbs_EDGE);
  NCollection_IndexedDataMap<TopoDS_Shape, std::size_t, TopTools_ShapeMapHasher> places;
  for (std::size_t i = 0; i < order.size(); ++i) places.Add(order[i], i);
  for (TopExp_Explorer face(profile, TopAbs_FACE); face.More(); face.Next())
    for (TopExp_Explorer it(face.Current(), TopAbs_EDGE); it.More(); it.Next()) {
      laid.edges.push_back(TopoDS::Edge(it.Current()));
      laid.traces.push_back(places.FindFromKey(it.Current()));
      laid.region.boundary.push_back(plane_curve(laid.edges.back()));
    }
  return laid;
}

}  // namespace fitwright
