// Convex hulls, and whether a thing fits into a rectangle or a box in some orientation. Plain arrays.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "geometry/core/math.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

/// Corners of the convex hull, counter-clockwise, without points on its edges. Fewer than three: a line or a point.
std::vector<Vec2> convex_hull(std::vector<Vec2> points);

/// The corners of a convex hull in space, and the outward normals of its faces, unit.
struct Hull3 {
  std::vector<Vec3> corners, normals;
};
/// A hull without volume has its extreme corners and no normals. Errors: geometry (numbers that are not finite).
Result<Hull3> convex_hull(std::span<const Vec3> points);

/// By how many radians a convex outline must be turned to lie within width x height; nothing when no turn helps.
/// Exact: the widths of a convex outline are arcs of sines between the angles of its edges, and where they cross the
/// limit is known in closed form.
std::optional<double> turn_that_fits(const std::vector<Vec2>& hull, double width, double height);

/// A unit direction that, turned upwards, lets the hull stand within the box at some angle about z. Tried in turn: the
/// axes, the hull's flat sides (the first 400), then 400 directions spread over the sphere. Errors: cancelled.
Result<std::optional<Vec3>> up_that_fits(const Hull3& hull, Vec3 box, std::stop_token stop);

}  // namespace fitwright
