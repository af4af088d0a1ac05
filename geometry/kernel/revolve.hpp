// Solids of revolution with full provenance.
#pragma once

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// The profile turned about z, its x as the radius, its y as the height. Faces take the trace of their edge; below a
/// full turn the ends are named "start" and "end". Errors: geometry (a profile that reaches over the axis).
Result<Body> make_revolution(const Body& profile, double angle_deg = 360);

}  // namespace fitwright
