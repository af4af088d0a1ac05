#include "export/make/no_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace fitwright {

using ClipperLib::cInt;
using ClipperLib::IntPoint;
using ClipperLib::Path;
using ClipperLib::Paths;

namespace {

// An arc and the chords that stand for it: 0.05 mm apart, but no more than 30 chords to a circle.
constexpr double arc_tolerance = 0.05, widest_step = std::numbers::pi / 15;

IntPoint on_grid(Vec2 p) { return {std::llround(p.x * grid), std::llround(p.y * grid)}; }

/// The corners of a line of chords that keeps to the right of the contour's material: on arcs that bulge away from it
/// the corners of tangents, else places of the arc.
Path outside_of(const Contour2D& contour) {
  Path path;
  for (const Piece2D& piece : contour) {
    path.push_back(on_grid(piece.from));
    if (!piece.is_arc()) continue;
    const double step = std::max(widest_step, 2 * std::acos(1 - std::min(0.3, arc_tolerance / piece.radius())));
    const int n = std::max(1, static_cast<int>(std::ceil(std::abs(piece.sweep) / step)));
    if (piece.sweep < 0) {
      for (int i = 1; i < n; ++i) path.push_back(on_grid(piece.at(double(i) / n)));
      continue;
    }
    const double reach = 1 / std::cos(piece.sweep / n / 2);
    for (int i = 0; i < n; ++i)
      path.push_back(on_grid(piece.centre + (piece.at((i + 0.5) / n) - piece.centre) * reach));
  }
  return path;
}

Paths offset(const Path& path, double distance) {
  ClipperLib::ClipperOffset offset(2.0, arc_tolerance * grid);
  // Square corners stay corners: fewer of them, and what is lost is only nearness of corner to corner.
  offset.AddPath(path, ClipperLib::jtMiter, ClipperLib::etClosedPolygon);
  Paths out;
  offset.Execute(out, distance * grid);
  return out;
}

Path largest(const Paths& paths) {
  const auto found = std::max_element(paths.begin(), paths.end(), [](const Path& a, const Path& b) {
    return ClipperLib::Area(a) < ClipperLib::Area(b);
  });
  return found == paths.end() ? Path{} : *found;
}

cInt turn_at(const IntPoint& a, const IntPoint& b, const IntPoint& c) {
  return (b.X - a.X) * (c.Y - b.Y) - (b.Y - a.Y) * (c.X - b.X);
}

bool is_convex(const Path& path) {
  for (std::size_t i = 0, n = path.size(); i < n; ++i)
    if (turn_at(path[i], path[(i + 1) % n], path[(i + 2) % n]) < 0) return false;
  return true;
}

/// Begins at the lowest corner, the leftmost of those.
Path from_lowest(Path path) {
  const auto lowest = std::min_element(path.begin(), path.end(), [](const IntPoint& a, const IntPoint& b) {
    return std::pair(a.Y, a.X) < std::pair(b.Y, b.X);
  });
  std::rotate(path.begin(), lowest, path.end());
  return path;
}

/// The Minkowski sum of convex outlines: their edges in the order of their directions.
Path convex_sum(const Path& one, const Path& other) {
  const Path a = from_lowest(one), b = from_lowest(other);
  Path sum;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const IntPoint &pa = a[i % a.size()], &pb = b[j % b.size()];
    sum.emplace_back(pa.X + pb.X, pa.Y + pb.Y);
    const IntPoint &na = a[(i + 1) % a.size()], &nb = b[(j + 1) % b.size()];
    const cInt side = (na.X - pa.X) * (nb.Y - pb.Y) - (na.Y - pa.Y) * (nb.X - pb.X);
    const bool take_a = j >= b.size() || (i < a.size() && side >= 0),
               take_b = i >= a.size() || (j < b.size() && side <= 0);
    i += take_a;
    j += take_b;
  }
  return sum;
}

/// Where the origin of a piece may lie so that it stays in a convex opening: each edge moves inwards by how far the
/// piece reaches that way.
Path room_in_convex(const Path& opening, const Path& piece) {
  std::vector<Vec2> room;
  for (const IntPoint& p : opening) room.push_back({double(p.X), double(p.Y)});
  for (std::size_t i = 0; i < opening.size() && !room.empty(); ++i) {
    const IntPoint &from = opening[i], &to = opening[(i + 1) % opening.size()];
    const Vec2 inwards{double(from.Y - to.Y), double(to.X - from.X)};
    double reach = std::numeric_limits<double>::infinity();
    for (const IntPoint& p : piece) reach = std::min(reach, dot(inwards, {double(p.X), double(p.Y)}));
    const double least = dot(inwards, {double(from.X), double(from.Y)}) - reach;
    std::vector<Vec2> kept;
    for (std::size_t k = 0; k < room.size(); ++k) {
      const Vec2 a = room[k], b = room[(k + 1) % room.size()];
      const double at_a = dot(inwards, a) - least, at_b = dot(inwards, b) - least;
      if (at_a >= 0) kept.push_back(a);
      if ((at_a < 0) != (at_b < 0)) kept.push_back(a + (b - a) * (at_a / (at_a - at_b)));
    }
    room = std::move(kept);
  }
  Path path;
  for (const Vec2 p : room) path.emplace_back(std::llround(p.x), std::llround(p.y));
  return path;
}

Path turned_path(const Path& path, double degrees) {
  const int quarters = static_cast<int>(std::lround(degrees / 90)) % 4;
  const bool exact = std::fmod(degrees, 90) == 0;
  const double c = std::cos(degrees * std::numbers::pi / 180), s = std::sin(degrees * std::numbers::pi / 180);
  Path out;
  for (const IntPoint& p : path) {
    if (!exact)
      out.emplace_back(std::llround(c * p.X - s * p.Y), std::llround(s * p.X + c * p.Y));
    else
      out.push_back(quarters == 0   ? p
                    : quarters == 1 ? IntPoint(-p.Y, p.X)
                    : quarters == 2 ? IntPoint(-p.X, -p.Y)
                                    : IntPoint(p.Y, -p.X));
  }
  return out;
}

/// Told of a piece whose outline touches the opening's but does not cross it: it lies inside, or the opening inside of
/// it. What touches may be told either way, so most of the corners decide.
bool lies_in(const Path& piece, const IntPoint& at, const Path& opening) {
  const auto in = std::count_if(piece.begin(), piece.end(), [&](const IntPoint& p) {
    return ClipperLib::PointInPolygon({at.X + p.X, at.Y + p.Y}, opening) != 0;
  });
  return 2 * static_cast<std::size_t>(in) > piece.size();
}

Path opposite(const Path& path) {
  Path out;
  for (const IntPoint& p : path) out.emplace_back(-p.X, -p.Y);
  return out;
}

}  // namespace

GrownPiece grown(const Contour2D& outer, const std::vector<Contour2D>& inner, double growth, double closing) {
  GrownPiece piece;
  const Path outline = outside_of(outer);
  piece.outer = largest(offset(outline, growth));
  if (!is_convex(piece.outer))
    if (const Path closed = largest(offset(largest(offset(outline, growth + closing)), -closing)); !closed.empty())
      piece.outer = closed;
  for (const Contour2D& opening : inner) {
    Path path = outside_of(opening);
    ClipperLib::ReversePath(path);
    const Paths shrunk = offset(path, -growth);
    piece.inner.insert(piece.inner.end(), shrunk.begin(), shrunk.end());
  }
  return piece;
}

GrownPiece turned(const GrownPiece& piece, double degrees) {
  GrownPiece out{turned_path(piece.outer, degrees), {}};
  for (const Path& opening : piece.inner) out.inner.push_back(turned_path(opening, degrees));
  return out;
}

NoFit turned(const NoFit& places, double degrees) {
  NoFit out;
  for (const Path& path : places.blocked) out.blocked.push_back(turned_path(path, degrees));
  for (const Path& path : places.free) out.free.push_back(turned_path(path, degrees));
  return out;
}

GridBox bounds(const Path& path) {
  GridBox box{path.front(), path.front()};
  for (const IntPoint& p : path) {
    box.min = {std::min(box.min.X, p.X), std::min(box.min.Y, p.Y)};
    box.max = {std::max(box.max.X, p.X), std::max(box.max.Y, p.Y)};
  }
  return box;
}

namespace {

/// The places at which `moving` lies in the opening.
Paths free_in(const Path& opening, const GrownPiece& moving, const Path& pattern) {
  if (is_convex(opening)) {
    const Path room = room_in_convex(opening, moving.outer);
    return room.size() > 2 ? Paths{room} : Paths{};
  }
  Paths around, free;
  ClipperLib::MinkowskiSum(pattern, opening, around, true);
  for (Path& path : around) {
    if (ClipperLib::Orientation(path) || !lies_in(moving.outer, path.front(), opening)) continue;
    ClipperLib::ReversePath(path);
    free.push_back(std::move(path));
  }
  return free;
}

}  // namespace

NoFit no_fit(const GrownPiece& fixed, const GrownPiece& moving, bool openings) {
  NoFit out;
  const Path pattern = opposite(moving.outer);
  if (is_convex(fixed.outer) && is_convex(pattern)) {
    out.blocked = {convex_sum(fixed.outer, pattern)};
  } else {
    ClipperLib::MinkowskiSum(pattern, fixed.outer, out.blocked, true);
    // Only outlines are kept: a hole in the sum is where one lies wholly within the other.
    out.blocked.erase(std::remove_if(out.blocked.begin(), out.blocked.end(),
                                     [](const Path& path) { return !ClipperLib::Orientation(path); }),
                      out.blocked.end());
  }
  for (std::size_t i = 0; openings && i < fixed.inner.size(); ++i)
    for (Path& path : free_in(fixed.inner[i], moving, pattern)) out.free.push_back(std::move(path));
  return out;
}

Path room_in(const GridBox& box, const GrownPiece& moving) {
  const GridBox own = bounds(moving.outer);
  const IntPoint low(box.min.X - own.min.X, box.min.Y - own.min.Y), high(box.max.X - own.max.X, box.max.Y - own.max.Y);
  if (low.X > high.X || low.Y > high.Y) return {};
  return {low, {high.X, low.Y}, high, {low.X, high.Y}};
}

}  // namespace fitwright
