// A sound mesh prepared for measuring: normals, neighbours, sharp edges, and a tree over its triangles.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "geometry/checks/box_tree.hpp"
#include "geometry/checks/triangle_math.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// An edge at which two triangles meet at an angle that no smooth surface has.
struct SharpEdge {
  std::array<std::uint32_t, 2> triangles{};
  std::array<std::uint32_t, 2> vertices{};
  Vec3 a, b;              ///< their places, mm
  double inside_deg = 0;  ///< angle inside the material: below 180 sticks out, above runs in
};

/// Everything by triangle index. Holds the mesh by reference.
class Surface {
 public:
  /// The mesh must be sound (no mesh_faults) and outlive the surface. O(n log n), on several threads.
  explicit Surface(const TriangleMesh& mesh);

  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  /// Neighbours whose normals differ by more are another side of the part.
  static constexpr double smooth_deg = 35;

  const TriangleMesh& mesh() const { return mesh_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(mesh_.triangles.size()); }
  Corners corners(std::uint32_t triangle) const;
  Vec3 middle(std::uint32_t triangle) const;
  /// Outward, unit; zero for a triangle without area, or so flat that its normal is noise.
  Vec3 normal(std::uint32_t triangle) const { return normals_[triangle]; }
  double area(std::uint32_t triangle) const { return areas_[triangle]; }
  /// The triangle across the edge from corner k to the next.
  std::uint32_t neighbour(std::uint32_t triangle, int k) const { return neighbours_[triangle][k]; }
  /// Angle inside the material at that edge, degrees; 180 is flat.
  double inside_deg(std::uint32_t triangle, int k) const;
  /// Outward normal of the smooth surface that the mesh stands for, at a point of the triangle; unit.
  Vec3 smooth_normal(std::uint32_t triangle, Vec3 at) const;
  /// Where the smooth surface lies that a point of the triangle stands for: a parabola over the corners and their
  /// normals, which follows a circle to the fourth order.
  Vec3 smooth_point(std::uint32_t triangle, Vec3 at) const;
  /// How far the smooth surface lies off the triangle, mm.
  double deviation(std::uint32_t triangle) const;
  const std::vector<SharpEdge>& sharp_edges() const { return sharp_; }
  const BoxTree& tree() const { return tree_; }
  const Box3& box() const { return box_; }

  /// Patches: triangles that hang together by edges that are not sharp. Number of the patch by triangle, and how
  /// many there are.
  const std::vector<std::uint32_t>& patch_of() const { return patch_of_; }
  std::uint32_t patch_count() const { return patch_count_; }

 private:
  void measure_triangles();
  void find_neighbours();
  void find_sharp_edges();
  void find_patches();
  void smooth_corners();
  const std::array<Vec3f, 3>& corner_normals(std::uint32_t triangle) const {
    return corner_normals_.empty() ? mesh_.normals[triangle] : corner_normals_[triangle];
  }
  bool is_flat(std::uint32_t triangle) const {
    const auto& n = corner_normals(triangle);
    return n[0] == n[1] && n[1] == n[2];
  }

  const TriangleMesh& mesh_;
  std::vector<Vec3> normals_;
  std::vector<double> areas_;
  std::vector<std::array<std::uint32_t, 3>> neighbours_;
  std::vector<std::array<Vec3f, 3>> corner_normals_;  // empty when the mesh brings its own
  std::vector<SharpEdge> sharp_;
  std::vector<std::uint32_t> patch_of_;
  std::uint32_t patch_count_ = 0;
  BoxTree tree_;
  Box3 box_;
};

}  // namespace fitwright
