// Where a plane cuts a mesh, as lines: the rim of the caps that close what is cut open.
#pragma once

#include <array>
#include <vector>

#include "app/view/frame.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

using Segment = std::array<Vec3, 2>;

/// The border of a half space on a mesh, in the mesh's coordinates: closed loops where the mesh is closed, in no order.
std::vector<Segment> section_outline(const TriangleMesh& mesh, const HalfSpace& kept);

}  // namespace fitwright
