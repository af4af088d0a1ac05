// The panel of parameters, made from the template's schema.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/desktop/desk.hpp"
#include "app/desktop/file_dialog.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/viewport/viewport.hpp"

namespace fitwright::desktop {

class CustomisePanel {
 public:
  void draw(Desk& desk, Gui& gui, FileDialog& files, Pointer& pointer);
  /// Another document: nothing typed or complained about holds.
  void start_anew();
  /// Its entries have the keyboard.
  bool has_keyboard() const { return focused_; }
  /// The first entry takes it.
  void take_keyboard() { keyboard_asked_ = true; }

 private:
  struct Typing {
    std::string text;
    bool active = false;
  };
  struct Row;  // what one parameter's row needs

  void draw_presets(Desk& desk, Gui& gui);
  void draw_making(Desk& desk, Gui& gui);
  void draw_groups(Desk& desk, Gui& gui, FileDialog& files, Pointer& pointer);
  void draw_row(const Row& row);
  void draw_head(const Row& row);
  void draw_number(const Row& row);
  void draw_slider(const Row& row, double value);
  void draw_entry(const Row& row);
  void draw_choice(const Row& row);
  void draw_text(const Row& row);
  void draw_colour(const Row& row);
  void draw_font(const Row& row);
  void draw_file(const Row& row);
  void draw_complaint(const Row& row);
  /// The entry that is drawn next takes the keyboard, if it was asked for.
  void give_keyboard();
  void commit(const Row& row, const std::string& typed);
  void set(const Row& row, ParameterValue value, bool dragging = false);
  /// Moves the value by steps of the parameter; returns how it is then written.
  std::string step(const Row& row, int steps);

  std::map<std::string, Typing> typing_;
  std::map<std::string, std::string> complaints_;  ///< of what was typed, by parameter
  std::map<std::string, bool> group_open_;
  std::string dragged_, edited_;
  int gestures_ = 0;
  bool focused_ = false, keyboard_asked_ = false;
};

}  // namespace fitwright::desktop
