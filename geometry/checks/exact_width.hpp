// What a mesh measures between two known surfaces, made exact.
#pragma once

#include "geometry/checks/narrow.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// The width between two faces of an exact solid, where they are planes, cylinders or spheres whose distance is
/// known in closed form and lies within `tolerance` of what the mesh gave; else `measured`. mm.
double exact_width(const FaceInfo& a, const FaceInfo& b, double measured, double tolerance);

}  // namespace fitwright
