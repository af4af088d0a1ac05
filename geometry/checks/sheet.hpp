// What the rows for parts cut from sheets have in common.
#pragma once

#include <span>
#include <vector>

#include "geometry/checks/specimen.hpp"

namespace fitwright {

/// The outline of the part, or null after saying that the row is undecided. Without an outline the row "flat_part" says
/// what is wrong, and the others have nothing to look at.
const Outline2D* outline_of(Specimen& specimen, CheckSink& sink);

/// Everything that is cut through: outer contour, openings and round holes.
std::vector<Contour2D> through_cuts(const Outline2D& outline);

/// A place of the outline in the made pose, half way through the sheet.
Vec3 in_made_pose(const Specimen& specimen, Vec2 at);

}  // namespace fitwright
