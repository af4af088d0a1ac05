// Narrow places in flat outlines: webs of material and slots of air, between lines and arcs, in closed form.
#pragma once

#include <span>
#include <vector>

#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

enum class Medium { material, air };

struct Narrow2D {
  double width = 0;  ///< mm
  Vec2 p, q;         ///< on both sides
  Vec2 at() const { return (p + q) * 0.5; }
};

/// Places narrower than `limit` between sides that face each other across the medium, narrowest first; of places
/// between the same two pieces or their neighbours, and of those within `limit` of each other, only the narrowest.
/// Material lies to the left of every contour: outer ones run counter-clockwise, inner ones clockwise. Pieces marked
/// open are no sides. Between lines and arcs the widths are exact. O(n^2) in the number of pieces.
std::vector<Narrow2D> narrow_places(std::span<const Contour2D> contours, Medium medium, double limit);

}  // namespace fitwright
