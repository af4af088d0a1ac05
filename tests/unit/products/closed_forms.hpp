// Areas and volumes from school geometry, shared by the volume tests.
#pragma once

#include <cmath>
#include <numbers>

namespace fitwright::test {

constexpr double pi = std::numbers::pi;

inline double square(double x) { return x * x; }
inline double disc(double d) { return pi * d * d / 4; }

/// A rectangle whose four corners lose a square r x r and gain a quarter disc each.
inline double rounded_rectangle(double x, double y, double r) { return x * y - (4 - pi) * r * r; }

/// Rectangle between two half discs: `length` is over all.
inline double stadium(double length, double width) { return (length - width) * width + disc(width); }

/// What a chord at distance f from the centre cuts off a disc.
inline double segment(double r, double f) { return r * r * std::acos(f / r) - f * std::sqrt(r * r - f * f); }

/// Common area of two discs of radii a and b with centres d apart: the two segments on either side of
/// their common chord, which lies (d2 + a2 - b2) / 2d from the first centre.
inline double lens(double d, double a, double b) {
  if (d >= a + b) return 0;
  const double f = (d * d + a * a - b * b) / (2 * d);
  return segment(a, f) + segment(b, d - f);
}

}  // namespace fitwright::test
