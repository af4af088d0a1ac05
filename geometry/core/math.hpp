// Plain vectors and placements. Lengths in mm, Z up.
#pragma once

#include <array>
#include <cmath>
#include <limits>

namespace fitwright {

struct Vec2 {
  double x = 0, y = 0;
  bool operator==(const Vec2&) const = default;
};
inline Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
inline Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
inline Vec2 operator*(Vec2 a, double s) { return {a.x * s, a.y * s}; }
inline double dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
inline double cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
inline double length(Vec2 a) { return std::hypot(a.x, a.y); }

struct Vec3 {
  double x = 0, y = 0, z = 0;
  bool operator==(const Vec3&) const = default;
};
inline Vec3 operator+(Vec3 a, Vec3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec3 operator-(Vec3 a, Vec3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec3 operator*(Vec3 a, double s) { return {a.x * s, a.y * s, a.z * s}; }
inline double dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(Vec3 a, Vec3 b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline double length(Vec3 a) { return std::hypot(a.x, a.y, a.z); }
inline Vec3 normalized(Vec3 a) { return a * (1 / length(a)); }

/// A rigid motion, possibly with a reflection: p' = linear * p + offset, `linear` in row order,
/// orthonormal, determinant +1 or -1.
struct Placement {
  std::array<Vec3, 3> linear{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  Vec3 offset;
  bool operator==(const Placement&) const = default;

  static Placement translation(Vec3 by) {
    Placement p;
    p.offset = by;
    return p;
  }
  /// Rotation by `degrees` about the axis through `origin` (right-handed). `axis` need not be unit,
  /// but not zero. Multiples of 90 degrees about a coordinate axis are exact.
  static Placement rotation(Vec3 axis, double degrees, Vec3 origin = {});
  /// Reflection in the plane through `origin` with the given normal.
  static Placement reflection(Vec3 normal, Vec3 origin = {});
  /// Rotation that takes unit vector `from` to unit vector `to`; coordinate axes map exactly.
  static Placement turning(Vec3 from, Vec3 to);

  Vec3 apply_direction(Vec3 v) const { return {dot(linear[0], v), dot(linear[1], v), dot(linear[2], v)}; }
  Vec3 apply(Vec3 p) const { return apply_direction(p) + offset; }
  double determinant() const { return dot(linear[0], cross(linear[1], linear[2])); }
  bool mirrors() const { return determinant() < 0; }
  Placement inverse() const;
};
/// First b, then a.
Placement operator*(const Placement& a, const Placement& b);

/// Axis-aligned bounding box; empty while min > max.
struct Box3 {
  Vec3 min{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
           std::numeric_limits<double>::infinity()};
  Vec3 max{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
           -std::numeric_limits<double>::infinity()};
  bool empty() const { return min.x > max.x; }
  Vec3 size() const { return empty() ? Vec3{} : max - min; }
  void add(Vec3 p);
  void add(const Box3& other);
  bool operator==(const Box3&) const = default;
};

}  // namespace fitwright
