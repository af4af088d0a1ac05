#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/desktop/panels/workbench.hpp"

namespace fitwright::desktop {

namespace {

void command_button(Gui& gui, const Commands& commands, const char* id) {
  const Command& command = commands.find(id);
  ImGui::BeginDisabled(command.possible && !command.possible());
  if (icon_button(gui, command.icon, command.title, false, command.shortcut)) command.run();
  ImGui::EndDisabled();
  ImGui::SameLine();
}

/// Beside a design all commands have their places; in the library those are left out that need one.
void draw_menu(Gui& gui, const Commands& commands, bool working) {
  if (icon_button(gui, icon::bars, "Menu")) ImGui::OpenPopup("menu");
  if (!ImGui::BeginPopup("menu")) return;
  bool parted = true;  // no line at the top, nor two together
  for (const Command& command : commands.all()) {
    if (*command.id == '-') {
      if (!std::exchange(parted, true)) ImGui::Separator();
      continue;
    }
    const bool possible = !command.possible || command.possible();
    if (!possible && !working) continue;
    parted = false;
    if (menu_line(gui, command.title, false, possible, command.shortcut)) command.run();
  }
  ImGui::EndPopup();
}

}  // namespace

void TopBar::draw(Desk& desk, Gui& gui, const Commands& commands) {
  const bool working = desk.screen == Screen::workbench;
  command_button(gui, commands, "library");
  if (working) {
    draw_name(desk, gui);
    ImGui::SameLine(0, gui.px(16));
    for (const char* id : {"undo", "redo", "save"}) command_button(gui, commands, id);
  } else {
    bold(gui, "Fitwright");
    ImGui::SameLine();
  }
  const float side = ImGui::GetFrameHeight() * 1.1F + ImGui::GetStyle().ItemSpacing.x;
  const std::string verb = fmt::format("{}  Export", icon::download);
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float export_width = ImGui::CalcTextSize(verb.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x + gap;
  const float width = 3 * side - gap + gui.px(58) + gap + (working ? export_width : 0);
  ImGui::SameLine(std::max(ImGui::GetCursorPosX(), ImGui::GetContentRegionMax().x - width));
  const char* unit = desk.settings.inches ? "inch" : "mm";
  if (button(gui, fmt::format("{}##unit", unit).c_str(), ButtonStyle::plain, "Show lengths in mm or in inches", "Unit",
             {gui.px(58), 0}))
    desk.settings.inches = !desk.settings.inches;
  ImGui::SameLine();
  const Command& theme = commands.find("theme");
  if (icon_button(gui, desk.settings.theme == "dark" ? icon::bulb : icon::moon, theme.title)) theme.run();
  ImGui::SameLine();
  command_button(gui, commands, "settings");
  if (working) {
    const Command& command = commands.find("export");
    ImGui::BeginDisabled(!command.possible());
    if (button(gui, verb.c_str(), ButtonStyle::primary, "Files for printing and for the workshop (Ctrl+E)", "Export"))
      command.run();
    ImGui::EndDisabled();
    ImGui::SameLine();
  }
  draw_menu(gui, commands, working);
}

void TopBar::draw_name(Desk& desk, Gui& gui) {
  const DocumentState& document = desk.now.document;
  const std::string own = document.name.empty() ? desk.now.about.name : document.name;
  if (!naming_) name_ = own;
  const float wanted = ImGui::CalcTextSize(name_.c_str()).x + gui.px(30);
  const float most = std::max(gui.px(120), ImGui::GetContentRegionMax().x - gui.px(560));
  ImGui::PushFont(gui.fonts.bold);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, ImVec4(0, 0, 0, 0));
  const bool named = entry(gui, "Design name", name_, "Name of the design", std::clamp(wanted, gui.px(120), most));
  naming_ = ImGui::IsItemActive();
  ImGui::PopStyleColor();
  ImGui::PopFont();
  hint(gui, "Click to give the design a name of your own");
  if (named && !name_.empty() && name_ != own) desk.edit([&](Document& d) { d.rename(name_); });
  if (!desk.now.dirty) return;
  ImGui::SameLine(0, gui.px(2));
  ImGui::AlignTextToFramePadding();
  ImGui::PushStyleColor(ImGuiCol_Text, gui.colours.accent);
  text(gui, "\u2022");
  ImGui::PopStyleColor();
  gui.probe.item("unsaved");
  hint(gui, "There are changes that are not saved");
}

}  // namespace fitwright::desktop
