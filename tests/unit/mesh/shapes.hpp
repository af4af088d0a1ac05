// Small meshes made by hand, with volumes known in closed form.
#pragma once

#include <cmath>
#include <map>
#include <utility>

#include "geometry/mesh/mesh.hpp"

namespace fitwright::test {

/// Axis-parallel box, 12 triangles, outward.
inline TriangleMesh box_mesh(Vec3 low, Vec3 high) {
  TriangleMesh m;
  for (int i = 0; i < 8; ++i)
    m.vertices.push_back({i & 1 ? high.x : low.x, i & 2 ? high.y : low.y, i & 4 ? high.z : low.z});
  m.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                 {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return m;
}
inline TriangleMesh unit_cube() { return box_mesh({0, 0, 0}, {1, 1, 1}); }

/// Regular octahedron, each triangle split in four `levels` times, vertices on the sphere: 8 * 4^levels triangles.
inline TriangleMesh sphere_mesh(Vec3 centre, double radius, int levels) {
  TriangleMesh m;
  m.vertices = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
  m.triangles = {{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}};
  for (int level = 0; level < levels; ++level) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    const auto middle = [&](std::uint32_t a, std::uint32_t b) {
      const auto [it, fresh] = middles.try_emplace(std::minmax(a, b), static_cast<std::uint32_t>(m.vertices.size()));
      if (fresh) {
        const Vec3 sum = m.vertices[a] + m.vertices[b];
        m.vertices.push_back(sum * (1 / length(sum)));
      }
      return it->second;
    };
    std::vector<Triangle> finer;
    for (const auto& [a, b, c] : m.triangles) {
      const std::uint32_t ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
      finer.insert(finer.end(), {{a, ab, ca}, {ab, b, bc}, {ca, bc, c}, {ab, bc, ca}});
    }
    m.triangles = std::move(finer);
  }
  for (Vec3& v : m.vertices) v = v * radius + centre;
  return m;
}

inline TriangleMesh turned_inside_out(TriangleMesh mesh) {
  for (Triangle& t : mesh.triangles) std::swap(t[1], t[2]);
  return mesh;
}

/// Both meshes in one, without joining anything.
inline TriangleMesh together(TriangleMesh a, const TriangleMesh& b) {
  const auto shift = static_cast<std::uint32_t>(a.vertices.size());
  a.vertices.insert(a.vertices.end(), b.vertices.begin(), b.vertices.end());
  for (const Triangle& t : b.triangles) a.triangles.push_back({t[0] + shift, t[1] + shift, t[2] + shift});
  return a;
}

}  // namespace fitwright::test
