// Asking for a file or folder: by the system's own dialog when there is one, else inside the window.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/desktop/gui.hpp"
#include "app/desktop/system.hpp"

namespace fitwright::desktop {

struct FileQuestion {
  enum class Kind { open, save, folder } kind = Kind::open;
  std::string title;
  std::string what;                     ///< "Designs"
  std::vector<std::string> extensions;  ///< with the dot; empty: all files
  std::filesystem::path start;          ///< a folder, or the file proposed
};

class FileDialog {
 public:
  using Answer = std::function<void(const std::filesystem::path&)>;

  explicit FileDialog(std::function<void()> wake);

  /// Asks; `answer` is called in a later draw(), and not at all when the user thinks better of it.
  void ask(FileQuestion question, Answer answer);
  bool open() const { return asking_; }
  /// By a program of the system, in a window of its own.
  bool outside() const { return asking_ && native_; }
  /// Once a frame.
  void draw(Gui& gui);

 private:
  void draw_inside(Gui& gui);
  /// True when a folder was just made, or could not be.
  bool draw_folder(Gui& gui, float labels);
  void draw_list(Gui& gui);
  void make_folder(const std::filesystem::path& folder);
  void enter(const std::filesystem::path& folder);
  void finish(const std::filesystem::path& path);
  bool offers(const std::filesystem::path& file) const;
  /// With the ending that a file to be saved gets.
  std::filesystem::path completed(std::filesystem::path path) const;

  std::function<void()> wake_;
  FileQuestion question_;
  Answer answer_;
  bool asking_ = false, opened_ = false;
  std::unique_ptr<BackgroundProgram> native_;
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> folders_, files_;
  std::string name_, typed_folder_, problem_;
  std::optional<std::string> new_folder_;  ///< being named
  bool confirm_overwrite_ = false;
};

}  // namespace fitwright::desktop
