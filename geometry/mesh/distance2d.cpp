#include "geometry/mesh/distance2d.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace fitwright {

namespace {

constexpr double pi = std::numbers::pi;

Vec2 rotated(Vec2 v, double degrees) {
  const Placement turn = Placement::rotation({0, 0, 1}, degrees);
  const Vec3 to = turn.apply_direction({v.x, v.y, 0});
  return {to.x, to.y};
}

/// The direction from the arc's centre meets the arc.
bool covers(const Piece2D& arc, Vec2 direction) {
  const Vec2 r = arc.from - arc.centre;
  double angle = std::atan2(cross(r, direction), dot(r, direction));
  if (arc.sweep < 0) angle = -angle;
  if (angle < 0) angle += 2 * pi;
  return angle <= std::abs(arc.sweep);
}

double to_line(const Piece2D& line, Vec2 p) {
  const Vec2 along = line.to - line.from;
  const double l2 = dot(along, along);
  const double share = l2 > 0 ? std::clamp(dot(p - line.from, along) / l2, 0.0, 1.0) : 0;
  return length(p - (line.from + along * share));
}

double to_piece(const Piece2D& piece, Vec2 p) {
  if (!piece.is_arc()) return to_line(piece, p);
  const Vec2 out = p - piece.centre;
  const double ends = std::min(length(p - piece.from), length(p - piece.to));
  return length(out) == 0 || covers(piece, out) ? std::min(ends, std::abs(length(out) - piece.radius())) : ends;
}

double from_ends(const Piece2D& a, const Piece2D& b) {
  return std::min({to_piece(a, b.from), to_piece(a, b.to), to_piece(b, a.from), to_piece(b, a.to)});
}

bool lines_cross(const Piece2D& a, const Piece2D& b) {
  const Vec2 u = a.to - a.from, v = b.to - b.from;
  const double sine = cross(u, v);
  if (sine == 0) return false;
  const double s = cross(b.from - a.from, v) / sine, t = cross(b.from - a.from, u) / sine;
  return s >= 0 && s <= 1 && t >= 0 && t <= 1;
}

double line_to_arc(const Piece2D& line, const Piece2D& arc) {
  const Vec2 along = line.to - line.from;
  const double l2 = dot(along, along);
  if (l2 == 0) return to_piece(arc, line.from);
  const double at = dot(arc.centre - line.from, along) / l2;
  const Vec2 foot = line.from + along * at;
  const double off = length(foot - arc.centre), r = arc.radius();
  const auto on_line = [](double share) { return share >= 0 && share <= 1; };
  double best = from_ends(line, arc);
  if (off <= r) {  // the whole line meets the circle
    const double half = std::sqrt(std::max(0.0, r * r - off * off) / l2);
    for (const double share : {at - half, at + half})
      if (on_line(share) && covers(arc, line.from + along * share - arc.centre)) return 0;
  }
  // Nearest, or for an arc's inside farthest from the centre, on the perpendicular through the centre.
  if (on_line(at)) {
    const Vec2 normal{-along.y, along.x};
    for (const Vec2 way : {normal, normal * -1})
      if (covers(arc, way)) best = std::min(best, to_line(line, arc.centre + way * (r / std::sqrt(l2))));
  }
  return best;
}

double arc_to_arc(const Piece2D& a, const Piece2D& b) {
  const Vec2 apart = b.centre - a.centre;
  const double d = length(apart), ra = a.radius(), rb = b.radius();
  double best = from_ends(a, b);
  if (d == 0) return covers(a, b.from - a.centre) ? std::min(best, std::abs(ra - rb)) : best;
  if (d <= ra + rb && d >= std::abs(ra - rb)) {  // the circles meet
    const double along = (d * d + ra * ra - rb * rb) / (2 * d),
                 half = std::sqrt(std::max(0.0, ra * ra - along * along));
    const Vec2 u = apart * (1 / d), normal{-u.y, u.x};
    for (const double side : {half, -half}) {
      const Vec2 p = a.centre + u * along + normal * side;
      if (covers(a, p - a.centre) && covers(b, p - b.centre)) return 0;
    }
  }
  // On the line through both centres.
  for (const Vec2 way : {apart, apart * -1})
    if (covers(a, way)) best = std::min(best, to_piece(b, a.centre + way * (ra / d)));
  return best;
}

double gap(const Bounds2D& a, const Bounds2D& b) {
  const double x = std::max({a.min.x - b.max.x, b.min.x - a.max.x, 0.0});
  const double y = std::max({a.min.y - b.max.y, b.min.y - a.max.y, 0.0});
  return std::hypot(x, y);
}

/// How far the direction from `p` turns along the piece.
double turn_about(const Piece2D& piece, Vec2 p) {
  const Vec2 a = piece.from - p, b = piece.to - p;
  const double chord = std::atan2(cross(a, b), dot(a, b));
  if (!piece.is_arc()) return chord;
  // Between chord and arc the arc passes on the other side; on the chord it does not matter which way that is told.
  // Pieces here sweep at most half a turn.
  const bool in_circle = length(p - piece.centre) < piece.radius();
  const bool beyond_chord = cross(piece.to - piece.from, p - piece.from) * piece.sweep <= 0;
  return in_circle && beyond_chord && chord * piece.sweep < 0 ? chord + std::copysign(2 * pi, piece.sweep) : chord;
}

}  // namespace

double distance(const Piece2D& a, const Piece2D& b) {
  if (a.is_arc() && b.is_arc()) return arc_to_arc(a, b);
  if (a.is_arc()) return line_to_arc(b, a);
  if (b.is_arc()) return line_to_arc(a, b);
  return lines_cross(a, b) ? 0 : from_ends(a, b);
}

double distance(const Contour2D& a, const Contour2D& b, double enough) {
  double best = enough;
  std::vector<Bounds2D> boxes;
  for (const Piece2D& piece : b) boxes.push_back(bounds(Contour2D{piece}));
  const Bounds2D all = bounds(b);
  for (const Piece2D& piece : a) {
    const Bounds2D box = bounds(Contour2D{piece});
    if (gap(box, all) >= best) continue;
    for (std::size_t i = 0; i < b.size(); ++i)
      if (gap(box, boxes[i]) < best) best = std::min(best, distance(piece, b[i]));
  }
  return best;
}

bool inside(const Contour2D& contour, Vec2 p) {
  double turns = 0;
  for (const Piece2D& piece : contour) {
    const int parts = static_cast<int>(std::ceil(std::abs(piece.sweep) / pi));
    for (int i = 0; i < std::max(1, parts); ++i) {
      if (parts < 2) {
        turns += turn_about(piece, p);
        continue;
      }
      turns += turn_about(
          {piece.at(double(i) / parts), piece.at(double(i + 1) / parts), piece.centre, piece.sweep / parts}, p);
    }
  }
  return std::abs(turns) > pi;
}

Piece2D turned(const Piece2D& piece, double degrees) {
  return {rotated(piece.from, degrees), rotated(piece.to, degrees), rotated(piece.centre, degrees), piece.sweep,
          piece.open};
}

Contour2D turned(const Contour2D& contour, double degrees) {
  Contour2D out;
  for (const Piece2D& piece : contour) out.push_back(turned(piece, degrees));
  return out;
}

Contour2D moved(const Contour2D& contour, Vec2 by) {
  Contour2D out = contour;
  for (Piece2D& piece : out) piece.from = piece.from + by, piece.to = piece.to + by, piece.centre = piece.centre + by;
  return out;
}

}  // namespace fitwright
