// Questions, settings, and what the program says of itself.
#pragma once

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"

namespace fitwright::desktop {

class Dialogs {
 public:
  void open_settings() { settings_asked_ = true; }
  void open_about() { about_asked_ = true; }
  void draw(Desk& desk, Gui& gui);

 private:
  void draw_question(Desk& desk, Gui& gui);
  void draw_settings(Desk& desk, Gui& gui);
  void draw_about(Desk& desk, Gui& gui);
  bool settings_asked_ = false, about_asked_ = false;
};

/// Passing messages in the corner.
void draw_toasts(Desk& desk, Gui& gui);

}  // namespace fitwright::desktop
