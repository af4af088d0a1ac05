#include "app/desktop/flat/cut_list_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

using Cells = std::array<std::string, 6>;
constexpr std::array columns{"Pieces", "Part", "Finished size", "Grain", "Edge banding", "Material"};

std::string material_name(const Desk& desk, const std::string& id) {
  if (!desk.catalog() || id.empty()) return id;
  const auto material = desk.catalog()->material(id);
  return material ? (*material)->name : id;
}

Cells cells_of(const Desk& desk, const CutRow& row, const ResponsePart& part) {
  const bool inches = desk.settings.inches;
  const std::string grain = row.grain == Grain::none ? "any" : std::string(to_string(row.grain));
  const std::string which = row.edges.size() == 4 ? "all round" : fmt::format("{}", fmt::join(row.edges, ", "));
  const std::string banding = row.edges.empty() ? "none" : which + ": " + length_text(row.banding, inches);
  return {std::to_string(row.quantity),
          part_label(part),
          size_text({row.length, row.width, row.thickness}, inches),
          grain,
          banding,
          material_name(desk, row.material)};
}

void draw_row(Gui& gui, const std::string& name, const Cells& cells) {
  ImGui::TableNextRow();
  for (const std::string& cell : cells) {
    ImGui::TableNextColumn();
    text(gui, cell);
  }
  gui.probe.item("cut row " + name, fmt::format("{}", fmt::join(cells, " | ")));
}

void draw_heading(Desk& desk, Gui& gui, const Response& model, bool& open) {
  std::size_t pieces = 0;
  for (const CutRow& row : model.cut_list) pieces += row.quantity;
  const std::string caption = fmt::format("{}  Cut list", open ? icon::caret_down : icon::caret_right);
  if (button(gui, caption.c_str(), ButtonStyle::quiet, "What to cut and buy", "Cut list")) open = !open;
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  muted(gui, fmt::format("{} piece{}", pieces, pieces == 1 ? "" : "s"));
  const std::string words = fmt::format("{}  Copy as CSV", icon::copy);
  const float width = ImGui::CalcTextSize(words.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::SameLine(ImGui::GetContentRegionMax().x - width);
  if (button(gui, words.c_str(), ButtonStyle::plain, "For a table program; Export writes the same to a file",
             "Copy as CSV")) {
    ImGui::SetClipboardText(cut_list_csv(model.cut_list, model.hardware).c_str());
    desk.say("The cut list is in the clipboard");
  }
}

}  // namespace

float cut_list_height(const Gui& gui, const Response& model, bool open, float most) {
  const float heading = ImGui::GetFrameHeightWithSpacing();
  if (!open) return heading;
  const float row = gui.fonts.small->FontSize + 2 * ImGui::GetStyle().CellPadding.y;
  const float around = heading + ImGui::GetStyle().ScrollbarSize + gui.px(6);
  const auto rows = static_cast<float>(model.cut_list.size() + model.hardware.size() + 1);
  return around + std::clamp(std::floor((most - around) / row), 1.0F, rows) * row;
}

void draw_cut_list(Desk& desk, Gui& gui, const Response& model, bool& open) {
  draw_heading(desk, gui, model, open);
  if (!open) return;
  const ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
                                ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_BordersInnerV;
  if (!ImGui::BeginTable("cut list", static_cast<int>(columns.size()), flags, ImGui::GetContentRegionAvail())) return;
  ImGui::PushFont(gui.fonts.small);
  ImGui::TableSetupScrollFreeze(0, 1);
  for (const char* column : columns) ImGui::TableSetupColumn(column);
  ImGui::TableHeadersRow();
  for (std::size_t i = 0; i < std::min(model.cut_list.size(), model.parts.size()); ++i)
    draw_row(gui, model.cut_list[i].label, cells_of(desk, model.cut_list[i], model.parts[i]));
  for (const HardwareItem& item : model.hardware)
    draw_row(gui, item.item, {std::to_string(item.count), item.item, "to buy", "", "", ""});
  ImGui::PopFont();
  ImGui::EndTable();
}

}  // namespace fitwright::desktop
