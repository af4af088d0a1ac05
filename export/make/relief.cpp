#include "export/make/relief.hpp"

#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double degree = std::numbers::pi / 180;

/// How much of the edges before and behind a corner goes, and what comes in its place.
struct Bone {
  double before = 0, behind = 0;
  Piece2D arc;
};

Bone dogbone(Vec2 corner, Vec2 in, Vec2 out, double turn, double r) {
  const Vec2 middle = out - in;
  const Vec2 centre = corner + middle * (r / length(middle));
  const double reach = 2 * r * std::sin(turn / 2);
  return {reach, reach, arc2d(corner - in * reach, corner + out * reach, centre, -2 * turn)};
}

Bone tbone(Vec2 corner, Vec2 in, Vec2 out, bool on_the_edge_before, double r) {
  if (on_the_edge_before) return {2 * r, 0, arc2d(corner - in * (2 * r), corner, corner - in * r, -std::numbers::pi)};
  return {0, 2 * r, arc2d(corner, corner + out * (2 * r), corner + out * r, -std::numbers::pi)};
}

std::optional<InsideCorner> corner_between(const Piece2D& a, const Piece2D& b) {
  if (a.is_arc() || b.is_arc() || a.open || b.open) return std::nullopt;
  const Vec2 in = a.direction_in(), out = b.direction_in();
  // Material lies to the left, so a turn to the right goes around a corner of the void.
  const double turn = -std::atan2(cross(in, out), dot(in, out));
  if (turn < degree) return std::nullopt;
  return InsideCorner{a.to, (out - in) * (1 / length(out - in)), turn};
}

std::optional<Bone> bone_at(const Piece2D& a, const Piece2D& b, Relief relief, double r,
                            const std::function<bool(Vec2)>& wanted) {
  const auto corner = corner_between(a, b);
  if (!corner || (wanted && !wanted(corner->at))) return std::nullopt;
  const Vec2 in = a.direction_in(), out = b.direction_in();
  const bool square = std::abs(corner->turn - std::numbers::pi / 2) < degree;
  if (relief == Relief::tbone && square) return tbone(a.to, in, out, a.length() <= b.length(), r);
  return dogbone(a.to, in, out, corner->turn, r);
}

tl::unexpected<Error> too_short(const Piece2D& edge, double taken, double bit) {
  const Vec2 at = edge.at(0.5);
  Error error =
      make_error(ErrorKind::geometry,
                 "the edge of " + number_text(edge.length()) + " mm at (" + number_text(at.x) + ", " +
                     number_text(at.y) + ") is too short for the relief of a bit of " + number_text(bit) + " mm",
                 "take a smaller bit, or leave the relief out");
  error.measured = edge.length();
  error.required = taken;
  error.unit = "mm";
  return fail(std::move(error));
}

}  // namespace

std::vector<InsideCorner> inside_corners(const Contour2D& contour) {
  std::vector<InsideCorner> found;
  for (std::size_t i = 0; i < contour.size(); ++i)
    if (const auto corner = corner_between(contour[i], contour[(i + 1) % contour.size()])) found.push_back(*corner);
  return found;
}

Result<Contour2D> relieved(const Contour2D& contour, Relief relief, double bit_diameter,
                           const std::function<bool(Vec2)>& wanted) {
  if (relief == Relief::none) return contour;
  const std::size_t n = contour.size();
  std::vector<std::optional<Bone>> behind(n);  // at each piece's end
  for (std::size_t i = 0; i < n; ++i)
    behind[i] = bone_at(contour[i], contour[(i + 1) % n], relief, bit_diameter / 2, wanted);
  Contour2D out;
  for (std::size_t i = 0; i < n; ++i) {
    Piece2D edge = contour[i];
    const auto &first = behind[(i + n - 1) % n], &last = behind[i];
    const double taken = (first ? first->behind : 0) + (last ? last->before : 0);
    if (taken > edge.length() + 1e-9) return too_short(edge, taken, bit_diameter);
    if (first) edge.from = first->arc.to;
    if (last) edge.to = last->arc.from;
    if (length(edge.to - edge.from) > 1e-9 || edge.is_arc()) out.push_back(edge);
    if (last) out.push_back(last->arc);
  }
  return out;
}

}  // namespace fitwright
