// Constrained Delaunay triangulation behind plain arrays; CGAL stays in cdt.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "geometry/core/math.hpp"

namespace fitwright {

/// The region inside closed loops (even-odd), divided into triangles.
class RegionTriangulation {
 public:
  /// `loops` index into `points`. `crossing()` tells whether loops cross themselves or each other, in which
  /// case there are no triangles.
  RegionTriangulation(std::span<const Vec2> points, std::span<const std::vector<std::uint32_t>> loops);
  ~RegionTriangulation();

  bool crossing() const { return crossing_; }
  /// Adds a free point (its number continues those of `points`); ignored outside the region and on loops.
  /// Returns whether it was taken.
  bool insert(Vec2 point);
  /// Edges inside the region, borders excluded, as point numbers.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> inner_edges() const;
  /// Counter-clockwise triangles of the region.
  std::vector<std::array<std::uint32_t, 3>> triangles() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  bool crossing_ = false;
};

}  // namespace fitwright
