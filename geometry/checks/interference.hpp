// How deep one body lies in another.
#pragma once

#include <optional>
#include <stop_token>

#include "geometry/checks/surface.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

/// A body made a little smaller, so that bodies which only touch come apart: by half of the tolerance, and by what its
/// triangles may be off where it is curved. The surface must outlive it.
class ShrunkBody {
 public:
  ShrunkBody(const Surface& whole, double tolerance);
  ShrunkBody(const ShrunkBody&) = delete;
  ShrunkBody& operator=(const ShrunkBody&) = delete;

  const Surface& whole;
  const double tolerance;  ///< mm

  const Surface& surface() const { return *surface_; }

 private:
  TriangleMesh mesh_;
  std::optional<Surface> surface_;
};

struct Interference {
  double depth = 0;   ///< mm: how far the deepest place found of one surface lies within the other body
  double volume = 0;  ///< mm3 that both take up, counted on a grid; 0 when it lies between the grid's points
  Vec3 at;            ///< the deepest place
};

/// Where bodies run through each other by more than their tolerance. Touching is allowed. `b_to_a` takes the second
/// body's coordinates to the first's, in which places are told. One body wholly inside the other counts. The depth is
/// within a tenth of the greatest where no surface has very many triangles there. Errors: cancelled.
Result<std::optional<Interference>> find_interference(const ShrunkBody& a, const ShrunkBody& b, const Placement& b_to_a,
                                                      std::stop_token stop = {});

}  // namespace fitwright
