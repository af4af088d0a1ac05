// Small bridges that keep a part in its sheet until it is broken out.
#pragma once

#include "geometry/core/result.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// A closed contour cut into paths with gaps of this length between them, in the order of travel: one gap for every
/// 300 mm or so, at least two, each in a straight edge. Errors (geometry): no straight edge is long enough.
Result<std::vector<Contour2D>> interrupted(const Contour2D& contour, double gap);

}  // namespace fitwright
