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
  /// The keyboard goes on to the entry after the one that had it last, or back to the one before; to the first when it
  /// comes from elsewhere.
  void move_keyboard(bool back, bool from_elsewhere);
  /// Something is typed in one of its entries.
  bool has_keyboard() const { return !edited_.empty() && dragged_.empty(); }

 private:
  struct Typing {
    std::string text, before;  ///< as it is, and as it was when the typing began
    bool active = false;
  };
  struct Complaint {
    std::string text, typed;  ///< what is wrong, and with what
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
  /// The entry of that parameter is drawn next, and takes the keyboard if that was asked for.
  void give_keyboard(const Row& row);
  void draw_complaint(const Row& row, std::string text);
  /// What is wrong with what was typed, and the rule that stopped an edit.
  void draw_messages(const Row& row);
  void draw_stopped(const Row& row);
  void offer_room(const Row& row, const Stopped& stopped);
  /// The last item is a message of the row: scrolls to it when it is new and below the edge. True when it is seen.
  bool show_message(const std::string& name, const std::string& message);
  void complain(const Row& row, const Error& error, const std::string& typed);
  static Wording wording(const Row& row);
  void commit(const Row& row, const std::string& typed);
  void set(const Row& row, ParameterValue value, bool dragging = false);
  /// Moves the value by steps of the parameter; returns how it is then written.
  std::string step(const Row& row, int steps);

  std::map<std::string, Typing> typing_;
  std::map<std::string, Complaint> complaints_;  ///< by parameter; until the next edit
  std::uint64_t revision_ = 0;
  std::map<std::string, std::string> told_;  ///< the last message of each parameter that was brought into view
  std::map<std::string, bool> group_open_;
  bool to_top_ = false;  ///< another document is shown from its first value on
  std::string dragged_, edited_;
  std::optional<std::string> lead_to_;  ///< the row to scroll to in the next frame: it may lie above the one that asks
  int gestures_ = 0;
  std::vector<std::string> entries_, entries_before_;  ///< parameters that have one: as drawn now, in the last frame
  std::string left_;                                   ///< the one that had the keyboard last
  std::string keyboard_to_;                            ///< the one that is to take it; empty: none
};

}  // namespace fitwright::desktop
