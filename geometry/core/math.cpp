#include "geometry/core/math.hpp"

#include <algorithm>
#include <numbers>

namespace fitwright {

namespace {

// cos and sin that are exact at multiples of 90 degrees, so that a quarter turn keeps planes axis-parallel.
std::pair<double, double> cos_sin(double degrees) {
  const double turn = std::remainder(degrees, 360.0);
  if (turn == 0) return {1, 0};
  if (turn == 90) return {0, 1};
  if (turn == -90) return {0, -1};
  if (std::abs(turn) == 180) return {-1, 0};
  const double radians = turn * std::numbers::pi / 180;
  return {std::cos(radians), std::sin(radians)};
}

Vec3 unit(Vec3 v) { return v * (1 / length(v)); }

Placement about(Placement linear, Vec3 origin) {
  linear.offset = origin - linear.apply_direction(origin);
  return linear;
}

}  // namespace

Placement Placement::rotation(Vec3 axis, double degrees, Vec3 origin) {
  // Rodrigues: R = c I + s [u]x + (1-c) u u^T.
  const Vec3 u = unit(axis);
  const auto [c, s] = cos_sin(degrees);
  const double t = 1 - c;
  Placement p;
  p.linear = {Vec3{c + t * u.x * u.x, t * u.x * u.y - s * u.z, t * u.x * u.z + s * u.y},
              Vec3{t * u.x * u.y + s * u.z, c + t * u.y * u.y, t * u.y * u.z - s * u.x},
              Vec3{t * u.x * u.z - s * u.y, t * u.y * u.z + s * u.x, c + t * u.z * u.z}};
  return about(p, origin);
}

Placement Placement::reflection(Vec3 normal, Vec3 origin) {
  // Householder: H = I - 2 n n^T.
  const Vec3 n = unit(normal);
  Placement p;
  p.linear = {Vec3{1 - 2 * n.x * n.x, -2 * n.x * n.y, -2 * n.x * n.z},
              Vec3{-2 * n.x * n.y, 1 - 2 * n.y * n.y, -2 * n.y * n.z},
              Vec3{-2 * n.x * n.z, -2 * n.y * n.z, 1 - 2 * n.z * n.z}};
  return about(p, origin);
}

Placement Placement::turning(Vec3 from, Vec3 to) {
  const Vec3 axis = cross(from, to);
  const double c = dot(from, to);
  if (length(axis) < 1e-12) {
    if (c > 0) return {};
    const Vec3 side = std::abs(from.x) < 0.5 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
    return rotation(cross(from, side), 180);
  }
  const double angle = std::abs(c) < 1e-15 ? 90 : std::atan2(length(axis), c) * 180 / std::numbers::pi;
  return rotation(axis, angle);
}

Placement Placement::inverse() const {
  Placement p;
  p.linear = {Vec3{linear[0].x, linear[1].x, linear[2].x}, Vec3{linear[0].y, linear[1].y, linear[2].y},
              Vec3{linear[0].z, linear[1].z, linear[2].z}};
  p.offset = p.apply_direction(offset) * -1;
  return p;
}

Placement operator*(const Placement& a, const Placement& b) {
  const Placement bt = [&] {
    Placement t;
    t.linear = {Vec3{b.linear[0].x, b.linear[1].x, b.linear[2].x}, Vec3{b.linear[0].y, b.linear[1].y, b.linear[2].y},
                Vec3{b.linear[0].z, b.linear[1].z, b.linear[2].z}};
    return t;
  }();
  Placement p;
  for (int row = 0; row < 3; ++row)
    p.linear[row] = {dot(a.linear[row], bt.linear[0]), dot(a.linear[row], bt.linear[1]),
                     dot(a.linear[row], bt.linear[2])};
  p.offset = a.apply(b.offset);
  return p;
}

void Box3::add(Vec3 p) {
  min = {std::min(min.x, p.x), std::min(min.y, p.y), std::min(min.z, p.z)};
  max = {std::max(max.x, p.x), std::max(max.y, p.y), std::max(max.z, p.z)};
}

void Box3::add(const Box3& other) {
  if (other.empty()) return;
  add(other.min);
  add(other.max);
}

}  // namespace fitwright
