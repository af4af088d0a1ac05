// Tier B, stamping: bosses, pockets, holes and engravings whose footprint lies strictly inside plane faces are
// stitched into the shell. No boolean; every other face stays the very same.
#pragma once

#include <optional>
#include <vector>

#include "geometry/kernel/boolean.hpp"

namespace fitwright {

enum class StampKind { cut, unite };

/// What stamping made of a base and its tools.
struct Stamped {
  Body body;
  std::vector<std::size_t> stamped, rest;  ///< numbers of the tools that were stamped, and of those that were not
};

/// Stamps those tools (one solid each) that are prisms along a coordinate axis and whose effect on the base is
/// certain: along the prism the base changes only at plane faces that contain the footprint strictly, clear of
/// everything else. A tool that would touch an earlier stamp stays in `rest`.
Result<Stamped> stamp(const Body& base, const std::vector<SolidUse>& tools, StampKind kind);

}  // namespace fitwright
