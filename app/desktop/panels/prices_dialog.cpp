#include "app/desktop/panels/prices_dialog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "export/make/estimate.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::desktop {
namespace {

constexpr const char* dialog_name = "Prices##dialog";

/// What the workshop says under a key of one of its tables; empty without it.
std::string own_text(const std::vector<WorkshopTable>& tables, const std::string& id, const std::string& key) {
  for (const WorkshopTable& table : tables) {
    const auto fact = table.facts.find(key);
    if (table.id != id || fact == table.facts.end()) continue;
    const double* value = std::get_if<double>(&fact->second.value);
    return value ? number_text(*value) : "";
  }
  return {};
}

/// Thicknesses of the sheets that the design is cut from.
std::set<double> thicknesses(const Response& measured) {
  std::set<double> all;
  for (const PartMeasure& part : measured.measures)
    if (part.cut) all.insert(part.cut->thickness);
  return all;
}

}  // namespace

void PricesDialog::ask(const Desk& desk) {
  fields_.clear();
  problem_.clear();
  asked_ = true;
  if (!desk.catalog() || !desk.now.measured) return;
  const auto process = desk.catalog()->process(desk.now.measured->process);
  if (!process) return;
  list_machine(desk, (*process)->id);
  list_materials(desk, **process);
}

void PricesDialog::add(const Workshop& workshop, Field field) {
  field.text = own_text(field.machine ? workshop.machines : workshop.materials, field.of, field.key);
  field.before = field.text;
  fields_.push_back(std::move(field));
}

void PricesDialog::list_machine(const Desk& desk, const std::string& process) {
  const auto workshop = read_workshop(desk.workshop());
  if (!workshop) return;
  for (const WorkshopTable& machine : workshop->machines)
    if (machine.id == process)
      add(*workshop,
          {true, machine.id, "machine_cost_eur_per_hour", "An hour of " + machine.name, "EUR", "as published", "", ""});
}

void PricesDialog::list_materials(const Desk& desk, const Process& process) {
  const auto workshop = read_workshop(desk.workshop());
  const auto materials = desk.catalog()->materials();
  if (!workshop || !materials) return;
  const bool sheet = process.input_kind == "profile" || process.input_kind == "cut_list";
  for (const Material& material : *materials) {
    const auto& by = material.processes;
    if (std::find(by.begin(), by.end(), process.does) == by.end()) continue;
    if (!sheet) {
      const auto known = material.find("price_per_kg");
      add(*workshop, {false, material.id, "price_per_kg", material.name, "EUR a kg",
                      known ? number_text(known->value) : "not known", "", ""});
      continue;
    }
    for (const double thickness : thicknesses(*desk.now.measured))
      add(*workshop,
          {false, material.id, sheet_price_key(thickness),
           fmt::format("{}, {} mm", material.name, number_text(thickness)), "EUR a m\u00b2", "as published", "", ""});
  }
  // The design's own material first: that is what somebody is here for.
  std::stable_partition(fields_.begin(), fields_.end(),
                        [&](const Field& one) { return one.machine || one.of == desk.now.measured->material; });
}

void PricesDialog::draw(Desk& desk, Gui& gui) {
  if (std::exchange(asked_, false)) ImGui::OpenPopup(dialog_name);
  open_ = ImGui::IsPopupOpen(dialog_name);
  if (!begin_dialog(gui, dialog_name, 520)) return;
  title(gui, "My prices");
  paragraph(gui, "What is left empty is reckoned with published prices.", &gui.colours.muted);
  draw_fields(gui);
  if (fields_.empty()) paragraph(gui, "There is nothing to price: the design names no way of making.");
  const bool machine = std::any_of(fields_.begin(), fields_.end(), [](const Field& one) { return one.machine; });
  if (!machine)
    paragraph(gui, "To set what an hour costs, enter your machine under My machines and choose it for the design.",
              &gui.colours.muted);
  if (!problem_.empty()) paragraph(gui, problem_, &gui.colours.danger);
  ImGui::Dummy({0, gui.px(6)});
  if (default_button(gui, "Save", "Save prices", {gui.px(110), 0})) save(desk);
  ImGui::SameLine();
  if (button(gui, "Cancel", ButtonStyle::plain, nullptr, "Cancel prices") || escape_pressed(gui))
    ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void PricesDialog::draw_fields(Gui& gui) {
  const float line = ImGui::GetFrameHeightWithSpacing();
  const float most = ImGui::GetIO().DisplaySize.y * 0.5F;
  ImGui::BeginChild("prices", {0, std::min(line * static_cast<float>(fields_.size()) + gui.px(4), most)}, false);
  const float unit = ImGui::CalcTextSize("EUR a m\u00b2").x + ImGui::GetStyle().ItemSpacing.x * 2;
  const float width = gui.px(110);
  const float names = ImGui::GetContentRegionAvail().x - width - unit;
  for (Field& field : fields_) {
    ImGui::AlignTextToFramePadding();
    text(gui, fitted(field.label, names - ImGui::GetStyle().ItemSpacing.x));
    ImGui::SameLine(names);
    entry(gui, fmt::format("price {} {}", field.of, field.key).c_str(), field.text, field.hint.c_str(), width);
    ImGui::SameLine();
    muted(gui, field.unit);
  }
  ImGui::EndChild();
}

void PricesDialog::save(Desk& desk) {
  Result<std::string> changed = desk.workshop();
  for (const Field& field : fields_) {
    if (!changed || field.text == field.before) continue;
    const std::vector<Entry> entries{{field.key, field.text}};
    changed = field.machine ? set_machine(*changed, field.of, entries) : set_material(*changed, field.of, entries);
  }
  const auto kept = changed ? desk.keep_workshop(*changed) : fail(changed.error());
  problem_ = kept ? "" : kept.error().message;
  if (kept) ImGui::CloseCurrentPopup();
}

}  // namespace fitwright::desktop
