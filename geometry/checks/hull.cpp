#include "geometry/checks/hull.hpp"

#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/Polyhedron_3.h>
#include <CGAL/convex_hull_3.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>

namespace fitwright {

namespace {

using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
using Polyhedron = CGAL::Polyhedron_3<Kernel>;

constexpr double slack = 1e-6;  // mm: rounding of the mesh, not of the machine

Vec3 from(const Kernel::Point_3& p) { return {p.x(), p.y(), p.z()}; }

double extent(const std::vector<Vec2>& hull, double angle) {
  const Vec2 along{std::cos(angle), std::sin(angle)};
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Vec2& p : hull) {
    low = std::min(low, dot(along, p));
    high = std::max(high, dot(along, p));
  }
  return high - low;
}

// Angles between two critical ones at which the extent, seen from `turn` further on, is just `limit`: between them two
// corners stay the outermost ones, and the extent is size * cos(angle - direction).
void add_crossings(const std::vector<Vec2>& hull, double low, double high, double turn, double limit,
                   std::vector<double>& angles) {
  const double middle = (low + high) / 2 + turn;
  const Vec2 along{std::cos(middle), std::sin(middle)};
  const auto [a, b] =
      std::minmax_element(hull.begin(), hull.end(), [&](Vec2 p, Vec2 q) { return dot(along, p) < dot(along, q); });
  const Vec2 across = *b - *a;
  const double size = length(across);
  if (size <= limit) return;
  const double direction = std::atan2(across.y, across.x) - turn, aside = std::acos(limit / size);
  for (const double side : {-aside, aside}) {
    const double angle = direction + side;
    const double near = angle + 2 * std::numbers::pi * std::round((middle - turn - angle) / (2 * std::numbers::pi));
    if (near > low && near < high) angles.push_back(near);
  }
}

// Points spread evenly over half the sphere: opposite directions are alike.
std::vector<Vec3> spread(int count) {
  std::vector<Vec3> all;
  const double golden = std::numbers::pi * (3 - std::sqrt(5.0));
  for (int i = 0; i < count; ++i) {
    const double z = (i + 0.5) / count, r = std::sqrt(1 - z * z);
    all.push_back({r * std::cos(golden * i), r * std::sin(golden * i), z});
  }
  return all;
}

bool stands_within(const Hull3& hull, Vec3 up, Vec3 box) {
  const Placement turn = Placement::turning(up, {0, 0, 1});
  std::vector<Vec2> seen;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Vec3& corner : hull.corners) {
    const Vec3 p = turn.apply_direction(corner);
    low = std::min(low, p.z);
    high = std::max(high, p.z);
    seen.push_back({p.x, p.y});
  }
  return high - low <= box.z + slack && turn_that_fits(convex_hull(std::move(seen)), box.x, box.y).has_value();
}

}  // namespace

std::vector<Vec2> convex_hull(std::vector<Vec2> points) {
  std::sort(points.begin(), points.end(), [](Vec2 a, Vec2 b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  std::vector<Vec2> hull;  // by Andrew's monotone chain
  const auto add = [&](Vec2 p, std::size_t keep) {
    while (hull.size() >= keep + 2 && cross(hull.back() - hull[hull.size() - 2], p - hull.back()) <= 0) hull.pop_back();
    hull.push_back(p);
  };
  for (const Vec2& p : points) add(p, 0);
  const std::size_t lower = hull.size() - 1;
  for (auto p = points.rbegin() + 1; p != points.rend(); ++p) add(*p, lower);
  hull.pop_back();
  return hull;
}

Result<Hull3> convex_hull(std::span<const Vec3> points) {
  std::vector<Kernel::Point_3> given;
  for (const Vec3& p : points) {
    if (!std::isfinite(p.x + p.y + p.z)) return fail(ErrorKind::geometry, "some coordinates are not numbers");
    given.emplace_back(p.x, p.y, p.z);
  }
  Hull3 hull;
  try {
    CGAL::Object found;
    CGAL::convex_hull_3(given.begin(), given.end(), found);
    Polyhedron body;
    if (!CGAL::assign(body, found)) {  // a plane figure, a line or a point
      hull.corners.assign(points.begin(), points.end());
      return hull;
    }
    for (auto v = body.points_begin(); v != body.points_end(); ++v) hull.corners.push_back(from(*v));
    for (auto f = body.facets_begin(); f != body.facets_end(); ++f) {
      const auto h = f->halfedge();
      const Vec3 a = from(h->vertex()->point()), b = from(h->next()->vertex()->point()),
                 c = from(h->next()->next()->vertex()->point());
      const Vec3 normal = cross(b - a, c - a);
      if (const double size = length(normal); size > 0) hull.normals.push_back(normal * (1 / size));
    }
  } catch (const std::exception& e) {
    return fail(ErrorKind::geometry, std::string("no convex hull was found (") + e.what() + ")");
  }
  return hull;
}

std::optional<double> turn_that_fits(const std::vector<Vec2>& hull, double width, double height) {
  if (hull.empty()) return 0;
  const auto fits = [&](double angle) {
    return extent(hull, -angle) <= width + slack && extent(hull, std::numbers::pi / 2 - angle) <= height + slack;
  };
  if (fits(0)) return 0;
  if (fits(std::numbers::pi / 2)) return std::numbers::pi / 2;
  // The outline may be turned by any angle that brings an edge along x or y, or where a width just meets its limit:
  // between critical angles widths are concave, so that an end of a stretch that fits is one of these.
  std::vector<double> critical{0, std::numbers::pi};
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Vec2 edge = hull[(i + 1) % hull.size()] - hull[i];
    for (const double quarter : {0.0, std::numbers::pi / 2}) {
      const double angle = std::fmod(std::atan2(edge.y, edge.x) + quarter + 2 * std::numbers::pi, std::numbers::pi);
      critical.push_back(angle);
    }
  }
  std::sort(critical.begin(), critical.end());
  std::vector<double> angles = critical;
  for (std::size_t i = 0; i + 1 < critical.size(); ++i) {
    add_crossings(hull, critical[i], critical[i + 1], 0, width, angles);
    add_crossings(hull, critical[i], critical[i + 1], std::numbers::pi / 2, height, angles);
  }
  for (const double angle : angles)
    if (fits(-angle)) return -angle;
  return std::nullopt;
}

Result<std::optional<Vec3>> up_that_fits(const Hull3& hull, Vec3 box, std::stop_token stop) {
  std::vector<Vec3> ways{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  // Flat sides first: nobody stands a part on its corner without need. Those that differ by little are one.
  constexpr std::size_t most_sides = 400;
  for (const Vec3& normal : hull.normals) {
    if (ways.size() >= most_sides) break;
    if (std::none_of(ways.begin(), ways.end(), [&](Vec3 w) { return std::abs(dot(w, normal)) > 1 - 1e-9; }))
      ways.push_back(normal);
  }
  constexpr int tilted = 400;
  for (const Vec3& way : spread(tilted)) ways.push_back(way);
  for (const Vec3& way : ways) {
    if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the search for a way to lie was cancelled");
    if (stands_within(hull, way, box)) return std::optional(way);
  }
  return std::optional<Vec3>();
}

}  // namespace fitwright
