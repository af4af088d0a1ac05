// Drawings in SVG as profiles.
#pragma once

#include <string_view>

#include "geometry/kernel/profile.hpp"

namespace fitwright {

/// The closed outlines of a drawing, a list for each element in drawing order, in mm with y up and the page's lower
/// left corner at the origin. Without units a user unit is 1/96 inch (CSS). Read are path, rect, circle, ellipse,
/// polygon, polyline and groups with their transforms; open outlines are closed by a straight line, as filling does.
struct Drawing {
  std::vector<std::vector<Outline>> elements;
  double width = 0, height = 0;  ///< of the page, mm
};

/// Errors: file (no SVG, damaged path data with its place, nothing closed to draw, too many outlines).
Result<Drawing> read_svg(std::string_view text);

}  // namespace fitwright
