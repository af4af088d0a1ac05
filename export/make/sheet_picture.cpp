// Pictures of sheets, for pages that people read; not for machines.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "export/clean_text.hpp"
#include "export/make/picture.hpp"
#include "export/make/sheets.hpp"

namespace fitwright {

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : clean_text(text, 4096)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

std::string picture_path(const Contour2D& contour, double height) {
  const auto pair = [&](Vec2 p) { return fmt::format("{:.2f} {:.2f}", p.x, height - p.y); };
  std::string data = "M" + pair(contour.front().from);
  for (const Piece2D& piece : contour) {
    const int parts = piece.is_arc() ? (std::abs(piece.sweep) > std::numbers::pi * 0.999 ? 2 : 1) : 0;
    if (parts == 0) data += " L" + pair(piece.to);
    for (int i = 1; i <= parts; ++i)
      data += fmt::format(" A{0:.2f} {0:.2f} 0 0 {1} {2}", piece.radius(), piece.sweep > 0 ? 0 : 1,
                          pair(i == parts ? piece.to : piece.at(0.5)));
  }
  return data + " Z";
}

std::string picture_label(std::string_view text, Vec2 at, Vec2 room, double height) {
  const std::string label = html_text(text);
  const bool upright = room.y > 1.5 * room.x;
  const double size = std::min(
      {(upright ? room.x : room.y) * 0.6, 1.7 * (upright ? room.y : room.x) / (label.size() + 1), 0.03 * height + 8});
  return fmt::format(R"(<text x="{0:.2f}" y="{1:.2f}" font-size="{2:.1f}"{3}>{4}</text>)", at.x, height - at.y, size,
                     upright ? fmt::format(R"x( transform="rotate(-90 {:.2f} {:.2f})")x", at.x, height - at.y) : "",
                     label);
}

std::string picture_of(Vec2 size, const std::string& content) {
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.2f} {1:.2f}" font-family="sans-serif" )"
      R"(text-anchor="middle" dominant-baseline="central" stroke-width="{2:.2f}">)"
      R"(<rect width="{0:.2f}" height="{1:.2f}" fill="#f4f1ea" stroke="#777"/>{3}</svg>)",
      size.x, size.y, std::max(size.x, size.y) / 800, content);
}

std::string sheet_picture(const LaidSheet& sheet) {
  std::string content;
  for (std::size_t i = 0; i < sheet.outlines.size(); ++i) {
    const Bounds2D box = bounds(sheet.outlines[i]);
    content +=
        fmt::format(R"(<path d="{}" fill="#d9c49a" stroke="#333"/>)", picture_path(sheet.outlines[i], sheet.size.y));
    content += picture_label(sheet.labels[i], (box.min + box.max) * 0.5, box.size(), sheet.size.y);
  }
  return picture_of(sheet.size, content) + "\n";
}

}  // namespace fitwright
