// Nearest points of triangles and segments.
#pragma once

#include <array>

#include "geometry/core/math.hpp"

namespace fitwright {

using Corners = std::array<Vec3, 3>;

/// A point on one thing, a point on another, and how far they lie apart.
struct PointPair {
  Vec3 p, q;
  double squared = 0;  ///< mm2
};

/// The point of a triangle nearest to `p`.
Vec3 nearest_on_triangle(Vec3 p, const Corners& triangle);

/// Nearest points of two segments.
PointPair nearest_of_segments(Vec3 a0, Vec3 a1, Vec3 b0, Vec3 b1);

/// Nearest points of two triangles that do not run through each other; a triangle may be a segment (two equal
/// corners).
PointPair nearest_of_triangles(const Corners& a, const Corners& b);

/// Weights of the corners at a point of the triangle; a triangle without area counts as its first corner.
std::array<double, 3> weights_at(Vec3 p, const Corners& triangle);

/// Where along a segment (0 to 1) it passes through the triangle, edges included; negative when it does not.
double crossing_of_segment(Vec3 from, Vec3 to, const Corners& triangle);

}  // namespace fitwright
