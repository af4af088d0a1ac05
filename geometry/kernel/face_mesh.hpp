// Triangles of one face, made once for each face of the B-Rep and kept with it. Edges are discretised once
// and shared, so faces that meet in an edge agree about it exactly.
#pragma once

#include <vector>

#include "geometry/kernel/face_outline.hpp"
#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// Triangles of a face, seen from outside the solid.
struct FaceMesh {
  /// One use of an edge and the nodes along it, from its first parameter to its last.
  struct Border {
    TopoDS_Edge edge;
    TopoDS_Vertex first, last;  ///< ends of its curve
    std::vector<std::uint32_t> nodes;
  };
  std::vector<Vec3> nodes;
  std::vector<Vec3f> normals;  ///< per node, of the surface; zero where it has none
  std::vector<Triangle> triangles;
  std::vector<Border> borders;
};

/// The face divided along its edges' points; inner points where the surface needs them. Errors: geometry (the
/// outline crosses itself at this deflection).
Result<FaceMesh> mesh_face(const FaceOutline& face, const Deflection& deflection);

}  // namespace fitwright
