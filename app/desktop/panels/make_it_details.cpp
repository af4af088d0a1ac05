// What one way of making needs, below the table of ways.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "app/desktop/panels/estimate_strip.hpp"
#include "app/desktop/panels/make_it.hpp"
#include "app/desktop/words.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::desktop {
namespace {

/// A contour as points of the window; the sheet's lower left corner is at `from`.
std::vector<ImVec2> points_of(const Contour2D& contour, ImVec2 from, float scale) {
  std::vector<ImVec2> points;
  for (const Piece2D& piece : contour) {
    const int steps = piece.is_arc() ? std::max(2, static_cast<int>(std::abs(piece.sweep) / 0.2)) : 1;
    for (int i = 0; i < steps; ++i) {
      const Vec2 at = piece.at(static_cast<double>(i) / steps);
      points.emplace_back(from.x + static_cast<float>(at.x) * scale, from.y - static_cast<float>(at.y) * scale);
    }
  }
  return points;
}

bool convex(const std::vector<ImVec2>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ImVec2 a = points[i], b = points[(i + 1) % points.size()], c = points[(i + 2) % points.size()];
    if ((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0.01F) return false;  // y runs down: clockwise
  }
  return points.size() > 2;
}

void draw_label(Gui& gui, ImDrawList& list, const std::vector<ImVec2>& points, const std::string& label) {
  ImVec2 min = points.front(), max = min;
  for (const ImVec2& point : points) {
    min = {std::min(min.x, point.x), std::min(min.y, point.y)};
    max = {std::max(max.x, point.x), std::max(max.y, point.y)};
  }
  ImFont* font = gui.fonts.small;
  const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e6F, 0, label.c_str());
  if (size.x > max.x - min.x - 2 || size.y > max.y - min.y) return;
  gui.letters.note(label);
  list.AddText(font, font->FontSize, {(min.x + max.x - size.x) / 2, (min.y + max.y - size.y) / 2},
               packed(gui.colours.text), label.c_str());
}

/// A sheet or bed with what lies on it, as large as `room` allows.
void draw_sheet(const Desk& desk, Gui& gui, const LaidSheet& sheet, ImVec2 room, std::size_t index) {
  const float scale = std::min(room.x / static_cast<float>(sheet.size.x), room.y / static_cast<float>(sheet.size.y));
  const ImVec2 size{static_cast<float>(sheet.size.x) * scale, static_cast<float>(sheet.size.y) * scale};
  const ImVec2 min = ImGui::GetCursorScreenPos(), max{min.x + size.x, min.y + size.y};
  ImGui::Dummy(size);
  gui.probe.item(fmt::format("sheet {}", index), fmt::format("{:.0f} %", sheet.used * 100));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, packed(gui.colours.field));
  list.AddRect(min, max, packed(gui.colours.border), 0, 0, gui.px(1));
  for (std::size_t i = 0; i < sheet.outlines.size(); ++i) {
    const std::vector<ImVec2> points = points_of(sheet.outlines[i], {min.x, max.y}, scale);
    if (points.size() < 3) continue;
    const int count = static_cast<int>(points.size());
    if (convex(points)) list.AddConvexPolyFilled(points.data(), count, packed(gui.colours.accent_ground));
    list.AddPolyline(points.data(), count, packed(gui.colours.accent), ImDrawFlags_Closed, gui.px(1));
    if (i < sheet.labels.size()) draw_label(gui, list, points, part_label(desk.now.model.get(), sheet.labels[i]));
  }
}

std::string material_name(const Desk& desk, const std::string& id) {
  const auto material = desk.catalog() ? desk.catalog()->material(id) : fail(ErrorKind::value, "");
  return material ? (*material)->name : id;
}

/// "Birch plywood, 18 mm, 2500 x 1250 mm".
std::string sheet_text(const Desk& desk, const LaidSheet& sheet) {
  const std::string size = fmt::format("{} \u00d7 {} mm", number_text(sheet.size.x), number_text(sheet.size.y));
  if (sheet.thickness <= 0) return "Bed of " + size;
  return fmt::format("{}, {} mm, {}", sheet.material.empty() ? "Sheet" : material_name(desk, sheet.material),
                     number_text(std::round(sheet.thickness * 100) / 100), size);
}

void draw_layout(Desk& desk, Gui& gui, const Orderer::State& state, bool narrow) {
  heading(gui, "How it lies");
  if (!state.order) {
    muted(gui, state.busy ? "The parts are being laid out\u2026" : "No layout.");
    return;
  }
  const std::vector<LaidSheet>& sheets = state.order->order.response.sheets;
  if (sheets.empty()) {
    paragraph(gui,
              state.order->order.files.empty()
                  ? "Nothing is laid out, since the place would refuse it."
                  : "Each kind of part goes to the place as a file of its own; the place lays them out.",
              &gui.colours.muted);
    return;
  }
  constexpr std::size_t most = 12;
  const float width = ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < std::min(sheets.size(), most); ++i) {
    draw_sheet(desk, gui, sheets[i], {width, gui.px(narrow ? 150 : 190)}, i);
    ImGui::PushFont(gui.fonts.small);
    const std::string sheet = in_units(sheet_text(desk, sheets[i]), desk.settings.inches);
    paragraph(gui, fmt::format("{}: {:.0f} % used", sheet, sheets[i].used * 100), &gui.colours.muted);
    ImGui::PopFont();
  }
  if (sheets.size() > most) muted(gui, fmt::format("and {} more", sheets.size() - most));
}

void draw_refusals(const Desk& desk, Gui& gui, const MakeWay& way) {
  if (!way.refusals || way.refusals->empty()) return;
  heading(gui, "Why it would be refused");
  for (std::size_t i = 0; i < way.refusals->size(); ++i) {
    const Refusal& one = (*way.refusals)[i];
    paragraph(gui, fmt::format("{}  {}", icon::times, desk.told(one.message)), &gui.colours.danger);
    gui.probe.item(fmt::format("refusal {}", i), one.message);
    ImGui::PushFont(gui.fonts.small);
    paragraph(gui,
              fmt::format("{}{}{}", one.status == DataStatus::unsourced ? "UNVERIFIED: " : "", one.source,
                          one.seen.empty() ? "" : ", seen " + one.seen),
              &gui.colours.muted);
    ImGui::PopFont();
  }
}

void draw_shopping(Desk& desk, Gui& gui, const Orderer::State& state, const MakeWay& way) {
  heading(gui, way.own ? "What to buy" : "What to order");
  std::vector<std::string> lines;
  if (!way.own) {
    if (state.order)
      for (const PackFile& file : state.order->order.files)
        lines.push_back(fmt::format("{} \u00d7 {}", file.quantity, file.about.name));
  } else if (state.order && state.order->laid) {
    std::map<std::string, std::size_t> sheets;
    for (const LaidSheet& sheet : state.order->order.response.sheets) ++sheets[sheet_text(desk, sheet)];
    for (const auto& [text, count] : sheets) lines.push_back(fmt::format("{} \u00d7 {}", count, text));
    if (state.order->laid->impossible.empty())
      lines.push_back("whole sheets and all: " + cost_text(state.order->laid->eur));
  } else if (way.estimate.used_kg.likely > 0) {
    lines.push_back(fmt::format("{} of {}", weight_text(way.estimate.used_kg.likely), way.material));
  }
  for (const HardwareItem& item : state.hardware) lines.push_back(fmt::format("{} \u00d7 {}", item.count, item.item));
  if (lines.empty()) muted(gui, state.busy ? "Being reckoned\u2026" : "Nothing is known.");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    paragraph(gui, in_units(lines[i], desk.settings.inches));
    gui.probe.item(fmt::format("buy {}", i), lines[i]);
  }
}

void draw_rules(Gui& gui, const MadeOrder& order) {
  heading(gui, order.shop.confirmed ? "Rules of the place" : "Rules of the place, unverified");
  ImGui::PushFont(gui.fonts.small);
  for (const std::string& step : order.shop.steps) paragraph(gui, step);
  for (std::size_t i = 0; i < order.rules.size(); ++i) {
    const bool doubtful = order.rules[i].find("UNVERIFIED") != std::string::npos;
    paragraph(gui, order.rules[i], doubtful ? &gui.colours.warning : &gui.colours.muted);
    gui.probe.item(fmt::format("rule {}", i), order.rules[i]);
  }
  if (order.rules.empty()) muted(gui, "None is known.");
  ImGui::PopFont();
}

void draw_price(const Desk& desk, Gui& gui, const MakeWay& way, Pointer& pointer) {
  if (!way.estimate.impossible.empty()) {
    heading(gui, "Price");
    paragraph(gui, desk.told(way.estimate.impossible), &gui.colours.muted);
    return;
  }
  heading(gui, "How the price is reckoned");
  ImGui::PushFont(gui.fonts.small);
  paragraph(gui,
            way.own ? "An estimate from published figures, or your own; not a quote."
                    : "An estimate from published figures; the place's own price is its to tell.",
            &gui.colours.muted);
  ImGui::PopFont();
  draw_reckoning(gui, way.estimate);
  if (way.own && button(gui, "Enter your own prices\u2026", ButtonStyle::plain, nullptr, "Own prices here"))
    pointer.prices_asked = true;
}

}  // namespace

void draw_way_details(Desk& desk, Gui& gui, const Orderer::State& state, Pointer& pointer) {
  if (!state.chosen) {
    if (!state.ways.empty()) muted(gui, "Choose a way to see what it needs.");
    return;
  }
  const MakeWay& way = state.ways[*state.chosen];
  const bool narrow = ImGui::GetContentRegionAvail().x < gui.px(760);
  const float half = (ImGui::GetContentRegionAvail().x - gui.px(16)) / 2;
  ImGui::BeginChild("layout", {narrow ? half * 0.8F : half, 0}, false);
  draw_layout(desk, gui, state, narrow);
  ImGui::EndChild();
  ImGui::SameLine(0, gui.px(16));
  ImGui::BeginChild("needs", {0, 0}, false);
  if (state.error)
    notice(gui, "order error", icon::warning, gui.colours.danger_ground, gui.colours.danger,
           desk.told(state.error->message), [&] {
             if (!state.error->suggestion.empty()) paragraph(gui, desk.told(state.error->suggestion));
           });
  else if (!way.undecided.empty())
    paragraph(gui, desk.told(way.undecided), &gui.colours.warning);
  draw_refusals(desk, gui, way);
  draw_shopping(desk, gui, state, way);
  draw_price(desk, gui, way, pointer);
  if (state.order) draw_rules(gui, *state.order);
  ImGui::EndChild();
}

}  // namespace fitwright::desktop
