#include "app/desktop/panels/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/panels/workbench.hpp"
#include "app/desktop/words.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::desktop {
namespace {

struct Look {
  const char* sign;
  const char* text;
  ImVec4 ink;
};

Look look_of(const Gui& gui, Verdict verdict) {
  switch (verdict) {
    case Verdict::clean: return {icon::check, "Can be made", gui.colours.good};
    case Verdict::risks: return {icon::warning, "May fail", gui.colours.warning};
    case Verdict::blocked: return {icon::times, "Cannot be made like this", gui.colours.danger};
    case Verdict::unverified: break;
  }
  return {icon::info, "Not verified", gui.colours.warning};
}

Look look_of(const Gui& gui, Severity severity) {
  switch (severity) {
    case Severity::blocks: return {icon::times, "In the way", gui.colours.danger};
    case Severity::risk: return {icon::warning, "May fail", gui.colours.warning};
    case Severity::advice: break;
  }
  return {icon::info, "Could be better", gui.colours.accent};
}

/// The same finding after another edit.
std::string key_of(const Finding& finding) {
  return finding.check + " " + finding.part + " " + (finding.parameters.empty() ? "" : finding.parameters.front());
}

const Remedy* remedy_for(const Response& checked, std::size_t index) {
  for (const Remedy& remedy : checked.remedies)
    for (const std::uint32_t i : remedy.clears)
      if (i == index) return &remedy;
  return nullptr;
}

std::string measured_text(const Finding& finding, bool inches) {
  if (!finding.measured || !finding.required) return {};
  const auto shown = [&](double value) {
    if (finding.unit == "mm") return length_text(value, inches);
    const std::string number = number_text(std::round(value * 100) / 100);
    return finding.unit == "deg" ? number + "\u00b0" : finding.unit.empty() ? number : number + " " + finding.unit;
  };
  return fmt::format("is {}, limit {}", shown(*finding.measured), shown(*finding.required));
}

const char* trust_in(DataStatus status) {
  switch (status) {
    case DataStatus::sourced: return "as printed in the source";
    case DataStatus::derived: return "derived from the source";
    case DataStatus::inferred: return "our reading";
    case DataStatus::unsourced: break;
  }
  return "practice without a source";
}

}  // namespace

void FindingsPanel::start_anew() {
  chosen_.reset();
  unfolded_.clear();
  told_ = 0;
}

void FindingsPanel::draw_verdict(Desk& desk, Gui& gui) {
  if (!desk.now.checked) {
    draw_first_word(desk, gui);
    return;
  }
  const CheckReport& report = desk.now.checked->report;
  const Look look = look_of(gui, report.verdict());
  const std::size_t found = report.findings.size();
  const std::string count = found == 0 ? "" : fmt::format("  ({})", found);
  ImGui::PushStyleColor(ImGuiCol_Text, look.ink);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(gui.px(8), gui.px(3)));
  const bool clicked = ImGui::Button(fmt::format("{}  {}{}##verdict", look.sign, look.text, count).c_str());
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  gui.probe.item("Verdict", look.text);
  hint(gui, open_ ? "Close the list of findings" : "What the checks say; click for more");
  if (clicked) open_ = !open_;
}

/// While the checks run: what could be told at once.
void FindingsPanel::draw_first_word(Desk& desk, Gui& gui) {
  const auto model = desk.now.model;
  if (!model || model->report.findings.empty()) {
    muted(gui, "Checking\u2026");
    gui.probe.item("First word");
    return;
  }
  const Finding& worst = *std::min_element(model->report.findings.begin(), model->report.findings.end(),
                                           [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
  const Look look = look_of(gui, worst.severity);
  ImGui::PushStyleColor(ImGuiCol_Text, look.ink);
  text(gui, fmt::format("{}  {}", look.sign, fitted(worst.title, gui.px(200))));
  ImGui::PopStyleColor();
  gui.probe.item("First word", worst.title);
  hint(gui, desk.told(worst.message));
}

void FindingsPanel::draw(Desk& desk, Gui& gui, Viewport& viewport, Pointer& pointer) {
  if (!open_) return;
  if (!desk.now.checked) {
    muted(gui, desk.now.error ? "There is no model to check." : "Checking\u2026");
    return;
  }
  const std::shared_ptr<const Response> checked = desk.now.checked;  // an edit may come in between
  draw_head(desk, gui, checked->report);
  for (std::size_t i = 0; i < checked->report.findings.size(); ++i)
    draw_finding(desk, gui, *checked, i, viewport, pointer);
  draw_undecided(desk, gui, *checked);
  told_ = ImGui::GetCursorPosY();
}

// While the checks run it stays as it was: the picture above is not to jump with every edit.
float FindingsPanel::height(const Gui& gui, float most) const {
  const float least = 2 * ImGui::GetTextLineHeightWithSpacing();
  return std::min({std::max(told_, least), gui.px(230), most});
}

void FindingsPanel::draw_head(Desk& desk, Gui& gui, const CheckReport& report) {
  const Look look = look_of(gui, report.verdict());
  ImGui::PushStyleColor(ImGuiCol_Text, look.ink);
  bold(gui, fmt::format("{}  {}", look.sign, look.text));
  ImGui::PopStyleColor();
  if (report.findings.empty()) {
    ImGui::SameLine();
    muted(gui,
          report.unchecked.empty() ? "Nothing stands in the way." : "Nothing was found, but not all could be checked.");
  } else if (desk.now.suggesting) {
    ImGui::SameLine();
    muted(gui, "Trying what would clear this\u2026");
    gui.probe.item("Trying");
  }
}

void FindingsPanel::draw_finding(Desk& desk, Gui& gui, const Response& checked, std::size_t index, Viewport& viewport,
                                 Pointer& pointer) {
  const Finding& finding = checked.report.findings[index];
  const Look look = look_of(gui, finding.severity);
  const std::string key = key_of(finding);
  ImGui::PushID(static_cast<int>(index));
  ImGui::Separator();
  ImGui::PushStyleColor(ImGuiCol_Text, look.ink);
  text(gui, look.sign);
  ImGui::PopStyleColor();
  hint(gui, look.text);
  ImGui::SameLine();
  const std::string part = finding.part.empty() ? "" : ", " + part_label(&checked, finding.part);
  const std::string places = finding.count() > 1 ? fmt::format(", {} places", finding.count()) : "";
  const std::string head = finding.title + part + places;
  gui.letters.note(head);
  ImGui::PushFont(gui.fonts.bold);
  const bool clicked = ImGui::Selectable(fitted(head, ImGui::GetContentRegionAvail().x).c_str(), chosen_ == key);
  ImGui::PopFont();
  gui.probe.item(fmt::format("finding {}", index), head);
  hint(gui, "Show the place in the model, and what it depends on");
  ImGui::Indent(gui.px(22));
  paragraph(gui, desk.told(finding.message));
  if (const Remedy* remedy = remedy_for(checked, index)) {
    const Parameter* parameter = desk.now.about.find_parameter(remedy->parameter);
    const std::string value = parameter ? shown_value(*parameter, remedy->value, desk.settings.inches) : "";
    const std::string words = fmt::format("Set {} to {}", parameter ? label_of(*parameter) : remedy->parameter, value);
    if (button(gui, words.c_str(), ButtonStyle::primary,
               "It was tried: this clears it and raises nothing else. Ctrl+Z takes it back.",
               fmt::format("apply {}", index)))
      desk.session->apply(*remedy);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    muted(gui, remedy->clears.size() > 1 ? fmt::format("clears {} findings", remedy->clears.size()) : "clears this");
  } else if (!finding.suggestion.empty()) {
    paragraph(gui, desk.told(finding.suggestion), &gui.colours.muted);
  }
  const bool unfolded = unfolded_.contains(key);
  if (button(gui, fmt::format("{}  Details", unfolded ? icon::caret_down : icon::caret_right).c_str(),
             ButtonStyle::quiet, nullptr, fmt::format("details {}", index))) {
    if (!unfolded_.erase(key)) unfolded_.insert(key);
  }
  if (const std::string sizes = measured_text(finding, desk.settings.inches); !sizes.empty()) {
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    muted(gui, sizes);
  }
  if (unfolded) draw_details(desk, gui, finding, index);
  ImGui::Unindent(gui.px(22));
  ImGui::PopID();
  if (!clicked) return;
  chosen_ = key;
  lead_to(desk, finding, viewport, pointer);
}

void FindingsPanel::draw_details(const Desk& desk, Gui& gui, const Finding& finding, std::size_t index) {
  ImGui::PushFont(gui.fonts.small);
  if (!finding.detail.empty()) paragraph(gui, desk.told(finding.detail), &gui.colours.muted);
  if (finding.status)
    paragraph(gui,
              fmt::format("{}The limit is {}.",
                          *finding.status == DataStatus::unsourced ? std::string(icon::warning) + "  " : "",
                          trust_in(*finding.status)),
              *finding.status == DataStatus::unsourced ? &gui.colours.warning : &gui.colours.muted);
  if (!finding.source.empty()) paragraph(gui, "Source: " + finding.source, &gui.colours.muted);
  gui.probe.item(fmt::format("source {}", index), finding.source);
  ImGui::PopFont();
}

void FindingsPanel::draw_undecided(const Desk& desk, Gui& gui, const Response& checked) {
  for (const Unchecked& open : checked.report.unchecked)
    paragraph(gui,
              fmt::format("{}  {} not decided{}: {}", icon::info, check_title(open.check),
                          open.part.empty() ? "" : " for " + part_label(&checked, open.part), desk.told(open.reason)),
              &gui.colours.muted);
}

void FindingsPanel::lead_to(const Desk& desk, const Finding& finding, Viewport& viewport, Pointer& pointer) {
  viewport.view.show_finding(finding, viewport.aspect());
  pointer.revealed.clear();
  for (const std::string& name : finding.parameters)
    if (desk.now.visible.contains(name) && pointer.revealed.size() < 4) pointer.revealed.push_back(name);
  pointer.reveal = !pointer.revealed.empty();
}

}  // namespace fitwright::desktop
