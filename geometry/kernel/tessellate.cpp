// From exact faces to one closed triangle mesh. Every edge is divided once and each face along its edges'
// points; vertices are merged by topology, never by distance, so the mesh is closed by construction.
#include <BRepAdaptor_Curve.hxx>
#include <BRepGProp.hxx>
#include <BRep_Tool.hxx>
#include <GProp_GProps.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>

#include <tbb/parallel_for.h>

#include <numeric>
#include <optional>

#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/face_cache.hpp"
#include "geometry/kernel/fallback_mesh.hpp"
#include "geometry/kernel/handover.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/shape_info.hpp"

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
      const TopoDS_Edge forward = TopoDS::Edge(border.edge.Oriented(TopAbs_FORWARD));
      at_vertex(TopExp::FirstVertex(forward), nodes.front());
      at_vertex(TopExp::LastVertex(forward), nodes.back());
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
  Edges(const std::vector<TopoDS_Face>& faces, const Deflection& deflection, Handover& handover) {
    for (const TopoDS_Face& face : faces)
      for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next()) index_.Add(it.Current());
    meshes_.resize(static_cast<std::size_t>(index_.Extent()));
    measures_.resize(meshes_.size());
    handover();
    tbb::parallel_for(tbb::blocked_range<int>(0, index_.Extent(), 32), [&](const auto& range) {
      handover();
      for (int i = range.begin(); i != range.end(); ++i) {
        const TopoDS_Edge edge = TopoDS::Edge(index_(i + 1).Oriented(TopAbs_FORWARD));
        meshes_[static_cast<std::size_t>(i)] = mesh_edge(edge, deflection);
        measures_[static_cast<std::size_t>(i)] = measure_of(edge);
      }
      handover();
    });
    handover();
  }
  static EdgeMeasure measure_of(const TopoDS_Edge& edge) {
    return BRep_Tool::Degenerated(edge) ? EdgeMeasure{} : measure_edge(BRepAdaptor_Curve(edge));
  }
  const EdgeMesh& mesh(const TopoDS_Edge& edge) const { return meshes_[index_of(edge)]; }
  const EdgeMeasure& measure(const TopoDS_Edge& edge) const { return measures_[index_of(edge)]; }

 private:
  std::size_t index_of(const TopoDS_Edge& edge) const { return static_cast<std::size_t>(index_.FindIndex(edge)) - 1; }

  TopTools_IndexedMapOfShape index_;
  std::vector<EdgeMesh> meshes_;
  std::vector<EdgeMeasure> measures_;
};

template <class MeasureOf>
FaceRecordPtr record_of(const TopoDS_Face& face, FaceMesh mesh, const MeasureOf& measure_of) {
  auto record = std::make_shared<FaceRecord>();
  const BRepAdaptor_Surface surface(face, false);
  record->info = face_info(surface);
  const FaceMeasure measure = measure_face(surface);
  record->info.area = measure.area;
  record->flux = measure.flux;
  record->mesh = std::move(mesh);
  for (const auto& [edge, nodes] : record->mesh.borders)
    record->borders.push_back({measure_of(edge), BRep_Tool::Degenerated(edge) ? std::nullopt : side_at(edge, surface)});
  return record;
}

// Faces are independent once their edges are divided: they are only read, so threads may share them.
Result<std::vector<FaceRecordPtr>> own_records(const std::vector<TopoDS_Shape>& faces, const Deflection& deflection,
                                               const std::stop_token& stop, FaceCache& cache) {
  std::vector<FaceRecordPtr> records(faces.size());
  std::vector<std::size_t> missing;
  std::vector<TopoDS_Face> divided;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    if (const auto known = cache.find({TopoDS::Face(faces[i]), deflection})) {
      records[i] = *known;
    } else {
      missing.push_back(i);
      divided.push_back(TopoDS::Face(faces[i]));
    }
  }
  Handover handover;
  const Edges edges(divided, deflection, handover);
  const EdgeSource source = [&](const TopoDS_Edge& edge) -> const EdgeMesh& { return edges.mesh(edge); };
  const auto measure_of = [&](const TopoDS_Edge& edge) { return edges.measure(edge); };
  std::vector<std::optional<Error>> errors(missing.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, missing.size(), 8), [&](const auto& range) {
    handover();
    for (std::size_t k = range.begin(); k != range.end() && !stop.stop_requested(); ++k) {
      auto mesh = mesh_face(divided[k], deflection, source);
      if (mesh)
        records[missing[k]] = record_of(divided[k], std::move(*mesh), measure_of);
      else
        errors[k] = std::move(mesh).error();
    }
    handover();
  });
  handover();
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
    records.push_back(record_of(TopoDS::Face(faces[f]), std::move(meshes[f]), Edges::measure_of));
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
    part.mesh = assemble(meshes);
    part.edges = edge_infos(records);
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
