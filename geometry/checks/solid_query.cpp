#include "geometry/checks/solid_query.hpp"

#include <array>
#include <cmath>

namespace fitwright {

NearestOnSurface nearest_on(const Surface& surface, Vec3 p, double reach) {
  NearestOnSurface best;
  Box3 at;
  at.add(p);
  surface.tree().near(at, reach, [&](std::uint32_t t) {
    const Vec3 q = nearest_on_triangle(p, surface.corners(t));
    const double distance = length(q - p);
    if (distance > reach) return;
    best = {t, q, distance};
    reach = distance;
  });
  return best;
}

bool is_inside(const Surface& surface, Vec3 p) {
  const Box3& box = surface.box();
  if (p.x < box.min.x || p.y < box.min.y || p.z < box.min.z || p.x > box.max.x || p.y > box.max.y || p.z > box.max.z)
    return false;
  // Parity along a line may err where it grazes an edge: two of three lines in no special direction decide.
  static const std::array<Vec3, 3> directions{normalized(Vec3{0.5377, 0.8339, -0.2588}),
                                              normalized(Vec3{-0.4336, 0.3426, 0.8784}),
                                              normalized(Vec3{0.6769, -0.2924, 0.3617})};
  const double far = 2 * length(box.size()) + 1;
  int votes = 0;
  for (const Vec3& direction : directions) {
    const Vec3 end = p + direction * far;
    int crossings = 0;
    surface.tree().along(p, end, [&](std::uint32_t t) {
      if (crossing_of_segment(p, end, surface.corners(t)) >= 0) ++crossings;
    });
    votes += crossings % 2;
  }
  return votes >= 2;
}

}  // namespace fitwright
