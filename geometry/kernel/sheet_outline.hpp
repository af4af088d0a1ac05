// From an exact solid to what is cut out of a sheet for it.
#pragma once

#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// The part as cut from a sheet whose thickness runs along `up`, a unit vector of the part that leads from the bottom
/// to the top face. It is seen from above: the part turned so that `up` is +z, its places being x and y. Edges that are
/// lines and arcs stay so; others become arcs within 0.005 mm. Pockets at most 1 mm deep, and those whose floor is
/// tagged "engrave", are engravings. Round holes drilled into the edges, along the sheet, are told apart.
/// Errors (geometry): the part is no sheet part, naming the face that says so, where it is and what was measured.
Result<Outline2D> sheet_outline(const BuiltPart& part, Vec3 up);

}  // namespace fitwright
