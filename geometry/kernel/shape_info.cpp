#include "geometry/kernel/shape_info.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRep_Tool.hxx>
#include <Geom2d_Curve.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/edge_record.hpp"
#include "geometry/kernel/measures.hpp"

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
  if (measure.kind == CurveKind::circle) measure.radius = curve.Circle().Radius();
  measure.length = length_of(curve);
  return measure;
}

EdgeMiddle middle_of(const BRepAdaptor_Curve& curve) {
  const double t = (curve.FirstParameter() + curve.LastParameter()) / 2;
  return {t, curve.DN(t, 1)};
}

namespace {

std::optional<EdgeSide> side_of(const BRepAdaptor_Surface& surface, const opencascade::handle<Geom2d_Curve>& pcurve,
                                const EdgeMiddle& middle, bool reversed) {
  gp_Vec normal;
  if (surface.GetType() == GeomAbs_Plane) {
    normal = gp_Vec(surface.Plane().Axis().Direction());
    if (!surface.Plane().Direct()) normal.Reverse();
  } else {
    if (pcurve.IsNull()) return std::nullopt;
    const gp_Pnt2d uv = pcurve->Value(middle.parameter);
    gp_Pnt point;
    gp_Vec du, dv;
    surface.D1(uv.X(), uv.Y(), point, du, dv);
    normal = du.Crossed(dv);
    if (normal.SquareMagnitude() < 1e-20) return std::nullopt;
    normal.Normalize();
  }
  if (surface.Face().Orientation() == TopAbs_REVERSED) normal.Reverse();
  // Walking along the edge with the normal up, the face lies to the left.
  const gp_Vec inward = normal.Crossed(reversed ? middle.tangent.Reversed() : middle.tangent);
  if (inward.SquareMagnitude() < 1e-20) return std::nullopt;
  return EdgeSide{normal, inward.Normalized()};
}

}  // namespace

std::optional<EdgeSide> side_at(const TopoDS_Edge& edge, const BRepAdaptor_Surface& surface) {
  opencascade::handle<Geom2d_Curve> pcurve;  // of a plane the kernel would make one
  double first, last;
  if (surface.GetType() != GeomAbs_Plane) pcurve = BRep_Tool::CurveOnSurface(edge, surface.Face(), first, last);
  return side_of(surface, pcurve, middle_of(BRepAdaptor_Curve(edge)), edge.Orientation() == TopAbs_REVERSED);
}

std::optional<EdgeSide> side_at(const OutlineEdge& edge, const BRepAdaptor_Surface& surface) {
  return side_of(surface, edge.pcurve, edge.record->middle, edge.reversed());
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

FaceInfo face_info(const FaceOutline& face) {
  const BRepAdaptor_Surface& surface = face.surface;
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
  info.box = bounds_of(face);
  return info;
}

}  // namespace fitwright
