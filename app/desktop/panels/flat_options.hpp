// How drawings of flat parts are to be made: kerf, corners, holding tabs, colours.
#pragma once

#include <string>

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "export/flat_options.hpp"

namespace fitwright::desktop {

inline constexpr float label_units = 160;  ///< of what stands before the choices of the export box

class FlatOptionRows {
 public:
  /// Changes `options` as the maker says. `process` is how the design is made; null while that is not known.
  void draw(Desk& desk, Gui& gui, const Process* process, FlatOptions& options);

 private:
  void draw_kerf(Desk& desk, Gui& gui, const Process* process, FlatOptions& options);
  void draw_corners(Gui& gui, FlatOptions& options);
  void draw_profile(Desk& desk, Gui& gui, FlatOptions& options);
  /// An entry for a length; empty: none.
  void length_entry(Gui& gui, const char* name, std::string& typed, double& value);

  std::string kerf_, bit_, tabs_;  ///< as they are typed
  std::string problem_;            ///< of what was typed last
};

}  // namespace fitwright::desktop
