// Tier A, "profiles first": combinations of prisms along one axis as one extrusion.
#pragma once

#include <optional>

#include "geometry/kernel/planner.hpp"

namespace fitwright {

std::optional<Plan> match_prisms(const NodePtr& node);

}  // namespace fitwright
