// What kind of thin place it is: held on several sides, standing freely, or but the tip of a ridge.
#pragma once

#include <span>

#include "geometry/checks/surface.hpp"

namespace fitwright {

/// Whether the thin wall that these triangles bound on both sides is held on two sides or more, or bends round into
/// itself as a tube does. Each smooth side of the wall counts by itself; most of the wall must be held.
bool is_supported(const Surface& surface, std::span<const std::uint32_t> wall);

/// What a thin place amounts to.
enum class ThinKind {
  wall,    ///< carries what is above it
  relief,  ///< low and standing on something: a raised letter, a small rib
  tip,     ///< the tip of something that widens at once, such as a ridge between two grooves
};

/// Tells them apart by how high they are above what they stand on: relief is lower than `low` (mm) and rises from a
/// corner; a tip is lower than it is wide and free along its whole length, or a sliver at an edge no larger than a
/// square of side `limit` (mm).
ThinKind thin_kind(const Surface& surface, std::span<const std::uint32_t> place, double width, double limit,
                   double low);

}  // namespace fitwright
