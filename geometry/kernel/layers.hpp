// Prisms along z, united and cut: exact solids and regions without a boolean, through one layout of their outlines.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geometry/kernel/cells.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

/// A prism along z.
struct LayerPrism {
  Body profile;       ///< in place; traces of the sides
  Trace bottom, top;  ///< of its ends
  LeafRange range;
};

/// The tree over the prisms as solids. Absent when the layout is not certain (outlines that almost touch, faces that
/// meet in a line) or nothing is left. Errors: geometry.
Result<std::optional<Body>> layered_solid(const PrismTree& tree, const std::vector<LayerPrism>& prisms);

/// The tree over regions in z = 0. Absent as above.
Result<std::optional<Regions>> layered_regions(const PrismTree& tree, const std::vector<RegionUse>& uses);

}  // namespace fitwright
