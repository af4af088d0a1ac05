#include "geometry/kernel/turned_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr double full_turn = 2 * M_PI - 1e-6;

bool about_axis(const PlaneCurve& c) { return c.kind == PlaneCurve::Kind::arc && length(c.centre) < 1e-7; }

/// A place on a curve and its derivative, t from 0 to 1.
struct Motion {
  Vec2 place, velocity;
};
Motion motion_at(const PlaneCurve& c, double t) {
  const Vec2 p = c.at(t);
  if (c.kind == PlaneCurve::Kind::line) return {p, c.to - c.from};
  const Vec2 arm = p - c.centre;
  return {p, Vec2{-arm.y, arm.x} * c.sweep};
}

/// The integral of f(radius) over the angle about the axis along a curve, by Gauss-Legendre quadrature.
template <class F>
double around(const PlaneCurve& c, const F& f) {
  if (about_axis(c)) return f(c.radius) * c.sweep;
  constexpr std::array<double, 5> node = {0, -0.5384693101056831, 0.5384693101056831, -0.9061798459386640,
                                          0.9061798459386640};
  constexpr std::array<double, 5> weight = {0.5688888888888889, 0.4786286704993665, 0.4786286704993665,
                                            0.2369268850561891, 0.2369268850561891};
  constexpr int spans = 16;
  double sum = 0;
  for (int i = 0; i < spans; ++i)
    for (std::size_t k = 0; k < node.size(); ++k) {
      const Motion m = motion_at(c, (i + 0.5 + node[k] / 2) / spans);
      const double r = length(m.place);
      if (r > 1e-9) sum += weight[k] / 2 / spans * f(r) * cross(m.place, m.velocity) / (r * r);
    }
  return sum;
}

bool continues(const PlaneCurve& a, const PlaneCurve& b) {
  if (!same_support(a, b)) return false;
  if (a.kind == PlaneCurve::Kind::line) return dot(a.to - a.from, b.to - b.from) > 0;
  return (a.sweep > 0) == (b.sweep > 0);
}

PlaneCurve joined(PlaneCurve a, const PlaneCurve& b) {
  a.to = b.to;
  a.sweep += b.sweep;
  return a;
}

class Planner {
 public:
  Planner(const Meridian& meridian, const std::vector<PlaneRegion>& tools, double seam)
      : meridian_(meridian), seam_(seam) {
    std::vector<PlaneRegion> regions;
    for (const MeridianRing& ring : meridian.rings) {
      PlaneRegion region{{circle(ring.outer, 1)}};
      if (ring.inner > 0) region.boundary.push_back(circle(ring.inner, -1));
      regions.push_back(std::move(region));
    }
    regions.insert(regions.end(), tools.begin(), tools.end());
    auto arrangement = arrange(regions);
    require(arrangement.has_value());
    plan_.vertices = std::move(arrangement->vertices);
    for (Atom& atom : arrangement->atoms) {
      require(atom.curve.kind != PlaneCurve::Kind::other);
      Rail rail{atom.from,           atom.to, std::move(atom.curve), ring_in(atom.left), ring_in(atom.right),
                std::move(atom.uses)};
      if (rail.left != rail.right) plan_.rails.push_back(std::move(rail));
    }
  }

  TurnedPlan run() {
    check_steps();
    keep_seams();
    merge();
    make_faces();
    make_walls();
    measure();
    return std::move(plan_);
  }

 private:
  PlaneCurve circle(double radius, double sense) const {
    PlaneCurve c;
    c.kind = PlaneCurve::Kind::arc;
    c.radius = radius;
    c.sweep = sense * 2 * M_PI;
    c.from = c.to = Vec2{std::cos(seam_), std::sin(seam_)} * radius;
    return c;
  }

  // The ring of material there; none where a tool is.
  std::optional<std::size_t> ring_in(const std::vector<std::size_t>& regions) const {
    if (regions.size() != 1 || regions.front() >= meridian_.rings.size()) return std::nullopt;
    return regions.front();
  }

  // Rings side by side must continue one another: no shoulders.
  void check_steps() const {
    for (const Rail& rail : plan_.rails) {
      if (!rail.left || !rail.right) continue;
      require(about_axis(rail.curve));
      for (const bool upper : {false, true}) {
        const MeridianLine &a = meridian_.lines[*line_of(rail.left, upper)],
                           &b = meridian_.lines[*line_of(rail.right, upper)];
        require(std::abs(a.at(rail.curve.radius) - b.at(rail.curve.radius)) < 1e-7);
      }
    }
  }

  std::optional<std::size_t> line_of(std::optional<std::size_t> ring, bool upper) const {
    if (!ring) return std::nullopt;
    return upper ? meridian_.rings[*ring].upper : meridian_.rings[*ring].lower;
  }

  // The outlines of each line's face, as they stand.
  std::map<std::size_t, std::vector<RailLoop>> outlines() const {
    std::map<std::size_t, std::vector<RailUse>> uses;
    for (std::size_t i = 0; i < plan_.rails.size(); ++i)
      for (const bool upper : {false, true}) {
        const auto left = line_of(plan_.rails[i].left, upper), right = line_of(plan_.rails[i].right, upper);
        if (left == right) continue;
        if (left) uses[*left].push_back({i, true});
        if (right) uses[*right].push_back({i, false});
      }
    std::map<std::size_t, std::vector<RailLoop>> all;
    for (const auto& [line, list] : uses) all[line] = loops_of(list);
    return all;
  }

  std::size_t end_of(const RailUse& use, bool head) const {
    const Rail& rail = plan_.rails[use.rail];
    return use.forward == head ? rail.to : rail.from;
  }
  PlaneCurve curve_of(const RailUse& use) const {
    const PlaneCurve& c = plan_.rails[use.rail].curve;
    return use.forward ? c : c.reversed();
  }

  // Where two pieces of one outline leave one place nothing is certain.
  std::vector<RailLoop> loops_of(const std::vector<RailUse>& uses) const {
    std::map<std::size_t, std::size_t> leaving;
    for (std::size_t i = 0; i < uses.size(); ++i) require(leaving.emplace(end_of(uses[i], false), i).second);
    std::vector<bool> used(uses.size());
    std::vector<RailLoop> loops;
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (used[i]) continue;
      RailLoop loop;
      for (std::size_t at = i; !used[at];) {
        used[at] = true;
        loop.push_back(uses[at]);
        const auto next = leaving.find(end_of(uses[at], true));
        require(next != leaving.end());
        at = next->second;
      }
      require(end_of(loop.back(), true) == end_of(loop.front(), false));
      loops.push_back(std::move(loop));
    }
    return loops;
  }

  double winding(const RailLoop& loop) const {
    double sum = 0;
    for (const RailUse& use : loop) sum += around(curve_of(use), [](double) { return 1.0; });
    return sum / (2 * M_PI);
  }
  double area2(const RailLoop& loop) const {
    double sum = 0;
    for (const RailUse& use : loop) sum += curve_of(use).area2();
    return sum;
  }

  bool at_seam(std::size_t vertex) const {
    const Vec2 p = plan_.vertices[vertex], d{std::cos(seam_), std::sin(seam_)};
    return dot(p, d) > 0 && std::abs(cross(d, p)) < 1e-7;
  }
  // The place in a loop that goes around the axis where its face is cut open.
  std::size_t seam_place(const RailLoop& loop) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < loop.size(); ++i)
      if (at_seam(end_of(loop[i], false))) {
        require(!found);
        found = i;
      }
    require(found.has_value());
    return *found;
  }

  // Cones that run all around need a seam, from a vertex of the one outline to one of the other.
  void keep_seams() {
    for (const auto& [line, loops] : outlines()) {
      if (meridian_.lines[line].flat()) continue;
      for (const RailLoop& loop : loops)
        if (std::abs(winding(loop)) > 0.5) kept_.insert(end_of(loop[seam_place(loop)], false));
    }
  }

  // Pieces of one curve with the same on both sides become one.
  void merge() {
    std::vector<std::vector<std::size_t>> at(plan_.vertices.size());
    for (std::size_t i = 0; i < plan_.rails.size(); ++i) {
      at[plan_.rails[i].from].push_back(i);
      at[plan_.rails[i].to].push_back(i);
    }
    std::vector<bool> gone(plan_.rails.size());
    for (std::size_t v = 0; v < at.size(); ++v) {
      if (at[v].size() != 2 || at[v][0] == at[v][1] || kept_.contains(v)) continue;
      const std::size_t i = at[v][0], j = at[v][1];
      const Rail a = plan_.rails[i].to == v ? plan_.rails[i] : plan_.rails[i].reversed();
      const Rail b = plan_.rails[j].from == v ? plan_.rails[j] : plan_.rails[j].reversed();
      if (a.left != b.left || a.right != b.right || !continues(a.curve, b.curve)) continue;
      plan_.rails[i] = {a.from, b.to, joined(a.curve, b.curve), a.left, a.right, a.uses};
      gone[j] = true;
      std::replace(at[b.to].begin(), at[b.to].end(), j, i);
    }
    std::vector<Rail> rails;
    for (std::size_t i = 0; i < gone.size(); ++i)
      if (!gone[i]) rails.push_back(std::move(plan_.rails[i]));
    plan_.rails = std::move(rails);
  }

  void make_faces() {
    for (auto& [line, loops] : outlines()) {
      const std::size_t first = plan_.faces.size();
      std::vector<RailLoop> holes;
      std::optional<RailLoop> inner;  // of a face that is cut open
      std::size_t open = 0;
      for (RailLoop& loop : loops) {
        const bool winds = !meridian_.lines[line].flat() && std::abs(winding(loop)) > 0.5;
        if (winds) std::rotate(loop.begin(), loop.begin() + static_cast<std::ptrdiff_t>(seam_place(loop)), loop.end());
        if (area2(loop) > 0) {
          if (winds) open = plan_.faces.size();
          plan_.faces.push_back({line, {std::move(loop)}, winds});
        } else if (winds) {
          require(!inner);
          inner = std::move(loop);
        } else {
          holes.push_back(std::move(loop));
        }
      }
      require(plan_.faces.size() > first);
      const auto seams = std::count_if(plan_.faces.begin() + static_cast<std::ptrdiff_t>(first), plan_.faces.end(),
                                       [](const TurnedFace& face) { return face.seam; });
      require(seams == (inner ? 1 : 0));
      if (inner) plan_.faces[open].loops.push_back(std::move(*inner));
      for (RailLoop& hole : holes) face_around(first, hole).loops.push_back(std::move(hole));
    }
  }
  TurnedFace& face_around(std::size_t first, const RailLoop& hole) {
    const Vec2 p = curve_of(hole.front()).at(0.5);
    std::optional<std::size_t> best;
    for (std::size_t f = first; f < plan_.faces.size(); ++f) {
      const RailLoop& loop = plan_.faces[f].loops.front();
      if (contains(polygon(loop), p) && (!best || area2(loop) < area2(plan_.faces[*best].loops.front()))) best = f;
    }
    require(best.has_value());
    return plan_.faces[*best];
  }
  // Close enough to tell which loop lies in which: loops of one face keep apart.
  Polygon polygon(const RailLoop& loop) const {
    Polygon polygon;
    for (const RailUse& use : loop) {
      const PlaneCurve c = curve_of(use);
      const int n = c.kind == PlaneCurve::Kind::line ? 1 : 64;
      for (int i = 0; i < n; ++i) polygon.points.push_back(c.at(1.0 * i / n));
    }
    return polygon;
  }

  // Where the lower line meets the upper one the solid ends in an edge, without a wall.
  bool is_sharp(const Rail& rail) const {
    if (!about_axis(rail.curve)) return false;
    const MeridianRing& ring = meridian_.rings[rail.left ? *rail.left : *rail.right];
    const double r = rail.curve.radius;
    return meridian_.lines[ring.upper].at(r) - meridian_.lines[ring.lower].at(r) < 1e-7;
  }

  void make_walls() {
    std::vector<RailUse> uses;
    std::map<std::size_t, std::size_t> leaving, arriving;
    for (std::size_t i = 0; i < plan_.rails.size(); ++i) {
      const Rail& rail = plan_.rails[i];
      if (rail.left.has_value() == rail.right.has_value() || is_sharp(rail)) continue;
      const RailUse use{i, rail.left.has_value()};
      require(leaving.emplace(end_of(use, false), uses.size()).second);
      require(arriving.emplace(end_of(use, true), uses.size()).second);
      uses.push_back(use);
    }
    // The use that carries the wall on beyond another.
    const auto next = [&](std::size_t i) -> std::optional<std::size_t> {
      const auto it = leaving.find(end_of(uses[i], true));
      if (it == leaving.end() || !continues(curve_of(uses[i]), curve_of(uses[it->second]))) return std::nullopt;
      return it->second;
    };
    std::vector<bool> done(uses.size());
    const auto walk = [&](std::size_t start, bool round) {
      TurnedWall wall{{}, round};
      for (std::optional<std::size_t> at = start; at && !done[*at]; at = next(*at)) {
        done[*at] = true;
        wall.rails.push_back(uses[*at]);
      }
      require(!round || std::abs(sweep_of(wall.rails)) > full_turn);
      plan_.walls.push_back(std::move(wall));
    };
    for (std::size_t i = 0; i < uses.size(); ++i) {
      const auto before = arriving.find(end_of(uses[i], false));
      if (before == arriving.end() || next(before->second) != i) walk(i, false);
    }
    for (std::size_t i = 0; i < uses.size(); ++i)
      if (!done[i]) walk(i, true);
  }
  double sweep_of(const RailLoop& loop) const {
    double sum = 0;
    for (const RailUse& use : loop) sum += curve_of(use).sweep;
    return sum;
  }

  // Material between two lines above a region: the height times the radius, integrated over the radius, around its
  // outline (Green's theorem in polar coordinates).
  void measure() {
    const auto share = [&](const PlaneCurve& c, std::optional<std::size_t> ring) {
      if (!ring) return 0.0;
      const MeridianLine &low = meridian_.lines[meridian_.rings[*ring].lower],
                         &high = meridian_.lines[meridian_.rings[*ring].upper];
      const double b = high.slope - low.slope, a = high.at(0) - low.at(0);
      return around(c, [&](double r) { return r * r * (a / 2 + b * r / 3); });
    };
    for (const Rail& rail : plan_.rails) plan_.volume += share(rail.curve, rail.left) - share(rail.curve, rail.right);
  }

  const Meridian& meridian_;
  const double seam_;
  std::set<std::size_t> kept_;  ///< vertices where a seam ends
  TurnedPlan plan_;
};

}  // namespace

Rail Rail::reversed() const {
  Rail r{to, from, curve.reversed(), right, left, uses};
  for (Atom::Use& use : r.uses) use.forward = !use.forward;
  return r;
}

std::optional<TurnedPlan> plan_turned(const Meridian& meridian, const std::vector<PlaneRegion>& tools, double seam) {
  return if_certain([&] { return Planner(meridian, tools, seam).run(); });
}

}  // namespace fitwright
