#include "app/desktop/flat/flat_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

constexpr std::size_t most_bands = 6000;  // of one area: a draw list has its limits, and so has patience
constexpr std::size_t most_details = 4;   // of one line of the legend

struct MeaningRow {
  Meaning meaning;
  const char* name;
};
/// In the order of the legend.
constexpr std::array meanings{MeaningRow{Meaning::cut_outside, "Cut outside"},
                              MeaningRow{Meaning::cut_inside, "Cut inside"},
                              MeaningRow{Meaning::pocket, "Pocket"},
                              MeaningRow{Meaning::drill, "Drill"},
                              MeaningRow{Meaning::edge_drill, "Drill into the edge"},
                              MeaningRow{Meaning::engrave, "Engrave"}};

const char* name_of(Meaning meaning) {
  return std::find_if(meanings.begin(), meanings.end(), [&](const MeaningRow& row) { return row.meaning == meaning; })
      ->name;
}

bool from_below(const FlatShape& shape) { return shape.side == SheetSide::bottom && shape.depth > 0; }

/// What tells a shape from others of its meaning.
std::string detail(const FlatShape& shape, bool inches) {
  const std::string size = shape.diameter > 0 ? "\u2300 " + length_text(shape.diameter, inches) : "";
  switch (shape.meaning) {
    case Meaning::pocket:
    case Meaning::engrave: return length_text(shape.depth, inches) + " deep" + (from_below(shape) ? " from below" : "");
    case Meaning::drill:
    case Meaning::edge_drill:
      if (shape.depth <= 0) return size + " through";
      return size + ", " + length_text(shape.depth, inches) + " deep" + (from_below(shape) ? " from below" : "");
    default: return "";
  }
}

std::vector<ImVec2> on_screen(const Paper& paper, const Loop& loop, Vec2 corner) {
  std::vector<ImVec2> points;
  points.reserve(loop.size());
  for (const Vec2& p : loop) points.push_back(paper.to_screen(p + corner));
  return points;
}

/// Without smoothed edges, which would show as seams between the bands; lines are drawn over the outer ones.
void fill(const Paper& paper, const std::vector<Band>& bands, Vec2 corner, ImU32 colour) {
  if (bands.size() > most_bands) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImDrawListFlags before = list.Flags;
  list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (const Band& band : bands)
    list.AddQuadFilled(paper.to_screen(Vec2{band.left_low, band.low} + corner),
                       paper.to_screen(Vec2{band.right_low, band.low} + corner),
                       paper.to_screen(Vec2{band.right_high, band.high} + corner),
                       paper.to_screen(Vec2{band.left_high, band.high} + corner), colour);
  list.Flags = before;
}

/// Dashes along a closed line, begun anew at each corner.
void dashed(const Gui& gui, const Paper& paper, const std::vector<ImVec2>& points, ImU32 colour, float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float dash = gui.px(5), period = gui.px(8);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ImVec2 a = points[i], b = points[(i + 1) % points.size()];
    const Area around{{std::min(a.x, b.x) - 1, std::min(a.y, b.y) - 1},
                      {std::max(a.x, b.x) + 1, std::max(a.y, b.y) + 1}};
    if (!around.overlaps(paper.area)) continue;
    const float all = std::hypot(b.x - a.x, b.y - a.y);
    if (all > 4000 || all < period) {  // far beyond the picture, or too short for a gap
      list.AddLine(a, b, colour, width);
      continue;
    }
    for (float at = 0; at < all; at += period) {
      const float from = at / all, to = std::min(all, at + dash) / all;
      list.AddLine({a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from},
                   {a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to}, colour, width);
    }
  }
}

void draw_shape(const Gui& gui, const Paper& paper, const FlatShape& shape, Vec2 corner) {
  const ImVec4 ink = colour_of(gui, shape.meaning);
  const bool below = from_below(shape) || shape.meaning == Meaning::edge_drill;
  fill(paper, shape.fill, corner, packed(faded(ink, below ? 0.10F : 0.22F)));
  const float width = gui.px(shape.meaning == Meaning::cut_outside ? 1.6F : 1.2F);
  for (const Loop& loop : shape.loops) {
    const std::vector<ImVec2> points = on_screen(paper, loop, corner);
    if (below)
      dashed(gui, paper, points, packed(ink), width);
    else
      ImGui::GetWindowDrawList()->AddPolyline(points.data(), static_cast<int>(points.size()), packed(ink),
                                              ImDrawFlags_Closed, width);
  }
}

/// A line with arrows at both ends and its length on it.
void dimension(Gui& gui, ImVec2 a, ImVec2 b, const std::string& text) {
  const float span = std::hypot(b.x - a.x, b.y - a.y), head = gui.px(7);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = packed(gui.colours.muted);
  if (span > 3 * head) {
    const ImVec2 along{(b.x - a.x) / span * head, (b.y - a.y) / span * head}, aside{-along.y * 0.35F, along.x * 0.35F};
    list.AddLine(a, b, ink, gui.px(1));
    list.AddTriangleFilled(a, {a.x + along.x + aside.x, a.y + along.y + aside.y},
                           {a.x + along.x - aside.x, a.y + along.y - aside.y}, ink);
    list.AddTriangleFilled(b, {b.x - along.x + aside.x, b.y - along.y + aside.y},
                           {b.x - along.x - aside.x, b.y - along.y - aside.y}, ink);
  }
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const ImVec2 min{(a.x + b.x - size.x) / 2, (a.y + b.y - size.y) / 2}, max{min.x + size.x, min.y + size.y};
  const float pad = gui.px(4);
  list.AddRectFilled({min.x - pad, min.y - pad / 2}, {max.x + pad, max.y + pad / 2}, packed(gui.colours.panel),
                     gui.px(3));
  list.AddText(min, ink, text.c_str());
  gui.probe.area("flat dimension", min, max, text);
}

}  // namespace

ImVec2 Paper::to_screen(Vec2 p) const {
  return {(area.min.x + area.max.x) / 2 + static_cast<float>((p.x - centre.x) * scale),
          (area.min.y + area.max.y) / 2 - static_cast<float>((p.y - centre.y) * scale)};
}

Vec2 Paper::to_drawing(ImVec2 screen) const {
  return {centre.x + (screen.x - (area.min.x + area.max.x) / 2) / scale,
          centre.y - (screen.y - (area.min.y + area.max.y) / 2) / scale};
}

ImVec4 colour_of(const Gui& gui, Meaning meaning) {
  const Palette& c = gui.colours;
  switch (meaning) {
    case Meaning::cut_outside: return c.text;
    case Meaning::cut_inside: return c.accent;
    case Meaning::pocket: return c.warning;
    case Meaning::drill: return c.good;
    case Meaning::edge_drill: return c.muted;
    case Meaning::engrave: break;
  }
  return c.dark ? ImVec4(0.80F, 0.64F, 1, 1) : ImVec4(0.47F, 0.22F, 0.70F, 1);
}

void draw_flat_part(const Gui& gui, const Paper& paper, const FlatPart& part, Vec2 corner, const ImVec4& tint) {
  fill(paper, part.face, corner, packed(faded(tint, gui.colours.dark ? 0.20F : 0.28F)));
  for (const FlatShape& shape : part.shapes) draw_shape(gui, paper, shape, corner);
}

void draw_depths(Gui& gui, const Paper& paper, const FlatPart& part, Vec2 corner, bool inches) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const FlatShape& shape : part.shapes) {
    if (shape.meaning != Meaning::pocket) continue;
    const std::string text = length_text(shape.depth, inches) + (from_below(shape) ? " from below" : " deep");
    const ImVec2 size = ImGui::CalcTextSize(text.c_str());
    const Vec2 needed{(size.x + gui.px(8)) / paper.scale, size.y / paper.scale};
    for (const Band& band : shape.fill) {
      const double left = std::max(band.left_low, band.left_high), right = std::min(band.right_low, band.right_high);
      if (right - left < needed.x || band.high - band.low < needed.y) continue;
      const ImVec2 middle = paper.to_screen(Vec2{(left + right) / 2, (band.low + band.high) / 2} + corner);
      const ImVec2 min{middle.x - size.x / 2, middle.y - size.y / 2};
      list.AddText(min, packed(colour_of(gui, shape.meaning)), text.c_str());
      gui.probe.area("flat depth", min, {min.x + size.x, min.y + size.y}, text);
      break;
    }
  }
}

void draw_sizes(Gui& gui, const Paper& paper, const FlatPart& part, Vec2 corner, bool inches) {
  const ImVec2 low = paper.to_screen(corner), high = paper.to_screen(corner + part.size);
  const std::string height = length_text(part.size.y, inches);
  const float below = gui.px(16), left = ImGui::CalcTextSize(height.c_str()).x / 2 + gui.px(10);
  dimension(gui, {low.x, low.y + below}, {high.x, low.y + below}, length_text(part.size.x, inches));
  dimension(gui, {low.x - left, low.y}, {low.x - left, high.y}, height);
}

std::string shape_text(const FlatShape& shape, bool inches) {
  const std::string more = detail(shape, inches);
  std::string text = name_of(shape.meaning) + (more.empty() ? "" : ": " + more);
  if (shape.diameter > 0)
    return shape.meaning == Meaning::cut_inside ? text + ", \u2300 " + length_text(shape.diameter, inches) : text;
  const Vec2 size = shape.box.size();
  return text + fmt::format(", {} \u00d7 {}", length_text(size.x, inches), length_text(size.y, inches));
}

const FlatShape* shape_at(const FlatPart& part, Vec2 at, double near) {
  const FlatShape* found = nullptr;
  const auto extent = [](const FlatShape& shape) { return shape.box.size().x * shape.box.size().y; };
  for (const FlatShape& shape : part.shapes) {
    const Vec2 off = at - (shape.box.min + shape.box.max) * 0.5;
    const Vec2 half = shape.box.size() * 0.5;
    const bool close = std::abs(off.x) <= std::max(half.x, near) && std::abs(off.y) <= std::max(half.y, near);
    const bool small = half.x < near || half.y < near;
    if (close && (small || inside(shape.loops, at)) && (!found || extent(shape) < extent(*found))) found = &shape;
  }
  return found;
}

std::vector<LegendRow> legend_of(const std::vector<const FlatPart*>& parts, bool inches) {
  std::vector<LegendRow> rows;
  for (const MeaningRow& row : meanings) {
    bool any = false;
    std::vector<std::pair<double, std::string>> details;
    for (const FlatPart* part : parts)
      for (const FlatShape& shape : part->shapes) {
        if (shape.meaning != row.meaning) continue;
        any = true;
        const std::pair<double, std::string> one{shape.diameter * 1000 + shape.depth, detail(shape, inches)};
        if (!one.second.empty() && std::find(details.begin(), details.end(), one) == details.end())
          details.push_back(one);
      }
    if (!any) continue;
    std::sort(details.begin(), details.end());
    std::string text = row.name;
    for (std::size_t i = 0; i < std::min(details.size(), most_details); ++i)
      text += (i == 0 ? ": " : "; ") + details[i].second;
    if (details.size() > most_details) text += "; \u2026";
    rows.push_back({row.meaning, std::move(text)});
  }
  return rows;
}

namespace {

/// Where the entries of a legend stand: side by side as long as they fit.
std::vector<ImVec2> legend_places(const Gui& gui, const std::vector<LegendRow>& rows, float width) {
  std::vector<ImVec2> places;
  ImVec2 at{0, 0};
  for (const LegendRow& row : rows) {
    const float wide = gui.px(20) + ImGui::CalcTextSize(row.text.c_str()).x;
    if (at.x > 0 && at.x + wide > width) at = {0, at.y + ImGui::GetTextLineHeightWithSpacing()};
    places.push_back(at);
    at.x += wide + gui.px(16);
  }
  return places;
}

}  // namespace

float legend_height(const Gui& gui, const std::vector<LegendRow>& rows, float width) {
  if (rows.empty()) return 0;
  ImGui::PushFont(gui.fonts.small);
  const float height = legend_places(gui, rows, width).back().y + ImGui::GetTextLineHeight();
  ImGui::PopFont();
  return height;
}

void draw_legend(Gui& gui, const std::vector<LegendRow>& rows, float width) {
  ImGui::PushFont(gui.fonts.small);
  const std::vector<ImVec2> places = legend_places(gui, rows, width);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ImVec2 at{corner.x + places[i].x, corner.y + places[i].y};
    const float height = ImGui::GetTextLineHeight(), swatch = gui.px(12), top = at.y + (height - swatch) / 2;
    const ImVec4 ink = colour_of(gui, rows[i].meaning);
    list.AddRectFilled({at.x, top}, {at.x + swatch, top + swatch}, packed(faded(ink, 0.22F)), gui.px(2));
    list.AddRect({at.x, top}, {at.x + swatch, top + swatch}, packed(ink), gui.px(2), 0, gui.px(1.4F));
    const std::string shown = fitted(rows[i].text, width - gui.px(20));
    list.AddText({at.x + gui.px(20), at.y}, packed(gui.colours.muted), shown.c_str());
    gui.probe.area(std::string("flat legend ") + name_of(rows[i].meaning), at,
                   {at.x + gui.px(20) + ImGui::CalcTextSize(shown.c_str()).x, at.y + height}, rows[i].text);
  }
  ImGui::PopFont();
  ImGui::Dummy({width, legend_height(gui, rows, width)});
}

}  // namespace fitwright::desktop
