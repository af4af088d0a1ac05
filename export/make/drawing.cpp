#include "export/make/drawing.hpp"

#include <algorithm>
#include <cmath>

#include "export/file_names.hpp"
#include "export/layout.hpp"
#include "export/make/offset.hpp"
#include "export/make/relief.hpp"

namespace fitwright {

namespace {

Result<void> check_options(const FlatOptions& options) {
  if (!std::isfinite(options.kerf) || options.kerf < 0 || options.kerf > 20)
    return fail(ErrorKind::usage, "a kerf is between 0 and 20 mm");
  if (options.relief != Relief::none && !(options.bit > 0 && options.bit <= 50))
    return fail(ErrorKind::usage, "a relief needs the diameter of the bit, up to 50 mm", "add --bit 6");
  return {};
}

/// Draws the contours of one part.
class Draughtsman {
 public:
  Draughtsman(const Outline2D& outline, const FlatOptions& options) : outline_(outline), options_(options) {}

  Result<std::vector<DrawnContour>> draw() {
    // Inside first: a part that is cut free may move.
    for (const Pocket2D& pocket : outline_.pockets) FW_CHECK(add(pocket));
    for (const Drilling2D& hole : outline_.drillings) FW_CHECK(add(hole));
    for (const Contour2D& inner : outline_.inner) FW_CHECK(add_cut(inner, Meaning::cut_inside));
    FW_CHECK(add_cut(outline_.outer, Meaning::cut_outside));
    return std::move(drawn_);
  }

 private:
  Result<void> add(const Pocket2D& pocket) {
    const Meaning meaning = pocket.engraved ? Meaning::engrave : Meaning::pocket;
    // A pocket's material lies outside of it.
    const Relief relief = pocket.engraved ? Relief::none : options_.relief;
    const auto add_one = [&](const Contour2D& contour, bool island) -> Result<void> {
      FW_TRY(const Contour2D with_relief, relieved(reversed(contour), relief, options_.bit));
      drawn_.push_back({reversed(with_relief), meaning, pocket.depth, pocket.side, 0, island});
      return {};
    };
    FW_CHECK(add_one(pocket.outer, false));
    for (const Contour2D& island : pocket.islands) FW_CHECK(add_one(island, true));
    return {};
  }

  Result<void> add(const Drilling2D& hole) {
    const Contour2D circle{circle2d(hole.centre, hole.diameter / 2, true)};
    if (hole.through && (options_.kerf > 0 || hole.diameter > largest_drilling))
      return add_cut(circle, Meaning::cut_inside);
    drawn_.push_back({circle, Meaning::drill, hole.through ? 0 : hole.depth, hole.side, hole.diameter});
    return {};
  }

  Result<void> add_cut(const Contour2D& contour, Meaning meaning) {
    FW_TRY(Contour2D cut, relieved(contour, options_.relief, options_.bit));
    if (options_.kerf > 0) {
      FW_TRY(cut, offset_from_material(cut, options_.kerf / 2));
    }
    drawn_.push_back({std::move(cut), meaning});
    return {};
  }

  const Outline2D& outline_;
  const FlatOptions& options_;
  std::vector<DrawnContour> drawn_;
};

DrawnPart moved(DrawnPart part, Vec2 by) {
  for (DrawnContour& one : part.contours)
    for (Piece2D& piece : one.contour)
      piece.from = piece.from + by, piece.to = piece.to + by, piece.centre = piece.centre + by;
  part.box.min = part.box.min + by;
  part.box.max = part.box.max + by;
  return part;
}

Result<DrawnPart> draw_part(const ScenePart& part, const std::string& label, const FlatOptions& options, bool mirror) {
  if (!*part.flat) return fail(part.flat->error());
  const Outline2D outline = mirror ? mirrored(**part.flat) : **part.flat;
  DrawnPart drawn{label, part.material, outline.thickness, {}, {}};
  auto contours = Draughtsman(outline, options).draw();
  if (!contours) {
    Error error = std::move(contours).error();
    error.part = part.name;
    return fail(std::move(error));
  }
  drawn.contours = std::move(*contours);
  for (const DrawnContour& one : drawn.contours) {
    const Bounds2D box = bounds(one.contour);
    drawn.box.add(box.min);
    drawn.box.add(box.max);
  }
  return drawn;
}

}  // namespace

Result<std::vector<DrawnPart>> draw(const Scene& scene, const FlatOptions& options) {
  FW_CHECK(check_options(options));
  std::vector<std::string> names;
  for (const ScenePart& part : scene.parts) names.push_back(part.name);
  const std::vector<std::string> labels = part_labels(names);
  std::vector<DrawnPart> drawn;
  for (std::size_t i = 0; i < scene.parts.size(); ++i) {
    if (!scene.parts[i].flat) continue;
    for (const Placement& copy : scene.parts[i].assembled) {
      FW_TRY(DrawnPart part, draw_part(scene.parts[i], labels[i], options, copy.mirrors()));
      drawn.push_back(std::move(part));
    }
  }
  if (drawn.empty())
    return fail(ErrorKind::geometry, "no part is cut from sheet, so there is no outline to draw",
                "a template says which parts are, by `sheet = \"+z\"`");
  // Sheets of one thickness and material lie together.
  std::stable_sort(drawn.begin(), drawn.end(), [](const DrawnPart& a, const DrawnPart& b) {
    return std::pair(-a.thickness, a.material) < std::pair(-b.thickness, b.material);
  });
  double footprint = 0, widest = 0;
  for (const DrawnPart& part : drawn) {
    const Vec2 size = part.box.size();
    footprint += (size.x + layout_gap) * (size.y + layout_gap);
    widest = std::max(widest, size.x);
  }
  Rows rows(std::max(widest, std::sqrt(footprint)));
  for (DrawnPart& part : drawn) part = moved(part, rows.next(part.box.size()) - part.box.min);
  return drawn;
}

Bounds2D bounds(const std::vector<DrawnPart>& parts) {
  Bounds2D box;
  for (const DrawnPart& part : parts) {
    box.add(part.box.min);
    box.add(part.box.max);
  }
  return box;
}

}  // namespace fitwright
