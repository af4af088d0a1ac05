// How boards are sawn into rectangles: straight cuts from edge to edge, in order, the blade's width counted.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

struct Panel {
  std::string label;
  double length = 0, width = 0;  ///< mm; the length runs along the board unless it may turn
  bool turns = true;             ///< it may lie across the board
};

struct SawOptions {
  double length = 0, width = 0;  ///< mm, of a board
  double trim = 0;               ///< mm cut off one long and one short edge first, to have two true ones
  double kerf = 3;               ///< mm
  int tries = 60;                ///< plans that are tried; the best is kept
  std::uint64_t seed = 1;
  std::size_t first = 1;  ///< number of the first board: those of other materials come before it
};

/// One cut through a whole piece.
struct SawCut {
  std::string piece;   ///< what is cut: "board 1", then as `keeps` and `leaves` named it
  bool rip = true;     ///< along the board's length; else across
  double at = 0;       ///< mm from the piece's true edge: what `keeps` measures that way
  std::string keeps;   ///< the piece at the fence
  std::string leaves;  ///< the rest behind the blade; empty: nothing worth keeping
  bool trims = false;  ///< `keeps` is waste, the rest goes on
  bool operator==(const SawCut&) const = default;
};

struct SawnPanel {
  std::size_t panel = 0, board = 0;
  double x = 0, y = 0, length = 0, width = 0;  ///< mm, along and across the board, from its lower left corner
  std::string piece;                           ///< as the cut that made it names it
  bool operator==(const SawnPanel&) const = default;
};

struct PanelPlan {
  std::size_t boards = 0;
  std::vector<SawnPanel> panels;          ///< by board, in the order in which they are cut
  std::vector<std::vector<SawCut>> cuts;  ///< of each board, in order
  std::vector<std::size_t> unplaced;      ///< larger than a board
  double used = 0;                        ///< share of the boards' area
};

/// Boards are ripped into strips, strips cross-cut into pieces, and pieces ripped and cut to size where they are
/// narrower than their strip. The same input gives the same plan. Errors: usage (kerf, trim or board), cancelled.
Result<PanelPlan> plan_panels(const std::vector<Panel>& panels, const SawOptions& options, std::stop_token stop = {});

}  // namespace fitwright
