// From exact faces to one closed triangle mesh. Every edge is divided once and each face along its edges'
// points; vertices are merged by topology, never by distance, so the mesh is closed by construction.
#include <BRepAdaptor_Curve.hxx>
#include <BRepGProp.hxx>
#include <BRep_Tool.hxx>
#include <GProp_GProps.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS.hxx>

#include <deque>
#include <numeric>
#include <optional>

#include "geometry/kernel/edge_record.hpp"
#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/face_cache.hpp"
#include "geometry/kernel/fallback_mesh.hpp"
#include "geometry/kernel/handover.hpp"
#include "geometry/kernel/measures.hpp"

namespace fitwright {

namespace {

using FaceRecordPtr = std::shared_ptr<const FaceRecord>;

/// Part-wide node numbers, merged where faces meet.
class NodeMerger {
 public:
  explicit NodeMerger(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::uint32_t{0});
  }
  std::uint32_t find(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void merge(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Joins the nodes of all faces along each edge and at each vertex. Faces that divide an edge differently leave
// it open, which mesh_faults reports: nothing is papered over.
void merge_borders(const std::vector<const FaceMesh*>& meshes, const std::vector<std::uint32_t>& first,
                   NodeMerger& merger) {
  TopTools_IndexedMapOfShape edges, vertices;
  std::vector<std::vector<std::uint32_t>> edge_nodes;
  std::vector<std::uint32_t> vertex_node;
  const auto at_vertex = [&](const TopoDS_Shape& vertex, std::uint32_t node) {
    const auto index = static_cast<std::size_t>(vertices.Add(vertex));
    if (index > vertex_node.size())
      vertex_node.push_back(node);
    else
      merger.merge(vertex_node[index - 1], node);
  };
  for (std::size_t f = 0; f < meshes.size(); ++f)
    for (const FaceMesh::Border& border : meshes[f]->borders) {
      std::vector<std::uint32_t> nodes(border.nodes);
      for (std::uint32_t& node : nodes) node += first[f];
      at_vertex(border.first, nodes.front());
      at_vertex(border.last, nodes.back());
      if (BRep_Tool::Degenerated(border.edge)) {
        for (const std::uint32_t node : nodes) merger.merge(nodes.front(), node);
        continue;
      }
      const auto index = static_cast<std::size_t>(edges.Add(border.edge));
      if (index > edge_nodes.size()) {
        edge_nodes.push_back(std::move(nodes));
      } else if (const auto& known = edge_nodes[index - 1]; known.size() == nodes.size()) {
        for (std::size_t i = 0; i < nodes.size(); ++i) merger.merge(known[i], nodes[i]);
      }
    }
}

Vec3f facet_normal(const TriangleMesh& mesh, const Triangle& t) {
  const Vec3 n = cross(mesh.vertices[t[1]] - mesh.vertices[t[0]], mesh.vertices[t[2]] - mesh.vertices[t[0]]);
  const double len = length(n);
  if (len <= 0) return {0, 0, 1};
  return {static_cast<float>(n.x / len), static_cast<float>(n.y / len), static_cast<float>(n.z / len)};
}

TriangleMesh assemble(const std::vector<const FaceMesh*>& meshes) {
  std::vector<std::uint32_t> first;
  std::uint32_t count = 0;
  std::size_t triangles = 0;
  for (const FaceMesh* mesh : meshes) {
    first.push_back(count);
    count += static_cast<std::uint32_t>(mesh->nodes.size());
    triangles += mesh->triangles.size();
  }
  NodeMerger merger(count);
  merge_borders(meshes, first, merger);
  TriangleMesh out;
  std::vector<std::uint32_t> vertex_of(count);
  for (std::size_t f = 0; f < meshes.size(); ++f)
    for (std::uint32_t i = 0; i < meshes[f]->nodes.size(); ++i) {
      const std::uint32_t node = first[f] + i, root = merger.find(node);
      if (root == node) {
        vertex_of[node] = static_cast<std::uint32_t>(out.vertices.size());
        out.vertices.push_back(meshes[f]->nodes[i]);
      } else {
        vertex_of[node] = vertex_of[root];
      }
    }
  out.triangles.reserve(triangles);
  out.normals.reserve(triangles);
  out.face_of.reserve(triangles);
  for (std::size_t f = 0; f < meshes.size(); ++f)
    for (const Triangle& local : meshes[f]->triangles) {
      const Triangle t{vertex_of[first[f] + local[0]], vertex_of[first[f] + local[1]], vertex_of[first[f] + local[2]]};
      // At a pole all nodes are one vertex, and the triangles along it vanish.
      if (t[0] == t[1] || t[1] == t[2] || t[2] == t[0]) continue;
      std::array<Vec3f, 3> normals;
      for (int k = 0; k < 3; ++k) {
        normals[k] = meshes[f]->normals[local[k]];
        if (normals[k] == Vec3f{}) normals[k] = facet_normal(out, t);
      }
      out.triangles.push_back(t);
      out.normals.push_back(normals);
      out.face_of.push_back(static_cast<std::uint32_t>(f));
    }
  return out;
}

/// The edges of some faces, each divided and measured once, before any of the faces is.
class Edges {
 public:
  /// The outlines get their edges' records, which live as long as this.
  Edges(std::vector<std::optional<FaceOutline>>& faces, const Deflection& deflection) {
    TopTools_IndexedMapOfShape index;
    std::vector<char> in_plane;
    for (std::optional<FaceOutline>& face : faces) {
      const bool plane = face->surface.GetType() == GeomAbs_Plane;
      for (OutlineWire& wire : face->wires)
        for (OutlineEdge& use : wire.edges) {
          const auto i = static_cast<std::size_t>(index.Add(use.edge)) - 1;
          if (i == records_.size()) {
            records_.emplace_back();
            in_plane.push_back(0);
          }
          if (plane) in_plane[i] = 1;
          use.record = &records_[i];
        }
    }
    each(records_.size(), 32, [&](std::size_t i) {
      const TopoDS_Shape& edge = index(static_cast<int>(i) + 1);
      records_[i] = edge_record(TopoDS::Edge(edge.Oriented(TopAbs_FORWARD)), deflection, in_plane[i] != 0);
    });
  }

 private:
  std::deque<EdgeRecord> records_;  // which never move
};

std::shared_ptr<FaceRecord> record_of(const FaceOutline& face, FaceMesh mesh) {
  auto record = std::make_shared<FaceRecord>();
  record->info = face_info(face);
  const FaceMeasure measure = measure_face(face);
  record->info.area = measure.area;
  record->flux = measure.flux;
  record->mesh = std::move(mesh);
  return record;
}

// Of a face whose edges have records: the mesh has one border for each of them, in their order.
FaceRecordPtr record_along(const FaceOutline& face, FaceMesh mesh) {
  auto record = record_of(face, std::move(mesh));
  record->borders.reserve(record->mesh.borders.size());
  for (const OutlineWire& wire : face.wires)
    for (const OutlineEdge& use : wire.edges)
      record->borders.push_back(
          {use.record->measure, BRep_Tool::Degenerated(use.edge) ? std::nullopt : side_at(use, face.surface)});
  return record;
}

FaceRecordPtr record_by_kernel(const FaceOutline& face, FaceMesh mesh) {
  auto record = record_of(face, std::move(mesh));
  for (const FaceMesh::Border& border : record->mesh.borders)
    if (BRep_Tool::Degenerated(border.edge))
      record->borders.emplace_back();
    else
      record->borders.push_back({measure_edge(BRepAdaptor_Curve(border.edge)), side_at(border.edge, face.surface)});
  return record;
}

// Faces are independent once their edges are divided: they are only read, so threads may share them.
Result<std::vector<FaceRecordPtr>> own_records(const std::vector<TopoDS_Shape>& faces, const Deflection& deflection,
                                               const std::stop_token& stop, FaceCache& cache) {
  std::vector<FaceRecordPtr> records(faces.size());
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < faces.size(); ++i)
    if (const auto known = cache.find({TopoDS::Face(faces[i]), deflection}))
      records[i] = *known;
    else
      missing.push_back(i);
  std::vector<std::optional<FaceOutline>> outlines(missing.size());
  each(missing.size(), 16, [&](std::size_t k) { outlines[k].emplace(TopoDS::Face(faces[missing[k]])); });
  const Edges edges(outlines, deflection);
  std::vector<std::optional<Error>> errors(missing.size());
  each(missing.size(), 8, [&](std::size_t k) {
    if (stop.stop_requested()) return;
    auto mesh = mesh_face(*outlines[k], deflection);
    if (mesh)
      records[missing[k]] = record_along(*outlines[k], std::move(*mesh));
    else
      errors[k] = std::move(mesh).error();
  });
  if (stop.stop_requested()) return cancelled_error();
  for (auto& error : errors)
    if (error) return fail(std::move(*error));
  for (const std::size_t i : missing)
    cache.store({TopoDS::Face(faces[i]), deflection}, records[i], records[i]->bytes());
  return records;
}

// A face whose outline crosses itself when divided coarsely is divided more finely, and its neighbours with it;
// what still fails is left to the kernel's own mesher.
Result<std::vector<FaceRecordPtr>> records_of(const TopoDS_Shape& shape, Deflection deflection,
                                              const std::stop_token& stop, FaceCache& cache) {
  const auto faces = faces_of(shape);
  const Deflection asked = deflection;
  for (int attempt = 0; attempt < 4; ++attempt) {
    auto records = own_records(faces, deflection, stop, cache);
    if (records || records.error().kind == ErrorKind::cancelled) return records;
    deflection.linear /= 3;
    deflection.angular /= 1.5;
  }
  FW_TRY(auto meshes, fallback_meshes(shape, asked, stop));
  std::vector<FaceRecordPtr> records;
  for (std::size_t f = 0; f < faces.size(); ++f)
    records.push_back(record_by_kernel(FaceOutline(TopoDS::Face(faces[f])), std::move(meshes[f])));
  return records;
}

/// Where an edge borders a face.
struct EdgePlace {
  std::uint32_t face = 0;
  std::size_t border = 0;
};

EdgeInfo edge_info(EdgePlace a, EdgePlace b, const std::vector<FaceRecordPtr>& records) {
  EdgeInfo info;
  const FaceRecord::Border& border = records[a.face]->borders[a.border];
  info.kind = border.measure.kind;
  info.radius = border.measure.radius;
  info.length = border.measure.length;
  info.faces = {a.face, b.face};
  const auto &sa = border.side, &sb = records[b.face]->borders[b.border].side;
  if (a.face != b.face && sa && sb) info.dihedral_deg = dihedral_deg(*sa, *sb);
  const FaceMesh& mesh = records[a.face]->mesh;
  for (const std::uint32_t node : mesh.borders[a.border].nodes) info.polyline.push_back(mesh.nodes[node]);
  return info;
}

std::vector<EdgeInfo> edge_infos(const std::vector<FaceRecordPtr>& records) {
  NCollection_IndexedDataMap<TopoDS_Shape, std::pair<EdgePlace, EdgePlace>, TopTools_ShapeMapHasher> places;
  for (std::uint32_t f = 0; f < records.size(); ++f)
    for (std::size_t b = 0; b < records[f]->mesh.borders.size(); ++b) {
      const TopoDS_Edge& edge = records[f]->mesh.borders[b].edge;
      if (BRep_Tool::Degenerated(edge)) continue;
      const EdgePlace place{f, b};
      if (auto* known = places.ChangeSeek(edge))
        known->second = place;
      else
        places.Add(edge, {place, place});
    }
  std::vector<EdgeInfo> infos;
  infos.reserve(static_cast<std::size_t>(places.Extent()));
  for (int i = 1; i <= places.Extent(); ++i) infos.push_back(edge_info(places(i).first, places(i).second, records));
  return infos;
}

}  // namespace

std::size_t FaceRecord::bytes() const {
  return sizeof(FaceRecord) + borders.size() * sizeof(Border) + mesh.nodes.size() * (sizeof(Vec3) + sizeof(Vec3f)) +
         mesh.triangles.size() * sizeof(Triangle) + mesh.borders.size() * (sizeof(FaceMesh::Border) + 64);
}

double exact_volume(const ExactSolid& solid, double relative_error) {
  GProp_GProps props;
  BRepGProp::VolumeProperties(solid.shape(), props, relative_error);
  return props.Mass();
}

Result<BuiltPart> tessellate(std::shared_ptr<const ExactSolid> solid, std::string name, const Deflection& deflection,
                             std::stop_token stop, FaceCache& cache) {
  return guarded("tessellating", [&]() -> Result<BuiltPart> {
    FW_TRY(const std::vector<FaceRecordPtr> records, records_of(solid->shape(), deflection, stop, cache));
    std::vector<const FaceMesh*> meshes;
    BuiltPart part;
    part.name = std::move(name);
    for (const FaceRecordPtr& record : records) {
      meshes.push_back(&record->mesh);
      part.faces.push_back(record->info);
      part.area += record->info.area;
      part.volume += record->flux / 3;
      part.box.add(record->info.box);
    }
    each(2, 1, [&](std::size_t i) {
      if (i == 0)
        part.mesh = assemble(meshes);
      else
        part.edges = edge_infos(records);
    });
    part.solid = std::move(solid);
    return part;
  });
}

Result<BuiltPart> tessellate(std::shared_ptr<const ExactSolid> solid, std::string name, const Deflection& deflection,
                             std::stop_token stop) {
  FaceCache cache(std::size_t{256} << 20);
  return tessellate(std::move(solid), std::move(name), deflection, std::move(stop), cache);
}

}  // namespace fitwright
