// Straight extrusion along z with full provenance.
#pragma once

#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// The profile raised from z = `low` by `height` mm. Side faces take the trace of their edge, ends those given for the
/// profile's faces in order. Errors: geometry.
Result<Body> make_prism(const Body& profile, const std::vector<Trace>& bottom, const std::vector<Trace>& top,
                        double low, double height, const BooleanTask& task);

}  // namespace fitwright
