// Where a surface runs through itself: plain arrays in, plain numbers out.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// Two triangles with more in common than the corners or edge they share.
struct Crossing {
  std::uint32_t first = 0, second = 0;  ///< triangles, first < second
  Vec3 at;                              ///< mm, near the crossing
  bool operator==(const Crossing&) const = default;
};

/// Up to `limit` crossings, ordered by triangle when there are fewer. Works on any triangles: open, not
/// manifold, or with numbers that are not finite; triangles without area are passed over. Touching counts.
/// Errors: cancelled; geometry when so many triangles overlap closely that the answer would take minutes.
Result<std::vector<Crossing>> self_intersections(const TriangleMesh& mesh, std::size_t limit = 1000,
                                                 std::stop_token stop = {});

}  // namespace fitwright
