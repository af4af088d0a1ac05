// Cutting a solid of revolution with one tool repeated all around its axis: one sector goes through the general
// boolean, the others are its copies.
#pragma once

#include <optional>
#include <vector>

#include "geometry/kernel/boolean.hpp"

namespace fitwright {

/// Base minus tools. Absent unless the base is a full solid of revolution, the tools are prisms along its axis, each
/// the first one turned on by a whole share of the full turn, and they keep apart. Errors: geometry, cancelled.
Result<std::optional<Body>> cut_cyclic(const Body& base, const std::vector<SolidUse>& tools, BooleanTask& task);

}  // namespace fitwright
