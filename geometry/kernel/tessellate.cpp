// From exact faces to one closed triangle mesh. Vertices on shared edges are merged by topology, never by
// distance, so the mesh is closed exactly when the discretisation of the edges agrees.
#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepBuilderAPI_Copy.hxx>
#include <BRepGProp.hxx>
#include <BRepMesh_IncrementalMesh.hxx>
#include <BRep_Tool.hxx>
#include <GCPnts_AbscissaPoint.hxx>
#include <GProp_GProps.hxx>
#include <Poly_PolygonOnTriangulation.hxx>
#include <Poly_Triangulation.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS.hxx>

#include <map>
#include <numeric>

#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

namespace {

/// One face's triangulation with the numbers of its nodes in the whole part.
struct FaceMesh {
  TopoDS_Face face;
  opencascade::handle<Poly_Triangulation> triangulation;
  gp_Trsf location;
  std::size_t first = 0;  ///< part-wide number of node 1
};

/// Part-wide node numbers, merged where faces meet.
class NodeMerger {
 public:
  void grow(std::size_t count) {
    const std::size_t old = parent_.size();
    parent_.resize(old + count);
    std::iota(parent_.begin() + static_cast<std::ptrdiff_t>(old), parent_.end(), old);
  }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void merge(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }
  std::size_t size() const { return parent_.size(); }

 private:
  std::vector<std::size_t> parent_;
};

std::size_t node_number(const FaceMesh& mesh, int node) { return mesh.first + static_cast<std::size_t>(node) - 1; }

// Joins the nodes of all faces along each edge and at each vertex.
void merge_edges(const std::vector<FaceMesh>& meshes, NodeMerger& merger) {
  TopTools_IndexedMapOfShape edges, vertices;
  std::map<int, std::vector<std::size_t>> edge_nodes;  // by edge number: the part-wide nodes along it
  std::map<int, std::size_t> vertex_node;
  const auto at_vertex = [&](const TopoDS_Shape& vertex, std::size_t node) {
    const auto [it, fresh] = vertex_node.emplace(vertices.Add(vertex), node);
    if (!fresh) merger.merge(it->second, node);
  };
  for (const FaceMesh& mesh : meshes)
    for (TopExp_Explorer it(mesh.face, TopAbs_EDGE); it.More(); it.Next()) {
      const TopoDS_Edge edge = TopoDS::Edge(it.Current());
      TopLoc_Location location;
      const TopoDS_Face& face = mesh.face;
      BRep_Tool::Triangulation(face, location);
      const auto polygon = BRep_Tool::PolygonOnTriangulation(edge, mesh.triangulation, location);
      if (polygon.IsNull()) continue;
      std::vector<std::size_t> nodes;
      for (int i = 1; i <= polygon->NbNodes(); ++i) nodes.push_back(node_number(mesh, polygon->Node(i)));
      const TopoDS_Edge forward = TopoDS::Edge(edge.Oriented(TopAbs_FORWARD));
      at_vertex(TopExp::FirstVertex(forward), nodes.front());
      at_vertex(TopExp::LastVertex(forward), nodes.back());
      if (BRep_Tool::Degenerated(edge)) {
        for (const std::size_t node : nodes) merger.merge(nodes.front(), node);
        continue;
      }
      const auto [known, fresh] = edge_nodes.emplace(edges.Add(edge), nodes);
      // Different counts leave the edge open, which mesh_faults reports; they are never papered over.
      if (!fresh && known->second.size() == nodes.size())
        for (std::size_t i = 0; i < nodes.size(); ++i) merger.merge(known->second[i], nodes[i]);
    }
}

Vec3f to_float(const gp_Vec& v) { return {static_cast<float>(v.X()), static_cast<float>(v.Y()), static_cast<float>(v.Z())}; }

// The surface's outward normal at a node; the triangle's own where the surface has none (an apex).
Vec3f normal_at(const BRepAdaptor_Surface& surface, const Poly_Triangulation& triangulation, int node, bool reversed, const gp_Vec& facet) {
  if (!triangulation.HasUVNodes()) return to_float(facet);
  const gp_Pnt2d uv = triangulation.UVNode(node);
  gp_Pnt point;
  gp_Vec du, dv;
  surface.D1(uv.X(), uv.Y(), point, du, dv);
  gp_Vec normal = du.Crossed(dv);
  if (normal.SquareMagnitude() < 1e-16) return to_float(facet);
  normal.Normalize();
  if (reversed) normal.Reverse();
  return to_float(normal);
}

void append_triangles(const FaceMesh& mesh, std::uint32_t face_index, const std::vector<std::uint32_t>& vertex_of, TriangleMesh& out) {
  const BRepAdaptor_Surface surface(mesh.face, false);
  const bool plane = surface.GetType() == GeomAbs_Plane;
  const bool reversed = mesh.face.Orientation() == TopAbs_REVERSED;
  for (int t = 1; t <= mesh.triangulation->NbTriangles(); ++t) {
    int n[3];
    mesh.triangulation->Triangle(t).Get(n[0], n[1], n[2]);
    if (reversed) std::swap(n[1], n[2]);
    Triangle triangle;
    for (int k = 0; k < 3; ++k) triangle[k] = vertex_of[node_number(mesh, n[k])];
    // At a pole all nodes are one vertex, and the triangles along it vanish.
    if (triangle[0] == triangle[1] || triangle[1] == triangle[2] || triangle[2] == triangle[0]) continue;
    const Vec3 &a = out.vertices[triangle[0]], &b = out.vertices[triangle[1]], &c = out.vertices[triangle[2]];
    const Vec3 cr = cross(b - a, c - a);
    const double len = length(cr);
    const gp_Vec facet = len > 0 ? gp_Vec(cr.x / len, cr.y / len, cr.z / len) : gp_Vec(0, 0, 1);
    std::array<Vec3f, 3> normals;
    for (int k = 0; k < 3; ++k)
      normals[k] = plane ? to_float(facet) : normal_at(surface, *mesh.triangulation, n[k], reversed, facet);
    out.triangles.push_back(triangle);
    out.normals.push_back(normals);
    out.face_of.push_back(face_index);
  }
}

Result<std::vector<FaceMesh>> mesh_faces(const TopoDS_Shape& shape, const Deflection& deflection, const std::stop_token& stop) {
  IMeshTools_Parameters parameters;
  parameters.Deflection = deflection.linear;
  parameters.Angle = deflection.angular * M_PI / 180;
  parameters.InParallel = false;
  BRepMesh_IncrementalMesh mesher;
  mesher.SetShape(shape);
  mesher.ChangeParameters() = parameters;
  const opencascade::handle<StopIndicator> indicator = new StopIndicator(stop);
  mesher.Perform(indicator->Start());
  if (stop.stop_requested()) return cancelled_error();

  std::vector<FaceMesh> meshes;
  std::size_t next = 0;
  for (const TopoDS_Shape& sub : faces_of(shape)) {
    FaceMesh mesh{TopoDS::Face(sub), {}, {}, next};
    TopLoc_Location location;
    mesh.triangulation = BRep_Tool::Triangulation(mesh.face, location);
    if (mesh.triangulation.IsNull()) return geometry_error("a face of the solid could not be divided into triangles", "try a smaller deflection");
    mesh.location = location.Transformation();
    next += static_cast<std::size_t>(mesh.triangulation->NbNodes());
    meshes.push_back(std::move(mesh));
  }
  return meshes;
}

TriangleMesh assemble(const std::vector<FaceMesh>& meshes) {
  NodeMerger merger;
  for (const FaceMesh& mesh : meshes) merger.grow(static_cast<std::size_t>(mesh.triangulation->NbNodes()));
  merge_edges(meshes, merger);
  TriangleMesh out;
  std::vector<std::uint32_t> vertex_of(merger.size());
  for (const FaceMesh& mesh : meshes)
    for (int i = 1; i <= mesh.triangulation->NbNodes(); ++i) {
      const std::size_t node = node_number(mesh, i);
      const std::size_t root = merger.find(node);
      if (root == node) {
        vertex_of[node] = static_cast<std::uint32_t>(out.vertices.size());
        out.vertices.push_back(from_occt(mesh.triangulation->Node(i).Transformed(mesh.location)));
      } else {
        vertex_of[node] = vertex_of[root];
      }
    }
  for (std::size_t f = 0; f < meshes.size(); ++f) append_triangles(meshes[f], static_cast<std::uint32_t>(f), vertex_of, out);
  return out;
}

EdgeInfo edge_info(const TopoDS_Edge& edge, const FaceMesh& mesh) {
  EdgeInfo info;
  info.kind = curve_kind(edge);
  const BRepAdaptor_Curve curve(edge);
  if (info.kind == CurveKind::circle) info.radius = curve.Circle().Radius();
  info.length = GCPnts_AbscissaPoint::Length(curve);
  TopLoc_Location location;
  const TopoDS_Face& face = mesh.face;
  BRep_Tool::Triangulation(face, location);
  const auto polygon = BRep_Tool::PolygonOnTriangulation(edge, mesh.triangulation, location);
  if (!polygon.IsNull())
    for (int i = 1; i <= polygon->NbNodes(); ++i)
      info.polyline.push_back(from_occt(mesh.triangulation->Node(polygon->Node(i)).Transformed(mesh.location)));
  return info;
}

std::vector<EdgeInfo> edge_infos(const TopoDS_Shape& shape, const std::vector<FaceMesh>& meshes) {
  TopTools_IndexedMapOfShape faces;
  TopExp::MapShapes(shape, TopAbs_FACE, faces);
  TopTools_IndexedDataMapOfShapeListOfShape map;
  TopExp::MapShapesAndAncestors(shape, TopAbs_EDGE, TopAbs_FACE, map);
  std::vector<EdgeInfo> infos;
  for (int i = 1; i <= map.Extent(); ++i) {
    const TopoDS_Edge edge = TopoDS::Edge(map.FindKey(i));
    if (BRep_Tool::Degenerated(edge) || map(i).IsEmpty()) continue;
    const int a = faces.FindIndex(map(i).First()), b = faces.FindIndex(map(i).Last());
    EdgeInfo info = edge_info(edge, meshes[static_cast<std::size_t>(a - 1)]);
    info.faces = {static_cast<std::uint32_t>(a - 1), static_cast<std::uint32_t>(b - 1)};
    if (a != b) info.dihedral_deg = dihedral_deg(edge, TopoDS::Face(faces(a)), TopoDS::Face(faces(b)));
    infos.push_back(std::move(info));
  }
  return infos;
}

}  // namespace

double exact_volume(const ExactSolid& solid, double relative_error) {
  GProp_GProps props;
  BRepGProp::VolumeProperties(solid.shape(), props, relative_error);
  return props.Mass();
}

Result<BuiltPart> tessellate(std::shared_ptr<const ExactSolid> solid, std::string name, const Deflection& deflection, std::stop_token stop) {
  return guarded("tessellating", [&]() -> Result<BuiltPart> {
    // A copy of the topology (geometry shared): triangles are stored in it, so that no shape is ever
    // meshed by two threads, and no mesh depends on what was meshed before.
    const TopoDS_Shape shape = BRepBuilderAPI_Copy(solid->shape(), false, false).Shape();
    FW_TRY(const std::vector<FaceMesh> meshes, mesh_faces(shape, deflection, stop));
    BuiltPart part;
    part.name = std::move(name);
    part.mesh = assemble(meshes);
    for (const FaceMesh& mesh : meshes) {
      part.faces.push_back(face_info(mesh.face));
      part.area += part.faces.back().area;
    }
    part.edges = edge_infos(shape, meshes);
    for (const FaceInfo& face : part.faces) part.box.add(face.box);
    part.volume = exact_volume(*solid);
    part.solid = std::move(solid);
    return part;
  });
}

}  // namespace fitwright
