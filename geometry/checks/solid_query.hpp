// Points against a closed surface: how near, and whether inside.
#pragma once

#include "geometry/checks/surface.hpp"

namespace fitwright {

/// The triangle nearest to a point, and where.
struct NearestOnSurface {
  std::uint32_t triangle = Surface::none;
  Vec3 at;
  double distance = std::numeric_limits<double>::infinity();  ///< mm
};

/// The nearest place within `reach`; triangle is Surface::none when there is none.
NearestOnSurface nearest_on(const Surface& surface, Vec3 p, double reach);

/// Whether a point lies in the material. For points on the surface itself the answer is either.
bool is_inside(const Surface& surface, Vec3 p);

}  // namespace fitwright
