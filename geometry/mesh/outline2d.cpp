#include "geometry/mesh/outline2d.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fitwright {

namespace {

constexpr double whole_turn = 2 * std::numbers::pi;
constexpr double same = 1e-7;  // mm: places and radii nearer than this are one

Vec2 turned(Vec2 v, double angle) {
  const double c = std::cos(angle), s = std::sin(angle);
  return {c * v.x - s * v.y, s * v.x + c * v.y};
}

Vec2 unit(Vec2 v) {
  const double l = length(v);
  return l > 0 ? v * (1 / l) : Vec2{};
}

// At right angles to a radius, in the direction of travel.
Vec2 tangent(const Piece2D& arc, Vec2 at) {
  const Vec2 r = unit(at - arc.centre);
  return arc.sweep > 0 ? Vec2{-r.y, r.x} : Vec2{r.y, -r.x};
}

bool goes_on(const Piece2D& a, const Piece2D& b) {
  if (a.open != b.open || a.is_arc() != b.is_arc()) return false;
  if (!a.is_arc()) {
    const Vec2 u = a.to - a.from, v = b.to - b.from;
    return dot(u, v) > 0 && std::abs(cross(u, v)) <= same * std::min(length(u), length(v));
  }
  return (a.sweep > 0) == (b.sweep > 0) && length(a.centre - b.centre) < same &&
         std::abs(a.radius() - b.radius()) < same && std::abs(a.sweep + b.sweep) < whole_turn + same;
}

Piece2D together(const Piece2D& a, const Piece2D& b) {
  Piece2D whole = a;
  whole.to = b.to;
  whole.sweep = a.sweep + b.sweep;
  if (whole.is_arc() && whole_turn - std::abs(whole.sweep) < same) {
    whole.sweep = std::copysign(whole_turn, whole.sweep);
    whole.to = whole.from;
  }
  return whole;
}

template <class Move>
Contour2D each_place(Contour2D contour, const Move& move) {
  for (Piece2D& piece : contour)
    piece.from = move(piece.from), piece.to = move(piece.to), piece.centre = move(piece.centre);
  return contour;
}

template <class Change>
Outline2D each_contour(Outline2D outline, const Change& change) {
  outline.outer = change(outline.outer);
  for (Contour2D& inner : outline.inner) inner = change(inner);
  for (Pocket2D& pocket : outline.pockets) {
    pocket.outer = change(pocket.outer);
    for (Contour2D& island : pocket.islands) island = change(island);
  }
  return outline;
}

}  // namespace

double Piece2D::length() const { return is_arc() ? radius() * std::abs(sweep) : fitwright::length(to - from); }

Vec2 Piece2D::at(double share) const {
  return is_arc() ? centre + turned(from - centre, sweep * share) : from + (to - from) * share;
}

Vec2 Piece2D::direction_in() const { return is_arc() ? tangent(*this, from) : unit(to - from); }
Vec2 Piece2D::direction_out() const { return is_arc() ? tangent(*this, to) : unit(to - from); }
Piece2D Piece2D::reversed() const { return {to, from, centre, is_arc() ? -sweep : 0, open}; }

Piece2D line2d(Vec2 from, Vec2 to) { return {from, to, {}, 0}; }
Piece2D arc2d(Vec2 from, Vec2 to, Vec2 centre, double sweep) { return {from, to, centre, sweep}; }
Piece2D circle2d(Vec2 centre, double radius, bool clockwise) {
  const Vec2 start = centre + Vec2{radius, 0};
  return {start, start, centre, clockwise ? -whole_turn : whole_turn};
}

double signed_area(const Contour2D& contour) {
  if (contour.empty()) return 0;
  // About a place of the contour, so that far from the origin no digits are lost.
  const Vec2 o = contour.front().from;
  double twice = 0;
  for (const Piece2D& p : contour) {
    twice += cross(p.from - o, p.to - o);
    if (p.is_arc()) twice += p.radius() * p.radius() * (p.sweep - std::sin(p.sweep));
  }
  return twice / 2;
}

double length(const Contour2D& contour) {
  double sum = 0;
  for (const Piece2D& piece : contour) sum += piece.length();
  return sum;
}

Contour2D reversed(const Contour2D& contour) {
  Contour2D back;
  for (auto it = contour.rbegin(); it != contour.rend(); ++it) back.push_back(it->reversed());
  return back;
}

Contour2D joined(const Contour2D& contour) {
  Contour2D out;
  for (const Piece2D& piece : contour) {
    if (!out.empty() && goes_on(out.back(), piece))
      out.back() = together(out.back(), piece);
    else
      out.push_back(piece);
  }
  while (out.size() > 1 && goes_on(out.back(), out.front())) {
    out.front() = together(out.back(), out.front());
    out.pop_back();
  }
  return out;
}

bool is_circle(const Contour2D& contour) {
  return contour.size() == 1 && std::abs(contour[0].sweep) > whole_turn - same;
}

double area(const Outline2D& outline) {
  double sum = signed_area(outline.outer);
  for (const Contour2D& inner : outline.inner) sum += signed_area(inner);
  for (const Drilling2D& hole : outline.drillings)
    if (hole.through) sum -= hole.diameter * hole.diameter * std::numbers::pi / 4;
  return sum;
}

double cut_length(const Outline2D& outline) {
  double sum = length(outline.outer);
  for (const Contour2D& inner : outline.inner) sum += length(inner);
  for (const Drilling2D& hole : outline.drillings)
    if (hole.through) sum += hole.diameter * std::numbers::pi;
  return sum;
}

void Bounds2D::add(Vec2 p) {
  min = {std::min(min.x, p.x), std::min(min.y, p.y)};
  max = {std::max(max.x, p.x), std::max(max.y, p.y)};
}

Bounds2D bounds(const Contour2D& contour) {
  Bounds2D box;
  for (const Piece2D& piece : contour) {
    box.add(piece.from);
    box.add(piece.to);
    if (!piece.is_arc()) continue;
    const double r = piece.radius();
    for (const Vec2 way : {Vec2{r, 0}, Vec2{0, r}, Vec2{-r, 0}, Vec2{0, -r}}) {
      // How far along the arc its outermost place that way lies.
      double angle = std::atan2(cross(piece.from - piece.centre, way), dot(piece.from - piece.centre, way));
      if (piece.sweep < 0) angle = -angle;
      if (angle < 0) angle += whole_turn;
      if (angle <= std::abs(piece.sweep)) box.add(piece.centre + way);
    }
  }
  return box;
}

Outline2D moved(const Outline2D& outline, Vec2 by) {
  Outline2D out = each_contour(
      outline, [by](const Contour2D& contour) { return each_place(contour, [by](Vec2 p) { return p + by; }); });
  for (Drilling2D& hole : out.drillings) hole.centre = hole.centre + by;
  for (EdgeDrilling2D& hole : out.edge_drillings) hole.mouth = hole.mouth + by;
  return out;
}

Outline2D mirrored(const Outline2D& outline) {
  Outline2D out = each_contour(outline, [](const Contour2D& contour) {
    Contour2D image = each_place(contour, [](Vec2 p) { return Vec2{-p.x, p.y}; });
    for (Piece2D& piece : image)
      if (piece.is_arc()) piece.sweep = -piece.sweep;
    return reversed(image);
  });
  for (Drilling2D& hole : out.drillings) hole.centre.x = -hole.centre.x;
  for (EdgeDrilling2D& hole : out.edge_drillings) {
    hole.mouth.x = -hole.mouth.x;
    hole.into.x = -hole.into.x;
  }
  return out;
}

}  // namespace fitwright
