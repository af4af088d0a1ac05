// Straight extrusion along z with full provenance.
#pragma once

#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// The profile raised from its plane moved by `offset`, by `height` mm along +z. Side faces take the trace of
/// their edge, caps those given for the profile's faces in order. Errors: geometry.
Result<Body> make_prism(const Body& profile, const std::vector<Trace>& bottom, const std::vector<Trace>& top,
                        Vec3 offset, double height);

}  // namespace fitwright
