#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/panels/findings.hpp"
#include "app/desktop/panels/workbench.hpp"
#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

/// The value that the engine found to work, to be taken by a click. False when it named none.
bool offer_remedy(Desk& desk, Gui& gui, const Error& error) {
  if (!error.required) return false;
  for (const std::string& name : error.parameters) {
    const Parameter* parameter = desk.now.about.find_parameter(name);
    if (!parameter || !error.suggestion.starts_with("set " + name + " to ")) continue;
    const std::string value = shown_value(*parameter, *error.required, desk.settings.inches);
    if (button(gui, fmt::format("Set {} to {}", label_of(*parameter), value).c_str(), ButtonStyle::primary, nullptr,
               "remedy"))
      desk.edit([&](Document& document) { document.set(name, *error.required); });
    ImGui::SameLine();
    return true;
  }
  return false;
}

void draw_error(Desk& desk, Gui& gui, Pointer& pointer, const Error& error) {
  std::string text = desk.told(error.message);
  if (error.source.line > 0 && error.kind == ErrorKind::script)
    text = fmt::format("{}, line {}: {}", error.source.chunk, error.source.line, text);
  if (!error.part.empty()) text = fmt::format("{}: {}", part_label(desk.now.model.get(), error.part), text);
  notice(gui, "error", icon::warning, gui.colours.danger_ground, gui.colours.danger, text, [&] {
    const bool remedy = offer_remedy(desk, gui, error);
    if (desk.now.can_undo && button(gui, "Undo the last change", ButtonStyle::plain, nullptr, "banner undo"))
      desk.edit([](Document& document) { document.undo(); });
    if (!remedy && !error.suggestion.empty()) paragraph(gui, desk.told("what would work: " + error.suggestion));
    if (desk.now.model) muted(gui, "The picture shows the last model that could be built.");
    if (const auto name = draw_chips(desk, gui, error.parameters)) pointer.lead_to(*name);
  });
}

}  // namespace

std::optional<std::string> draw_chips(const Desk& desk, Gui& gui, const std::vector<std::string>& names) {
  if (names.empty()) return std::nullopt;
  std::optional<std::string> clicked;
  ImGui::AlignTextToFramePadding();
  muted(gui, "Go to");
  const float right = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
  for (const std::string& name : names) {
    const Parameter* parameter = desk.now.about.find_parameter(name);
    if (!parameter) continue;
    const std::string& label = label_of(*parameter);
    const ImGuiStyle& style = ImGui::GetStyle();
    const float width = ImGui::CalcTextSize(label.c_str()).x + 2 * style.FramePadding.x + style.ItemSpacing.x;
    if (ImGui::GetItemRectMax().x + width <= right) ImGui::SameLine();
    if (button(gui, label.c_str(), ButtonStyle::plain, "Show this value", "go to " + name)) clicked = name;
  }
  return clicked;
}

void draw_banner(Desk& desk, Gui& gui, Pointer& pointer) {
  if (desk.now.error) {
    draw_error(desk, gui, pointer, *desk.now.error);
  } else if (const auto& stopped = desk.now.stopped; stopped && !stopped->earlier && !pointer.rule_told) {
    notice(gui, "rule", icon::info, gui.colours.warning_ground, gui.colours.warning,
           desk.told(rule_text(desk.now.about, stopped->error)), [&] {
             if (!stopped->error.suggestion.empty()) muted(gui, desk.told(stopped->error.suggestion));
             if (const auto name = draw_chips(desk, gui, stopped->error.parameters)) pointer.lead_to(*name);
           });
  }
  if (desk.now.checked && !desk.now.checked->warnings.empty() && !desk.now.error)
    notice(gui, "warnings", icon::info, gui.colours.accent_ground, gui.colours.accent,
           fmt::format("{}", desk.now.checked->warnings.front()), [] {});
}

void draw_status(Desk& desk, Gui& gui, FindingsPanel& findings) {
  ImGui::PushFont(gui.fonts.small);
  const float top = ImGui::GetCursorPosY();
  if (desk.now.model) {
    if (!desk.now.error) {
      findings.draw_verdict(desk, gui);
      ImGui::SameLine(0, gui.px(18));
    }
    ImGui::SetCursorPosY(top + gui.px(3));  // on a line with what the button says
    const std::string size = size_text(assembled_box(*desk.now.model).size(), desk.settings.inches);
    text(gui, size);
    gui.probe.item("Size", size);
    hint(gui, "Width, depth and height of the whole");
    const auto weight = weight_of(*desk.now.model, desk.catalog());
    ImGui::SameLine(0, gui.px(18));
    muted(gui, weight ? "solid " + weight_text(*weight) : "");
    gui.probe.item("Weight", weight ? weight_text(*weight) : "");
    hint(gui, "The whole volume times the usual density of the material; what is printed hollow is lighter");
  }
  if (desk.now.busy) {
    const std::string stage = desk.now.suggesting ? "Trying" : desk.now.stage == "check" ? "Checking" : "Building";
    if (desk.now.model) ImGui::SameLine();
    ImGui::SetCursorPosX(std::max(ImGui::GetCursorPosX(), ImGui::GetContentRegionMax().x - gui.px(170)));
    muted(gui, stage);
    ImGui::SameLine();
    ImGui::ProgressBar(static_cast<float>(desk.now.share), {gui.px(90), gui.px(14)}, "");
  }
  ImGui::PopFont();
}

}  // namespace fitwright::desktop
