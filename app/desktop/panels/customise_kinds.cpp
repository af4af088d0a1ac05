// Rows of the parameters that are not numbers.
#include <fmt/format.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/desktop/panels/customise.hpp"
#include "app/desktop/panels/customise_row.hpp"
#include "app/desktop/words.hpp"

namespace fitwright::desktop {

void CustomisePanel::draw_choice(const Row& row) {
  const std::string& chosen = std::get<std::string>(row.value);
  const auto label = [](const Choice& choice) { return choice.label.empty() ? choice.value : choice.label; };
  std::string current = chosen;
  for (const Choice& choice : row.parameter.choices)
    if (choice.value == chosen) current = label(choice);
  ImGui::SetNextItemWidth(-1);
  const bool open = ImGui::BeginCombo("##choice", current.c_str());
  row.gui.probe.item(row.parameter.name, current);
  hint(row.gui, row.parameter.help);
  if (!open) return;
  for (const Choice& choice : row.parameter.choices)
    if (menu_line(row.gui, label(choice).c_str(), choice.value == chosen)) set(row, choice.value);
  ImGui::EndCombo();
}

void CustomisePanel::draw_text(const Row& row) {
  const std::string& name = row.parameter.name;
  Typing& typing = typing_[name];
  if (!typing.active) typing.text = std::get<std::string>(row.value);
  ImGui::SetNextItemWidth(-1);
  give_keyboard(row);
  row.gui.letters.note(typing.text);
  ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
  const bool changed = ImGui::InputText("##text", &typing.text);
  ImGui::PopItemFlag();
  row.gui.probe.item("entry " + name, typing.text);
  hint(row.gui, row.parameter.help);
  if (!typing.active && ImGui::IsItemActive()) {
    ++gestures_;  // all that is typed until it is left is one step of undo
    typing.before = typing.text;
  }
  typing.active = ImGui::IsItemActive();
  if (typing.active) {
    edited_ = left_ = name;
    row.gui.pending = typing.text != typing.before;
  }
  if (!changed) return;
  if (const auto legal = check_value(row.parameter, typing.text, wording(row)); !legal)
    complain(row, legal.error(), typing.text);
  else
    set(row, typing.text, true);
}

void CustomisePanel::draw_colour(const Row& row) {
  const std::string& text = std::get<std::string>(row.value);
  unsigned hex = 0;
  (void)std::sscanf(text.c_str(), "#%x", &hex);
  std::array<float, 3> rgb{};
  for (std::size_t i = 0; i < 3; ++i) rgb[i] = static_cast<float>((hex >> (16 - 8 * i)) & 255U) / 255;
  ImGui::SetNextItemWidth(-1);
  const bool changed = ImGui::ColorEdit3("##colour", rgb.data(), ImGuiColorEditFlags_DisplayHex);
  row.gui.probe.item("entry " + row.parameter.name, text);
  hint(row.gui, row.parameter.help);
  if (ImGui::IsItemActivated()) ++gestures_;
  if (!changed) return;
  const auto byte = [](float share) { return std::lround(std::clamp(share, 0.0F, 1.0F) * 255); };
  set(row, fmt::format("#{:02x}{:02x}{:02x}", byte(rgb[0]), byte(rgb[1]), byte(rgb[2])), true);
}

void CustomisePanel::draw_font(const Row& row) {
  const std::string& chosen = std::get<std::string>(row.value);
  ImGui::SetNextItemWidth(-1);
  const bool open = ImGui::BeginCombo("##font", chosen.empty() ? "DejaVu Sans" : chosen.c_str());
  row.gui.probe.item(row.parameter.name, chosen);
  hint(row.gui, row.parameter.help);
  if (!open) return;
  for (const char* name : {"DejaVu Sans", "DejaVu Sans Bold"})
    if (menu_line(row.gui, name, chosen == name)) set(row, std::string(name));
  for (const auto& [name, bytes] : row.desk.now.document.package->fonts)
    if (menu_line(row.gui, name.c_str(), chosen == name)) set(row, name);
  if (menu_line(row.gui, "From a file\u2026")) {
    const Parameter parameter = row.parameter;
    row.files.ask({FileQuestion::Kind::open, "Choose a font", "Fonts", {".ttf", ".otf", ".ttc"}, {}},
                  [&desk = row.desk, parameter](const auto& path) { desk.take_file(parameter, path); });
  }
  ImGui::EndCombo();
}

void CustomisePanel::draw_file(const Row& row) {
  const std::string& chosen = std::get<std::string>(row.value);
  const float room = ImGui::GetContentRegionAvail().x - row.gui.px(96);
  ImGui::AlignTextToFramePadding();
  muted(row.gui, chosen.empty() ? "No file" : fitted(chosen, room));
  ImGui::SameLine(room);
  if (button(row.gui, "Choose\u2026", ButtonStyle::plain, row.parameter.help.c_str(), "choose " + row.parameter.name)) {
    const Parameter parameter = row.parameter;
    row.files.ask({FileQuestion::Kind::open, "Choose a file for " + label_of(parameter), "", {}, {}},
                  [&desk = row.desk, parameter](const auto& path) { desk.take_file(parameter, path); });
  }
}

}  // namespace fitwright::desktop
