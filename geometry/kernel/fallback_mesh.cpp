#include "geometry/kernel/fallback_mesh.hpp"

#include <BRepAdaptor_Surface.hxx>
#include <BRepBuilderAPI_Copy.hxx>
#include <BRepMesh_IncrementalMesh.hxx>
#include <BRep_Tool.hxx>
#include <Poly_PolygonOnTriangulation.hxx>
#include <Poly_Triangulation.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>

#include <cmath>

namespace fitwright {

namespace {

Vec3f normal_at(const BRepAdaptor_Surface& surface, const Poly_Triangulation& triangulation, int node, bool reversed) {
  if (!triangulation.HasUVNodes()) return {};
  const gp_Pnt2d uv = triangulation.UVNode(node);
  gp_Pnt point;
  gp_Vec du, dv;
  surface.D1(uv.X(), uv.Y(), point, du, dv);
  gp_Vec n = du.Crossed(dv);
  if (n.SquareMagnitude() < 1e-16) return {};
  n.Normalize();
  if (reversed) n.Reverse();
  return {static_cast<float>(n.X()), static_cast<float>(n.Y()), static_cast<float>(n.Z())};
}

Result<FaceMesh> read_face(const TopoDS_Face& face) {
  TopLoc_Location location;
  const auto triangulation = BRep_Tool::Triangulation(face, location);
  if (triangulation.IsNull())
    return geometry_error("a face of the solid could not be divided into triangles", "try a smaller deflection");
  const BRepAdaptor_Surface surface(face, false);
  const bool reversed = face.Orientation() == TopAbs_REVERSED;
  FaceMesh mesh;
  for (int i = 1; i <= triangulation->NbNodes(); ++i) {
    mesh.nodes.push_back(from_occt(triangulation->Node(i).Transformed(location.Transformation())));
    mesh.normals.push_back(normal_at(surface, *triangulation, i, reversed));
  }
  for (int t = 1; t <= triangulation->NbTriangles(); ++t) {
    int a, b, c;
    triangulation->Triangle(t).Get(a, b, c);
    if (reversed) std::swap(b, c);
    mesh.triangles.push_back(
        {static_cast<std::uint32_t>(a - 1), static_cast<std::uint32_t>(b - 1), static_cast<std::uint32_t>(c - 1)});
  }
  for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next()) {
    const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
    const auto polygon = BRep_Tool::PolygonOnTriangulation(edge, triangulation, location);
    if (polygon.IsNull()) continue;
    auto [first, last] = ends_of(edge);
    FaceMesh::Border border{edge, first, last, {}};
    for (int i = 1; i <= polygon->NbNodes(); ++i)
      border.nodes.push_back(static_cast<std::uint32_t>(polygon->Node(i) - 1));
    mesh.borders.push_back(std::move(border));
  }
  return mesh;
}

}  // namespace

Result<std::vector<FaceMesh>> fallback_meshes(const TopoDS_Shape& shape, const Deflection& deflection,
                                              const std::stop_token& stop) {
  const TopoDS_Shape copy = BRepBuilderAPI_Copy(shape, false, false).Shape();
  IMeshTools_Parameters parameters;
  parameters.Deflection = deflection.linear;
  parameters.Angle = deflection.angular * M_PI / 180;
  parameters.InParallel = false;
  BRepMesh_IncrementalMesh mesher;
  mesher.SetShape(copy);
  mesher.ChangeParameters() = parameters;
  const opencascade::handle<StopIndicator> indicator = new StopIndicator(stop);
  mesher.Perform(indicator->Start());
  if (stop.stop_requested()) return cancelled_error();
  std::vector<FaceMesh> meshes;
  for (const TopoDS_Shape& face : faces_of(copy)) {
    FW_TRY(FaceMesh mesh, read_face(TopoDS::Face(face)));
    meshes.push_back(std::move(mesh));
  }
  return meshes;
}

}  // namespace fitwright
