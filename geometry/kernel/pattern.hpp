// Placements of repeated copies; the first is always the original's.
#pragma once

#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

/// Copy i is moved by i * step.
std::vector<Placement> linear_placements(int count, Vec3 step);
/// Copies share out `angle` degrees about the axis through the origin: a full turn leaves no gap between the
/// last and the first, less than a full turn puts the last copy at its end.
std::vector<Placement> polar_placements(int count, double angle, Vec3 axis);
/// Columns along x vary fastest. Errors: more than 10000 copies.
Result<std::vector<Placement>> grid_placements(int nx, int ny, double dx, double dy);

}  // namespace fitwright
