// Flat parts laid on sheets of their material and thickness, and parts as printed laid on print beds.
#pragma once

#include <stop_token>

#include "export/make/drawing.hpp"
#include "export/make/nest.hpp"

namespace fitwright {

/// One sheet, or one bed, with what lies on it. Plain data, for pictures and lists.
struct LaidSheet {
  std::string name;                 ///< as in file names: "birch_plywood-18mm-1", "plate-2"
  std::string material;             ///< id; empty: not known, or a bed
  double thickness = 0;             ///< mm; 0: a bed
  Vec2 size;                        ///< mm
  std::string source;               ///< where the size comes from; empty: asked for
  double used = 0;                  ///< share of its area that is parts, openings not counted
  double end = 0;                   ///< mm along x up to which it is taken
  std::vector<std::string> labels;  ///< of the parts on it, in the order of `outlines`
  std::vector<Contour2D> outlines;  ///< as they lie on it
  bool operator==(const LaidSheet&) const = default;
};

struct SheetDrawing {
  LaidSheet sheet;
  DrawnSheet drawing;
};

/// All flat parts of the scene on as few sheets as were found. Of several sizes sold, the one that takes the least
/// area is chosen for each material and thickness. With a kerf the paths keep the spacing, not the parts.
/// Errors: as draw(); usage (no size is known, or the options leave no room); geometry naming what fits on no sheet;
/// cancelled.
Result<std::vector<SheetDrawing>> lay_on_sheets(const Scene& scene, const FlatOptions& options,
                                                std::stop_token stop = {}, const NestProgress& progress = {});

struct Plate {
  LaidSheet sheet;
  Scene scene;  ///< the parts with copies on it
  ScenePlacements placements;
};

/// All parts in their made pose on as few beds as were found, by the convex hulls of their shadows.
/// Errors: usage (no bed is known), geometry naming what is too large or too high; cancelled.
Result<std::vector<Plate>> lay_on_plates(const Scene& scene, const StockOptions& options, std::stop_token stop = {},
                                         const NestProgress& progress = {});

/// A picture of a sheet as SVG, real size in its units, labels on the parts.
std::string sheet_picture(const LaidSheet& sheet);

}  // namespace fitwright
