// What the rows of the panel say under a value: complaints about what was typed, and rules that stopped an edit.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/desktop/panels/customise.hpp"
#include "app/desktop/panels/customise_row.hpp"
#include "app/desktop/panels/workbench.hpp"
#include "app/desktop/words.hpp"

namespace fitwright::desktop {

Wording CustomisePanel::wording(const Row& row) { return {label_of(row.parameter), row.desk.settings.inches}; }

void CustomisePanel::complain(const Row& row, const Error& error, const std::string& typed) {
  complaints_[row.parameter.name] = {
      sentence(error.message + (error.suggestion.empty() ? "" : "; " + error.suggestion)), typed};
  if (error.measured && error.required) row.desk.session->seek_nearest(row.parameter.name, *error.measured);
}

// With the nearest value that is allowed, as soon as it is known.
void CustomisePanel::draw_complaint(const Row& row, std::string text) {
  const std::string& name = row.parameter.name;
  const auto& refused = row.desk.now.refused;
  const bool known = refused && refused->parameter == name && refused->nearest;
  std::string nearest;
  if (known) {
    nearest = limit_text(row.parameter, *refused->nearest, *refused->nearest > refused->wanted, wording(row));
    text += fmt::format(" The nearest allowed is {}.", nearest);
    if (refused->rule) text += " " + sentence(rule_text(row.desk.now.about, *refused->rule));
  }
  ImGui::BeginGroup();
  paragraph(row.gui, text, &row.gui.colours.danger);
  row.gui.probe.item("complaint " + name, text);
  if (known && button(row.gui, fmt::format("Take {}", nearest).c_str(), ButtonStyle::plain, nullptr, "take nearest"))
    set(row, *refused->nearest);
  ImGui::EndGroup();
  show_message(name, text);
}

void CustomisePanel::draw_messages(const Row& row) {
  const std::string& name = row.parameter.name;
  const auto complaint = complaints_.find(name);
  const auto& stopped = row.desk.now.stopped;
  const bool held =
      stopped && std::find(stopped->parameters.begin(), stopped->parameters.end(), name) != stopped->parameters.end();
  if (complaint == complaints_.end() && !held) {
    told_.erase(name);
    return;
  }
  if (complaint != complaints_.end()) draw_complaint(row, complaint->second.text);
  if (held) draw_stopped(row);
}

void CustomisePanel::draw_stopped(const Row& row) {
  const Stopped& stopped = *row.desk.now.stopped;
  const std::string& name = row.parameter.name;
  std::string rule = sentence(rule_text(row.desk.now.about, stopped.error));
  if (stopped.wanted && ParameterValue(*stopped.wanted) != row.value) {
    const bool inches = row.desk.settings.inches;
    const std::string reached = shown_value(row.parameter, row.value, inches) + " is as far as it goes. ";
    const std::string wanted = shown_value(row.parameter, *stopped.wanted, inches) + " was asked for, ";
    rule = stopped.possible ? wanted + "and is possible now." : (stopped.dragged ? reached : wanted + reached) + rule;
  }
  ImGui::BeginGroup();
  paragraph(row.gui, rule, stopped.possible ? &row.gui.colours.good : &row.gui.colours.warning);
  row.gui.probe.item("stopped " + name, rule);
  if (!stopped.possible && !stopped.error.suggestion.empty())
    paragraph(row.gui, sentence(stopped.error.suggestion), &row.gui.colours.muted);
  offer_room(row, stopped);
  ImGui::EndGroup();
  const std::string told = fmt::format("{} {}", rule, stopped.allowing.size());
  if (stopped.earlier || show_message(name, told)) row.pointer.rule_told = true;
}

// What was asked for, where that is possible; else what would make room for it, and where else to look.
void CustomisePanel::offer_room(const Row& row, const Stopped& stopped) {
  const std::string& name = row.parameter.name;
  const bool inches = row.desk.settings.inches;
  std::optional<Values> taken;
  if (stopped.possible) {
    const std::string words = fmt::format("Take {}", shown_value(row.parameter, *stopped.wanted, inches));
    if (button(row.gui, words.c_str(), ButtonStyle::primary, nullptr, "take wanted")) taken.emplace();
  }
  for (const auto& [other, value] : stopped.allowing) {
    const Parameter* parameter = row.desk.now.about.find_parameter(other);
    if (!parameter) continue;
    const std::string words = fmt::format("Set {} to {}", label_of(*parameter), shown_value(*parameter, value, inches));
    const std::string why = fmt::format("It was tried: {} is possible then, and is set too. Ctrl+Z takes both back.",
                                        shown_value(row.parameter, *stopped.wanted, inches));
    if (button(row.gui, words.c_str(), ButtonStyle::primary, why.c_str(), "make room by " + other))
      taken = Values{{other, value}};
  }
  if (taken) {
    taken->emplace(name, *stopped.wanted);
    return row.desk.edit([&](Document& document) { document.set_all(*taken, name); });
  }
  std::vector<std::string> others = stopped.possible ? std::vector<std::string>() : stopped.error.parameters;
  std::erase_if(others, [&](const std::string& other) { return other == name || stopped.allowing.contains(other); });
  if (auto clicked = draw_chips(row.desk, row.gui, others)) lead_to_ = std::move(clicked);
}

bool CustomisePanel::show_message(const std::string& name, const std::string& message) {
  const float bottom = ImGui::GetWindowPos().y + ImGui::GetWindowHeight();
  const bool above = ImGui::GetItemRectMax().y <= ImGui::GetWindowPos().y;
  const bool below = ImGui::GetItemRectMax().y > bottom;
  std::string& told = told_[name];
  // Nothing moves under a hand that drags.
  if (told != message && !ImGui::IsAnyMouseDown()) {
    told = message;
    if (below) ImGui::SetScrollHereY(1);
    return true;
  }
  return !above && ImGui::GetItemRectMin().y < bottom;
}

}  // namespace fitwright::desktop
