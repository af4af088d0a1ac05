#include "app/desktop/flat/flat_view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/flat/cut_list_table.hpp"
#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

constexpr double most_scale = 200;  // pixels of a millimetre
constexpr const char* all_parts = "All parts";

std::string counted(const ResponsePart& part) {
  const std::string label = part_label(part);
  return part.assembled.size() > 1 ? fmt::format("{} \u00d7 {}", part.assembled.size(), label) : label;
}

std::string size_of(const FlatPart& flat, bool inches) {
  return size_text({flat.size.x, flat.size.y, flat.thickness}, inches);
}

ImVec4 tint_of(const ResponsePart& part) {
  return {static_cast<float>(part.colour.r), static_cast<float>(part.colour.g), static_cast<float>(part.colour.b), 1};
}

/// Where a drawing stands, for tests: its outline in the window.
void note(Gui& gui, const Paper& paper, const std::string& name, Vec2 corner, Vec2 size, const std::string& text) {
  const ImVec2 low = paper.to_screen(corner), high = paper.to_screen(corner + size);
  gui.probe.area("flat part " + name, {low.x, high.y}, {high.x, low.y}, text);
}

/// Beside the mouse, within the window.
void tell(Gui& gui, const std::string& name, const std::string& words, const std::string& more) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  float width = 0;
  for (const std::string& line : {name, words, more}) width = std::max(width, ImGui::CalcTextSize(line.c_str()).x);
  width += 2 * ImGui::GetStyle().WindowPadding.x + gui.px(16);
  const bool right = mouse.x + gui.px(16) + width <= ImGui::GetIO().DisplaySize.x;
  ImGui::SetNextWindowPos({right ? mouse.x + gui.px(16) : mouse.x - width, mouse.y + gui.px(12)});
  ImGui::BeginTooltip();
  bold(gui, name);
  text(gui, words);
  gui.probe.item("flat hover", words);
  if (!more.empty()) muted(gui, more);
  ImGui::EndTooltip();
}

}  // namespace

void FlatView::start_anew() {
  open_ = false;
  chosen_.clear();
  model_.reset();
  sheets_.clear();
  fitted_ = true;
}

void FlatView::follow(Desk& desk) {
  desk.session->want_outlines(open_ && desk.screen == Screen::workbench);
  const auto& model = desk.now.model;
  if (!open_ || !model || model == model_ || model->cut_list.empty()) return;
  model_ = model;
  sheets_.clear();
  bool there = false;
  for (std::size_t i = 0; i < model->parts.size(); ++i) {
    there = there || model->parts[i].built.name == chosen_;
    if (model->parts[i].outline) sheets_.push_back({i, flat_part(*model->parts[i].outline)});
  }
  if (!there) chosen_.clear();
}

void FlatView::draw(Desk& desk, Gui& gui) {
  draw_header(desk, gui);
  const float room = ImGui::GetContentRegionAvail().y;
  const float most = std::max(ImGui::GetFrameHeightWithSpacing(), std::min(room * 0.42F, room - gui.px(230)));
  const float list = model_ ? cut_list_height(gui, *model_, list_, most) : 0;
  draw_canvas(desk, gui, room - list);
  if (list > 0) draw_cut_list(desk, gui, *model_, list_);
}

void FlatView::draw_header(Desk& desk, Gui& gui) {
  const float side = ImGui::GetFrameHeight() * 1.1F, gap = ImGui::GetStyle().ItemSpacing.x;
  const float buttons = 2 * side + 2 * gap;
  ImGui::SetNextItemWidth(std::min(gui.px(300), ImGui::GetContentRegionAvail().x - buttons));
  if (model_)
    draw_choice(*model_, gui, desk.settings.inches);
  else
    ImGui::Dummy({gui.px(60), ImGui::GetFrameHeight()});
  ImGui::SameLine(ImGui::GetContentRegionMax().x - buttons + gap);
  if (icon_button(gui, icon::expand, "Show the whole drawing", false, "F")) fit();
  ImGui::SameLine();
  if (icon_button(gui, icon::times, "Close flat parts", false, "L")) open_ = false;
}

void FlatView::draw_choice(const Response& model, Gui& gui, bool inches) {
  std::string shown = all_parts;
  for (const ResponsePart& part : model.parts)
    if (part.built.name == chosen_) shown = counted(part);
  gui.letters.note(shown);
  const bool list = ImGui::BeginCombo("##flat part", shown.c_str(), ImGuiComboFlags_HeightLarge);
  gui.probe.item("Flat part", shown);
  if (!list) return;
  const std::string before = chosen_;
  if (menu_line(gui, all_parts, chosen_.empty())) chosen_.clear();
  for (const ResponsePart& part : model.parts) {
    const auto sheet =
        std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& s) { return &part_of(s) == &part; });
    const std::string size = sheet == sheets_.end() ? "not drawn" : size_of(sheet->flat, inches);
    if (menu_line(gui, fmt::format("{}##{}", counted(part), part.built.name).c_str(), part.built.name == chosen_, true,
                  size.c_str()))
      chosen_ = part.built.name;
  }
  if (chosen_ != before) fit();
  ImGui::EndCombo();
}

void FlatView::draw_canvas(Desk& desk, Gui& gui, float height) {
  const bool inches = desk.settings.inches;
  shown_.clear();
  std::vector<const FlatPart*> in_legend;
  for (const Sheet& sheet : sheets_)
    if (whole() || part_of(sheet).built.name == chosen_) {
      shown_.push_back(&sheet);
      in_legend.push_back(&sheet.flat);
    }
  const std::vector<LegendRow> legend = legend_of(in_legend, inches);
  const float width = ImGui::GetContentRegionAvail().x, gap = ImGui::GetStyle().ItemSpacing.y;
  const std::string missing = shown_.empty() || !whole() ? "" : left_out();
  const float note = missing.empty() ? 0 : ImGui::GetTextLineHeightWithSpacing();
  const float below = legend.empty() ? 0 : legend_height(gui, legend, width) + note + 2 * gap;
  const ImVec2 min = ImGui::GetCursorScreenPos(),
               max{min.x + width, min.y + std::max(gui.px(60), height - below - gap)};
  const Area area{min, max};
  ImGui::InvisibleButton(
      "flat canvas", {max.x - min.x, max.y - min.y},
      ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_MouseButtonMiddle);
  gui.probe.item("Flat view", chosen_);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, packed(gui.colours.panel), gui.px(4));
  list.AddRect(min, max, packed(gui.colours.border), gui.px(4));
  list.PushClipRect({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, true);
  if (shown_.empty()) {
    draw_empty(gui, area);
  } else {
    if (fitted_) place(gui, area);
    Paper paper{area, centre_, scale_};
    navigate(gui, paper);
    draw_sheets(desk, gui, paper);
    if (ImGui::IsItemHovered()) point(gui, paper, inches);
  }
  list.PopClipRect();
  if (!legend.empty()) draw_legend(gui, legend, width);
  if (missing.empty()) return;
  muted(gui, fitted(missing, width));
  gui.probe.item("flat left out", missing);
}

std::string FlatView::left_out() const {
  std::vector<std::string> names;
  for (const ResponsePart& part : model_->parts)
    if (!part.outline) names.push_back(part_label(part));
  return names.empty() ? "" : fmt::format("Not drawn: {}", fmt::join(names, ", "));
}

// While something is dragged the paper keeps still, so that one sees what grows.
void FlatView::place(const Gui& gui, const Area& area) {
  const Vec2 room{area.max.x - area.min.x, area.max.y - area.min.y};
  const bool held = ImGui::IsAnyMouseDown() && layout_.corners.size() == shown_.size() && placed_ == chosen_;
  placed_ = chosen_;
  if (whole())
    place_all(gui, room, held);
  else
    place_one(gui, room, held);
}

void FlatView::place_one(const Gui& gui, Vec2 room, bool held) {
  const Vec2 size = shown_[0]->flat.size;
  layout_ = {{{0, 0}}, {size.x}, size};
  if (held) return;
  // What the dimensions need, and a margin.
  const double left = gui.px(76), below = gui.px(36), margin = gui.px(16);
  scale_ = std::min({(room.x - left - margin) / size.x, (room.y - below - margin) / size.y, most_scale});
  centre_ = size * 0.5 - Vec2{left - margin, below - margin} * (0.5 / scale_);
}

void FlatView::place_all(const Gui& gui, Vec2 room, bool held) {
  const double margin = gui.px(16);
  room = room - Vec2{2 * margin, 2 * margin};
  if (!held) {
    // Where words would take the room that the drawing needs, there are fewer.
    lines_ = 0;
    const double bare = largest_scale(gui, room);
    for (lines_ = 2; lines_ > 0 && largest_scale(gui, room) < bare / 2;) --lines_;
    scale_ = largest_scale(gui, room);
  }
  layout_ = laid_out(gui, room, scale_);
  if (!held) centre_ = layout_.size * 0.5;
}

// Words stay as large as they are, so they take the more of the drawing the smaller its scale is.
FlatLayout FlatView::laid_out(const Gui& gui, Vec2 room, double scale) const {
  std::vector<Vec2> sizes;
  for (const Sheet* sheet : shown_) sizes.push_back(sheet->flat.size);
  const double least = lines_ == 2 ? gui.px(132) : lines_ == 1 ? gui.px(80) : 0;
  const double words = lines_ * ImGui::GetTextLineHeightWithSpacing();
  return lay_out(sizes, room.x / scale, least / scale, words / scale, gui.px(16) / scale);
}

double FlatView::largest_scale(const Gui& gui, Vec2 room) const {
  double low = 1e-4, high = most_scale;
  for (int round = 0; round < 40; ++round) {
    const double middle = std::sqrt(low * high);
    const Vec2 size = laid_out(gui, room, middle).size * middle;
    (size.x <= room.x + 1e-6 && size.y <= room.y ? low : high) = middle;
  }
  return low;
}

void FlatView::draw_sheets(Desk& desk, Gui& gui, const Paper& paper) {
  const bool inches = desk.settings.inches;
  for (std::size_t i = 0; i < shown_.size() && i < layout_.corners.size(); ++i) {
    const Sheet& sheet = *shown_[i];
    const ResponsePart& part = part_of(sheet);
    draw_flat_part(gui, paper, sheet.flat, layout_.corners[i], tint_of(part));
    note(gui, paper, part.built.name, layout_.corners[i], sheet.flat.size,
         fmt::format("{}, {}", counted(part), size_of(sheet.flat, inches)));
    if (whole()) {
      draw_words(gui, paper, i, inches);
    } else {
      draw_depths(gui, paper, sheet.flat, layout_.corners[i], inches);
      draw_sizes(gui, paper, sheet.flat, layout_.corners[i], inches);
    }
  }
}

void FlatView::draw_words(Gui& gui, const Paper& paper, std::size_t sheet, bool inches) {
  if (lines_ == 0) return;
  const ResponsePart& part = part_of(*shown_[sheet]);
  const ImVec2 at = paper.to_screen(layout_.corners[sheet]);
  const float room = static_cast<float>(layout_.widths[sheet] * paper.scale), line = ImGui::GetTextLineHeight();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = at.y + gui.px(3);
  ImGui::PushFont(gui.fonts.bold);
  const std::string name = fitted(counted(part), room);
  gui.letters.note(name);
  list.AddText({at.x, top}, packed(gui.colours.text), name.c_str());
  ImGui::PopFont();
  if (lines_ == 1) return;
  ImGui::PushFont(gui.fonts.small);
  list.AddText({at.x, top + line}, packed(gui.colours.muted),
               fitted(size_of(shown_[sheet]->flat, inches), room).c_str());
  ImGui::PopFont();
}

void FlatView::draw_empty(Gui& gui, const Area& area) {
  std::string words = "Drawing the outlines\u2026";
  if (model_) {
    words = "No part of this design is cut from sheet, so there is no outline to draw.";
    for (const ResponsePart& part : model_->parts)
      if (part.built.name == chosen_ || (whole() && model_->parts.size() == 1))
        words = part_label(part) + " is not drawn: " + part.no_outline + ".";
  }
  const float width = std::min(gui.px(420), (area.max.x - area.min.x) * 0.8F);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str(), nullptr, false, width);
  const ImVec2 at{(area.min.x + area.max.x - size.x) / 2, (area.min.y + area.max.y - size.y) / 2};
  gui.letters.note(words);
  ImGui::GetWindowDrawList()->AddText(gui.fonts.body, ImGui::GetFontSize(), at, packed(gui.colours.muted),
                                      words.c_str(), nullptr, width);
  gui.probe.area("flat words", at, {at.x + size.x, at.y + size.y}, words);
}

void FlatView::navigate(Gui& gui, Paper& paper) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool moved = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  if (ImGui::IsItemActivated()) pressed_at_ = io.MousePos;
  const bool far = std::hypot(io.MousePos.x - pressed_at_.x, io.MousePos.y - pressed_at_.y) > gui.px(3);
  if (ImGui::IsItemActive() && moved && far) {
    paper.centre = paper.centre + Vec2{-io.MouseDelta.x / paper.scale, io.MouseDelta.y / paper.scale};
    fitted_ = false;
  }
  if (ImGui::IsItemHovered() && io.MouseWheel != 0) {
    const Vec2 under = paper.to_drawing(io.MousePos);
    const double scale = std::clamp(paper.scale * std::pow(1.15, io.MouseWheel), 1e-3, most_scale);
    paper.centre = under + (paper.centre - under) * (paper.scale / scale);
    paper.scale = scale;
    fitted_ = false;
  }
  centre_ = paper.centre;
  scale_ = paper.scale;
}

const FlatView::Sheet* FlatView::sheet_at(Vec2 at, Vec2& within) const {
  for (std::size_t i = 0; i < shown_.size() && i < layout_.corners.size(); ++i) {
    within = at - layout_.corners[i];
    const Vec2 size = shown_[i]->flat.size;
    if (within.x >= 0 && within.y >= 0 && within.x <= size.x && within.y <= size.y) return shown_[i];
  }
  return nullptr;
}

/// Says what is under the mouse; a click on one of several parts shows it alone.
void FlatView::point(Gui& gui, const Paper& paper, bool inches) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  Vec2 within;
  const Sheet* sheet = sheet_at(paper.to_drawing(mouse), within);
  const bool still = std::hypot(mouse.x - pressed_at_.x, mouse.y - pressed_at_.y) <= gui.px(3);
  if (sheet && whole() && still && ImGui::IsItemDeactivated() && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
    chosen_ = part_of(*sheet).built.name;
    return fit();
  }
  if (!sheet || gui.plain || ImGui::IsAnyMouseDown()) return;
  const FlatShape* shape = shape_at(sheet->flat, within, gui.px(4) / paper.scale);
  if (!shape) return;
  tell(gui, counted(part_of(*sheet)),
       shape->meaning == Meaning::cut_outside ? size_of(sheet->flat, inches) : shape_text(*shape, inches),
       whole() ? "Click to see it alone" : "");
}

}  // namespace fitwright::desktop
