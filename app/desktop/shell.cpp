#include "app/desktop/shell.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>

#include "app/desktop/words.hpp"
#include "app/session/command_line.hpp"
#include "app/view/picture.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

constexpr ImGuiWindowFlags fixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                   ImGuiWindowFlags_NoResize;

/// Passing messages stand in the present window, and clear of what is told below it.
void keep_messages_here(Gui& gui) {
  const ImVec2 corner = ImGui::GetWindowPos(), room = ImGui::GetWindowSize();
  gui.message_room = {corner, {corner.x + room.x, corner.y + room.y}};
  gui.keeps_clear.push_back({{corner.x, corner.y + room.y}, ImGui::GetIO().DisplaySize});
}

nlohmann::json value_json(const ParameterValue& value) {
  return std::visit([](const auto& v) { return nlohmann::json(v); }, value);
}

}  // namespace

Shell::Shell(Desk& desk, Renderer& renderer) : desk_(desk), files_(Window::wake), viewport_(renderer) {
  add_document_commands();
  add_view_commands();
  add_app_commands();
  desk_.ask_name = [this](const std::function<void()>& then) { ask_save_name(then); };
}

void Shell::take_input(Window& window, Gui& gui) {
  using Typing = Commands::Typing;
  std::vector<KeyPress> keys = std::exchange(later_, {});
  for (const KeyPress& key : window.take_keys()) keys.push_back(key);
  if (window.close_asked()) {
    window.refuse_close();
    keys.push_back({GLFW_KEY_Q, true});
  }
  const bool in_entry = ImGui::GetIO().WantTextInput && ImGui::GetActiveID() != 0;
  const Typing typing = !in_entry ? Typing::none : gui.pending ? Typing::something : Typing::nothing_yet;
  for (const KeyPress& key : keys) {
    if (box_open()) {
      press_in_box(key, gui);
    } else if (key.key == GLFW_KEY_TAB && !key.control && desk_.screen == Screen::workbench) {
      customise_.move_keyboard(key.shift, in_entry && !customise_.has_keyboard());
    } else if (!commands_.knows(key, typing)) {
      continue;
    } else if (in_entry) {  // what is being typed is taken first, as if the entry had been left
      ImGui::ClearActiveID();
      later_.push_back(key);
    } else {
      commands_.press(key);
    }
  }
  for (const fs::path& file : window.take_dropped()) desk_.drop(file);
}

bool Shell::box_open() const {
  return files_.open() || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

// Who wants to quit is done with the box. It is asked about what is not saved once the box is gone; where that is the
// question, the answer is no.
void Shell::press_in_box(const KeyPress& key, Gui& gui) {
  if (key.key != GLFW_KEY_Q || !key.control || files_.outside()) return;
  const bool asked = desk_.question.has_value();
  gui.cancelled = true;
  if (ImGui::GetTopMostPopupModal() == nullptr) ImGui::ClosePopupToLevel(0, false);
  if (!asked) later_.push_back(key);
}

void Shell::leave() {
  desk_.when_saved([this] { done_ = true; });
}

void Shell::follow_document() {
  if (opened_ == desk_.opened) return;
  opened_ = desk_.opened;
  viewport_.start_anew();
  customise_.start_anew();
  findings_.start_anew();
  flat_.start_anew();
  pointer_ = {};
}

void Shell::frame(Window& window, Gui& gui) {
  desk_.begin_frame(ImGui::IsAnyMouseDown());
  take_input(window, gui);
  gui.begin_frame();
  follow_document();
  gui.plain = picture_due_ = std::exchange(picture_asked_, false);
  const std::string name = desk_.now.document.name.empty() ? desk_.now.about.name : desk_.now.document.name;
  window.set_title(desk_.screen == Screen::library || name.empty()
                       ? "Fitwright"
                       : fmt::format("{}{} \u2013 Fitwright", desk_.now.dirty ? "\u2022 " : "", name));
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("main", nullptr, fixed);
  ImGui::PopStyleVar(2);
  top_bar_.draw(desk_, gui, commands_);
  ImGui::Separator();
  if (desk_.screen == Screen::library)
    library_.draw(desk_, gui, files_);
  else
    draw_workbench(gui);
  if (std::exchange(copy_asked_, false)) {
    ImGui::SetClipboardText(command_line(desk_.now).c_str());
    desk_.say("The command is in the clipboard");
  }
  export_.draw(desk_, gui, files_);
  make_it_.draw(desk_, gui, files_, findings_, pointer_, prices_.open());
  dialogs_.draw(desk_, gui, viewport_.size());
  if (std::exchange(pointer_.machines_asked, false)) machines_.open();
  machines_.draw(desk_, gui);
  if (std::exchange(pointer_.prices_asked, false)) prices_.ask(desk_);
  prices_.draw(desk_, gui);
  files_.draw(gui);
  ImGui::End();
  if (!gui.plain) draw_toasts(desk_, gui);
  gui.end_frame();
}

void Shell::draw_splitter(Gui& gui, float& width) {
  ImGui::SameLine(0, 0);
  ImGui::InvisibleButton("splitter", {gui.px(8), ImGui::GetContentRegionAvail().y});
  gui.probe.item("splitter");
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (active) width += ImGui::GetIO().MouseDelta.x;
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  const float middle = (min.x + max.x) / 2;
  ImGui::GetWindowDrawList()->AddLine({middle, min.y}, {middle, max.y},
                                      packed(active ? gui.colours.accent : gui.colours.border), gui.px(1));
  ImGui::SameLine(0, 0);
}

void Shell::draw_workbench(Gui& gui) {
  variants_.follow(desk_, viewport_.view);
  flat_.follow(desk_);
  const float room = ImGui::GetContentRegionAvail().x;
  const float most = std::max(gui.px(260), room * 0.46F);  // the model is what one looks at
  float width = std::clamp(gui.px(static_cast<float>(desk_.settings.panel_width)), gui.px(260), most);
  ImGui::BeginChild("customise", {width, 0}, false);
  const float values = ImGui::GetContentRegionAvail().y - estimate_.height(gui, ImGui::GetContentRegionAvail().y);
  ImGui::BeginChild("values", {0, values - ImGui::GetStyle().ItemSpacing.y}, false);
  customise_.draw(desk_, gui, files_, pointer_);
  ImGui::EndChild();
  estimate_.draw(desk_, gui, commands_, pointer_);
  ImGui::EndChild();
  const float before = width;
  draw_splitter(gui, width);
  if (width != before) desk_.settings.panel_width = std::clamp(width, gui.px(260), most) / gui.scale;
  ImGui::BeginChild("model", {0, 0}, false);
  variants_.draw(desk_, gui, viewport_.view);
  draw_banner(desk_, gui, pointer_);
  draw_model(gui);
  draw_status(desk_, gui, findings_);
  ImGui::EndChild();
}

void Shell::draw_model(Gui& gui) {
  const float status = ImGui::GetTextLineHeight() + gui.px(14);
  const float rows = ImGui::GetTextLineHeightWithSpacing() * static_cast<float>(variants_.rows() + 2);
  const float table = viewport_.view.comparing ? std::min(rows, ImGui::GetContentRegionAvail().y * 0.35F) : 0;
  const float found =
      findings_.open() && !gui.plain ? findings_.height(gui, ImGui::GetContentRegionAvail().y * 0.42F) : 0;
  // Where both have no room beside each other, flat parts stand in the picture's place.
  const float room = ImGui::GetContentRegionAvail().x, height = -status - table - found;
  const bool both = room >= gui.px(820);
  picture_shown_ = !flat_.open() || both || gui.plain;
  if (std::exchange(shared_, flat_.open() && both) != (flat_.open() && both)) viewport_.look_at_all();
  if (picture_shown_) draw_picture(gui, {flat_.open() && both ? room * 0.46F : 0, height});
  if (flat_.open() && !gui.plain) {
    if (both) ImGui::SameLine();
    ImGui::BeginChild("flat", {0, height}, false, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    if (!both) keep_messages_here(gui);
    flat_.draw(desk_, gui);
    ImGui::EndChild();
  }
  if (found > 0) {
    ImGui::BeginChild("findings", {0, -status - table}, false);
    findings_.draw(desk_, gui, viewport_, pointer_);
    ImGui::EndChild();
  }
  if (table <= 0) return;
  ImGui::BeginChild("differences", {0, -status}, false);
  variants_.draw_table(desk_, gui, viewport_.view);
  ImGui::EndChild();
}

void Shell::draw_picture(Gui& gui, ImVec2 size) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::BeginChild("viewport", size, false, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  keep_messages_here(gui);
  note_covered(desk_, gui, viewport_.view);
  viewport_.draw(desk_, gui, pointer_);
  if (gui.plain) {
    // Only the model and what tells its size.
  } else if (desk_.now.model) {
    draw_part_list(desk_, gui, viewport_);
    draw_view_tools(desk_, gui, viewport_, commands_, flat_.open());
  } else {
    const char* words =
        desk_.now.error ? "There is no model yet: the message above says why." : "Building the first model\u2026";
    const ImVec2 wide = ImGui::CalcTextSize(words), all = ImGui::GetWindowSize();
    ImGui::SetCursorPos({(all.x - wide.x) / 2, all.y / 2});
    muted(gui, words);
  }
  ImGui::EndChild();
}

void Shell::ask_save_name(const std::function<void()>& then) {
  const std::string& name = desk_.now.document.name.empty() ? desk_.now.about.name : desk_.now.document.name;
  const fs::path folder = desk_.now.path.empty() ? fs::path() : desk_.now.path.parent_path();
  fs::path start = folder.empty() ? fs::path() : folder;
  if (start.empty()) {
    const char* home = std::getenv("HOME");
    start = home ? home : ".";
  }
  files_.ask({FileQuestion::Kind::save,
              "Save the design as",
              "Designs",
              {".fitwright"},
              start / (file_stem(name) + ".fitwright")},
             [this, then](const fs::path& path) {
               if (desk_.save_as(path) && then) then();
             });
}

void Shell::keep_picture(PixelSize size, const std::vector<std::uint8_t>& pixels) {
  picture_due_ = false;
  const auto png = png_bytes(size, pixels);
  if (!png) return desk_.complain(png.error());
  const std::string& name = desk_.now.document.name.empty() ? desk_.now.about.name : desk_.now.document.name;
  const fs::path folder = desk_.settings.export_folder.empty()
                              ? fs::path(std::getenv("HOME") ? std::getenv("HOME") : ".")
                              : fs::path(desk_.settings.export_folder);
  files_.ask(
      {FileQuestion::Kind::save, "Save the picture as", "Pictures", {".png"}, folder / (file_stem(name) + ".png")},
      [this, bytes = *png](const fs::path& path) {
        if (const auto written = write_file_atomic(path, bytes); !written) return desk_.complain(written.error());
        desk_.say("Saved " + path.filename().string(), path);
      });
}

nlohmann::json Shell::state_json() const {
  const Snapshot& now = desk_.now;
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [name, value] : desk_.values) values[name] = value_json(value);
  nlohmann::json variants = nlohmann::json::array();
  for (const Variant& variant : now.document.variants) variants.push_back(variant.name);
  const View& view = viewport_.view;
  return {{"screen", desk_.screen == Screen::library ? "library" : "workbench"},
          {"template", now.about.id},
          {"name", now.document.name},
          {"path", now.path.string()},
          {"dirty", now.dirty},
          {"can_undo", now.can_undo},
          {"can_redo", now.can_redo},
          {"values", std::move(values)},
          {"variants", std::move(variants)},
          {"variant", now.document.variant ? nlohmann::json(*now.document.variant) : nlohmann::json()},
          {"locked", now.document.locked},
          {"busy", now.busy},
          {"stale", now.stale},
          {"has_model", now.model != nullptr},
          {"checked", now.checked != nullptr},
          {"suggesting", now.suggesting},
          {"findings", now.checked ? now.checked->report.findings.size() : 0},
          {"marked", view.marked.size()},
          {"coloured", viewport_.colours.model() != nullptr},
          {"error", now.error ? describe(*now.error) : ""},
          {"stopped", now.stopped ? now.stopped->error.message : ""},
          {"theme", desk_.settings.theme},
          {"library_busy", desk_.library->busy()},
          {"revealed", pointer_.revealed},
          {"hover", view.hover ? nlohmann::json(view.hover->face.face) : nlohmann::json()},
          {"camera", {view.camera.yaw, view.camera.pitch, view.camera.span}},
          {"measured", view.measured.size()},
          {"moving", moving()},
          {"flat", {{"open", flat_.open()}, {"part", flat_.chosen()}, {"scale", flat_.scale()}}},
          {"question", desk_.question ? desk_.question->title : ""}};
}

}  // namespace fitwright::desktop
