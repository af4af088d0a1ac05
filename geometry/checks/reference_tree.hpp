// CGAL's tree of triangles behind plain arrays: what ours is judged and timed by. No program that ships links it.
#pragma once

#include <cstddef>
#include <memory>

#include "geometry/mesh/mesh.hpp"

namespace fitwright {

class ReferenceTree {
 public:
  explicit ReferenceTree(const TriangleMesh& mesh);
  ~ReferenceTree();
  ReferenceTree(const ReferenceTree&) = delete;
  ReferenceTree& operator=(const ReferenceTree&) = delete;

  /// How many triangles the segment from a to b meets.
  std::size_t crossings(Vec3 a, Vec3 b) const;
  bool meets(Vec3 a, Vec3 b) const;
  /// mm from a point to the nearest triangle.
  double distance(Vec3 point) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fitwright
