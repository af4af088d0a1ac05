// The path of a beam or bit beside a contour.
#pragma once

#include "geometry/core/result.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// What becomes of a corner that sticks out of the material.
enum class Corners {
  sharp,  ///< two lines meet in a corner again, unless they turn by more than 90 degrees
  round,  ///< an arc: the path keeps its distance exactly
};

/// The contour moved away from its material, which lies to the left, by `distance` > 0: outer contours
/// (counter-clockwise) grow, openings (clockwise) shrink. Lines stay lines and arcs arcs.
/// Errors (geometry, with the place): the contour is too narrow there for the distance.
Result<Contour2D> offset_from_material(const Contour2D& contour, double distance, Corners corners = Corners::sharp);

}  // namespace fitwright
