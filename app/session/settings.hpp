// What the app remembers of its user between two runs, and where such things are kept.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/engine/user_folders.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

struct Settings {
  std::string theme = "light";  ///< "light", "dark"
  bool inches = false;          ///< lengths are shown in inches
  double font_scale = 1;        ///< on top of the screen's own; 0.75 to 2.5
  double panel_width = 380;     ///< of the customise panel, in unscaled pixels
  int window_width = 1280, window_height = 800;
  bool perspective = true, edges = true, shadow = true;
  std::string export_folder, fineness = "normal";
  std::vector<std::string> recent;   ///< paths of designs, the latest first; at most 12
  std::vector<std::string> folders;  ///< of templates of one's own
  std::string unknown = "{}";        ///< JSON object with fields of newer programs, kept
  bool operator==(const Settings&) const = default;
};

/// A missing file gives the defaults, as does a field of the wrong type or out of range for that field. Errors: file
/// (unreadable, or damaged: what is wrong with it; the caller goes on with defaults). A damaged file is moved to
/// FILE.damaged, so that saving loses nothing of it.
Result<Settings> load_settings(const std::filesystem::path& file);
/// Makes the folder where it is missing. Paths that are not UTF-8 are left out: JSON cannot hold them. Errors: file.
Result<void> save_settings(const Settings& settings, const std::filesystem::path& file);

/// Puts a path at the head of the recent ones.
void remember_recent(Settings& settings, const std::filesystem::path& path);

}  // namespace fitwright
