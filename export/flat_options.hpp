// How flat parts are drawn for whoever cuts them: asked for with an export, never part of the model.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geometry/core/math.hpp"

namespace fitwright {

/// What is done to a sharp inside corner, which a round bit cannot reach.
enum class Relief {
  none,
  dogbone,  ///< a circle of the bit's size through the corner, its centre on the corner's bisector
  tbone,    ///< the same with its centre on the shorter edge, so that the longer one stays whole
};

/// Which way parts lie in the grain of their sheet, which runs along its longer side.
enum class GrainRule {
  part,       ///< as the template says of each part
  any,        ///< however they fit
  long_side,  ///< every part's longer side runs along it
};

/// The sheets, or the print bed, on which parts are laid together.
struct StockOptions {
  std::optional<Vec2> size;        ///< mm; none: as the material is sold, or the machine's bed
  std::optional<double> margin;    ///< mm kept free along the edges; none: the process's usual one
  std::optional<double> spacing;   ///< mm between parts; none: the process's usual one
  std::optional<double> saw_kerf;  ///< mm that a panel saw takes; none: the process's usual one
  GrainRule grain = GrainRule::part;
  std::uint64_t seed = 1;  ///< another one may find another layout
  bool operator==(const StockOptions&) const = default;
};

struct FlatOptions {
  double kerf = 0;               ///< mm, width of what the cut takes; 0: the drawing is the part itself
  bool own_kerf = false;         ///< `kerf` is to be that of the process or machine; whoever writes files looks it up
  Relief relief = Relief::none;  ///< at sharp inside corners between straight edges
  double bit = 0;                ///< mm, diameter of the bit; needed for a relief
  /// Where the product says which parts meet, `relief` and `bit` are to be what their inside corners need of the
  /// process or machine; whoever writes files looks it up.
  bool own_relief = false;
  std::string profile;  ///< id of a colour profile of assets/data/formats.toml; empty: none
  double tabs = 0;      ///< mm, width of the bridges that hold parts in the sheet; 0: none
  bool labels = false;  ///< the part's name written on it, on a layer of its own
  StockOptions stock;   ///< for layouts on sheets and beds
  bool operator==(const FlatOptions&) const = default;
};

/// Which colour means what to one service's machine.
struct ColourProfile {
  std::string id;
  std::string cut, cut_inside;  ///< "#rrggbb", of lines
  std::string engrave;          ///< "#rrggbb", fills what is engraved
  double stroke = 0;            ///< mm, width of a line
};

}  // namespace fitwright
