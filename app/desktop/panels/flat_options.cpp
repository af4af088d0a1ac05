#include "app/desktop/panels/flat_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/desktop/words.hpp"
#include "geometry/core/units.hpp"

namespace fitwright::desktop {
namespace {

constexpr float entry_units = 84;

struct ReliefRow {
  Relief relief;
  const char* name;
};
constexpr std::array reliefs{ReliefRow{Relief::none, "as they are"}, ReliefRow{Relief::dogbone, "dogbone"},
                             ReliefRow{Relief::tbone, "T-bone"}};

std::string profile_name(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  if (!id.empty() && id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
  return id.empty() ? "none: black lines" : id;
}

/// With a sign that there is something to read about it.
void explained_label(Gui& gui, const char* what, const char* why) {
  const float left = ImGui::GetCursorPosX();
  ImGui::AlignTextToFramePadding();
  muted(gui, fmt::format("{}  {}", what, icon::info));
  gui.probe.item(fmt::format("about {}", what));
  hint(gui, why);
  ImGui::SameLine(left + gui.px(label_units));
}

}  // namespace

void FlatOptionRows::draw(Desk& desk, Gui& gui, const Process* process, FlatOptions& options) {
  draw_kerf(desk, gui, process, options);
  draw_corners(gui, options);
  explained_label(gui, "Holding tabs", "Width of the bridges that hold parts in their sheet until they are broken out");
  length_entry(gui, "Holding tabs", tabs_, options.tabs);
  ImGui::SameLine(0, gui.px(16));
  checkbox(gui, "Names on the parts", options.labels, "On a layer of their own; many services refuse files with text");
  draw_profile(desk, gui, options);
  if (!problem_.empty()) paragraph(gui, sentence(problem_), &gui.colours.danger);
}

void FlatOptionRows::draw_kerf(Desk& desk, Gui& gui, const Process* process, FlatOptions& options) {
  const auto known = process ? process->find("kerf_mm") : std::nullopt;
  options.own_kerf = options.own_kerf && known;
  explained_label(
      gui, "Kerf",
      "Width of what the beam or bit takes away: outlines grow by half of it, openings shrink. Leave it out "
      "where the service allows for it");
  std::string shown = known ? length_text(known->value, desk.settings.inches) : "";
  ImGui::BeginDisabled(options.own_kerf);
  length_entry(gui, "Kerf", options.own_kerf ? shown : kerf_, options.kerf);
  ImGui::EndDisabled();
  if (!known) return;
  ImGui::SameLine(0, gui.px(16));
  const std::string words = fmt::format("That of the machine, {}##own kerf", shown);
  if (checkbox(gui, words.c_str(), options.own_kerf, process->name.c_str(), "Kerf of the machine") &&
      options.own_kerf) {
    options.kerf = 0;
    kerf_.clear();
  }
}

void FlatOptionRows::draw_corners(Gui& gui, FlatOptions& options) {
  explained_label(gui, "Inside corners",
                  "A round bit leaves inside corners round: a relief makes room for the part that goes there");
  const char* shown = reliefs[0].name;
  for (const ReliefRow& row : reliefs)
    if (row.relief == options.relief) shown = row.name;
  ImGui::SetNextItemWidth(gui.px(130));
  const bool list = ImGui::BeginCombo("##relief", shown);
  gui.probe.item("Inside corners", shown);
  if (list) {
    for (const ReliefRow& row : reliefs)
      if (menu_line(gui, row.name, row.relief == options.relief)) options.relief = row.relief;
    ImGui::EndCombo();
  }
  if (options.relief == Relief::none) return;
  if (options.bit <= 0) {
    options.bit = 6;
    bit_ = "6 mm";
  }
  ImGui::SameLine(0, gui.px(16));
  ImGui::AlignTextToFramePadding();
  muted(gui, "with a bit of");
  ImGui::SameLine();
  length_entry(gui, "Bit", bit_, options.bit);
}

void FlatOptionRows::draw_profile(Desk& desk, Gui& gui, FlatOptions& options) {
  explained_label(gui, "Colours",
                  "Those of the service that cuts: a wrong colour ruins a sheet, so there is no usual one");
  ImGui::SetNextItemWidth(gui.px(230));
  const bool list = ImGui::BeginCombo("##profile", profile_name(options.profile).c_str());
  gui.probe.item("Colour profile", options.profile);
  if (!list) return;
  if (menu_line(gui, profile_name({}).c_str(), options.profile.empty())) options.profile.clear();
  const auto file = desk.catalog() ? desk.catalog()->file("formats.toml") : fail(ErrorKind::file, "");
  if (file)
    for (const Record& record : (*file)->list("laser_colour_profile"))
      if (menu_line(gui, profile_name(record.id).c_str(), options.profile == record.id)) options.profile = record.id;
  ImGui::EndCombo();
}

void FlatOptionRows::length_entry(Gui& gui, const char* name, std::string& typed, double& value) {
  if (!entry(gui, name, typed, "none", gui.px(entry_units))) return;
  problem_.clear();
  if (typed.empty()) {
    value = 0;
    return;
  }
  const auto length = parse_quantity(typed, Dimension::length);
  if (!length)
    problem_ = length.error().message;
  else if (*length < 0)
    problem_ = fmt::format("{} cannot be less than nothing", name);
  else
    value = *length;
}

}  // namespace fitwright::desktop
