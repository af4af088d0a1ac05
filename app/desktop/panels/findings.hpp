// What stands in the way of making the product, below the picture: each finding leads to its place and to its cause.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/viewport/viewport.hpp"

namespace fitwright::desktop {

class FindingsPanel {
 public:
  /// The verdict as a button that opens and closes the panel.
  void draw_verdict(Desk& desk, Gui& gui);
  /// The panel itself, when it is open.
  void draw(Desk& desk, Gui& gui, Viewport& viewport, Pointer& pointer);
  /// At most `most`; less where there is little to tell.
  float height(const Gui& gui, float most) const;
  bool open() const { return open_; }
  void show() { open_ = true; }
  /// Another document: nothing is unfolded.
  void start_anew();

 private:
  void draw_first_word(Desk& desk, Gui& gui);
  void draw_head(Desk& desk, Gui& gui, const CheckReport& report);
  void draw_finding(Desk& desk, Gui& gui, const Response& checked, std::size_t index, Viewport& viewport,
                    Pointer& pointer);
  void draw_details(const Desk& desk, Gui& gui, const Finding& finding, std::size_t index);
  void draw_undecided(const Desk& desk, Gui& gui, const Response& checked);
  void lead_to(const Desk& desk, const Finding& finding, Viewport& viewport, Pointer& pointer);

  bool open_ = false;
  float told_ = 0;                     ///< height of all that was last known
  std::optional<std::string> chosen_;  ///< key of the finding that was clicked
  std::set<std::string> unfolded_;
};

}  // namespace fitwright::desktop
