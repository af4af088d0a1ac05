// More meshes made by hand, for measuring.
#pragma once

#include <vector>

#include "geometry/mesh/mesh.hpp"

namespace fitwright::test {

/// A prism over a simple polygon (counter-clockwise, x and z), along y from 0 to `depth`. Ears are cut off one by one.
inline TriangleMesh prism_mesh(const std::vector<Vec2>& outline, double depth) {
  TriangleMesh mesh;
  const auto n = static_cast<std::uint32_t>(outline.size());
  for (const double y : {0.0, depth})
    for (const Vec2& p : outline) mesh.vertices.push_back({p.x, y, p.y});
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t j = (i + 1) % n;
    mesh.triangles.push_back({i, n + j, j});
    mesh.triangles.push_back({i, n + i, n + j});
  }
  std::vector<std::uint32_t> left;
  for (std::uint32_t i = 0; i < n; ++i) left.push_back(i);
  const auto is_ear = [&](std::size_t k) {
    const Vec2 a = outline[left[(k + left.size() - 1) % left.size()]], b = outline[left[k]],
               c = outline[left[(k + 1) % left.size()]];
    if (cross(b - a, c - a) <= 0) return false;
    for (const std::uint32_t i : left) {
      const Vec2 p = outline[i];
      if (p == a || p == b || p == c) continue;
      if (cross(b - a, p - a) >= 0 && cross(c - b, p - b) >= 0 && cross(a - c, p - c) >= 0) return false;
    }
    return true;
  };
  while (left.size() >= 3) {
    std::size_t k = 0;
    while (k + 1 < left.size() && !is_ear(k)) ++k;
    const std::uint32_t a = left[(k + left.size() - 1) % left.size()], b = left[k], c = left[(k + 1) % left.size()];
    mesh.triangles.push_back({a, b, c});              // at y = 0, seen from -y
    mesh.triangles.push_back({n + a, n + c, n + b});  // at y = depth
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(k));
  }
  return mesh;
}

}  // namespace fitwright::test
