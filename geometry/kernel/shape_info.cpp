#include "geometry/kernel/shape_info.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepTools_WireExplorer.hxx>
#include <BRep_Tool.hxx>
#include <GCPnts_AbscissaPoint.hxx>
#include <Geom2d_Curve.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Iterator.hxx>
#include <TopoDS_Vertex.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/bounds.hpp"

namespace fitwright {

namespace {

void set_axis(FaceInfo& info, const gp_Ax1& axis) {
  info.point = from_occt(axis.Location());
  info.direction = from_occt(axis.Direction());
}

}  // namespace

bool is_wall(const BRepAdaptor_Surface& surface, const gp_Dir& direction) {
  switch (surface.GetType()) {
    case GeomAbs_Plane: return std::abs(surface.Plane().Axis().Direction().Dot(direction)) < 1e-12;
    case GeomAbs_Cylinder: return std::abs(std::abs(surface.Cylinder().Axis().Direction().Dot(direction)) - 1) < 1e-12;
    case GeomAbs_SurfaceOfExtrusion: return std::abs(std::abs(surface.Direction().Dot(direction)) - 1) < 1e-12;
    default: return false;
  }
}

bool is_ruled(const BRepAdaptor_Surface& surface) {
  const GeomAbs_SurfaceType type = surface.GetType();
  return type == GeomAbs_Plane || type == GeomAbs_Cylinder || type == GeomAbs_Cone ||
         type == GeomAbs_SurfaceOfExtrusion;
}

std::vector<double> smooth_spans(const BRepAdaptor_Surface& surface, bool in_u) {
  const int count = in_u ? surface.NbUIntervals(GeomAbs_CN) : surface.NbVIntervals(GeomAbs_CN);
  TColStd_Array1OfReal ends(1, count + 1);
  in_u ? surface.UIntervals(ends, GeomAbs_CN) : surface.VIntervals(ends, GeomAbs_CN);
  return {ends.begin(), ends.end()};
}

bool may_wind(const BRepAdaptor_Surface& surface) {
  if (!surface.IsUPeriodic() && !surface.IsVPeriodic()) return false;
  for (TopExp_Explorer it(surface.Face(), TopAbs_EDGE); it.More(); it.Next())
    if (BRep_Tool::IsClosed(TopoDS::Edge(it.Current()), surface.Face())) return false;
  return true;
}

Vec2 turns_between(const BRepAdaptor_Surface& surface, Vec2 from, Vec2 to) {
  const auto whole = [](double way, double period) {
    const double turns = std::round(way / period);
    return std::abs(way - turns * period) < 1e-3 * period ? turns * period : 0;
  };
  return {surface.IsUPeriodic() ? whole(to.x - from.x, surface.UPeriod()) : 0,
          surface.IsVPeriodic() ? whole(to.y - from.y, surface.VPeriod()) : 0};
}

std::vector<TopoDS_Edge> edges_in_order(const TopoDS_Wire& wire, const TopoDS_Face& face) {
  std::vector<TopoDS_Edge> edges;
  for (TopoDS_Iterator it(wire); it.More(); it.Next())
    if (it.Value().Orientation() == TopAbs_FORWARD || it.Value().Orientation() == TopAbs_REVERSED)
      edges.push_back(TopoDS::Edge(it.Value()));
  const auto chained = [&] {
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (!TopExp::LastVertex(edges[i], true).IsSame(TopExp::FirstVertex(edges[(i + 1) % edges.size()], true)))
        return false;
    return true;
  };
  if (chained()) return edges;
  std::reverse(edges.begin(), edges.end());  // as they lie in a wire that is reversed
  if (chained()) return edges;
  std::vector<TopoDS_Edge> sorted;
  for (BRepTools_WireExplorer it = face.IsNull() ? BRepTools_WireExplorer(wire) : BRepTools_WireExplorer(wire, face);
       it.More(); it.Next())
    sorted.push_back(it.Current());
  if (sorted.size() != edges.size()) sorted.clear();
  return sorted;
}

SurfaceKind surface_kind(const BRepAdaptor_Surface& surface) {
  switch (surface.GetType()) {
    case GeomAbs_Plane: return SurfaceKind::plane;
    case GeomAbs_Cylinder: return SurfaceKind::cylinder;
    case GeomAbs_Cone: return SurfaceKind::cone;
    case GeomAbs_Sphere: return SurfaceKind::sphere;
    case GeomAbs_Torus: return SurfaceKind::torus;
    case GeomAbs_SurfaceOfExtrusion: return SurfaceKind::extrusion;
    case GeomAbs_SurfaceOfRevolution: return SurfaceKind::revolution;
    case GeomAbs_BezierSurface:
    case GeomAbs_BSplineSurface: return SurfaceKind::spline;
    default: return SurfaceKind::other;
  }
}

CurveKind curve_kind(const BRepAdaptor_Curve& curve) {
  switch (curve.GetType()) {
    case GeomAbs_Line: return CurveKind::line;
    case GeomAbs_Circle: return CurveKind::circle;
    case GeomAbs_Ellipse: return CurveKind::ellipse;
    case GeomAbs_BezierCurve:
    case GeomAbs_BSplineCurve: return CurveKind::spline;
    default: return CurveKind::other;
  }
}

EdgeMeasure measure_edge(const BRepAdaptor_Curve& curve) {
  EdgeMeasure measure{curve_kind(curve)};
  const double range = curve.LastParameter() - curve.FirstParameter();
  if (measure.kind == CurveKind::circle) measure.radius = curve.Circle().Radius();
  measure.length = measure.kind == CurveKind::line     ? range
                   : measure.kind == CurveKind::circle ? range * measure.radius
                                                       : GCPnts_AbscissaPoint::Length(curve);
  return measure;
}

std::optional<EdgeSide> side_at(const TopoDS_Edge& edge, const BRepAdaptor_Surface& surface) {
  const BRepAdaptor_Curve curve(edge);
  const double t = (curve.FirstParameter() + curve.LastParameter()) / 2;
  gp_Vec normal;
  if (surface.GetType() == GeomAbs_Plane) {
    normal = gp_Vec(surface.Plane().Axis().Direction());
    if (!surface.Plane().Direct()) normal.Reverse();
  } else {
    double first, last;
    const opencascade::handle<Geom2d_Curve> pcurve = BRep_Tool::CurveOnSurface(edge, surface.Face(), first, last);
    if (pcurve.IsNull()) return std::nullopt;
    const gp_Pnt2d uv = pcurve->Value(t);
    gp_Pnt point;
    gp_Vec du, dv;
    surface.D1(uv.X(), uv.Y(), point, du, dv);
    normal = du.Crossed(dv);
    if (normal.SquareMagnitude() < 1e-20) return std::nullopt;
    normal.Normalize();
  }
  if (surface.Face().Orientation() == TopAbs_REVERSED) normal.Reverse();
  gp_Vec tangent = curve.DN(t, 1);
  if (edge.Orientation() == TopAbs_REVERSED) tangent.Reverse();
  // Walking along the edge with the normal up, the face lies to the left.
  const gp_Vec inward = normal.Crossed(tangent);
  if (inward.SquareMagnitude() < 1e-20) return std::nullopt;
  return EdgeSide{normal, inward.Normalized()};
}

double dihedral_deg(const EdgeSide& a, const EdgeSide& b) {
  // Between the directions into both faces; reflex when b bends away from a's outside.
  const double angle = a.inward.Angle(b.inward) * 180 / M_PI;
  return b.inward.Dot(a.normal) > 1e-9 ? 360 - angle : angle;
}

double dihedral_deg(const TopoDS_Edge& edge, const TopoDS_Face& a, const TopoDS_Face& b) {
  const auto side = [&](const TopoDS_Face& face) -> std::optional<EdgeSide> {
    for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next())
      if (it.Current().IsSame(edge)) return side_at(TopoDS::Edge(it.Current()), BRepAdaptor_Surface(face, false));
    return std::nullopt;
  };
  const auto sa = side(a), sb = side(b);
  return sa && sb ? dihedral_deg(*sa, *sb) : 180;
}

FaceInfo face_info(const BRepAdaptor_Surface& surface) {
  FaceInfo info;
  info.kind = surface_kind(surface);
  const double outward = surface.Face().Orientation() == TopAbs_REVERSED ? -1 : 1;
  // On a right-handed surface of revolution du x dv points away from the axis.
  const auto hollow = [&](const gp_Ax3& position) { return (position.Direct() ? 1 : -1) * outward < 0; };
  switch (info.kind) {
    case SurfaceKind::plane: {
      set_axis(info, surface.Plane().Axis());
      info.direction = info.direction * (outward * (surface.Plane().Direct() ? 1 : -1));
      break;
    }
    case SurfaceKind::cylinder:
      set_axis(info, surface.Cylinder().Axis());
      info.radius = surface.Cylinder().Radius();
      info.concave = hollow(surface.Cylinder().Position());
      break;
    case SurfaceKind::cone:
      set_axis(info, surface.Cone().Axis());
      info.radius = surface.Cone().RefRadius();
      info.radius2 = surface.Cone().SemiAngle() * 180 / M_PI;
      info.concave = hollow(surface.Cone().Position());
      break;
    case SurfaceKind::sphere:
      info.point = from_occt(surface.Sphere().Location());
      info.radius = surface.Sphere().Radius();
      info.concave = hollow(surface.Sphere().Position());
      break;
    case SurfaceKind::torus:
      set_axis(info, surface.Torus().Axis());
      info.radius = surface.Torus().MajorRadius();
      info.radius2 = surface.Torus().MinorRadius();
      info.concave = hollow(surface.Torus().Position());
      break;
    default: break;
  }
  info.box = bounds_of(surface);
  return info;
}

}  // namespace fitwright
