#include "app/desktop/file_dialog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

constexpr const char* dialog_name = "File##dialog";

std::vector<std::string> zenity_command(const FileQuestion& q) {
  std::vector<std::string> command{"zenity", "--file-selection", "--title=" + q.title};
  if (q.kind == FileQuestion::Kind::save) command.insert(command.end(), {"--save", "--confirm-overwrite"});
  if (q.kind == FileQuestion::Kind::folder) command.emplace_back("--directory");
  if (!q.start.empty()) command.push_back("--filename=" + q.start.string());
  if (!q.extensions.empty()) {
    std::string filter = "--file-filter=" + q.what + " |";
    for (const std::string& extension : q.extensions) filter += " *" + extension;
    command.push_back(filter);
  }
  return command;
}

std::vector<std::string> kdialog_command(const FileQuestion& q) {
  std::string filter = q.what.empty() ? "" : q.what + " (";
  for (const std::string& extension : q.extensions) filter += " *" + extension;
  if (!filter.empty()) filter += ")";
  const std::string start = q.start.empty() ? "." : q.start.string();
  switch (q.kind) {
    case FileQuestion::Kind::save: return {"kdialog", "--title", q.title, "--getsavefilename", start, filter};
    case FileQuestion::Kind::folder: return {"kdialog", "--title", q.title, "--getexistingdirectory", start};
    default: return {"kdialog", "--title", q.title, "--getopenfilename", start, filter};
  }
}

fs::path home() {
  const char* folder = std::getenv("HOME");
  return folder ? fs::path(folder) : fs::current_path();
}

}  // namespace

FileDialog::FileDialog(std::function<void()> wake) : wake_(std::move(wake)) {}

void FileDialog::ask(FileQuestion question, Answer answer) {
  if (asking_) return;
  question_ = std::move(question);
  answer_ = std::move(answer);
  asking_ = true;
  opened_ = false;
  confirm_overwrite_ = false;
  new_folder_.reset();
  problem_.clear();
  if (!find_program("zenity").empty()) {
    native_ = std::make_unique<BackgroundProgram>(zenity_command(question_), wake_);
  } else if (!find_program("kdialog").empty()) {
    native_ = std::make_unique<BackgroundProgram>(kdialog_command(question_), wake_);
  } else {
    std::error_code ignored;
    const bool is_folder = fs::is_directory(question_.start, ignored);
    const fs::path folder = is_folder ? question_.start : question_.start.parent_path();
    name_ = is_folder ? "" : question_.start.filename().string();
    enter(fs::is_directory(folder, ignored) ? folder : home());
  }
}

bool FileDialog::offers(const fs::path& file) const {
  if (question_.extensions.empty()) return true;
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return std::find(question_.extensions.begin(), question_.extensions.end(), extension) != question_.extensions.end();
}

void FileDialog::enter(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> folders, files;
  for (const auto& item : fs::directory_iterator(folder, failed)) {
    std::error_code ignored;
    if (item.path().filename().string().starts_with(".")) continue;
    if (item.is_directory(ignored))
      folders.push_back(item.path());
    else if (question_.kind != FileQuestion::Kind::folder && offers(item.path()))
      files.push_back(item.path());
  }
  if (failed) {
    problem_ = fmt::format("{} cannot be read: {}", folder.string(), failed.message());
    return;
  }
  std::sort(folders.begin(), folders.end());
  std::sort(files.begin(), files.end());
  folder_ = fs::absolute(folder).lexically_normal();
  typed_folder_ = folder_.string();
  folders_ = std::move(folders);
  files_ = std::move(files);
  problem_.clear();
}

void FileDialog::finish(const fs::path& path) {
  asking_ = false;
  native_.reset();
  if (path.empty()) return;
  const Answer answer = std::exchange(answer_, {});
  answer(completed(path));
}

fs::path FileDialog::completed(fs::path path) const {
  if (question_.kind == FileQuestion::Kind::save && !question_.extensions.empty() && !offers(path))
    path += question_.extensions[0];
  return path;
}

void FileDialog::draw(Gui& gui) {
  if (!asking_) return;
  if (!native_) return draw_inside(gui);
  if (auto ended = native_->take()) {
    std::string path = ended->status == 0 ? ended->output : "";
    while (!path.empty() && (path.back() == '\n' || path.back() == '\r')) path.pop_back();
    finish(path);
  }
}

void FileDialog::draw_list(Gui& gui) {
  ImGui::BeginChild("files", {0, std::min(gui.px(300), ImGui::GetIO().DisplaySize.y * 0.4F)}, true);
  fs::path next;
  if (folder_.has_parent_path() && folder_ != folder_.root_path() && menu_line(gui, "..")) next = folder_.parent_path();
  for (const fs::path& folder : folders_)
    if (menu_line(gui, fmt::format("{}  {}", icon::folder, folder.filename().string()).c_str())) next = folder;
  for (const fs::path& file : files_)
    if (menu_line(gui, fmt::format("{}  {}", icon::file, file.filename().string()).c_str(),
                  name_ == file.filename().string())) {
      name_ = file.filename().string();
      confirm_overwrite_ = false;
    }
  if (folders_.empty() && files_.empty())
    muted(gui, question_.kind == FileQuestion::Kind::open ? "No such files here" : "Nothing here yet");
  ImGui::EndChild();
  if (!next.empty()) enter(next);
}

bool FileDialog::draw_folder(Gui& gui, float labels) {
  label(gui, "Folder", labels);
  const bool writes = question_.kind != FileQuestion::Kind::open;
  const float room = writes ? ImGui::GetFrameHeight() * 1.1F + ImGui::GetStyle().ItemSpacing.x : 0;
  if (entry(gui, "Folder", typed_folder_, "/path/of/a/folder", ImGui::GetContentRegionAvail().x - room))
    enter(typed_folder_);
  if (!writes) return false;
  ImGui::SameLine();
  if (icon_button(gui, icon::plus, "New folder", new_folder_.has_value()))
    new_folder_ = new_folder_ ? std::nullopt : std::optional<std::string>("");
  if (!new_folder_) return false;
  label(gui, "New", labels);
  bool entered = false;
  const std::string verb = "Make folder";
  const float width = ImGui::CalcTextSize(verb.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
  entry(gui, "Name of the new folder", *new_folder_, "Name of the new folder",
        ImGui::GetContentRegionAvail().x - width - ImGui::GetStyle().ItemSpacing.x, &entered);
  ImGui::SameLine();
  ImGui::BeginDisabled(new_folder_->empty());
  const bool pressed = button(gui, verb.c_str());
  ImGui::EndDisabled();
  if (new_folder_->empty() || !(pressed || entered)) return false;
  make_folder(folder_ / *new_folder_);
  return true;
}

void FileDialog::make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    problem_ = fmt::format("{} cannot be made: {}", folder.string(), failed.message());
    return;
  }
  new_folder_.reset();
  enter(folder);
}

void FileDialog::draw_inside(Gui& gui) {
  if (!opened_) ImGui::OpenPopup(dialog_name);
  opened_ = true;
  if (!begin_dialog(gui, dialog_name, 620)) return finish({});
  title(gui, question_.title);
  const float labels = gui.px(70);
  const bool made_folder = draw_folder(gui, labels);  // with Enter, which is not for the dialog then
  draw_list(gui);
  const bool by_name = question_.kind != FileQuestion::Kind::folder;
  bool entered = false;
  if (by_name) {
    label(gui, "Name", labels);
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (entry(gui, "File name", name_, "Name of the file", -1, &entered)) confirm_overwrite_ = false;
  }
  if (!problem_.empty()) paragraph(gui, sentence(problem_), &gui.colours.danger);
  const fs::path chosen = by_name ? completed(folder_ / name_) : folder_;
  std::error_code ignored;
  const bool exists = by_name && !name_.empty() && fs::exists(chosen, ignored);
  if (confirm_overwrite_)
    paragraph(gui, chosen.filename().string() + " is there already. Replace it?", &gui.colours.warning);
  const char* verb = question_.kind == FileQuestion::Kind::save ? (confirm_overwrite_ ? "Replace" : "Save") : "Choose";
  const bool named = !by_name || (question_.kind == FileQuestion::Kind::save ? !name_.empty() : exists);
  const bool possible = named && !made_folder && (!new_folder_ || new_folder_->empty());
  ImGui::BeginDisabled(!possible);
  const bool accepted = default_button(gui, verb, "File chosen") || (entered && possible);
  ImGui::EndDisabled();
  ImGui::SameLine();
  const bool refused = button(gui, "Cancel") || escape_pressed(gui);
  const bool must_confirm = accepted && question_.kind == FileQuestion::Kind::save && exists && !confirm_overwrite_;
  if (must_confirm) confirm_overwrite_ = true;
  if (refused || (accepted && !must_confirm)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  if (refused) return finish({});
  if (accepted && !must_confirm) finish(chosen);
}

}  // namespace fitwright::desktop
