#include "geometry/kernel/arrangement.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr double same = 1e-7;   // mm: nearer than this is the same place
constexpr double apart = 2e-6;  // mm: further than this is another place; in between nothing is certain
constexpr double blur = 1e-3;   // mm: how far rounding can move the point where curves meet at a flat angle

bool decide_same(double distance) {
  if (distance <= same) return true;
  require(distance >= apart);
  return false;
}

// Angle from `from` to `to` in the direction of `sweep`'s sign, in [0, 2 pi).
double turn(Vec2 from, Vec2 to, bool counter_clockwise) {
  double angle = std::atan2(cross(from, to), dot(from, to));
  if (!counter_clockwise) angle = -angle;
  return angle < 0 ? angle + 2 * M_PI : angle;
}

Box2 box_of(const PlaneCurve& c) {
  Box2 box;
  if (c.kind == PlaneCurve::Kind::other) return c.near.box;
  box.add(c.from);
  box.add(c.to);
  if (c.kind == PlaneCurve::Kind::arc) {
    const std::array<Vec2, 4> compass = {Vec2{1, 0}, Vec2{0, 1}, Vec2{-1, 0}, Vec2{0, -1}};
    for (const Vec2 d : compass)
      if (turn(c.from - c.centre, d, c.sweep > 0) <= std::abs(c.sweep)) box.add(c.centre + d * c.radius);
  }
  return box;
}

// Where the point nearest to p lies along the curve's support: 0..1 between the ends.
double parameter(const PlaneCurve& c, Vec2 p) {
  if (c.kind == PlaneCurve::Kind::line) {
    const Vec2 d = c.to - c.from;
    return dot(p - c.from, d) / dot(d, d);
  }
  const double whole = std::abs(c.sweep);
  double angle = turn(c.from - c.centre, p - c.centre, c.sweep > 0);
  // Beyond the end, the nearer end decides whether that is before 0 or after 1.
  if (angle > whole && 2 * M_PI - angle < angle - whole) angle -= 2 * M_PI;
  return angle / whole;
}

double distance(const PlaneCurve& c, Vec2 p) {
  const double t = parameter(c, p);
  if (t <= 0) return length(p - c.from);
  if (t >= 1) return length(p - c.to);
  if (c.kind == PlaneCurve::Kind::line) return std::abs(cross(c.to - c.from, p - c.from)) / length(c.to - c.from);
  return std::abs(length(p - c.centre) - c.radius);
}

/// Points where the supports of two curves meet; a touch is none of them.
struct Meeting {
  std::vector<Vec2> crossings;
  std::optional<Vec2> touch;
};

// Crossing points of a chord at signed distance h from the centre of a circle.
void add_chord(Meeting& m, Vec2 centre, Vec2 towards, double h, double radius) {
  const Vec2 foot = centre + towards * h;
  const double gap = radius - std::abs(h);
  if (gap < -apart) return;
  if (gap < apart) {
    m.touch = foot;
    return;
  }
  const double half = std::sqrt((radius - h) * (radius + h));
  const Vec2 along{-towards.y, towards.x};
  m.crossings.push_back(foot + along * half);
  m.crossings.push_back(foot - along * half);
}

Meeting meet(const PlaneCurve& a, const PlaneCurve& b) {
  Meeting m;
  using K = PlaneCurve::Kind;
  if (a.kind == K::line && b.kind == K::line) {
    const Vec2 u = a.to - a.from, v = b.to - b.from;
    const double det = cross(u, v);
    if (std::abs(det) > 1e-12 * length(u) * length(v))
      m.crossings.push_back(a.from + u * (cross(b.from - a.from, v) / det));
  } else if (a.kind == K::arc && b.kind == K::arc) {
    const Vec2 d = b.centre - a.centre;
    const double distance = length(d);
    if (distance < same) return m;
    // The common chord's distance from a's centre; (r - h)(r + h) loses no digits near a touch.
    const double h = (distance * distance + (a.radius - b.radius) * (a.radius + b.radius)) / (2 * distance);
    add_chord(m, a.centre, d * (1 / distance), h, a.radius);
  } else {
    const PlaneCurve& line = a.kind == K::line ? a : b;
    const PlaneCurve& arc = a.kind == K::line ? b : a;
    const Vec2 u = (line.to - line.from) * (1 / length(line.to - line.from));
    const Vec2 towards{u.y, -u.x};
    add_chord(m, arc.centre, towards, dot(line.from - arc.centre, towards), arc.radius);
  }
  return m;
}

/// Finds and numbers places.
class Vertices {
 public:
  std::size_t number(Vec2 p) {
    const auto cell = [](double x) { return static_cast<long long>(std::floor(x / (8 * apart))); };
    const long long cx = cell(p.x), cy = cell(p.y);
    // Mostly the place's own cell alone reaches as far as anything that could be the same place, or nearly.
    const double reach = 1.5 * apart;
    for (long long x = cell(p.x - reach); x <= cell(p.x + reach); ++x)
      for (long long y = cell(p.y - reach); y <= cell(p.y + reach); ++y) {
        const auto [first, last] = cells_.equal_range(key(x, y));
        for (auto it = first; it != last; ++it)
          if (decide_same(length(points[it->second] - p))) return it->second;
      }
    cells_.emplace(key(cx, cy), points.size());
    points.push_back(p);
    return points.size() - 1;
  }
  std::vector<Vec2> points;

 private:
  static std::size_t key(long long x, long long y) {
    return static_cast<std::size_t>(x) * 0x9E3779B97F4A7C15ULL ^ (static_cast<std::size_t>(y) + 0x7F4A7C15ULL);
  }
  std::unordered_multimap<std::size_t, std::size_t> cells_;
};

/// A curve of a region with the places where others meet it.
struct Piece {
  std::size_t region, index;
  const PlaneCurve* curve;
  Box2 box;
  std::vector<Vec2> cuts;
};

void add_crossings(Piece& a, Piece& b) {
  if (!a.box.near(b.box, apart)) return;
  if (a.curve->kind == PlaneCurve::Kind::other || b.curve->kind == PlaneCurve::Kind::other) {
    const auto polyline = [](const PlaneCurve& c) {
      if (c.kind == PlaneCurve::Kind::other) return c.near;
      Polygon polygon;
      polygon.closed = false;
      const int n = c.kind == PlaneCurve::Kind::line ? 1 : 16;
      for (int i = 0; i <= n; ++i) polygon.points.push_back(c.at(1.0 * i / n));
      for (const Vec2& p : polygon.points) polygon.box.add(p);
      if (n > 1) polygon.slack = c.radius * (1 - std::cos(c.sweep / n / 2)) + 1e-6;
      return polygon;
    };
    require(clear_of(polyline(*a.curve), polyline(*b.curve)));
    return;
  }
  std::vector<Vec2> contacts;
  const auto touch_end = [&](Piece& on, Vec2 end) {
    if (!decide_same(distance(*on.curve, end))) return;
    on.cuts.push_back(end);
    contacts.push_back(end);
  };
  for (const Vec2 end : {a.curve->from, a.curve->to}) touch_end(b, end);
  for (const Vec2 end : {b.curve->from, b.curve->to}) touch_end(a, end);
  if (same_support(*a.curve, *b.curve)) return;
  const auto known = [&](Vec2 p) {
    return std::any_of(contacts.begin(), contacts.end(), [&](Vec2 c) { return length(c - p) < blur; });
  };
  const auto inside = [](const PlaneCurve& c, Vec2 p) {
    const double t = parameter(c, p);
    return t > 0 && t < 1;
  };
  const Meeting m = meet(*a.curve, *b.curve);
  for (const Vec2 p : m.crossings) {
    if (!inside(*a.curve, p) || !inside(*b.curve, p) || known(p)) continue;
    a.cuts.push_back(p);
    b.cuts.push_back(p);
  }
  if (m.touch && !known(*m.touch))
    require(distance(*a.curve, *m.touch) >= blur || distance(*b.curve, *m.touch) >= blur);
}

// All pairs of pieces of different regions whose boxes come near, by a sweep over x.
void cross_all(std::vector<Piece>& pieces) {
  std::vector<std::size_t> order(pieces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return std::pair(pieces[i].box.min.x, i) < std::pair(pieces[j].box.min.x, j);
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    Piece& a = pieces[order[i]];
    for (std::size_t j = i + 1; j < order.size() && pieces[order[j]].box.min.x <= a.box.max.x + apart; ++j)
      if (pieces[order[j]].region != a.region) add_crossings(a, pieces[order[j]]);
  }
}

class AtomList {
 public:
  explicit AtomList(Arrangement& arrangement) : all_(arrangement.atoms) {}

  void add(Atom atom) {
    const auto ends = std::minmax(atom.from, atom.to);
    auto& rivals = between_[{ends.first, ends.second}];
    for (const std::size_t i : rivals) {
      if (!coincide(all_[i].curve, atom.curve)) continue;
      const bool along =
          atom.curve.closed() ? (all_[i].curve.sweep > 0) == (atom.curve.sweep > 0) : all_[i].from == atom.from;
      Atom::Use use = atom.uses.front();
      use.forward = along;
      all_[i].uses.push_back(use);
      return;
    }
    rivals.push_back(all_.size());
    all_.push_back(std::move(atom));
  }

 private:
  static bool coincide(const PlaneCurve& a, const PlaneCurve& b) {
    if (a.kind != b.kind || a.kind == PlaneCurve::Kind::other) return false;
    if (a.closed()) return decide_same(length(a.centre - b.centre) + std::abs(a.radius - b.radius));
    return decide_same(length(a.at(0.5) - b.at(0.5)));
  }

  std::vector<Atom>& all_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> between_;
};

void split(const Piece& piece, Vertices& vertices, AtomList& atoms) {
  const PlaneCurve& c = *piece.curve;
  const std::size_t first = vertices.number(c.from), last = vertices.number(c.to);
  std::vector<std::pair<double, std::size_t>> stops;
  if (!piece.cuts.empty()) {
    for (const Vec2 p : piece.cuts) {
      const std::size_t v = vertices.number(p);
      if (v != first && v != last) stops.emplace_back(parameter(c, vertices.points[v]), v);
    }
    std::sort(stops.begin(), stops.end());
  }
  stops.emplace_back(1.0, last);
  double t = 0;
  std::size_t at = first;
  for (const auto& [next_t, next] : stops) {
    if (next == at && !(c.closed() && t == 0 && next_t == 1)) continue;  // found twice
    const bool whole = t == 0 && next_t == 1;
    PlaneCurve part = whole ? c : c.part(t, vertices.points[at], next_t, vertices.points[next]);
    if (part.kind != PlaneCurve::Kind::other) {
      part.from = vertices.points[at];
      part.to = vertices.points[next];
    }
    atoms.add({at, next, std::move(part), {{piece.region, piece.index, true}}, {}, {}});
    t = next_t;
    at = next;
  }
}

/// Answers whether a point lies in a region, by counting crossings of the ray towards +x.
class Inside {
 public:
  explicit Inside(const PlaneRegion& region) : region_(region) {
    for (const PlaneCurve& c : region.boundary) {
      const Box2 box = box_of(c);
      box_.add(box.min);
      box_.add(box.max);
    }
  }
  bool operator()(Vec2 p) const {
    if (p.x < box_.min.x || p.x > box_.max.x || p.y < box_.min.y || p.y > box_.max.y) return false;
    bool inside = false;
    for (const PlaneCurve& c : region_.boundary) {
      if (c.kind == PlaneCurve::Kind::line) {
        inside ^= line_crosses(c.from, c.to, p);
      } else if (c.kind == PlaneCurve::Kind::other) {
        for (std::size_t i = 0; i + 1 < c.near.points.size(); ++i)
          inside ^= line_crosses(c.near.points[i], c.near.points[i + 1], p);
      } else {
        inside ^= arc_crosses(c, p);
      }
    }
    return inside;
  }

 private:
  static bool line_crosses(Vec2 a, Vec2 b, Vec2 p) {
    return (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x;
  }
  // The arc in parts that rise or fall throughout: cut where it points up or down.
  static bool arc_crosses(const PlaneCurve& c, Vec2 p) {
    std::array<double, 4> stops{0, std::abs(c.sweep), 0, 0};
    std::size_t n = 2;
    for (const Vec2 pole : {Vec2{0, 1}, Vec2{0, -1}}) {
      const double angle = turn(c.from - c.centre, pole, c.sweep > 0);
      if (angle > 0 && angle < std::abs(c.sweep)) stops[n++] = angle;
    }
    std::sort(stops.begin(), stops.begin() + static_cast<std::ptrdiff_t>(n));
    bool odd = false;
    Vec2 a = c.from;
    for (std::size_t i = 1; i < n; ++i) {
      const Vec2 b = i + 1 == n ? c.to : c.at(stops[i] / std::abs(c.sweep));
      if ((a.y > p.y) != (b.y > p.y)) {
        const double dy = p.y - c.centre.y;
        const double dx = std::sqrt(std::max(0.0, (c.radius - dy) * (c.radius + dy)));
        const bool right_half = c.at((stops[i - 1] + stops[i]) / 2 / std::abs(c.sweep)).x > c.centre.x;
        odd ^= p.x < c.centre.x + (right_half ? dx : -dx);
      }
      a = b;
    }
    return odd;
  }

  const PlaneRegion& region_;
  Box2 box_;
};

// Curves that meet get one and the same end, to the last bit: a ray that passes there counts one of them.
std::vector<PlaneRegion> with_common_ends(std::vector<PlaneRegion> regions, Vertices& vertices) {
  for (PlaneRegion& region : regions)
    for (PlaneCurve& c : region.boundary) {
      c.from = vertices.points[vertices.number(c.from)];
      c.to = vertices.points[vertices.number(c.to)];
      if (c.kind == PlaneCurve::Kind::other && !c.near.points.empty()) {
        c.near.points.front() = c.from;
        c.near.points.back() = c.to;
      }
    }
  return regions;
}

void find_sides(std::vector<Atom>& atoms, const std::vector<PlaneRegion>& regions) {
  std::vector<Inside> inside(regions.begin(), regions.end());
  for (Atom& atom : atoms) {
    const Vec2 middle = atom.curve.at(0.5);
    for (std::size_t r = 0; r < regions.size(); ++r) {
      bool bounds = false, left = false, right = false;
      for (const Atom::Use& use : atom.uses)
        if (use.region == r) {
          require(!bounds);  // else the region touches itself
          bounds = true;
          (use.forward ? left : right) = true;
        }
      if (!bounds) left = right = inside[r](middle);
      if (left) atom.left.push_back(r);
      if (right) atom.right.push_back(r);
    }
  }
}

}  // namespace

Vec2 PlaneCurve::at(double t) const {
  if (kind == Kind::line) return from + (to - from) * t;
  if (kind == Kind::arc) {
    const Vec2 arm = from - centre;
    const double c = std::cos(sweep * t), s = std::sin(sweep * t);
    return centre + Vec2{arm.x * c - arm.y * s, arm.x * s + arm.y * c};
  }
  return near.points[static_cast<std::size_t>(std::lround(t * static_cast<double>(near.points.size() - 1)))];
}

PlaneCurve PlaneCurve::part(double t0, Vec2 p0, double t1, Vec2 p1) const {
  PlaneCurve c = *this;
  c.from = p0;
  c.to = p1;
  c.sweep = sweep * (t1 - t0);
  return c;
}

PlaneCurve PlaneCurve::reversed() const {
  PlaneCurve c = *this;
  std::swap(c.from, c.to);
  c.sweep = -sweep;
  std::reverse(c.near.points.begin(), c.near.points.end());
  return c;
}

double PlaneCurve::area2() const {
  if (kind == Kind::line) return cross(from, to);
  if (kind == Kind::arc) return cross(centre, to - from) + radius * radius * sweep;
  double sum = 0;
  for (std::size_t i = 0; i + 1 < near.points.size(); ++i) sum += cross(near.points[i], near.points[i + 1]);
  return sum;
}

bool same_support(const PlaneCurve& a, const PlaneCurve& b) {
  if (a.kind != b.kind || a.kind == PlaneCurve::Kind::other) return false;
  if (a.kind == PlaneCurve::Kind::arc)
    return length(a.centre - b.centre) <= same && std::abs(a.radius - b.radius) <= same;
  const auto on = [](const PlaneCurve& line, Vec2 p) {
    return std::abs(cross(line.to - line.from, p - line.from)) <= same * length(line.to - line.from);
  };
  // The longer one decides: a short line's direction says little.
  return length(a.to - a.from) >= length(b.to - b.from) ? on(a, b.from) && on(a, b.to) : on(b, a.from) && on(b, a.to);
}

std::optional<Arrangement> arrange(const std::vector<PlaneRegion>& regions) {
  return if_certain([&] {
    std::vector<Piece> pieces;
    for (std::size_t r = 0; r < regions.size(); ++r)
      for (std::size_t i = 0; i < regions[r].boundary.size(); ++i) {
        const PlaneCurve& curve = regions[r].boundary[i];
        pieces.push_back({r, i, &curve, box_of(curve), {}});
      }
    cross_all(pieces);
    Arrangement arrangement;
    Vertices vertices;
    AtomList atoms(arrangement);
    for (const Piece& piece : pieces) split(piece, vertices, atoms);
    find_sides(arrangement.atoms, with_common_ends(regions, vertices));
    arrangement.vertices = std::move(vertices.points);
    return arrangement;
  });
}

}  // namespace fitwright
