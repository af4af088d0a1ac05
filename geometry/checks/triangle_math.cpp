#include "geometry/checks/triangle_math.hpp"

#include <algorithm>

namespace fitwright {

namespace {

double squared(Vec3 v) { return dot(v, v); }

Vec3 nearest_on_segment(Vec3 p, Vec3 a, Vec3 b) {
  const Vec3 along = b - a;
  const double whole = squared(along);
  return whole > 0 ? a + along * std::clamp(dot(p - a, along) / whole, 0.0, 1.0) : a;
}

Vec3 nearest_on_outline(Vec3 p, const Corners& t) {
  Vec3 best = nearest_on_segment(p, t[0], t[1]);
  for (const int k : {1, 2}) {
    const Vec3 other = nearest_on_segment(p, t[k], t[(k + 1) % 3]);
    if (squared(other - p) < squared(best - p)) best = other;
  }
  return best;
}

void keep_nearer(PointPair& best, Vec3 p, Vec3 q) {
  const double apart = squared(p - q);
  if (apart < best.squared) best = {p, q, apart};
}

}  // namespace

Vec3 nearest_on_triangle(Vec3 p, const Corners& t) {
  const Vec3 normal = cross(t[1] - t[0], t[2] - t[0]);
  const double size = squared(normal);
  if (size == 0) return nearest_on_outline(p, t);
  for (int k = 0; k < 3; ++k)
    if (dot(cross(t[(k + 1) % 3] - t[k], p - t[k]), normal) < 0) return nearest_on_outline(p, t);
  return p - normal * (dot(p - t[0], normal) / size);
}

PointPair nearest_of_segments(Vec3 a0, Vec3 a1, Vec3 b0, Vec3 b1) {
  const Vec3 a = a1 - a0, b = b1 - b0, r = a0 - b0;
  const double aa = squared(a), bb = squared(b), ab = dot(a, b), ar = dot(a, r), br = dot(b, r);
  const double denominator = aa * bb - ab * ab;
  double s = denominator > 1e-14 * aa * bb ? std::clamp((ab * br - ar * bb) / denominator, 0.0, 1.0) : 0.0;
  double t = bb > 0 ? (ab * s + br) / bb : 0.0;
  if (t < 0 || t > 1 || bb == 0) {
    t = std::clamp(t, 0.0, 1.0);
    s = aa > 0 ? std::clamp((ab * t - ar) / aa, 0.0, 1.0) : 0.0;
  }
  const Vec3 p = a0 + a * s, q = b0 + b * t;
  return {p, q, squared(p - q)};
}

PointPair nearest_of_triangles(const Corners& a, const Corners& b) {
  PointPair best{a[0], b[0], squared(a[0] - b[0])};
  for (int i = 0; i < 3; ++i) {
    keep_nearer(best, a[i], nearest_on_triangle(a[i], b));
    keep_nearer(best, nearest_on_triangle(b[i], a), b[i]);
  }
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      const PointPair pair = nearest_of_segments(a[i], a[(i + 1) % 3], b[j], b[(j + 1) % 3]);
      if (pair.squared < best.squared) best = pair;
    }
  return best;
}

std::array<double, 3> weights_at(Vec3 p, const Corners& t) {
  const Vec3 normal = cross(t[1] - t[0], t[2] - t[0]);
  const double size = squared(normal);
  if (size == 0) return {1, 0, 0};
  const double b = dot(cross(p - t[0], t[2] - t[0]), normal) / size;
  const double c = dot(cross(t[1] - t[0], p - t[0]), normal) / size;
  return {1 - b - c, b, c};
}

double crossing_of_segment(Vec3 from, Vec3 to, const Corners& t) {
  const Vec3 step = to - from;
  const Vec3 normal = cross(t[1] - t[0], t[2] - t[0]);
  const double towards = dot(step, normal);
  if (towards == 0) return -1;
  const double at = dot(t[0] - from, normal) / towards;
  if (at < 0 || at > 1) return -1;
  const Vec3 hit = from + step * at;
  for (int k = 0; k < 3; ++k)
    if (dot(cross(t[(k + 1) % 3] - t[k], hit - t[k]), normal) < 0) return -1;
  return at;
}

}  // namespace fitwright
