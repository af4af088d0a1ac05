// Questions, settings, and what the program says of itself.
#pragma once

#include <functional>

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"

namespace fitwright::desktop {

class Dialogs {
 public:
  void open_settings() { settings_asked_ = true; }
  void open_about() { about_asked_ = true; }
  /// Asks how large a picture is to be; `then` gets how many times as large as the window shows it.
  void open_picture(std::function<void(int)> then) {
    picture_then_ = std::move(then);
    picture_asked_ = true;
  }
  /// `shown`: the size of the picture of the model in the window.
  void draw(Desk& desk, Gui& gui, ImVec2 shown);

 private:
  void draw_question(Desk& desk, Gui& gui);
  void draw_settings(Desk& desk, Gui& gui);
  void draw_choices(Desk& desk, Gui& gui);
  static void draw_text_size(Gui& gui, Settings& settings);
  void draw_about(Desk& desk, Gui& gui);
  void draw_picture(Gui& gui, ImVec2 shown);

  bool settings_asked_ = false, about_asked_ = false, picture_asked_ = false;
  int picture_factor_ = 1;
  std::function<void(int)> picture_then_;
};

/// Passing messages, at the lower edge of the room that is for them.
void draw_toasts(Desk& desk, Gui& gui);

}  // namespace fitwright::desktop
