// What the design takes and costs, below its values: reckoned anew after every edit.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/desktop/commands.hpp"
#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/viewport/viewport.hpp"
#include "export/make/estimate.hpp"

namespace fitwright::desktop {

class EstimateStrip {
 public:
  /// What it takes of a column that is `room` high.
  float height(const Gui& gui, float room) const;
  void draw(Desk& desk, Gui& gui, const Commands& commands, Pointer& pointer);

 private:
  void follow(const Desk& desk);
  void draw_price(const Desk& desk, Gui& gui, float width);
  void draw_figures(const Desk& desk, Gui& gui);

  std::shared_ptr<const Response> of_;  ///< what `estimate_` was made from, with which figures of the maker's own
  std::string workshop_, problem_;
  std::optional<Estimate> estimate_;
  bool open_ = false;
};

/// "about 3 h 20 min, 310 g, 0.8 kg CO2e".
std::string figures_text(const Estimate& estimate);
/// "about 14 to 22 EUR".
std::string cost_text(const Spread& eur);
/// What is paid for, line by line, each with its source; those without one are marked.
void draw_reckoning(Gui& gui, const Estimate& estimate);

}  // namespace fitwright::desktop
