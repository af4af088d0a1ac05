// All flat parts of a scene laid out side by side, as the formats that draw them need it.
#pragma once

#include "export/flat_options.hpp"
#include "export/scene.hpp"

namespace fitwright {

/// What a line tells the machine to do.
enum class Meaning {
  cut_outside,
  cut_inside,
  pocket,
  drill,
  engrave,
  edge_drill,  ///< the hole as seen from above, to be drilled by hand or on another machine
};

struct DrawnContour {
  Contour2D contour;
  Meaning meaning;
  double depth = 0;  ///< mm from the face of its side; pockets, blind holes and engravings
  SheetSide side = SheetSide::top;
  double diameter = 0;  ///< mm; drillings, those in edges too
  bool island = false;  ///< of the contour before it
  bool open = false;    ///< a path between two holding tabs: its end is not its beginning
};

/// One copy of a part where it lies in the drawing.
struct DrawnPart {
  std::string label;  ///< as in file names and cut lists
  std::string material;
  double thickness = 0;
  Grain grain = Grain::none;
  std::vector<DrawnContour> contours;
  Bounds2D box;
};

/// The grain that a layout is to keep for a part.
Grain kept_grain(const DrawnPart& part, GrainRule rule);

/// What one drawing shows: parts side by side, or a whole sheet with what is cut from it.
struct DrawnSheet {
  std::vector<DrawnPart> parts;  ///< never empty
  Vec2 size;                     ///< mm; of the sheet, else the parts' extent from the origin
};

inline constexpr double largest_drilling = 13;  ///< mm: a round opening larger than a usual chuck takes is cut

/// Every copy of every flat part, `layout_gap` apart, in x, y >= 0. With a kerf the paths of all that goes through keep
/// half of it from the part, and round openings are cut, not drilled, as with a colour profile; pockets and blind holes
/// stay as they are. Holding tabs interrupt the outlines.
/// Errors: usage (options), geometry (no flat part; what is meant to be flat and is not; no room for kerf or relief).
Result<DrawnSheet> draw(const Scene& scene, const FlatOptions& options);

/// The same, every part where its own outline has it, and which part of the scene each one is a copy of.
struct DrawnCopies {
  std::vector<DrawnPart> parts;
  std::vector<std::size_t> of;
};
Result<DrawnCopies> draw_copies(const Scene& scene, const FlatOptions& options);

}  // namespace fitwright
