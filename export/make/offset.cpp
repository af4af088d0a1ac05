#include "export/make/offset.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double near_zero = 1e-9;

tl::unexpected<Error> too_narrow(Vec2 at, double distance) {
  Error error = make_error(ErrorKind::geometry,
                           "the outline is too narrow at (" + number_text(at.x) + ", " + number_text(at.y) +
                               ") for a kerf of " + number_text(2 * distance) + " mm",
                           "take a smaller kerf, or make the opening or rounding there larger than the kerf");
  error.required = 2 * distance;
  error.unit = "mm";
  return fail(std::move(error));
}

Vec2 right_of(Vec2 direction) { return {direction.y, -direction.x}; }

/// Signed angle from one direction to another, in (-pi, pi].
double turn(Vec2 from, Vec2 to) { return std::atan2(cross(from, to), dot(from, to)); }

std::optional<Piece2D> beside(const Piece2D& piece, double distance) {
  Piece2D moved = piece;
  moved.from = piece.from + right_of(piece.direction_in()) * distance;
  moved.to = piece.to + right_of(piece.direction_out()) * distance;
  // A clockwise arc has its centre on the right.
  if (piece.sweep < 0 && piece.radius() - distance < near_zero) return std::nullopt;
  return moved;
}

// Where the whole lines or circles of two pieces meet.
std::vector<Vec2> meetings(const Piece2D& a, const Piece2D& b) {
  if (a.is_arc() && !b.is_arc()) return meetings(b, a);
  if (!b.is_arc()) {
    const Vec2 u = a.direction_in(), v = b.direction_in();
    const double sine = cross(u, v);
    if (std::abs(sine) < near_zero) return {};
    return {a.from + u * (cross(b.from - a.from, v) / sine)};
  }
  const double r = b.radius();
  if (!a.is_arc()) {
    const Vec2 u = a.direction_in();
    const Vec2 foot = a.from + u * dot(b.centre - a.from, u);
    const double half2 = r * r - dot(b.centre - foot, b.centre - foot);
    if (half2 < -near_zero) return {};
    const double half = std::sqrt(std::max(0.0, half2));
    return {foot - u * half, foot + u * half};
  }
  const Vec2 apart = b.centre - a.centre;
  const double d = length(apart), ra = a.radius();
  if (d < near_zero) return {};
  const double along = (d * d + ra * ra - r * r) / (2 * d), half2 = ra * ra - along * along;
  if (half2 < -near_zero) return {};
  const Vec2 u = apart * (1 / d), foot = a.centre + u * along;
  const double half = std::sqrt(std::max(0.0, half2));
  return {foot - right_of(u) * half, foot + right_of(u) * half};
}

std::optional<Vec2> meeting_near(const Piece2D& a, const Piece2D& b, Vec2 near) {
  const auto all = meetings(a, b);
  const auto best =
      std::min_element(all.begin(), all.end(), [&](Vec2 p, Vec2 q) { return length(p - near) < length(q - near); });
  return best == all.end() ? std::nullopt : std::optional(*best);
}

// Share of a piece at which a place of its line or circle lies; outside 0 to 1 where it lies off the piece.
double share_of(const Piece2D& piece, Vec2 p) {
  if (!piece.is_arc()) return dot(p - piece.from, piece.direction_in()) / piece.length();
  double angle = turn(piece.from - piece.centre, p - piece.centre);
  if (piece.sweep < 0) angle = -angle;
  const double whole = 2 * std::numbers::pi, sweep = std::abs(piece.sweep);
  // Beyond the end counts up to half of what is left of the circle, the other half lies before the beginning.
  if (angle < (sweep - whole) / 2) angle += whole;
  return angle / sweep;
}

bool shorten(Piece2D& piece, double first, double last) {
  if (last - first < near_zero) return false;
  const Vec2 from = piece.at(first), to = piece.at(last);
  piece.from = from;
  piece.to = to;
  piece.sweep *= last - first;
  return true;
}

/// A corner of the path: where the piece before it ends and the one behind it begins, and what joins them.
struct Corner {
  Vec2 end, begin;
  std::optional<Piece2D> join;
};

Result<Corner> corner_between(const Piece2D& a, const Piece2D& b, const Piece2D& path_a, const Piece2D& path_b,
                              double distance, Corners corners) {
  const Vec2 at = a.to;
  const double angle = turn(a.direction_out(), b.direction_in());
  if (std::abs(angle) < 1e-7) return Corner{path_a.to, path_a.to, {}};
  const bool lines = !a.is_arc() && !b.is_arc();
  const bool outside = angle > 0;
  if (outside && !(lines && corners == Corners::sharp && angle < std::numbers::pi / 2 + 1e-6))
    return Corner{path_a.to, path_b.from, arc2d(path_a.to, path_b.from, at, angle)};
  const auto meeting =
      meeting_near(path_a, path_b, at + (right_of(a.direction_out()) + right_of(b.direction_in())) * (distance / 2));
  if (!meeting) return too_narrow(at, distance);
  return Corner{*meeting, *meeting, {}};
}

bool cross_each_other(const Piece2D& a, const Piece2D& b) {
  const Bounds2D box_a = bounds({a}), box_b = bounds({b});
  if (box_a.max.x < box_b.min.x || box_b.max.x < box_a.min.x || box_a.max.y < box_b.min.y || box_b.max.y < box_a.min.y)
    return false;
  const auto within = [](const Piece2D& piece, Vec2 p) {
    const double share = share_of(piece, p);
    return share > -near_zero && share < 1 + near_zero;
  };
  for (const Vec2 p : meetings(a, b))
    if (within(a, p) && within(b, p)) return true;
  return false;
}

Result<void> check_simple(const Contour2D& path, double distance) {
  for (std::size_t i = 0; i < path.size(); ++i)
    for (std::size_t j = i + 2; j < path.size(); ++j)
      if ((i > 0 || j + 1 < path.size()) && cross_each_other(path[i], path[j]))
        return too_narrow(path[i].at(0.5), distance);
  return {};
}

Result<Contour2D> offset_circle(const Piece2D& circle, double distance) {
  const double radius = circle.radius() + std::copysign(distance, circle.sweep);
  if (radius < near_zero) return too_narrow(circle.centre, distance);
  return Contour2D{circle2d(circle.centre, radius, circle.sweep < 0)};
}

}  // namespace

Result<Contour2D> offset_from_material(const Contour2D& contour, double distance, Corners corners) {
  if (is_circle(contour)) return offset_circle(contour.front(), distance);
  const std::size_t n = contour.size();
  Contour2D paths;
  for (const Piece2D& piece : contour) {
    const auto path = beside(piece, distance);
    if (!path) return too_narrow(piece.at(0.5), distance);
    paths.push_back(*path);
  }
  std::vector<Corner> after;  // the corner behind each piece
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t next = (i + 1) % n;
    FW_TRY(const Corner corner, corner_between(contour[i], contour[next], paths[i], paths[next], distance, corners));
    after.push_back(corner);
  }
  Contour2D out;
  for (std::size_t i = 0; i < n; ++i) {
    Piece2D path = paths[i];
    if (!shorten(path, share_of(path, after[(i + n - 1) % n].begin), share_of(path, after[i].end)))
      return too_narrow(contour[i].at(0.5), distance);
    out.push_back(path);
    if (after[i].join) out.push_back(*after[i].join);
  }
  // What rounding left between the ends.
  for (std::size_t i = 0; i < out.size(); ++i) out[(i + 1) % out.size()].from = out[i].to;
  FW_CHECK(check_simple(out, distance));
  return out;
}

}  // namespace fitwright
