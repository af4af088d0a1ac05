#include "geometry/checks/orientation.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fitwright {

namespace {

constexpr double degrees = 180 / std::numbers::pi;

struct Flat {
  Vec3 normal;
  double area = 0;
};

// Areas by direction; triangles within a degree of the first of a group count as one side.
std::vector<Flat> flat_sides(const Surface& surface) {
  constexpr std::size_t most_groups = 400;  // a ball has no flat sides, however many triangles
  std::vector<std::uint32_t> order(surface.size());
  for (std::uint32_t t = 0; t < surface.size(); ++t) order[t] = t;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return surface.area(a) > surface.area(b); });
  std::vector<Flat> sides;
  const double alike = std::cos(1 / degrees);
  for (const std::uint32_t t : order) {
    const Vec3 normal = surface.normal(t);
    const auto side =
        std::find_if(sides.begin(), sides.end(), [&](const Flat& s) { return dot(s.normal, normal) > alike; });
    if (side != sides.end())
      side->area += surface.area(t);
    else if (sides.size() < most_groups)
      sides.push_back({normal, surface.area(t)});
  }
  std::stable_sort(sides.begin(), sides.end(), [](const Flat& a, const Flat& b) { return a.area > b.area; });
  return sides;
}

std::vector<Vec3> candidates(const Surface& surface) {
  constexpr std::size_t most = 40;
  std::vector<Vec3> ups{{0, 0, 1}, {0, 0, -1}, {1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}};
  const double alike = std::cos(1 / degrees);
  for (const Flat& side : flat_sides(surface)) {
    if (ups.size() >= most) break;
    const Vec3 up = side.normal * -1;
    if (std::none_of(ups.begin(), ups.end(), [&](Vec3 other) { return dot(other, up) > alike; })) ups.push_back(up);
  }
  return ups;
}

Orientation measure(const Surface& surface, Vec3 up, const OrientationWishes& wishes) {
  Orientation way;
  way.up = up;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Vec3& v : surface.mesh().vertices) {
    low = std::min(low, dot(up, v));
    high = std::max(high, dot(up, v));
  }
  way.height = high - low;
  const double steep = std::sin(std::min(90.0, wishes.limit_deg + 1e-4) / degrees);
  for (std::uint32_t t = 0; t < surface.size(); ++t) {
    const double down = -dot(up, surface.normal(t));
    if (down <= steep) continue;
    const double above = dot(up, surface.middle(t)) - low;
    const double seen = surface.area(t) * down;
    if (above <= wishes.first_layer) {
      way.contact_area += seen;
    } else {
      way.support_area += seen;
      way.support_volume += seen * above;
    }
  }
  const Vec3 size = surface.box().size();
  way.weakness = wishes.load ? std::abs(dot(normalized(*wishes.load), up)) : way.height / length(size);
  const double box = std::max(size.x * size.y * size.z, 1e-9);
  way.cost = way.support_volume / box + 0.1 * way.height / length(size) + 0.1 * way.weakness;
  // What stands on a point or an edge falls over before it is supported.
  if (way.contact_area == 0) way.cost += 1;
  return way;
}

}  // namespace

Result<std::vector<Orientation>> rank_orientations(const Surface& surface, const OrientationWishes& wishes,
                                                   std::stop_token stop) {
  const std::vector<Vec3> ups = candidates(surface);
  std::vector<Orientation> ways(ups.size());
  tbb::parallel_for(std::size_t{0}, ups.size(), [&](std::size_t i) {
    if (!stop.stop_requested()) ways[i] = measure(surface, ups[i], wishes);
  });
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the search for the best way up was cancelled");
  std::stable_sort(ways.begin(), ways.end(), [](const Orientation& a, const Orientation& b) {
    return std::llround(a.cost * 1e9) < std::llround(b.cost * 1e9);
  });
  return ways;
}

}  // namespace fitwright
