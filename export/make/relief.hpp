// Room for a round bit in sharp inside corners.
#pragma once

#include <functional>

#include "export/flat_options.hpp"
#include "geometry/core/result.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// A sharp inside corner between two straight edges with walls.
struct InsideCorner {
  Vec2 at;
  Vec2 into;        ///< unit vector along the bisector, away from the material
  double turn = 0;  ///< radians, of the contour's direction
};

/// The corners that a round bit cannot reach: those of more than a degree between straight edges. The contour's
/// material lies to the left.
std::vector<InsideCorner> inside_corners(const Contour2D& contour);

/// The contour with a relief at every inside corner between two straight edges with walls; its material lies to the
/// left. Corners that turn by less than a degree, and those at arcs, stay. A T-bone is made of corners of 90 degrees;
/// others get a dogbone. `wanted` says of a corner whether it needs one; empty: all do. Errors (geometry, with the
/// place): an edge is too short for the bit.
Result<Contour2D> relieved(const Contour2D& contour, Relief relief, double bit_diameter,
                           const std::function<bool(Vec2)>& wanted = {});

}  // namespace fitwright
