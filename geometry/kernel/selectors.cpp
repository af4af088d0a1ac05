#include "geometry/kernel/selectors.hpp"
#include "geometry/kernel/bounds.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRep_Tool.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <functional>
#include <set>

#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

namespace {

using FaceSet = std::set<std::size_t>;
using EdgeSet = std::set<std::size_t>;

/// A solid opened for questions: its faces and edges and who borders whom.
class Topology {
 public:
  explicit Topology(const Body& solid) : body(solid), faces(faces_of(solid.shape)) {
    for (std::size_t i = 0; i < faces.size(); ++i) face_index_.Add(faces[i], i);
    TopTools_IndexedDataMapOfShapeListOfShape map;
    TopExp::MapShapesAndAncestors(solid.shape, TopAbs_EDGE, TopAbs_FACE, map);
    for (int i = 1; i <= map.Extent(); ++i) {
      std::vector<std::size_t> around;
      for (const TopoDS_Shape& face : map(i)) around.push_back(face_index_.FindFromKey(face));
      edges.push_back(TopoDS::Edge(map.FindKey(i)));
      edge_faces.push_back(std::move(around));
    }
  }
  /// A real border between two faces: neither a seam nor a pole.
  bool is_border(std::size_t e) const {
    return edge_faces[e].size() == 2 && edge_faces[e][0] != edge_faces[e][1] && !BRep_Tool::Degenerated(edges[e]);
  }

  const Body& body;
  std::vector<TopoDS_Shape> faces;
  std::vector<TopoDS_Edge> edges;
  std::vector<std::vector<std::size_t>> edge_faces;

 private:
  NCollection_IndexedDataMap<TopoDS_Shape, std::size_t, TopTools_ShapeMapHasher> face_index_;
};

Vec3 direction_of(const std::string& name) {
  const double sign = name[0] == '-' ? -1 : 1;
  switch (name.back()) {
    case 'x': return {sign, 0, 0};
    case 'y': return {0, sign, 0};
    default: return {0, 0, sign};
  }
}

const std::string& text_arg(const Node& node, std::size_t i) { return std::get<std::string>(node.args()[i]); }
const NodePtr& node_arg(const Node& node, std::size_t i) { return std::get<NodePtr>(node.args()[i]); }

std::optional<Vec3> plane_normal(const TopoDS_Shape& shape) {
  const BRepAdaptor_Surface surface(TopoDS::Face(shape), false);
  if (surface.GetType() != GeomAbs_Plane) return std::nullopt;
  Vec3 normal = from_occt(surface.Plane().Axis().Direction());
  if (!surface.Plane().Direct()) normal = normal * -1;
  return shape.Orientation() == TopAbs_REVERSED ? normal * -1 : normal;
}

FaceSet faces_for(const Topology& topology, const Node& node);

FaceSet filter_faces(const Topology& topology, const std::function<bool(std::size_t)>& keep) {
  FaceSet set;
  for (std::size_t i = 0; i < topology.faces.size(); ++i)
    if (keep(i)) set.insert(i);
  return set;
}

// Faces whose furthest point in the direction lies as far out as the solid's.
FaceSet extreme_faces(const Topology& topology, Vec3 direction) {
  const auto lowest = [&](const TopoDS_Shape& face) {  // how far out the face's innermost point lies
    const Box3 box = bounds_of(face);
    double reach = 0;
    for (const auto& [d, lo, hi] :
         {std::tuple{direction.x, box.min.x, box.max.x}, std::tuple{direction.y, box.min.y, box.max.y},
          std::tuple{direction.z, box.min.z, box.max.z}})
      reach += d > 0 ? lo : d < 0 ? -hi : 0;
    return reach;
  };
  std::vector<double> reach;
  for (const TopoDS_Shape& face : topology.faces) reach.push_back(lowest(face));
  const double most = *std::max_element(reach.begin(), reach.end());
  return filter_faces(topology, [&](std::size_t i) { return reach[i] > most - 1e-6; });
}

bool has_role(const Trace& trace, const std::string& wanted) {
  return std::any_of(trace.origins.begin(), trace.origins.end(), [&](const OriginPtr& origin) {
    const std::string& role = final_role(*origin);
    return role == wanted || (role.starts_with(wanted) && role.size() > wanted.size() && role[wanted.size()] == '/');
  });
}

template <class Set>
Set combine(std::string_view how, const Set& a, const Set& b) {
  Set result;
  const auto out = std::inserter(result, result.end());
  if (how == "either") std::set_union(a.begin(), a.end(), b.begin(), b.end(), out);
  if (how == "both") std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), out);
  if (how == "except") std::set_difference(a.begin(), a.end(), b.begin(), b.end(), out);
  return result;
}

FaceSet faces_for(const Topology& topology, const Node& node) {
  const std::string_view name = node.operation().name.substr(6);  // after "faces."
  const auto& traces = topology.body.traces;
  if (name == "all") return filter_faces(topology, [](std::size_t) { return true; });
  if (name == "tagged")
    return filter_faces(topology, [&](std::size_t i) {
      return std::binary_search(traces[i].tags.begin(), traces[i].tags.end(), text_arg(node, 0));
    });
  if (name == "role")
    return filter_faces(topology, [&](std::size_t i) { return has_role(traces[i], text_arg(node, 0)); });
  if (name == "facing") {
    const Vec3 wanted = direction_of(text_arg(node, 0));
    return filter_faces(topology, [&](std::size_t i) {
      const auto normal = plane_normal(topology.faces[i]);
      return normal && dot(*normal, wanted) > 1 - 1e-9;
    });
  }
  if (name == "extreme") return extreme_faces(topology, direction_of(text_arg(node, 0)));
  if (name == "kind")
    return filter_faces(topology, [&](std::size_t i) {
      return to_string(surface_kind(BRepAdaptor_Surface(TopoDS::Face(topology.faces[i]), false))) == text_arg(node, 0);
    });
  return combine(name, faces_for(topology, *node_arg(node, 0)), faces_for(topology, *node_arg(node, 1)));
}

bool parallel_line(const TopoDS_Edge& edge, Vec3 axis) {
  const BRepAdaptor_Curve curve(edge);
  return curve.GetType() == GeomAbs_Line && length(cross(from_occt(curve.Line().Direction()), axis)) < 1e-9;
}

EdgeSet edges_for(const Topology& topology, const Node& node) {
  const std::string_view name = node.operation().name.substr(6);  // after "edges."
  const auto filter = [&](const std::function<bool(std::size_t)>& keep) {
    EdgeSet set;
    for (std::size_t e = 0; e < topology.edges.size(); ++e)
      if (topology.is_border(e) && keep(e)) set.insert(e);
    return set;
  };
  const auto borders = [&](const FaceSet& a, const FaceSet& b) {
    return filter([&](std::size_t e) {
      const auto& f = topology.edge_faces[e];
      return (a.contains(f[0]) && b.contains(f[1])) || (a.contains(f[1]) && b.contains(f[0]));
    });
  };
  if (name == "all") return filter([](std::size_t) { return true; });
  if (name == "tagged") {
    const auto tagged = [&](std::size_t f) {
      const auto& tags = topology.body.traces[f].tags;
      return std::binary_search(tags.begin(), tags.end(), text_arg(node, 0));
    };
    return filter(
        [&](std::size_t e) { return tagged(topology.edge_faces[e][0]) || tagged(topology.edge_faces[e][1]); });
  }
  if (name == "parallel")
    return filter([&](std::size_t e) { return parallel_line(topology.edges[e], direction_of(text_arg(node, 0))); });
  if (name == "between")
    return borders(faces_for(topology, *node_arg(node, 0)), faces_for(topology, *node_arg(node, 1)));
  if (name == "of") {
    const FaceSet set = faces_for(topology, *node_arg(node, 0));
    return filter([&](std::size_t e) {
      return set.contains(topology.edge_faces[e][0]) || set.contains(topology.edge_faces[e][1]);
    });
  }
  if (name == "kind")
    return filter([&](std::size_t e) {
      return to_string(curve_kind(BRepAdaptor_Curve(topology.edges[e]))) == text_arg(node, 0);
    });
  if (name == "convex" || name == "concave")
    return filter([&](std::size_t e) {
      const auto& f = topology.edge_faces[e];
      const double angle =
          dihedral_deg(topology.edges[e], TopoDS::Face(topology.faces[f[0]]), TopoDS::Face(topology.faces[f[1]]));
      return name == "convex" ? angle < 180 - 0.1 : angle > 180 + 0.1;
    });
  return combine(name, edges_for(topology, *node_arg(node, 0)), edges_for(topology, *node_arg(node, 1)));
}

}  // namespace

Result<std::vector<std::size_t>> select_faces(const Body& solid, const NodePtr& selector) {
  return guarded("selecting faces", [&]() -> Result<std::vector<std::size_t>> {
    const FaceSet set = faces_for(Topology(solid), *selector);
    return std::vector<std::size_t>(set.begin(), set.end());
  });
}

Result<std::vector<TopoDS_Edge>> select_edges(const Body& solid, const NodePtr& selector) {
  return guarded("selecting edges", [&]() -> Result<std::vector<TopoDS_Edge>> {
    const Topology topology(solid);
    std::vector<TopoDS_Edge> edges;
    for (const std::size_t e : edges_for(topology, *selector)) edges.push_back(topology.edges[e]);
    return edges;
  });
}

std::vector<std::string> tags_of(const Body& solid) {
  std::set<std::string> tags;
  for (const Trace& trace : solid.traces) tags.insert(trace.tags.begin(), trace.tags.end());
  return {tags.begin(), tags.end()};
}

}  // namespace fitwright
