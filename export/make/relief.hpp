// Room for a round bit in sharp inside corners.
#pragma once

#include "export/flat_options.hpp"
#include "geometry/core/result.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// The contour with a relief at every inside corner between two straight edges with walls; its material lies to the
/// left. Corners that turn by less than a degree, and those at arcs, stay. A T-bone is made of corners of 90 degrees;
/// others get a dogbone. Errors (geometry, with the place): an edge is too short for the bit.
Result<Contour2D> relieved(const Contour2D& contour, Relief relief, double bit_diameter);

}  // namespace fitwright
