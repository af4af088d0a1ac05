#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/panels/workbench.hpp"
#include "app/desktop/words.hpp"
#include "app/session/phase.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::desktop {

std::string variant_name(const Desk& desk, std::optional<std::size_t> variant) {
  const auto& variants = desk.now.document.variants;
  return variant && *variant < variants.size() ? variants[*variant].name : "Design";
}

void VariantStrip::draw_tab(Desk& desk, Gui& gui, std::optional<std::size_t> variant, const std::string& name) {
  const bool chosen = desk.now.document.variant == variant;
  ImGui::PushID(variant ? static_cast<int>(*variant) : -1);
  if (button(gui, fmt::format("{}##tab", name).c_str(), chosen ? ButtonStyle::primary : ButtonStyle::quiet,
             "Right-click to rename or delete", "variant " + name) &&
      !chosen)
    desk.edit([&](Document& document) { document.select_variant(variant); });
  if (variant && ImGui::IsItemClicked(ImGuiMouseButton_Right)) ImGui::OpenPopup("variant menu");
  draw_menu(desk, gui, variant);
  ImGui::PopID();
  ImGui::SameLine(0, gui.px(4));
}

void VariantStrip::draw_menu(Desk& desk, Gui& gui, std::optional<std::size_t> variant) {
  if (!ImGui::BeginPopup("variant menu")) return;
  if (ImGui::IsWindowAppearing()) new_name_ = variant_name(desk, variant);
  muted(gui, "Name");
  if (entry(gui, "Variant name", new_name_, "", gui.px(200)) && !new_name_.empty()) {
    desk.edit([&](Document& document) { document.rename_variant(*variant, new_name_); });
    ImGui::CloseCurrentPopup();
  }
  if (menu_line(gui, fmt::format("{}  Delete this variant", icon::trash).c_str()))
    desk.edit([&](Document& document) { document.remove_variant(*variant); });
  ImGui::EndPopup();
}

void VariantStrip::draw_choice(Desk& desk, Gui& gui) {
  const auto& variants = desk.now.document.variants;
  ImGui::SetNextItemWidth(std::min(gui.px(150), ImGui::GetContentRegionAvail().x));
  if (!ImGui::BeginCombo("##other", ("with " + variant_name(desk, other_)).c_str())) {
    gui.probe.item("Compare with", variant_name(desk, other_));
    return;
  }
  const auto offer = [&](std::optional<std::size_t> variant) {
    if (variant != desk.now.document.variant && menu_line(gui, variant_name(desk, variant).c_str(), variant == other_))
      other_ = variant;
  };
  offer(std::nullopt);
  for (std::size_t i = 0; i < variants.size(); ++i) offer(i);
  ImGui::EndCombo();
}

void VariantStrip::draw(Desk& desk, Gui& gui, View& view) {
  const auto& document = desk.now.document;
  draw_tab(desk, gui, std::nullopt, "Design");
  for (std::size_t i = 0; i < document.variants.size(); ++i) draw_tab(desk, gui, i, document.variants[i].name);
  if (button(gui, fmt::format("{}##new variant", icon::plus).c_str(), ButtonStyle::quiet,
             "A variant: a copy of these values to change and compare", "New variant"))
    desk.edit([&](Document& d) { d.duplicate_variant(fmt::format("Variant {}", document.variants.size() + 2)); });
  if (document.variants.empty()) {
    view.comparing = false;
    return;
  }
  ImGui::SameLine(0, gui.px(12));
  if (icon_button(gui, icon::columns, "Compare two variants", view.comparing)) view.comparing = !view.comparing;
  if (!view.comparing) return;
  ImGui::SameLine();
  draw_choice(desk, gui);
}

void VariantStrip::follow(Desk& desk, View& view) {
  const auto& document = desk.now.document;
  const auto exists = [&](std::optional<std::size_t> v) { return !v || *v < document.variants.size(); };
  if (!exists(other_) || other_ == document.variant) {
    other_.reset();
    if (!document.variant && !document.variants.empty()) other_ = 0;
  }
  view.name = variant_name(desk, document.variant);
  view.other_name = variant_name(desk, other_);
  // The design's own tab comes first, and so does "none" among optional numbers.
  view.other_first = other_ < document.variant;
  if (!view.comparing) {
    if (asked_) desk.comparison->cancel();
    asked_.reset();
    return;
  }
  Request request = desk.session->variant_request(other_);
  request.wants = {};
  request.wants.parts = true;
  if (desk.now.model && may_refine(*desk.now.model)) request.deflection = picture_deflection;
  if (asked_ && *asked_ == request) return;
  asked_ = request;
  desk.comparison->ask(std::move(request));
}

void VariantStrip::draw_table(Desk& desk, Gui& gui, const View& view) {
  const auto& model = desk.now.model;
  const auto other = desk.comparison->state().answer;
  if (!view.comparing || !model) return;
  if (!other) return muted(gui, "Building the other variant\u2026");
  if (other->error) return paragraph(gui, other->error->message, &gui.colours.danger);
  const bool inches = desk.settings.inches;
  std::vector<std::array<std::string, 3>> rows;
  const bool swapped = view.other_first;
  const auto row = [&](std::string what, std::string a, std::string b) {
    if (swapped) std::swap(a, b);
    if (a != b) rows.push_back({std::move(what), std::move(a), std::move(b)});
  };
  const auto weight = [&](const Response& r) {
    const auto kg = weight_of(r, desk.catalog());
    return kg ? weight_text(*kg) : "not known";
  };
  row("Size", size_text(assembled_box(*model).size(), inches), size_text(assembled_box(*other).size(), inches));
  row("Weight", weight(*model), weight(*other));
  for (const Parameter& parameter : desk.now.about.parameters) {
    const auto a = model->values.find(parameter.name), b = other->values.find(parameter.name);
    if (a == model->values.end() || b == other->values.end()) continue;
    row(label_of(parameter), shown_value(parameter, a->second, inches), shown_value(parameter, b->second, inches));
  }
  rows_ = rows.size();
  if (rows.empty()) return muted(gui, "The two are equal.");
  if (!ImGui::BeginTable("differences", 3, ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV)) return;
  ImGui::TableSetupColumn("Differs");
  ImGui::TableSetupColumn((swapped ? view.other_name : view.name).c_str());
  ImGui::TableSetupColumn((swapped ? view.name : view.other_name).c_str());
  ImGui::TableHeadersRow();
  for (const auto& cells : rows) {
    ImGui::TableNextRow();
    for (const std::string& cell : cells) {
      ImGui::TableNextColumn();
      text(gui, cell);
    }
    gui.probe.item("difference " + cells[0], cells[1] + " | " + cells[2]);
  }
  ImGui::EndTable();
}

}  // namespace fitwright::desktop
