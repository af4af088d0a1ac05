// Parts of pages for people: text that is safe in HTML, and drawings of sheets as SVG.
#pragma once

#include <string>
#include <string_view>

#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

std::string html_text(std::string_view text);
/// The data of a path, y upwards in a picture of that height.
std::string picture_path(const Contour2D& contour, double height);
/// A text in the middle of a place that is `room` large, upright where that is higher than wide.
std::string picture_label(std::string_view text, Vec2 at, Vec2 room, double height);
/// A sheet with what is drawn on it, its units being millimetres.
std::string picture_of(Vec2 size, const std::string& content);

}  // namespace fitwright
