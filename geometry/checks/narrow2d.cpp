#include "geometry/checks/narrow2d.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace fitwright {

namespace {

const double facing = std::cos(25 * std::numbers::pi / 180);  // between the way across and both normals

struct Side {
  const Piece2D* piece = nullptr;
  std::size_t contour = 0, index = 0;  // where it stands
  Bounds2D box;
};

Vec2 unit(Vec2 v) {
  const double size = length(v);
  return size > 0 ? v * (1 / size) : Vec2{};
}
Vec2 left_of(Vec2 v) { return {-v.y, v.x}; }

double turned(double angle, bool clockwise) {
  const double whole = 2 * std::numbers::pi;
  double turn = std::fmod(clockwise ? -angle : angle, whole);
  return turn < 0 ? turn + whole : turn;
}

// Where along an arc a direction from its centre lies, 0 to 1; nothing when the arc does not reach there.
std::optional<double> share_at(const Piece2D& arc, Vec2 direction) {
  const Vec2 start = arc.from - arc.centre;
  const double angle = std::atan2(cross(start, direction), dot(start, direction));
  const double share = turned(angle, arc.sweep < 0) / std::abs(arc.sweep);
  if (share <= 1) return share;
  return (2 * std::numbers::pi / std::abs(arc.sweep) - share) < 1e-12 ? std::optional(0.0) : std::nullopt;
}

// Nearest places of a piece to a point: its ends and the foot.
void add_feet(const Piece2D& piece, Vec2 p, std::vector<double>& shares) {
  shares = {0, 1};
  if (piece.is_arc()) {
    for (const double way : {1.0, -1.0})
      if (const auto share = share_at(piece, (p - piece.centre) * way)) shares.push_back(*share);
    return;
  }
  const Vec2 along = piece.to - piece.from;
  const double t = dot(p - piece.from, along) / dot(along, along);
  if (t > 0 && t < 1) shares.push_back(t);
}

class Search {
 public:
  Search(std::span<const Contour2D> contours, Medium medium, double limit)
      : contours_(contours), sign_(medium == Medium::material ? 1 : -1), limit_(limit) {
    for (std::size_t c = 0; c < contours.size(); ++c)
      for (std::size_t i = 0; i < contours[c].size(); ++i) {
        const Piece2D& piece = contours[c][i];
        if (!piece.open && piece.length() > 0) sides_.push_back({&piece, c, i, bounds(Contour2D{piece})});
      }
  }

  std::vector<Narrow2D> run() {
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      if (sides_[i].piece->is_arc()) across_arc(sides_[i]);
      for (std::size_t j = i + 1; j < sides_.size(); ++j)
        if (!far_apart(sides_[i].box, sides_[j].box)) meet(sides_[i], sides_[j]);
    }
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.width < b.width; });
    std::vector<Found> apart;
    for (const Found& one : found_)
      if (std::none_of(apart.begin(), apart.end(), [&](const Found& other) { return alike(one, other); }))
        apart.push_back(one);
    return {apart.begin(), apart.end()};
  }

 private:
  struct Found : Narrow2D {
    const Side *a = nullptr, *b = nullptr;
  };
  // At a corner a place belongs to both of its pieces.
  bool alike(const Found& one, const Found& other) const {
    return length(one.at() - other.at()) < limit_ || (joins(*one.a, *other.a) && joins(*one.b, *other.b)) ||
           (joins(*one.a, *other.b) && joins(*one.b, *other.a));
  }
  bool joins(const Side& a, const Side& b) const {
    if (a.contour != b.contour) return false;
    const std::size_t n = contours_[a.contour].size(), between = (a.index + n - b.index) % n;
    return between <= 1 || between == n - 1;
  }

  bool far_apart(const Bounds2D& a, const Bounds2D& b) const {
    return a.min.x > b.max.x + limit_ || b.min.x > a.max.x + limit_ || a.min.y > b.max.y + limit_ ||
           b.min.y > a.max.y + limit_;
  }

  // An arc of half a turn and more faces itself: a pin or a bore.
  void across_arc(const Side& side) {
    const Piece2D& arc = *side.piece;
    const bool inwards = (arc.sweep > 0 ? 1 : -1) * sign_ > 0;  // the medium lies on the side of the centre
    if (!inwards || std::abs(arc.sweep) < std::numbers::pi - 1e-9 || 2 * arc.radius() >= limit_) return;
    const Vec2 out = arc.from - arc.centre;
    found_.push_back({{2 * arc.radius(), arc.from, arc.centre - out}, &side, &side});
  }

  void meet(const Side& a, const Side& b) {
    const Piece2D &p = *a.piece, &q = *b.piece;
    // The nearest places of two pieces: an end of one and its foot on the other, or feet on the line between centres.
    for (const double end : {0.0, 1.0}) {
      add_feet(q, p.at(end), shares_);
      for (const double share : shares_) consider(a, end, b, share);
      add_feet(p, q.at(end), shares_);
      for (const double share : shares_) consider(a, share, b, end);
    }
    if (p.is_arc() && q.is_arc()) {
      const Vec2 between = q.centre - p.centre;
      for (const double u : {1.0, -1.0})
        for (const double v : {1.0, -1.0}) {
          const auto s = share_at(p, between * u), t = share_at(q, between * v);
          if (s && t && length(between) > 0) consider(a, *s, b, *t);
        }
    } else if (p.is_arc() != q.is_arc()) {
      const Piece2D &arc = p.is_arc() ? p : q, &line = p.is_arc() ? q : p;
      const Vec2 normal = left_of(unit(line.to - line.from));
      for (const double u : {1.0, -1.0}) {
        const auto on_arc = share_at(arc, normal * u);
        if (!on_arc) continue;
        const Vec2 along = line.to - line.from;
        const double on_line = dot(arc.at(*on_arc) - line.from, along) / dot(along, along);
        if (on_line >= 0 && on_line <= 1)
          consider(a, p.is_arc() ? *on_arc : on_line, b, p.is_arc() ? on_line : *on_arc);
      }
    }
  }

  void consider(const Side& a, double s, const Side& b, double t) {
    const Vec2 p = a.piece->at(s), q = b.piece->at(t);
    const double width = length(q - p);
    if (width >= limit_ || width < 1e-9) return;
    const Vec2 across = (q - p) * (1 / width);
    if (!leans(a, s, across) || !leans(b, t, across * -1) || !is_clear(p, q)) return;
    found_.push_back({{width, p, q}, &a, &b});
  }

  // Into the medium, square to the piece.
  Vec2 normal_at(const Piece2D& piece, double share) const {
    if (!piece.is_arc()) return left_of(unit(piece.to - piece.from)) * sign_;
    const Vec2 out = unit(piece.at(share) - piece.centre);
    return out * ((piece.sweep > 0 ? -1 : 1) * sign_);
  }

  // Whether the way across leaves the side about squarely; at a corner that sticks into the medium, between its sides.
  bool leans(const Side& side, double share, Vec2 across) const {
    const Vec2 own = normal_at(*side.piece, share);
    if (dot(own, across) >= facing) return true;
    if (share > 1e-12 && share < 1 - 1e-12) return false;
    const Contour2D& contour = contours_[side.contour];
    const std::size_t n = contour.size();
    const bool at_end = share > 0.5;
    const Piece2D& next = contour[(side.index + (at_end ? 1 : n - 1)) % n];
    if (next.open || next.length() == 0) return false;
    const Vec2 other = normal_at(next, at_end ? 0 : 1);
    const Vec2 first = at_end ? own : other, second = at_end ? other : own;
    const bool sticks_in = cross(first, second) * sign_ < -1e-9;
    return sticks_in && cross(first, across) * sign_ <= 1e-9 && cross(across, second) * sign_ <= 1e-9 &&
           dot(across, first + second) > 0;
  }

  // Whether no side stands between two places.
  bool is_clear(Vec2 p, Vec2 q) const {
    const Vec2 a = p + (q - p) * 1e-3, b = q + (p - q) * 1e-3;
    return std::none_of(sides_.begin(), sides_.end(), [&](const Side& side) {
      Bounds2D way;
      way.add(a);
      way.add(b);
      const Bounds2D& box = side.box;
      if (way.min.x > box.max.x || box.min.x > way.max.x || way.min.y > box.max.y || box.min.y > way.max.y)
        return false;
      return crosses(*side.piece, a, b);
    });
  }

  static bool crosses(const Piece2D& piece, Vec2 a, Vec2 b) {
    const Vec2 along = b - a;
    if (!piece.is_arc()) {
      const Vec2 own = piece.to - piece.from;
      const double area = cross(along, own);
      if (area == 0) return false;
      const double t = cross(piece.from - a, own) / area, u = cross(piece.from - a, along) / area;
      return t > 0 && t < 1 && u > 0 && u < 1;
    }
    const Vec2 off = a - piece.centre;
    const double A = dot(along, along), B = dot(off, along), C = dot(off, off) - piece.radius() * piece.radius();
    const double D = B * B - A * C;
    if (D <= 0) return false;
    for (const double t : {(-B - std::sqrt(D)) / A, (-B + std::sqrt(D)) / A})
      if (t > 0 && t < 1 && share_at(piece, off + along * t)) return true;
    return false;
  }

  std::span<const Contour2D> contours_;
  double sign_;  // 1: the medium lies to the left of the contours
  double limit_;
  std::vector<Side> sides_;
  std::vector<double> shares_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<Narrow2D> narrow_places(std::span<const Contour2D> contours, Medium medium, double limit) {
  return Search(contours, medium, limit).run();
}

}  // namespace fitwright
