#include "app/desktop/panels/customise.hpp"

#include <fmt/format.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/panels/customise_row.hpp"
#include "app/desktop/words.hpp"
#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::desktop {

namespace {

double step_of(const Parameter& parameter) {
  if (parameter.kind == ParameterKind::count) return 1;
  if (parameter.step) return *parameter.step;
  if (parameter.min && parameter.max)
    return std::pow(10, std::floor(std::log10((*parameter.max - *parameter.min) / 100)));
  return 1;
}

double in_range(const Parameter& parameter, double value) {
  if (parameter.min) value = std::max(value, *parameter.min);
  if (parameter.max) value = std::min(value, *parameter.max);
  return value;
}

double on_step(const Parameter& parameter, double value) {
  const double step = step_of(parameter);
  // Free of the binary dust that 7 * 0.1 leaves.
  return in_range(parameter, std::round(std::round(value / step) * step * 1e9) / 1e9);
}

}  // namespace

void CustomisePanel::start_anew() {
  typing_.clear();
  complaints_.clear();
  told_.clear();
  group_open_.clear();
  dragged_.clear();
  edited_.clear();
  left_.clear();
  keyboard_to_.clear();
  to_top_ = true;
}

void CustomisePanel::move_keyboard(bool back, bool from_elsewhere) {
  if (from_elsewhere) left_.clear();
  const auto& all = entries_before_;
  if (all.empty()) return;
  const auto at = std::find(all.begin(), all.end(), left_);
  const std::size_t first = back ? all.size() - 1 : 0;
  const auto place = static_cast<std::size_t>(at - all.begin());
  keyboard_to_ = all[at == all.end() ? first : (place + (back ? all.size() - 1 : 1)) % all.size()];
}

void CustomisePanel::draw(Desk& desk, Gui& gui, FileDialog& files, Pointer& pointer) {
  const Template& about = desk.now.about;
  if (about.id.empty()) {
    muted(gui, desk.now.busy ? "Reading the template\u2026" : "Nothing to customise");
    return;
  }
  const HintsAt place(gui, HintPlace::right_of_window);
  edited_.clear();
  if (std::exchange(revision_, desk.now.revision) != desk.now.revision) complaints_.clear();
  pointer.rule_told = false;
  if (pointer.reveal && std::exchange(pointer.enter, false)) keyboard_to_ = pointer.revealed.front();
  draw_presets(desk, gui);
  draw_making(desk, gui, pointer);
  draw_groups(desk, gui, files, pointer);
  pointer.edited = edited_;
  pointer.reveal = false;
  entries_before_ = std::exchange(entries_, {});
  if (std::find(entries_before_.begin(), entries_before_.end(), keyboard_to_) == entries_before_.end())
    keyboard_to_.clear();
  if (const auto name = std::exchange(lead_to_, std::nullopt)) pointer.lead_to(*name);
}

void CustomisePanel::draw_presets(Desk& desk, Gui& gui) {
  const Template& about = desk.now.about;
  std::string current = "Your own values";
  const auto same = [&](const Values& values) {
    return std::all_of(about.parameters.begin(), about.parameters.end(), [&](const Parameter& parameter) {
      const auto it = values.find(parameter.name);
      const auto has = desk.values.find(parameter.name);
      return has != desk.values.end() && has->second == (it == values.end() ? parameter.fallback : it->second);
    });
  };
  if (same({})) current = "As the template comes";
  for (const Preset& preset : about.presets)
    if (same(preset.values)) current = preset.label.empty() ? preset.name : preset.label;
  const float reset_width = ImGui::GetFrameHeight() * 1.1F + ImGui::GetStyle().ItemSpacing.x;
  ImGui::SetNextItemWidth(-reset_width);
  const bool open = ImGui::BeginCombo("##preset", current.c_str(), ImGuiComboFlags_HeightLarge);
  gui.probe.item("Preset", current);
  hint(gui, "Sizes that are known to be useful. Locked values stay as they are.");
  if (open) {
    const Process* process = desk.process();
    const std::string does = process ? process->does : std::string();
    for (const Preset& preset : about.presets) {
      const std::string label = preset.label.empty() ? preset.name : preset.label;
      if (menu_line(gui, label.c_str(), label == current))
        desk.edit([&](Document& document) { document.apply_preset(about, preset, does); });
    }
    if (about.presets.empty()) muted(gui, "This template has none");
    ImGui::EndCombo();
  }
  ImGui::SameLine();
  ImGui::BeginDisabled(same({}));
  if (icon_button(gui, icon::undo, "Reset all values")) {
    complaints_.clear();
    desk.edit([&](Document& document) { document.reset_all(about); });
  }
  ImGui::EndDisabled();
}

void CustomisePanel::draw_making(Desk& desk, Gui& gui, Pointer& pointer) {
  const Catalog* catalog = desk.catalog();
  const auto processes = catalog ? catalog->processes() : Result<std::span<const Process>>(std::span<const Process>());
  const auto materials =
      catalog ? catalog->materials() : Result<std::span<const Material>>(std::span<const Material>());
  if (!desk.now.model || !processes || !materials || desk.now.model->process.empty()) return;
  const std::string &process = desk.now.model->process, &material = desk.now.model->material;
  const Process* chosen = desk.process();
  const std::string& does = chosen ? chosen->does : process;
  const auto name_of = [](const auto& list, const std::string& id) {
    for (const auto& one : list)
      if (one.id == id) return one.name;
    return id;
  };
  const float labels = gui.px(78);
  const auto combo = [&](const char* id, const char* what, const std::string& shown) {
    label(gui, what, labels);
    ImGui::SetNextItemWidth(-1);
    const float room = ImGui::CalcItemWidth() - ImGui::GetFrameHeight() - 2 * ImGui::GetStyle().FramePadding.x;
    return ImGui::BeginCombo(id, fitted(shown, room).c_str(), ImGuiComboFlags_HeightLarge);
  };
  const bool choose_process = combo("##process", "Made by", name_of(*processes, process));
  gui.probe.item("Process", process);
  hint(gui, name_of(*processes, process) + "\nHow it is made. Clearances and checks follow.");
  if (choose_process) {
    const auto& able = desk.now.about.processes;
    for (const std::string& id : able)
      if (menu_line(gui, name_of(*processes, id).c_str(), id == process))
        desk.edit([&](Document& document) { document.choose_process(id); });
    for (const Process& machine : *processes)
      if (machine.id != machine.does && std::find(able.begin(), able.end(), machine.does) != able.end() &&
          menu_line(gui, machine.name.c_str(), machine.id == process))
        desk.edit([&](Document& document) { document.choose_process(machine.id); });
    heading(gui, "The template is not meant for");
    for (const Process& other : *processes)
      if (other.id == other.does && std::find(able.begin(), able.end(), other.id) == able.end())
        menu_line(gui, other.name.c_str(), false, false);
    ImGui::Separator();
    if (menu_line(gui, "My machines\u2026")) pointer.machines_asked = true;
    ImGui::EndCombo();
  }
  const bool choose_material = combo("##material", "Of", name_of(*materials, material));
  gui.probe.item("Material", material);
  hint(gui, "What it is made of. Weight follows.");
  if (!choose_material) return;
  for (const Material& one : *materials)
    if (std::find(one.processes.begin(), one.processes.end(), does) != one.processes.end() &&
        menu_line(gui, one.name.c_str(), one.id == material))
      desk.edit([&](Document& document) { document.choose_material(one.id); });
  ImGui::EndCombo();
}

void CustomisePanel::draw_groups(Desk& desk, Gui& gui, FileDialog& files, Pointer& pointer) {
  const Template& about = desk.now.about;
  std::vector<std::string> groups;
  for (const Parameter& parameter : about.parameters)
    if (std::find(groups.begin(), groups.end(), parameter.group) == groups.end()) groups.push_back(parameter.group);
  // As wide with a scroll bar as without: a message under a row must not move the sliders under a hand.
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImGui::SetNextWindowContentSize({room.x - ImGui::GetStyle().ScrollbarSize, 0});
  ImGui::BeginChild("parameters", {0, 0}, false);
  if (std::exchange(to_top_, false)) ImGui::SetScrollY(0);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto shown = [&](const Parameter& p) { return p.group == groups[i] && desk.now.visible.contains(p.name); };
    const auto& all = about.parameters;
    if (std::none_of(all.begin(), all.end(), shown)) continue;
    const bool wanted = pointer.reveal && std::any_of(all.begin(), all.end(), [&](const Parameter& p) {
                          return shown(p) && p.name == pointer.revealed.front();
                        });
    const std::string name = groups[i].empty() ? "General" : groups[i];
    if (wanted) ImGui::SetNextItemOpen(true);
    ImGui::PushFont(gui.fonts.bold);
    ImGui::PushStyleColor(ImGuiCol_Header, gui.colours.field);
    const bool open = ImGui::CollapsingHeader((name + "##group").c_str(), i < 2 ? ImGuiTreeNodeFlags_DefaultOpen : 0);
    ImGui::PopStyleColor();
    ImGui::PopFont();
    if (open && ImGui::IsItemToggledOpen()) ImGui::SetScrollHereY(0);
    gui.probe.item("group " + name, open ? "open" : "closed");
    if (!open) continue;
    for (const Parameter& parameter : all) {
      const auto value = desk.values.find(parameter.name);
      if (!shown(parameter) || value == desk.values.end()) continue;
      draw_row({desk, gui, files, pointer, parameter, value->second, value->second != parameter.fallback,
                desk.now.document.locked.contains(parameter.name)});
    }
    ImGui::Dummy({0, gui.px(4)});
  }
  ImGui::EndChild();
}

void CustomisePanel::draw_row(const Row& row) {
  Gui& gui = row.gui;
  ImGui::PushID(row.parameter.name.c_str());
  const ImVec2 top = ImGui::GetCursorScreenPos();
  ImGui::BeginGroup();
  if (row.parameter.kind != ParameterKind::toggle) draw_head(row);
  ImGui::BeginDisabled(row.locked);
  switch (row.parameter.kind) {
    case ParameterKind::choice: draw_choice(row); break;
    case ParameterKind::toggle: {
      bool on = std::get<bool>(row.value);
      if (checkbox(gui, label_of(row.parameter).c_str(), on, row.parameter.help.c_str(), row.parameter.name))
        set(row, on);
      break;
    }
    case ParameterKind::text: draw_text(row); break;
    case ParameterKind::colour: draw_colour(row); break;
    case ParameterKind::font: draw_font(row); break;
    case ParameterKind::file: draw_file(row); break;
    default: draw_number(row);
  }
  ImGui::EndDisabled();
  draw_messages(row);
  ImGui::EndGroup();
  const bool pointed = std::find(row.pointer.revealed.begin(), row.pointer.revealed.end(), row.parameter.name) !=
                       row.pointer.revealed.end();
  if (pointed) {
    const float bottom = ImGui::GetItemRectMax().y;
    ImGui::GetWindowDrawList()->AddRectFilled({top.x - gui.px(6), top.y}, {top.x - gui.px(3), bottom},
                                              packed(gui.colours.accent), gui.px(2));
  }
  if (row.pointer.reveal && row.pointer.revealed.front() == row.parameter.name) ImGui::SetScrollHereY(0.3F);
  ImGui::PopID();
}

void CustomisePanel::draw_head(const Row& row) {
  Gui& gui = row.gui;
  const std::string& name = row.parameter.name;
  ImGui::AlignTextToFramePadding();
  text(gui, label_of(row.parameter));
  gui.probe.item("label " + name);
  hint(gui, row.parameter.help);
  const float side = ImGui::GetFrameHeight() * 1.1F, gap = ImGui::GetStyle().ItemSpacing.x;
  const bool hovered = ImGui::IsMouseHoveringRect(
      ImGui::GetItemRectMin(), {ImGui::GetItemRectMin().x + ImGui::GetContentRegionMax().x, ImGui::GetItemRectMax().y});
  if (row.changed) {
    ImGui::SameLine();
    ImGui::PushStyleColor(ImGuiCol_Text, gui.colours.accent);
    text(gui, "\u2022");
    ImGui::PopStyleColor();
    hint(gui, fmt::format("Changed; the template says {}",
                          shown_value(row.parameter, row.parameter.fallback, row.desk.settings.inches)));
  }
  if (row.changed && !row.locked) {
    ImGui::SameLine(ImGui::GetContentRegionMax().x - 2 * side - gap);
    if (icon_button(gui, icon::undo, ("Reset " + name).c_str())) {
      complaints_.erase(name);
      row.desk.edit([&](Document& document) { document.reset(name, row.parameter.fallback); });
    }
  }
  if (row.locked || hovered || gui.probe.on()) {
    ImGui::SameLine(ImGui::GetContentRegionMax().x - side);
    if (icon_button(gui, row.locked ? icon::lock : icon::unlock, ((row.locked ? "Unlock " : "Lock ") + name).c_str(),
                    row.locked))
      row.desk.edit([&](Document& document) { document.lock(name, !row.locked); });
  }
}

void CustomisePanel::give_keyboard(const Row& row) {
  if (row.locked) return;
  entries_.push_back(row.parameter.name);
  if (keyboard_to_ != row.parameter.name) return;
  // What is out of view takes no keyboard: it is scrolled to first.
  const ImVec2 min = ImGui::GetCursorScreenPos();
  if (!ImGui::IsRectVisible(min, {min.x + 1, min.y + ImGui::GetFrameHeight()})) return ImGui::SetScrollHereY(0.5F);
  keyboard_to_.clear();
  ImGui::SetKeyboardFocusHere();
}

void CustomisePanel::draw_number(const Row& row) {
  const bool slides = row.parameter.min && row.parameter.max;
  const float entry_width = row.gui.px(104), room = ImGui::GetContentRegionAvail().x;
  if (slides) {
    ImGui::PushItemWidth(room - entry_width - ImGui::GetStyle().ItemSpacing.x);
    draw_slider(row, row.number());
    ImGui::PopItemWidth();
    ImGui::SameLine();
  }
  ImGui::SetNextItemWidth(slides ? entry_width : std::min(room, row.gui.px(160)));
  give_keyboard(row);
  draw_entry(row);
}

void CustomisePanel::draw_slider(const Row& row, double value) {
  Gui& gui = row.gui;
  const Parameter& p = row.parameter;
  const float width = ImGui::CalcItemWidth(), height = ImGui::GetFrameHeight(), grab = gui.px(7);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("slider", {width, height});
  const bool active = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  // The last move of a drag comes with the frame in which it is let go.
  const bool mouse_in_use =
      (active && ImGui::IsMouseDown(ImGuiMouseButton_Left)) || (ImGui::IsItemDeactivated() && dragged_ == p.name);
  gui.probe.item("slider " + p.name, number_text(value));
  hint(gui, p.help);
  const float left = min.x + grab, right = min.x + width - grab, middle = min.y + height / 2;
  const double span = std::max(*p.max - *p.min, 1e-12);
  if (mouse_in_use) {
    if (dragged_ != p.name) ++gestures_;
    dragged_ = p.name;
    edited_ = p.name;
    const double share = std::clamp((ImGui::GetIO().MousePos.x - left) / (right - left), 0.0F, 1.0F);
    const double wanted = on_step(p, *p.min + share * span);
    // Held at a rule: going on in the same direction changes nothing.
    const auto& stopped = row.desk.now.stopped;
    const bool held = stopped && !stopped->earlier && !stopped->parameters.empty() &&
                      stopped->parameters[0] == p.name && stopped->wanted &&
                      (*stopped->wanted > value ? wanted >= *stopped->wanted : wanted <= *stopped->wanted);
    if (wanted != value && !held) set(row, wanted, true);
  }
  if (!active && dragged_ == p.name) dragged_.clear();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float at = left + static_cast<float>(std::clamp((value - *p.min) / span, 0.0, 1.0)) * (right - left);
  const float thick = gui.px(4), alpha = row.locked ? 0.4F : 1;
  list.AddRectFilled({left, middle - thick / 2}, {right, middle + thick / 2}, packed(faded(gui.colours.border, alpha)),
                     thick);
  list.AddRectFilled({left, middle - thick / 2}, {at, middle + thick / 2}, packed(faded(gui.colours.accent, alpha)),
                     thick);
  if (p.min && p.max) {
    const double usual = std::get<double>(p.fallback);
    const float tick = left + static_cast<float>(std::clamp((usual - *p.min) / span, 0.0, 1.0)) * (right - left);
    list.AddLine({tick, middle + gui.px(6)}, {tick, middle + gui.px(9)}, packed(gui.colours.muted), gui.px(1));
  }
  list.AddCircleFilled({at, middle}, grab + (active || hovered ? gui.px(1) : 0),
                       packed(faded(active || hovered ? gui.colours.accent_hover : gui.colours.accent, alpha)));
  list.AddCircleFilled({at, middle}, grab * 0.45F, packed(gui.colours.raised));
}

void CustomisePanel::draw_entry(const Row& row) {
  Gui& gui = row.gui;
  const std::string& name = row.parameter.name;
  Typing& typing = typing_[name];
  const std::string shown = shown_value(row.parameter, row.value, row.desk.settings.inches);
  // What was refused stays, to be mended; that it is not the value is told below.
  const auto complaint = complaints_.find(name);
  if (!typing.active) typing.text = complaint == complaints_.end() ? shown : complaint->second.typed;
  struct Arrows {
    CustomisePanel& panel;
    const Row& row;
  } arrows{*this, row};
  const auto on_arrow = [](ImGuiInputTextCallbackData* data) {
    const auto& [panel, at] = *static_cast<Arrows*>(data->UserData);
    const int steps = (data->EventKey == ImGuiKey_UpArrow ? 1 : -1) * (ImGui::GetIO().KeyShift ? 10 : 1);
    const std::string text = panel.step(at, steps);
    data->DeleteChars(0, data->BufTextLen);
    data->InsertChars(0, text.c_str());
    data->SelectAll();
    return 0;
  };
  ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);  // the panel moves the keyboard itself
  const bool entered = ImGui::InputText(
      "##entry", &typing.text,
      ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackHistory,
      on_arrow, &arrows);
  ImGui::PopItemFlag();
  const bool left = ImGui::IsItemDeactivated(), refused = escape_pressed(gui);
  typing.active = ImGui::IsItemActive();
  gui.probe.item("entry " + name, typing.text);
  hint(gui, row.parameter.help);
  if (typing.active) {
    edited_ = left_ = name;
    gui.pending = typing.text != shown_value(row.parameter, row.desk.values.at(name), row.desk.settings.inches);
  }
  if (!entered && !left) return;
  if ((left && refused) || typing.text == shown)
    complaints_.erase(name);
  else
    commit(row, typing.text);
}

std::string CustomisePanel::step(const Row& row, int steps) {
  const double value = on_step(row.parameter, row.number() + steps * step_of(row.parameter));
  if (value != row.number()) set(row, value);
  return shown_value(row.parameter, value, row.desk.settings.inches);
}

void CustomisePanel::commit(const Row& row, const std::string& typed) {
  const std::string& name = row.parameter.name;
  const bool inches = row.desk.settings.inches;
  const auto value = parse_value(row.parameter, with_unit(row.parameter, typed, inches), wording(row));
  if (!value) return complain(row, value.error(), typed);
  complaints_.erase(name);
  if (*value != row.value) set(row, *value);
}

void CustomisePanel::set(const Row& row, ParameterValue value, bool dragging) {
  complaints_.erase(row.parameter.name);
  const std::string gesture = dragging ? fmt::format("drag {} {}", row.parameter.name, gestures_) : "";
  row.desk.edit([&](Document& document) { document.set(row.parameter.name, std::move(value), gesture); });
}

}  // namespace fitwright::desktop
