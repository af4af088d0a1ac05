// What stands around the model: the bar at the top, variants, tools of the view, parts, messages, state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/desktop/commands.hpp"
#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/viewport/viewport.hpp"

namespace fitwright::desktop {

class FindingsPanel;

class TopBar {
 public:
  void draw(Desk& desk, Gui& gui, const Commands& commands);

 private:
  void draw_name(Desk& desk, Gui& gui);
  std::string name_;
  bool naming_ = false;
};

class VariantStrip {
 public:
  void draw(Desk& desk, Gui& gui, View& view);
  /// Asks the engine for the variant that is compared with, whenever it changed.
  void follow(Desk& desk, View& view);
  void draw_table(Desk& desk, Gui& gui, const View& view);
  /// Of the table, as it was drawn last.
  std::size_t rows() const { return rows_; }

 private:
  void draw_tab(Desk& desk, Gui& gui, std::optional<std::size_t> variant, const std::string& name);
  void draw_menu(Desk& desk, Gui& gui, std::optional<std::size_t> variant);
  void draw_choice(Desk& desk, Gui& gui);

  std::string new_name_;
  std::optional<std::size_t> other_;  ///< compared with; none: the design itself
  std::optional<Request> asked_;
  std::size_t rows_ = 3;
};

/// Before the picture is drawn in the present window: how much of it lists and tools will cover.
void note_covered(const Desk& desk, const Gui& gui, View& view);
/// Buttons over the picture, and what they open: section, explosion, poses. `flat_open`: flat parts are looked at.
void draw_view_tools(Desk& desk, Gui& gui, Viewport& viewport, const Commands& commands, bool flat_open);
/// Parts with colour, number and visibility, over the picture.
void draw_part_list(Desk& desk, Gui& gui, Viewport& viewport);

/// Buttons that lead to the rows of parameters, in as many lines as they need; the parameter whose button was clicked.
std::optional<std::string> draw_chips(const Desk& desk, Gui& gui, const std::vector<std::string>& names);
/// Errors, and rules that no row in view tells of, above the picture; nothing while all is well.
void draw_banner(Desk& desk, Gui& gui, Pointer& pointer);
/// Size, weight, verdict and what is going on, below it.
void draw_status(Desk& desk, Gui& gui, FindingsPanel& findings);

/// Name of a variant: the design's own when there is none.
std::string variant_name(const Desk& desk, std::optional<std::size_t> variant);

}  // namespace fitwright::desktop
