// What kind of thin place it is: held on several sides, standing freely, or but the tip of a ridge.
#pragma once

#include <span>

#include "geometry/checks/surface.hpp"

namespace fitwright {

/// Whether the thin wall that these triangles bound on both sides is held on two sides or more, or bends round into
/// itself as a tube does. Each smooth side of the wall counts by itself; most of the wall must be held.
bool is_supported(const Surface& surface, std::span<const std::uint32_t> wall);

/// Whether the thin place is the tip of something that widens at once, such as a ridge between two grooves: long, thin
/// over less than its own `width`, and free along its whole length. A tip comes out blunt; it does not fail.
bool is_ridge(const Surface& surface, std::span<const std::uint32_t> place, double width);

}  // namespace fitwright
