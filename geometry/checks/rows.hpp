// The rows of the check table, each defined in the file of its name.
#pragma once

#include "geometry/checks/check.hpp"

namespace fitwright {

extern const Check manifold_check;
extern const Check pieces_check;
extern const Check build_volume_check;
extern const Check self_intersection_check;

}  // namespace fitwright
