// Meshes in the single precision that mesh formats and their readers keep.
#pragma once

#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

struct FloatMesh {
  std::vector<Vec3f> vertices;  ///< no two equal
  std::vector<Triangle> triangles;
};

/// The mesh placed and rounded to floats. Vertices that become equal are joined and triangles that vanish
/// by it are dropped, so that the rounded mesh is as closed as the given one, by coordinates too.
/// Errors (geometry, with part and place): it is not sound after rounding, for instance because the surface
/// touches itself along an edge.
Result<FloatMesh> float_mesh(const TriangleMesh& mesh, const Placement& placement, std::string_view part);

}  // namespace fitwright
