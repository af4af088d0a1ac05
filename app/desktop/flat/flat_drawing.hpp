// Flat parts on paper: outlines in a colour for each meaning, sizes beside them, and what the colours stand for.
#pragma once

#include <string>
#include <vector>

#include "app/desktop/flat/flat_shapes.hpp"
#include "app/desktop/gui.hpp"

namespace fitwright::desktop {

/// From the drawing (mm, y upwards) to the window.
struct Paper {
  Area area;         ///< of the window
  Vec2 centre;       ///< of the drawing, in the middle of the area
  double scale = 1;  ///< pixels of a millimetre

  ImVec2 to_screen(Vec2 p) const;
  Vec2 to_drawing(ImVec2 screen) const;
};

ImVec4 colour_of(const Gui& gui, Meaning meaning);

/// The part with its lower left corner at `corner`; `tint` is the colour it has in the picture of the model.
void draw_flat_part(const Gui& gui, const Paper& paper, const FlatPart& part, Vec2 corner, const ImVec4& tint);
/// Depths written into the pockets that have room for them.
void draw_depths(Gui& gui, const Paper& paper, const FlatPart& part, Vec2 corner, bool inches);
/// Width and height beside it.
void draw_sizes(Gui& gui, const Paper& paper, const FlatPart& part, Vec2 corner, bool inches);

/// What a shape is, in words: "Pocket, 6 mm deep, 300 x 18 mm".
std::string shape_text(const FlatShape& shape, bool inches);
/// The shape that a place of the part is in, or so near that a hand cannot aim better; null: none. The smallest wins.
const FlatShape* shape_at(const FlatPart& part, Vec2 at, double near);

/// One line of the legend.
struct LegendRow {
  Meaning meaning;
  std::string text;
};
std::vector<LegendRow> legend_of(const std::vector<const FlatPart*>& parts, bool inches);
/// As high as the lines need that they take in a width.
float legend_height(const Gui& gui, const std::vector<LegendRow>& rows, float width);
void draw_legend(Gui& gui, const std::vector<LegendRow>& rows, float width);

}  // namespace fitwright::desktop
