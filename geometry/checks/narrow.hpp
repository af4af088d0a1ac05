// Where two opposing sides of a surface come close: thin walls through the material, narrow gaps through the air.
#pragma once

#include <limits>
#include <stop_token>
#include <vector>

#include "geometry/checks/surface.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

/// What lies between the two sides.
enum class Between { material, air };

/// The narrowest place between one triangle and the surface opposite: the diameter of the largest ball that fits in
/// and touches the triangle at `p`, with `q` where it touches the other side.
struct NarrowPlace {
  double width = std::numeric_limits<double>::infinity();  ///< mm; infinite: nowhere below the limit
  Vec3 p, q;
  std::uint32_t opposite = Surface::none;  ///< the triangle at q
};

/// For each triangle its narrowest place below `limit` (mm). Every pair of triangles that can come so close is
/// looked at, so that no pinch lies between samples. Sides that lean towards each other by more than `widest_wedge_deg`
/// bound no wall, and where sides meet at a sharp edge (sharp_edge_deg) the thinness belongs to the edge.
/// A place below the limit is always found; its width is told to within the part `slack` of it, which saves time.
/// Parallel, deterministic. Errors: cancelled.
Result<std::vector<NarrowPlace>> narrow_places(const Surface& surface, Between between, double limit, double slack = 0,
                                               std::stop_token stop = {});

inline constexpr double sharp_edge_deg = 60;
/// Less than sharp_edge_deg: flanks of threads stand at 60 degrees, and the normals of meshes waver by a few.
inline constexpr double widest_wedge_deg = 50;

}  // namespace fitwright
