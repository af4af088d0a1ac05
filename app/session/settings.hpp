// What the app remembers of its user between two runs, and where such things are kept.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

/// Folders by the XDG base directory specification: $XDG_CONFIG_HOME/fitwright (else ~/.config/fitwright) and so on.
struct UserFolders {
  std::filesystem::path config, cache, state;
};
UserFolders user_folders();

struct Settings {
  std::string theme = "light";  ///< "light", "dark"
  bool inches = false;          ///< lengths are shown in inches
  double font_scale = 1;        ///< on top of the screen's own; 0.75 to 2.5
  double panel_width = 380;     ///< of the customise panel, in unscaled pixels
  int window_width = 1280, window_height = 800;
  bool perspective = true, edges = true, shadow = true;
  std::string export_folder, export_format = "3mf", fineness = "normal";
  std::vector<std::string> recent;   ///< paths of designs, the latest first; at most 12
  std::vector<std::string> folders;  ///< of templates of one's own
  std::string unknown = "{}";        ///< JSON object with fields of newer programs, kept
  bool operator==(const Settings&) const = default;
};

/// A missing file gives the defaults. Errors: file (unreadable or damaged: what is wrong with it, and that the defaults
/// are taken); fields out of range take their default.
Result<Settings> load_settings(const std::filesystem::path& file);
/// Errors: file.
Result<void> save_settings(const Settings& settings, const std::filesystem::path& file);

/// Puts a path at the head of the recent ones.
void remember_recent(Settings& settings, const std::filesystem::path& path);

/// Designs that a crash left unsaved: recovery files in `state`/recovery that no running program holds.
struct Recovered {
  std::filesystem::path file;
  std::string name;                      ///< of the design
  std::filesystem::path saved_as;        ///< where it was loaded from or saved; empty: nowhere yet
};
std::vector<Recovered> find_recovered(const UserFolders& folders);
/// A name for this run's recovery file, told apart from those of other programs that run. Errors: file.
Result<std::filesystem::path> new_recovery_file(const UserFolders& folders);

}  // namespace fitwright
