// Tier A for solids of revolution: cut right through along their axis, they need no boolean. The outlines are laid over
// each other in the plan and lifted onto planes and cones in closed form.
#pragma once

#include <optional>
#include <vector>

#include "geometry/kernel/boolean.hpp"

namespace fitwright {

/// Base minus tools. Absent unless the base is a full solid of revolution of planes, cylinders and cones without
/// shoulders, and the tools are prisms along its axis, of lines and arcs, that go all the way through. Errors:
/// geometry.
Result<std::optional<Body>> cut_turned(const Body& base, const std::vector<SolidUse>& tools);

}  // namespace fitwright
