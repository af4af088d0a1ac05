// The panel of parameters, made from the template's schema.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/desktop/desk.hpp"
#include "app/desktop/file_dialog.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/viewport/viewport.hpp"
#include "templates/schema/values.hpp"

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
  void draw_making(Desk& desk, Gui& gui, Pointer& pointer);
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
  /// The entry that is drawn next takes the keyboard, if it was asked for.
  void give_keyboard();
  /// What is wrong with what was typed, and the rule that stopped an edit.
  void draw_messages(const Row& row);
  void draw_stopped(const Row& row);
  /// The last item is a message of the row: scrolls to it when it is new and below the edge. True when it is seen.
  bool show_message(const std::string& name, const std::string& message);
  void complain(const std::string& name, const Error& error);
  static Wording wording(const Row& row);
  void commit(const Row& row, const std::string& typed);
  void set(const Row& row, ParameterValue value, bool dragging = false);
  /// Moves the value by steps of the parameter; returns how it is then written.
  std::string step(const Row& row, int steps);

  std::map<std::string, Typing> typing_;
  std::map<std::string, std::string> complaints_;  ///< of what was typed, by parameter; until the next edit
  std::uint64_t revision_ = 0;
  std::map<std::string, std::string> told_;  ///< the last message of each parameter that was brought into view
  std::map<std::string, bool> group_open_;
  std::string dragged_, edited_;
  std::optional<std::string> lead_to_;  ///< the row to scroll to in the next frame: it may lie above the one that asks
  int gestures_ = 0;
  bool focused_ = false, keyboard_asked_ = false;
};

}  // namespace fitwright::desktop
