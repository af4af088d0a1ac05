// Triangles of one face, made once for each face of the B-Rep and kept with it. Edges are discretised once
// and shared, so faces that meet in an edge agree about it exactly.
#pragma once

#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>

#include <functional>
#include <vector>

#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// Points along an edge from its first parameter to its last, in part coordinates.
struct EdgeMesh {
  std::vector<double> parameters;
  std::vector<Vec3> points;
};

/// Triangles of a face, seen from outside the solid.
struct FaceMesh {
  /// One use of an edge and the nodes along it, from its first parameter to its last.
  struct Border {
    TopoDS_Edge edge;
    std::vector<std::uint32_t> nodes;
  };
  std::vector<Vec3> nodes;
  std::vector<Vec3f> normals;  ///< per node, of the surface; zero where it has none
  std::vector<Triangle> triangles;
  std::vector<Border> borders;
};

/// The points of an edge, the same for every face that it borders.
using EdgeSource = std::function<const EdgeMesh&(const TopoDS_Edge&)>;

/// Points along an edge that keep to the deflection. Lines have two.
EdgeMesh mesh_edge(const TopoDS_Edge& edge, const Deflection& deflection);

/// The face divided along its edges' points; inner points where the surface needs them. Errors: geometry (the
/// outline crosses itself at this deflection).
Result<FaceMesh> mesh_face(const TopoDS_Face& face, const Deflection& deflection, const EdgeSource& edges);

}  // namespace fitwright
