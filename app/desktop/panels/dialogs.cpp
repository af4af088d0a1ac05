#include "app/desktop/panels/dialogs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/desktop/system.hpp"
#include "app/desktop/words.hpp"

namespace fitwright::desktop {

void Dialogs::draw(Desk& desk, Gui& gui, ImVec2 shown) {
  draw_question(desk, gui);
  draw_picture(gui, shown);
  draw_settings(desk, gui);
  draw_about(desk, gui);
}

void Dialogs::draw_question(Desk& desk, Gui& gui) {
  constexpr const char* name = "Question##dialog";
  if (desk.question && !ImGui::IsPopupOpen(name)) ImGui::OpenPopup(name);
  if (!begin_dialog(gui, name, 460)) return;
  if (!desk.question) {
    ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return;
  }
  const Question& question = *desk.question;
  title(gui, question.title);
  paragraph(gui, question.text);
  ImGui::Dummy({0, gui.px(6)});
  std::function<void()> then;
  bool answered = false;
  if (default_button(gui, question.yes.c_str())) {
    then = question.on_yes;
    answered = true;
  }
  if (!question.no.empty()) {
    ImGui::SameLine();
    if (button(gui, question.no.c_str())) {
      then = question.on_no;
      answered = true;
    }
    ImGui::SameLine();
    answered = button(gui, question.neither.c_str(), ButtonStyle::quiet) || answered;
  }
  if (escape_pressed(gui)) answered = true;
  if (answered) {
    ImGui::CloseCurrentPopup();
    desk.question.reset();
  }
  ImGui::EndPopup();
  if (answered && then) then();
}

// A list, which is shut when a size is chosen: buttons would move away from under the hand with each step.
void Dialogs::draw_text_size(Gui& gui, Settings& settings) {
  constexpr std::array percents{75, 90, 100, 110, 125, 150, 175, 200, 250};
  const auto text_of = [](double percent) { return fmt::format("{:.0f} %", percent); };
  ImGui::AlignTextToFramePadding();
  text(gui, "Size of text");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(gui.px(100));
  const std::string now = text_of(settings.font_scale * 100);
  const bool open = ImGui::BeginCombo("##text size", now.c_str(), ImGuiComboFlags_HeightLargest);
  gui.probe.item("Size of text", now);
  if (!open) return;
  for (const int percent : percents)
    if (menu_line(gui, text_of(percent).c_str(), text_of(percent) == now)) settings.font_scale = percent / 100.0;
  ImGui::EndCombo();
}

void Dialogs::draw_settings(Desk& desk, Gui& gui) {
  constexpr const char* name = "Settings##dialog";
  if (settings_asked_) ImGui::OpenPopup(name);
  settings_asked_ = false;
  if (!begin_dialog(gui, name, 460)) return;
  title(gui, "Settings");
  draw_choices(desk, gui);
  ImGui::Dummy({0, gui.px(6)});
  if (default_button(gui, "Close", "Close settings") || escape_pressed(gui)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void Dialogs::draw_choices(Desk& desk, Gui& gui) {
  const DialogBody body(gui);
  Settings& s = desk.settings;
  heading(gui, "Looks");
  if (radio(gui, "Light", s.theme == "light")) s.theme = "light";
  ImGui::SameLine();
  if (radio(gui, "Dark", s.theme == "dark")) s.theme = "dark";
  draw_text_size(gui, s);
  checkbox(gui, "Soft shadows", s.shadow);
  checkbox(gui, "Edges of the model", s.edges);
  checkbox(gui, "Lengths in inches", s.inches);
  heading(gui, "Folders of templates");
  std::string dropped;
  for (const std::string& folder : s.folders) {
    ImGui::PushID(folder.c_str());
    if (icon_button(gui, icon::trash, "Forget this folder")) dropped = folder;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    text(gui, fitted(folder, ImGui::GetContentRegionAvail().x));
    ImGui::PopID();
  }
  if (s.folders.empty()) muted(gui, "None yet; add one in the library.");
  if (!dropped.empty()) {
    std::erase(s.folders, dropped);
    desk.rescan();
  }
}

void Dialogs::draw_picture(Gui& gui, ImVec2 shown) {
  constexpr const char* name = "Picture##dialog";
  if (std::exchange(picture_asked_, false)) ImGui::OpenPopup(name);
  if (!begin_dialog(gui, name, 420)) return;
  title(gui, "Save a picture");
  constexpr std::array<const char*, 3> sizes{"As large as here", "Twice as large", "Three times as large"};
  const ImVec2 pixels = ImGui::GetIO().DisplayFramebufferScale;
  for (int i = 0; i < static_cast<int>(sizes.size()); ++i) {
    const auto factor = static_cast<float>(i + 1);
    if (radio(gui, sizes.at(static_cast<std::size_t>(i)), picture_factor_ == i + 1)) picture_factor_ = i + 1;
    ImGui::SameLine(gui.px(210));
    ImGui::AlignTextToFramePadding();
    muted(gui, fmt::format("{:.0f} \u00d7 {:.0f} pixels", shown.x * pixels.x * factor, shown.y * pixels.y * factor));
  }
  ImGui::Dummy({0, gui.px(6)});
  const bool accepted = default_button(gui, "Go on", "Take picture");
  ImGui::SameLine();
  const bool refused = button(gui, "Cancel", ButtonStyle::plain, nullptr, "Cancel picture") || escape_pressed(gui);
  if (accepted || refused) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  if (accepted) picture_then_(picture_factor_);
}

void Dialogs::draw_about(Desk& desk, Gui& gui) {
  constexpr const char* name = "About##dialog";
  if (about_asked_) ImGui::OpenPopup(name);
  about_asked_ = false;
  if (!begin_dialog(gui, name, 560)) return;
  title(gui, "Fitwright " FITWRIGHT_VERSION);
  const std::string diagnostics = desk.diagnostics();
  {
    const DialogBody body(gui);
    paragraph(
        gui,
        "Makes things in your size, exactly. The source is under the Apache License 2.0. This program links parts of "
        "CGAL that are under the GPL, version 3 or later, so the program as a whole is under GPL-3 or later. The "
        "product templates are under CC-BY-4.0. Letters: Inter and DejaVu; signs: Font Awesome; both under free "
        "licences.");
    heading(gui, "Diagnostics");
    paragraph(gui, diagnostics, &gui.colours.muted);
  }
  if (button(gui, fmt::format("{}  Copy diagnostics", icon::copy).c_str(), ButtonStyle::plain, nullptr,
             "Copy diagnostics")) {
    ImGui::SetClipboardText(diagnostics.c_str());
    desk.say("Diagnostics copied");
  }
  ImGui::SameLine();
  if (default_button(gui, "Close", "Close about") || escape_pressed(gui)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void draw_toasts(Desk& desk, Gui& gui) {
  const auto now = Clock::now();
  std::erase_if(desk.toasts, [&](const Toast& toast) { return toast.until < now; });
  const Area& room = gui.message_room;
  float bottom = room.max.y - gui.px(12);
  for (std::size_t i = 0; i < desk.toasts.size(); ++i) {
    const Toast& toast = desk.toasts[i];
    ImGui::SetNextWindowPos({(room.min.x + room.max.x) / 2, bottom}, ImGuiCond_Always, {0.5F, 1});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, toast.bad ? gui.colours.danger_ground : gui.colours.raised);
    ImGui::Begin(fmt::format("toast {}", i).c_str(), nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    ImGui::PushTextWrapPos(std::min(gui.px(520), room.max.x - room.min.x - gui.px(60)));
    text(gui, fmt::format("{}  {}", toast.bad ? icon::warning : icon::check, sentence(toast.text)));
    ImGui::PopTextWrapPos();
    gui.probe.item("toast", toast.text);
    if (!toast.file.empty()) {
      ImGui::SameLine();
      if (button(gui, "Open folder", ButtonStyle::quiet, nullptr, "toast folder"))
        if (const auto done = open_with_system(toast.file.parent_path()); !done) desk.complain(done.error());
    }
    bottom -= ImGui::GetWindowHeight() + gui.px(8);
    ImGui::End();
    ImGui::PopStyleColor();
  }
}

}  // namespace fitwright::desktop
