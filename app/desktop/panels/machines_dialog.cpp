#include "app/desktop/panels/machines_dialog.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geometry/checks/check.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::desktop {
namespace {

constexpr const char* dialog_name = "Machines##dialog";

std::string bed_text(const std::vector<double>& bed) {
  std::string text;
  for (const double size : bed) text += (text.empty() ? "" : " x ") + number_text(size);
  return text;
}

std::string fact_text(const WorkshopTable& machine, std::string_view key) {
  const auto it = machine.facts.find(key);
  const double* value = it == machine.facts.end() ? nullptr : std::get_if<double>(&it->second.value);
  return value ? number_text(*value) : "";
}

std::string fit_text(const WorkshopTable& machine, std::string_view name) {
  for (const auto& [fit, clearance] : machine.fits)
    if (fit == name) return number_text(clearance);
  return "";
}

std::string id_from(const std::string& name, const Workshop& workshop) {
  std::string id;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter)
      id += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.empty()) id = "machine";
  const auto taken = [&](const std::string& one) {
    return std::any_of(workshop.machines.begin(), workshop.machines.end(),
                       [&](const WorkshopTable& machine) { return machine.id == one; });
  };
  std::string free = id;
  for (int number = 2; taken(free); ++number) free = fmt::format("{}-{}", id, number);
  return free;
}

/// What one would enter of a machine of this kind.
bool asks_for(ProcessKind kind, std::string_view key) {
  if (key == "nozzle") return kind == ProcessKind::filament;
  if (key == "kerf") return kind == ProcessKind::sheet || kind == ProcessKind::panels;
  if (key == "bit") return kind == ProcessKind::sheet || kind == ProcessKind::milling;
  return true;
}

}  // namespace

void MachinesDialog::edit(const WorkshopTable& machine) {
  id_ = machine.id;
  name_ = machine.name;
  process_ = machine.process;
  problem_.clear();
  editing_ = true;
  fields_ = {{"bed", "Largest part", "250 x 210 x 220 mm", bed_text(machine.bed)},
             {"nozzle", "Nozzle", "0.4 mm", fact_text(machine, "nozzle_diameter_default_mm")},
             {"kerf", "Width of the cut", "0.2 mm", fact_text(machine, "kerf_mm")},
             {"bit", "Diameter of the bit", "6 mm", fact_text(machine, "tool_diameter_mm")},
             {"fit_press", "Press fit, each side", "as the process", fit_text(machine, "press")},
             {"fit_slide", "Sliding fit, each side", "as the process", fit_text(machine, "slide")},
             {"machine_cost_eur_per_hour", "An hour of it, EUR", "as published",
              fact_text(machine, "machine_cost_eur_per_hour")}};
}

void MachinesDialog::begin_new(const Desk& desk) {
  WorkshopTable fresh;
  fresh.process = desk.now.about.processes.empty() ? "fdm" : desk.now.about.processes.front();
  edit(fresh);
}

void MachinesDialog::draw(Desk& desk, Gui& gui) {
  if (asked_) {
    ImGui::OpenPopup(dialog_name);
    editing_ = false;
    problem_.clear();
  }
  asked_ = false;
  if (!begin_dialog(gui, dialog_name, 520)) return;
  title(gui, "My machines");
  if (editing_)
    draw_machine(desk, gui);
  else
    draw_list(desk, gui);
  ImGui::EndPopup();
}

void MachinesDialog::draw_list(Desk& desk, Gui& gui) {
  const auto workshop = read_workshop(desk.workshop());
  if (!workshop) {
    paragraph(gui, workshop.error().message + ". Nothing is written to it until it is mended.", &gui.colours.danger);
  } else if (workshop->machines.empty()) {
    paragraph(gui,
              "Enter a machine once; it can then be chosen wherever a way of making is, and checks and clearances "
              "follow its own figures.");
  }
  if (!problem_.empty()) paragraph(gui, problem_, &gui.colours.danger);
  std::string gone;
  for (const WorkshopTable& machine : workshop ? workshop->machines : std::vector<WorkshopTable>()) {
    ImGui::PushID(machine.id.c_str());
    if (icon_button(gui, icon::trash, ("Remove " + machine.id).c_str())) gone = machine.id;
    ImGui::SameLine();
    if (button(gui, machine.name.c_str(), ButtonStyle::quiet, "Change it", "machine " + machine.id)) edit(machine);
    ImGui::SameLine();
    const auto process = desk.catalog() ? desk.catalog()->process(machine.process) : fail(ErrorKind::value, "");
    muted(gui, process ? (*process)->name : machine.process);
    ImGui::PopID();
  }
  if (!gone.empty()) remove(desk, gone);
  ImGui::Dummy({0, gui.px(6)});
  ImGui::BeginDisabled(!workshop.has_value());
  if (button(gui, fmt::format("{}  Add a machine", icon::plus).c_str(), ButtonStyle::plain, nullptr, "Add a machine"))
    begin_new(desk);
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (button(gui, "Close", ButtonStyle::primary, nullptr, "Close machines") || escape_pressed(gui))
    ImGui::CloseCurrentPopup();
}

void MachinesDialog::draw_process(Desk& desk, Gui& gui) {
  const auto all = desk.catalog() ? desk.catalog()->processes() : fail(ErrorKind::file, "");
  if (!all) return;
  const auto name_of = [&](const std::string& id) {
    for (const Process& one : *all)
      if (one.id == id) return one.name;
    return id;
  };
  text(gui, "What it does");
  ImGui::SetNextItemWidth(-1);
  const bool list = ImGui::BeginCombo("##machine process", name_of(process_).c_str());
  gui.probe.item("Machine process", process_);
  if (!list) return;
  for (const Process& one : *all)
    if (one.id == one.does && menu_line(gui, one.name.c_str(), one.id == process_)) process_ = one.id;
  ImGui::EndCombo();
}

void MachinesDialog::draw_facts(Desk& desk, Gui& gui) {
  const DialogBody body(gui);
  text(gui, "Name");
  entry(gui, "Machine name", name_, "Prusa in the cellar");
  draw_process(desk, gui);
  const auto process = desk.catalog() ? desk.catalog()->process(process_) : fail(ErrorKind::value, "");
  for (Field& field : fields_) {
    if (process && !asks_for(kind_of(**process), field.key)) continue;
    ImGui::AlignTextToFramePadding();
    text(gui, field.label);
    ImGui::SameLine(gui.px(190));
    entry(gui, (std::string("Machine ") + field.key).c_str(), field.text, field.hint);
  }
  paragraph(gui, "Lengths in millimetres, unless a unit is given. What is left empty is as usual for the process.",
            &gui.colours.muted);
}

void MachinesDialog::draw_machine(Desk& desk, Gui& gui) {
  draw_facts(desk, gui);
  if (!problem_.empty()) paragraph(gui, problem_, &gui.colours.danger);
  ImGui::Dummy({0, gui.px(6)});
  if (button(gui, "Save", ButtonStyle::primary, nullptr, "Save machine")) save(desk);
  ImGui::SameLine();
  if (button(gui, "Cancel", ButtonStyle::plain, nullptr, "Cancel machine") || escape_pressed(gui)) editing_ = false;
}

void MachinesDialog::save(Desk& desk) {
  const auto workshop = read_workshop(desk.workshop());
  if (!workshop) {
    problem_ = workshop.error().message;
    return;
  }
  if (name_.empty()) {
    problem_ = "The machine needs a name.";
    return;
  }
  std::vector<Entry> entries{{"name", name_}, {"process", process_}};
  for (const Field& field : fields_) entries.emplace_back(field.key, field.text);
  const auto changed = set_machine(desk.workshop(), id_.empty() ? id_from(name_, *workshop) : id_, entries);
  const auto kept = changed ? desk.keep_workshop(*changed) : fail(changed.error());
  problem_ = kept ? "" : kept.error().message;
  editing_ = !kept;
}

void MachinesDialog::remove(Desk& desk, const std::string& id) {
  const auto changed = remove_machine(desk.workshop(), id);
  const auto kept = changed ? desk.keep_workshop(*changed) : fail(changed.error());
  problem_ = kept ? "" : kept.error().message;
}

}  // namespace fitwright::desktop
