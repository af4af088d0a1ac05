#include "app/desktop/panels/dialogs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/system.hpp"

namespace fitwright::desktop {

void Dialogs::draw(Desk& desk, Gui& gui) {
  draw_question(desk, gui);
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
  if (button(gui, question.yes.c_str(), ButtonStyle::primary)) {
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
    answered = button(gui, "Cancel", ButtonStyle::quiet) || answered;
  }
  if (escape_pressed()) answered = true;
  if (answered) {
    ImGui::CloseCurrentPopup();
    desk.question.reset();
  }
  ImGui::EndPopup();
  if (answered && then) then();
}

void Dialogs::draw_settings(Desk& desk, Gui& gui) {
  constexpr const char* name = "Settings##dialog";
  if (settings_asked_) ImGui::OpenPopup(name);
  settings_asked_ = false;
  if (!begin_dialog(gui, name, 460)) return;
  title(gui, "Settings");
  Settings& s = desk.settings;
  heading(gui, "Looks");
  if (radio(gui, "Light", s.theme == "light")) s.theme = "light";
  ImGui::SameLine();
  if (radio(gui, "Dark", s.theme == "dark")) s.theme = "dark";
  const float step = 0.125F;
  ImGui::AlignTextToFramePadding();
  text(gui, "Size of text");
  ImGui::SameLine();
  if (button(gui, "\u2212", ButtonStyle::plain, nullptr, "Smaller text"))
    s.font_scale = std::max(0.75, s.font_scale - step);
  ImGui::SameLine();
  text(gui, fmt::format("{:.0f} %", s.font_scale * 100));
  ImGui::SameLine();
  if (button(gui, "+", ButtonStyle::plain, nullptr, "Larger text")) s.font_scale = std::min(2.5, s.font_scale + step);
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
  ImGui::Dummy({0, gui.px(6)});
  if (button(gui, "Close", ButtonStyle::primary, nullptr, "Close settings") || escape_pressed())
    ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void Dialogs::draw_about(Desk& desk, Gui& gui) {
  constexpr const char* name = "About##dialog";
  if (about_asked_) ImGui::OpenPopup(name);
  about_asked_ = false;
  if (!begin_dialog(gui, name, 560)) return;
  title(gui, "Fitwright " FITWRIGHT_VERSION);
  paragraph(
      gui,
      "Makes things in your size, exactly. The source is under the Apache License 2.0. This program links parts of "
      "CGAL that are under the GPL, version 3 or later, so the program as a whole is under GPL-3 or later. The "
      "product templates are under CC-BY-4.0. Letters: Inter and DejaVu; signs: Font Awesome; both under free "
      "licences.");
  heading(gui, "Diagnostics");
  const std::string diagnostics = desk.diagnostics();
  paragraph(gui, diagnostics, &gui.colours.muted);
  if (button(gui, fmt::format("{}  Copy diagnostics", icon::copy).c_str(), ButtonStyle::plain, nullptr,
             "Copy diagnostics")) {
    ImGui::SetClipboardText(diagnostics.c_str());
    desk.say("Diagnostics copied");
  }
  ImGui::SameLine();
  if (button(gui, "Close", ButtonStyle::primary, nullptr, "Close about") || escape_pressed())
    ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void draw_toasts(Desk& desk, Gui& gui) {
  const auto now = Clock::now();
  std::erase_if(desk.toasts, [&](const Toast& toast) { return toast.until < now; });
  float bottom = ImGui::GetIO().DisplaySize.y - gui.px(46);
  for (std::size_t i = 0; i < desk.toasts.size(); ++i) {
    const Toast& toast = desk.toasts[i];
    ImGui::SetNextWindowPos({ImGui::GetIO().DisplaySize.x / 2, bottom}, ImGuiCond_Always, {0.5F, 1});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, toast.bad ? gui.colours.danger_ground : gui.colours.raised);
    ImGui::Begin(fmt::format("toast {}", i).c_str(), nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    ImGui::PushTextWrapPos(gui.px(520));
    text(gui, fmt::format("{}  {}", toast.bad ? icon::warning : icon::check, toast.text));
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
