// What hangs in the air when a part is built up in layers along +z.
#pragma once

#include <vector>

#include "geometry/checks/surface.hpp"

namespace fitwright {

enum class HangKind {
  overhang,  ///< held at one side only
  bridge,    ///< held at both ends of every line in some direction
  island,    ///< begins in the air
};

/// Triangles that hang together and face down more steeply than the limit.
struct Hang {
  HangKind kind = HangKind::overhang;
  double area = 0;          ///< mm2, seen from below
  double steepest_deg = 0;  ///< largest angle from the vertical; 90 is a flat ceiling
  double reach = 0;  ///< mm, sideways: overhang: from what holds it to its furthest point; bridge: longest line in
                     ///< the best direction; island: how wide it is
  Vec3 at;           ///< where: furthest point, middle of the longest line, or lowest point
  std::vector<std::uint32_t> triangles;
};

/// All hangs above the bed, which is at the surface's lowest z. Faces within `first_layer` (mm) of the bed lie on it.
/// `limit_deg` is the angle from the vertical up to which a wall needs no support; exactly at it is fine. O(n log n).
std::vector<Hang> find_hangs(const Surface& surface, double limit_deg, double first_layer);

}  // namespace fitwright
