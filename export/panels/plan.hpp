// The panel plan of a scene: which boards of which material, and how they are sawn.
#pragma once

#include "export/flat_options.hpp"
#include "export/make/panel_plan.hpp"
#include "export/make/sheets.hpp"
#include "export/scene.hpp"

namespace fitwright {

/// Panels of one material and thickness.
struct BoardPlan {
  std::string material;
  double thickness = 0;
  SawOptions saw;
  std::string source;  ///< where the board's size comes from; empty: asked for
  std::vector<Panel> panels;
  std::vector<std::string> names;  ///< of each panel, for people
  std::vector<std::string> after;  ///< of each panel: what is left to be done to it when it is sawn, for people
  PanelPlan plan;
};

/// Errors: geometry (no flat part; what fits on no board, named), usage (no board size known), cancelled.
Result<std::vector<BoardPlan>> plan_boards(const Scene& scene, const StockOptions& options, std::stop_token stop = {});

/// The boards with what is sawn from them, for pictures and lists.
std::vector<LaidSheet> boards_of(const BoardPlan& plan);

}  // namespace fitwright
