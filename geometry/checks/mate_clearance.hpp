// What is left between two parts that are meant to fit.
#pragma once

#include <optional>
#include <stop_token>

#include "geometry/checks/surface.hpp"
#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// One side of a fit: a part's surface with its exact faces, where it stands. `built` may be null.
struct FitSide {
  const Surface* surface = nullptr;
  const BuiltPart* built = nullptr;
};

/// How two parts lie to each other.
struct Fit {
  double nearest = 0;  ///< mm between them where they face each other most closely; 0: they touch
  Vec3 nearest_at;
  /// Half of the play across the tightest direction in which the one holds the other from both sides, mm; nothing when
  /// they face each other on one side only.
  std::optional<double> clearance;
  Vec3 clearance_at, across;                    ///< place and direction of the tighter of the two sides
  std::vector<std::uint32_t> faces_a, faces_b;  ///< exact faces on both sides of the tightest place
};

/// Looks at all pairs of sides that face each other within `reach` (mm) and takes, for each direction, the narrowest
/// gap: what a part may move along a direction and back is the play, so that a part that rests against one side of its
/// seat has the same clearance as one in the middle. Widths between planes, cylinders and spheres are exact. Nothing
/// when no sides face each other within reach. Places are in a's coordinates. Errors: cancelled.
Result<std::optional<Fit>> measure_fit(const FitSide& a, const FitSide& b, const Placement& b_to_a, double reach,
                                       std::stop_token stop = {});

}  // namespace fitwright
