// Round holes and pins: cylinders that close on themselves.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geometry/checks/surface.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// A cylinder that goes all the way round.
struct Round {
  Vec3 axis;             ///< unit
  Vec3 low, high;        ///< ends of the axis, mm, where the surface ends
  double radius = 0;     ///< mm
  bool concave = false;  ///< a hole; else a pin, or the outside of a round body
  bool exact = false;    ///< radius from the exact solid; else fitted to the mesh
  std::vector<std::uint32_t> triangles;
};

/// The rounds of a surface. With `built` its cylinder faces decide, and faces that continue each other are one round;
/// without it, smooth patches to which a cylinder fits. O(n).
std::vector<Round> find_rounds(const Surface& surface, const BuiltPart* built);

}  // namespace fitwright
