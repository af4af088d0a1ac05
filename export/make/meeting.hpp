// Where other parts reach into the inside corners of a flat part.
#pragma once

#include "export/scene.hpp"

namespace fitwright {

/// The inside corners of a part's outline into which another part reaches so far, in the assembled product, that the
/// rounding of a bit of this diameter would be in its way. In the outline's coordinates; the part must be flat.
std::vector<Vec2> met_corners(const Scene& scene, std::size_t part, double bit_diameter);

}  // namespace fitwright
