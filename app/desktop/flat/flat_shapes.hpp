// What is drawn of a flat part: its contours as polylines and the areas they enclose, and where parts lie side by side.
// No ImGui here.
#pragma once

#include <vector>

#include "export/make/drawing.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright::desktop {

/// Closed; the last point is joined to the first.
using Loop = std::vector<Vec2>;

/// A piece of an area: all between two lines, from `low` to `high`.
struct Band {
  double low = 0, high = 0;              ///< y
  double left_low = 0, right_low = 0;    ///< x at `low`
  double left_high = 0, right_high = 0;  ///< x at `high`
};

/// The area inside closed loops (even-odd).
std::vector<Band> filled(const std::vector<Loop>& loops);
/// Even-odd.
bool inside(const std::vector<Loop>& loops, Vec2 p);

/// One thing that is cut, cleared or drilled.
struct FlatShape {
  Meaning meaning = Meaning::cut_outside;
  double depth = 0;     ///< mm; 0: it goes through
  double diameter = 0;  ///< mm, of what is drilled
  SheetSide side = SheetSide::top;
  std::vector<Loop> loops;  ///< the first around the others
  std::vector<Band> fill;   ///< of what is cleared
  Bounds2D box = {};
};

/// A part as its outline says, moved so that it begins at x = y = 0.
struct FlatPart {
  double thickness = 0;
  Vec2 size;
  std::vector<FlatShape> shapes;  ///< the outline is the last one
  std::vector<Band> face;         ///< what stays of the sheet, pockets not looked at
};
FlatPart flat_part(const Outline2D& outline);

/// How parts lie side by side, in the units of their sizes.
struct FlatLayout {
  std::vector<Vec2> corners;   ///< of each part, the lowest
  std::vector<double> widths;  ///< that each may take with its words
  Vec2 size;
};
/// In rows from the top, each as wide as `width` or as its only part. Each part has `below` under it for what is said
/// of it, takes at least `least` of width, and keeps `gap` from its neighbours.
FlatLayout lay_out(const std::vector<Vec2>& sizes, double width, double least, double below, double gap);

}  // namespace fitwright::desktop
