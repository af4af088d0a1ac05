#include "geometry/kernel/edge_record.hpp"

#include <GCPnts_TangentialDeflection.hxx>
#include <TopoDS_Vertex.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/measures.hpp"

namespace fitwright {

namespace {

EdgeMesh degenerated_mesh(const TopoDS_Edge& edge) {
  double a, b;
  BRep_Tool::Range(edge, a, b);
  const Vec3 at = from_occt(BRep_Tool::Pnt(TopExp::FirstVertex(edge)));
  return {{a, b}, {at, at}};
}

// Points that keep to the deflection.
EdgeMesh mesh_of(const BRepAdaptor_Curve& curve, const Deflection& deflection) {
  EdgeMesh mesh;
  const auto add = [&](double t) {
    mesh.parameters.push_back(t);
    mesh.points.push_back(from_occt(curve.Value(t)));
  };
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  const double radians = deflection.angular * M_PI / 180;
  if (curve.GetType() == GeomAbs_Line) {
    add(a);
    add(b);
  } else if (curve.GetType() == GeomAbs_Circle) {
    const double r = curve.Circle().Radius();
    const double step = std::min(radians, 2 * std::acos(std::max(0.0, 1 - deflection.linear / r)));
    const int n = std::max(b - a > 6 ? 6 : 1, static_cast<int>(std::ceil((b - a) / step - 1e-9)));
    for (int i = 0; i <= n; ++i) add(i == n ? b : a + (b - a) * i / n);
  } else {
    const GCPnts_TangentialDeflection points(curve, radians, deflection.linear, 2, 1e-7);
    for (int i = 1; i <= points.NbPoints(); ++i) add(points.Parameter(i));
  }
  return mesh;
}

}  // namespace

EdgeRecord edge_record(const TopoDS_Edge& edge, const Deflection& deflection, bool in_plane) {
  if (BRep_Tool::Degenerated(edge)) return {degenerated_mesh(edge)};
  const BRepAdaptor_Curve curve(edge);
  return {mesh_of(curve, deflection), measure_edge(curve), middle_of(curve), reach_of(curve),
          in_plane ? swept_area(curve) : gp_Vec()};
}

}  // namespace fitwright
