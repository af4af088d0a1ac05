#include "geometry/kernel/pattern.hpp"

#include <cmath>

namespace fitwright {

std::vector<Placement> linear_placements(int count, Vec3 step) {
  std::vector<Placement> all;
  for (int i = 0; i < count; ++i) all.push_back(Placement::translation(step * i));
  return all;
}

std::vector<Placement> polar_placements(int count, double angle, Vec3 axis) {
  const bool closed = std::abs(std::abs(angle) - 360) < 1e-9;
  const int steps = closed ? count : std::max(1, count - 1);
  std::vector<Placement> all;
  for (int i = 0; i < count; ++i) all.push_back(Placement::rotation(axis, angle * i / steps));
  return all;
}

Result<std::vector<Placement>> grid_placements(int nx, int ny, double dx, double dy) {
  if (static_cast<long>(nx) * ny > 10000)
    return fail(ErrorKind::geometry, "a grid pattern may have at most 10000 copies, " +
                                         std::to_string(static_cast<long>(nx) * ny) + " were asked for");
  std::vector<Placement> all;
  for (int j = 0; j < ny; ++j)
    for (int i = 0; i < nx; ++i) all.push_back(Placement::translation({dx * i, dy * j, 0}));
  return all;
}

}  // namespace fitwright
