#include "export/make/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "export/file_names.hpp"
#include "export/layout.hpp"
#include "export/make/holding_tabs.hpp"
#include "export/make/offset.hpp"
#include "export/make/relief.hpp"
#include "geometry/mesh/distance2d.hpp"

namespace fitwright {

namespace {

Result<void> check_options(const FlatOptions& options) {
  if (!std::isfinite(options.kerf) || options.kerf < 0 || options.kerf > 20)
    return fail(ErrorKind::usage, "a kerf is between 0 and 20 mm");
  if (!std::isfinite(options.tabs) || options.tabs < 0 || options.tabs > 50)
    return fail(ErrorKind::usage, "holding tabs are between 0 and 50 mm wide");
  if (options.relief != Relief::none && !(options.bit > 0 && options.bit <= 50))
    return fail(ErrorKind::usage, "a relief needs the diameter of the bit, up to 50 mm", "add --bit 6");
  return {};
}

/// Draws the contours of one part.
class Draughtsman {
 public:
  Draughtsman(const Outline2D& outline, const FlatOptions& options, std::function<bool(Vec2)> needs_room)
      : outline_(outline), options_(options), needs_room_(std::move(needs_room)) {}

  Result<std::vector<DrawnContour>> draw() {
    // Inside first: a part that is cut free may move.
    for (const Pocket2D& pocket : outline_.pockets) FW_CHECK(add(pocket));
    for (const Drilling2D& hole : outline_.drillings) FW_CHECK(add(hole));
    for (const EdgeDrilling2D& hole : outline_.edge_drillings) add(hole);
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
      FW_TRY(const Contour2D with_relief, relieved(reversed(contour), relief, options_.bit, needs_room_));
      drawn_.push_back({reversed(with_relief), meaning, pocket.depth, pocket.side, 0, island});
      return {};
    };
    FW_CHECK(add_one(pocket.outer, false));
    for (const Contour2D& island : pocket.islands) FW_CHECK(add_one(island, true));
    return {};
  }

  Result<void> add(const Drilling2D& hole) {
    const Contour2D circle{circle2d(hole.centre, hole.diameter / 2, true)};
    // A machine with a beam knows no drill, and a profile is for those.
    const bool beam = options_.kerf > 0 || !options_.profile.empty();
    if (hole.through && (beam || hole.diameter > largest_drilling)) return add_cut(circle, Meaning::cut_inside);
    drawn_.push_back({circle, Meaning::drill, hole.through ? 0 : hole.depth, hole.side, hole.diameter});
    return {};
  }

  void add(const EdgeDrilling2D& hole) {
    const Vec2 side = Vec2{-hole.into.y, hole.into.x} * (hole.diameter / 2), end = hole.mouth + hole.into * hole.depth;
    const std::array corners{hole.mouth - side, end - side, end + side, hole.mouth + side};
    DrawnContour drawn{{}, Meaning::edge_drill, hole.depth, SheetSide::top, hole.diameter};
    for (std::size_t i = 0; i < 4; ++i) drawn.contour.push_back(line2d(corners[i], corners[(i + 1) % 4]));
    drawn_.push_back(std::move(drawn));
  }

  Result<void> add_cut(const Contour2D& contour, Meaning meaning) {
    FW_TRY(Contour2D cut, relieved(contour, options_.relief, options_.bit, needs_room_));
    if (options_.kerf > 0) {
      FW_TRY(cut, offset_from_material(cut, options_.kerf / 2));
    }
    if (options_.tabs > 0 && meaning == Meaning::cut_outside) {
      // The cut rounds off both ends of a gap by half the kerf.
      FW_TRY(std::vector<Contour2D> paths, interrupted(cut, options_.tabs + options_.kerf));
      for (Contour2D& path : paths) drawn_.push_back({std::move(path), meaning, 0, SheetSide::top, 0, false, true});
    } else {
      drawn_.push_back({std::move(cut), meaning});
    }
    return {};
  }

  const Outline2D& outline_;
  const FlatOptions& options_;
  std::function<bool(Vec2)> needs_room_;
  std::vector<DrawnContour> drawn_;
};

/// Which corners get a relief; empty: all.
std::function<bool(Vec2)> needs_room(const ScenePart& part, bool mirror) {
  if (!part.met_corners) return {};
  return [corners = *part.met_corners, mirror](Vec2 at) {
    if (mirror) at.x = -at.x;
    return std::any_of(corners.begin(), corners.end(), [&](Vec2 one) { return length(one - at) < 1e-6; });
  };
}

DrawnPart moved(DrawnPart part, Vec2 by) {
  for (DrawnContour& one : part.contours) one.contour = moved(one.contour, by);
  part.box.min = part.box.min + by;
  part.box.max = part.box.max + by;
  return part;
}

Result<DrawnPart> draw_part(const ScenePart& part, const std::string& label, const FlatOptions& options, bool mirror) {
  if (!*part.flat) return fail(part.flat->error());
  const Outline2D outline = mirror ? mirrored(**part.flat) : **part.flat;
  DrawnPart drawn{label, part.material, outline.thickness, part.grain, {}, {}};
  auto contours = Draughtsman(outline, options, needs_room(part, mirror)).draw();
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

Grain kept_grain(const DrawnPart& part, GrainRule rule) {
  if (rule == GrainRule::part) return part.grain;
  return rule == GrainRule::any ? Grain::none : Grain::length;
}

Result<DrawnCopies> draw_copies(const Scene& scene, const FlatOptions& options) {
  FW_CHECK(check_options(options));
  std::vector<std::string> names;
  for (const ScenePart& part : scene.parts) names.push_back(part.name);
  const std::vector<std::string> labels = part_labels(names);
  DrawnCopies drawn;
  for (std::size_t i = 0; i < scene.parts.size(); ++i) {
    if (!scene.parts[i].flat) continue;
    for (const Placement& copy : scene.parts[i].assembled) {
      FW_TRY(DrawnPart part, draw_part(scene.parts[i], labels[i], options, copy.mirrors()));
      drawn.parts.push_back(std::move(part));
      drawn.of.push_back(i);
    }
  }
  if (drawn.parts.empty())
    return fail(ErrorKind::geometry, "no part is cut from sheet, so there is no outline to draw",
                "a template says which parts are, by `sheet = \"+z\"`");
  return drawn;
}

Result<DrawnSheet> draw(const Scene& scene, const FlatOptions& options) {
  FW_TRY(DrawnCopies copies, draw_copies(scene, options));
  std::vector<DrawnPart> drawn = std::move(copies.parts);
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
  Vec2 size;
  for (DrawnPart& part : drawn) {
    part = moved(part, rows.next(part.box.size()) - part.box.min);
    size = {std::max(size.x, part.box.max.x), std::max(size.y, part.box.max.y)};
  }
  return DrawnSheet{std::move(drawn), size};
}

}  // namespace fitwright
