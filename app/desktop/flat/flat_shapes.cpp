#include "app/desktop/flat/flat_shapes.hpp"

#include <algorithm>
#include <cmath>

namespace fitwright::desktop {
namespace {

constexpr double chord_error = 0.02;  // mm between an arc and the line that is drawn for it
constexpr double most_turn = 0.09;    // radians of a line's share of an arc

Loop polyline(const Contour2D& contour) {
  Loop loop;
  for (const Piece2D& piece : contour) {
    int steps = 1;
    if (piece.is_arc()) {
      const double r = piece.radius();
      const double turn = r > chord_error ? 2 * std::acos(1 - chord_error / r) : most_turn;
      steps = std::max(1, static_cast<int>(std::ceil(std::abs(piece.sweep) / std::min(most_turn, turn))));
    }
    for (int i = 0; i < steps; ++i) loop.push_back(piece.at(static_cast<double>(i) / steps));
  }
  return loop;
}

/// A side of an area, from below upwards.
struct Side {
  Vec2 low, high;
  double at(double y) const { return low.x + (high.x - low.x) * (y - low.y) / (high.y - low.y); }
};

std::vector<Side> sides_of(const std::vector<Loop>& loops) {
  std::vector<Side> sides;
  for (const Loop& loop : loops)
    for (std::size_t i = 0; i < loop.size(); ++i) {
      const Vec2 a = loop[i], b = loop[(i + 1) % loop.size()];
      if (a.y != b.y) sides.push_back(a.y < b.y ? Side{a, b} : Side{b, a});
    }
  return sides;
}

Bounds2D bounds_of(const Loop& loop) {
  Bounds2D box;
  for (const Vec2& p : loop) box.add(p);
  return box;
}

FlatShape shape(Meaning meaning, std::vector<Loop> loops) {
  FlatShape made;
  made.meaning = meaning;
  made.loops = std::move(loops);
  made.box = bounds_of(made.loops.front());
  return made;
}

FlatShape shape_of(const Pocket2D& pocket) {
  std::vector<Loop> loops{polyline(pocket.outer)};
  for (const Contour2D& island : pocket.islands) loops.push_back(polyline(island));
  FlatShape made = shape(pocket.engraved ? Meaning::engrave : Meaning::pocket, std::move(loops));
  made.depth = pocket.depth;
  made.side = pocket.side;
  made.fill = filled(made.loops);
  return made;
}

// As files for a router have it: what no drill is for is cut.
FlatShape shape_of(const Drilling2D& hole) {
  const bool cut = hole.through && hole.diameter > largest_drilling;
  FlatShape made =
      shape(cut ? Meaning::cut_inside : Meaning::drill, {polyline({circle2d(hole.centre, hole.diameter / 2)})});
  made.depth = hole.through ? 0 : hole.depth;
  made.diameter = hole.diameter;
  made.side = hole.side;
  return made;
}

FlatShape shape_of(const EdgeDrilling2D& hole) {
  const Vec2 aside = Vec2{-hole.into.y, hole.into.x} * (hole.diameter / 2), end = hole.mouth + hole.into * hole.depth;
  FlatShape made = shape(Meaning::edge_drill, {{hole.mouth - aside, end - aside, end + aside, hole.mouth + aside}});
  made.depth = hole.depth;
  made.diameter = hole.diameter;
  return made;
}

}  // namespace

std::vector<Band> filled(const std::vector<Loop>& loops) {
  std::vector<Side> sides = sides_of(loops);
  std::sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) { return a.low.y < b.low.y; });
  std::vector<double> levels;
  for (const Side& side : sides) levels.push_back(side.low.y), levels.push_back(side.high.y);
  std::sort(levels.begin(), levels.end());
  // Levels that differ by rounding alone are one.
  levels.erase(std::unique(levels.begin(), levels.end(), [](double a, double b) { return b - a < 1e-7; }),
               levels.end());
  std::vector<Band> bands;
  std::vector<const Side*> across;
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    const double low = levels[i], high = levels[i + 1], middle = (low + high) / 2;
    for (; next < sides.size() && sides[next].low.y < middle; ++next) across.push_back(&sides[next]);
    std::erase_if(across, [&](const Side* side) { return side->high.y < middle; });
    std::sort(across.begin(), across.end(),
              [&](const Side* a, const Side* b) { return a->at(middle) < b->at(middle); });
    for (std::size_t k = 0; k + 1 < across.size(); k += 2)
      bands.push_back(
          {low, high, across[k]->at(low), across[k + 1]->at(low), across[k]->at(high), across[k + 1]->at(high)});
  }
  return bands;
}

bool inside(const std::vector<Loop>& loops, Vec2 p) {
  bool odd = false;
  for (const Loop& loop : loops)
    for (std::size_t i = 0; i < loop.size(); ++i) {
      const Vec2 a = loop[i], b = loop[(i + 1) % loop.size()];
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) odd = !odd;
    }
  return odd;
}

FlatPart flat_part(const Outline2D& outline) {
  const Bounds2D box = bounds(outline.outer);
  const Outline2D at_origin = moved(outline, box.min * -1);
  FlatPart part;
  part.thickness = outline.thickness;
  part.size = box.size();
  std::vector<Loop> face{polyline(at_origin.outer)};
  for (const Pocket2D& pocket : at_origin.pockets) part.shapes.push_back(shape_of(pocket));
  for (const EdgeDrilling2D& hole : at_origin.edge_drillings) part.shapes.push_back(shape_of(hole));
  for (const Drilling2D& hole : at_origin.drillings) {
    part.shapes.push_back(shape_of(hole));
    if (hole.through) face.push_back(part.shapes.back().loops.front());
  }
  for (const Contour2D& inner : at_origin.inner) {
    part.shapes.push_back(shape(Meaning::cut_inside, {polyline(inner)}));
    face.push_back(part.shapes.back().loops.front());
  }
  part.shapes.push_back(shape(Meaning::cut_outside, {face.front()}));
  part.face = filled(face);
  return part;
}

FlatLayout lay_out(const std::vector<Vec2>& sizes, double width, double least, double below, double gap) {
  FlatLayout layout;
  double x = 0, top = 0, row = 0;
  for (const Vec2& size : sizes) {
    const double wide = std::max(size.x, least);
    if (x > 0 && x + wide > width) {
      top -= row + gap;
      x = row = 0;
    }
    layout.corners.push_back({x, top - size.y});
    layout.widths.push_back(wide);
    x += wide;
    layout.size.x = std::max(layout.size.x, x);
    x += gap;
    row = std::max(row, size.y + below);
  }
  layout.size.y = row - top;
  for (Vec2& corner : layout.corners) corner.y += layout.size.y;  // the lowest words end at 0
  return layout;
}

}  // namespace fitwright::desktop
