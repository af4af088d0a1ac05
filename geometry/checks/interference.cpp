#include "geometry/checks/interference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "geometry/checks/solid_query.hpp"

namespace fitwright {

namespace {

Box3 placed_box(const Box3& box, const Placement& placement) {
  Box3 all;
  for (int i = 0; i < 8; ++i)
    all.add(
        placement.apply({i & 1 ? box.max.x : box.min.x, i & 2 ? box.max.y : box.min.y, i & 4 ? box.max.z : box.min.z}));
  return all;
}

Box3 common(const Box3& a, const Box3& b) {
  return {{std::max(a.min.x, b.min.x), std::max(a.min.y, b.min.y), std::max(a.min.z, b.min.z)},
          {std::min(a.max.x, b.max.x), std::min(a.max.y, b.max.y), std::min(a.max.z, b.max.z)}};
}

bool is_thin(const Box3& box, double least) {
  return box.max.x - box.min.x <= least || box.max.y - box.min.y <= least || box.max.z - box.min.z <= least;
}

// The deepest place of one surface within another body, by branch and bound over its triangles. The distance from a
// point to a fixed triangle is convex, so that over a piece it is largest at a corner: a piece that lies along the
// other surface is settled at once.
class Dive {
 public:
  Dive(const Surface& moving, const Placement& placement, const Surface& still, double tolerance)
      : moving_(moving), placement_(placement), still_(still), best_{tolerance, 0, {}} {}

  void run(const Box3& shared, const std::stop_token& stop) {
    const Placement back = placement_.inverse();
    const Box3 near = placed_box(shared, back);
    const double reach = 1e-9;
    moving_.tree().near(near, reach, [&](std::uint32_t t) {
      if (stop.stop_requested()) return;
      Corners corners = moving_.corners(t);
      for (Vec3& corner : corners) corner = placement_.apply(corner);
      look(corners, moving_.deviation(t));
    });
  }

  bool found() const { return found_; }
  const Interference& best() const { return best_; }

 private:
  void look(const Corners& whole, double off) {
    pieces_.assign(1, whole);
    for (; !pieces_.empty() && budget_ > 0; --budget_) {
      const Corners piece = pieces_.back();
      pieces_.pop_back();
      const Vec3 middle = (piece[0] + piece[1] + piece[2]) * (1.0 / 3);
      const NearestOnSurface nearest = nearest_on(still_, middle, length(still_.box().size()) + 2 * radius(piece));
      if (nearest.triangle == Surface::none) continue;
      const double spare = off + still_.deviation(nearest.triangle);
      if (most(piece, nearest.triangle) - spare <= enough()) continue;
      const bool inside = is_inside(still_, middle);
      if (!inside && nearest.distance > radius(piece)) continue;  // all of it outside
      if (inside && nearest.distance - spare > best_.depth) {
        best_ = {nearest.distance - spare, 0, middle};
        found_ = true;
      }
      if (most(piece, nearest.triangle) - spare > enough()) split(piece);
    }
  }

  // Places that are a little deeper are not worth looking for.
  double enough() const { return found_ ? 1.1 * best_.depth : best_.depth; }

  static double radius(const Corners& piece) {
    const Vec3 middle = (piece[0] + piece[1] + piece[2]) * (1.0 / 3);
    return std::max({length(piece[0] - middle), length(piece[1] - middle), length(piece[2] - middle)});
  }
  double most(const Corners& piece, std::uint32_t triangle) const {
    const Corners to = still_.corners(triangle);
    double far = 0;
    for (const Vec3& corner : piece) far = std::max(far, length(nearest_on_triangle(corner, to) - corner));
    return far;
  }
  // In two, across the longest side.
  void split(const Corners& piece) {
    int longest = 0;
    double size = 0;
    for (int k = 0; k < 3; ++k)
      if (const double one = length(piece[(k + 1) % 3] - piece[k]); one > size) {
        size = one;
        longest = k;
      }
    const Vec3 middle = (piece[longest] + piece[(longest + 1) % 3]) * 0.5;
    Corners first = piece, second = piece;
    first[(longest + 1) % 3] = middle;
    second[longest] = middle;
    pieces_.push_back(first);
    pieces_.push_back(second);
  }

  const Surface& moving_;
  const Placement placement_;
  const Surface& still_;
  Interference best_;
  bool found_ = false;
  int budget_ = 100'000;  // pieces: some tenths of a second
  std::vector<Corners> pieces_;
};

// Bodies whose surfaces coincide all over have nothing of one surface inside the other: a point in the midst of the
// material tells.
std::optional<Interference> coincide(const Surface& a, const Surface& b, const Placement& a_to_b, double tolerance) {
  const std::uint32_t step = std::max<std::uint32_t>(1, a.size() / 32);
  for (std::uint32_t t = 0; t < a.size(); t += step) {
    const Vec3 from = a.middle(t), inwards = a.normal(t) * -1, to = from + inwards * length(a.box().size());
    double first = 1;
    a.tree().along(from, to, [&](std::uint32_t other) {
      const double at = other == t ? -1 : crossing_of_segment(from, to, a.corners(other));
      if (at > 1e-9) first = std::min(first, at);
    });
    const Vec3 midst = from + (to - from) * (first / 2);
    const Vec3 there = a_to_b.apply(midst);
    if (!is_inside(a, midst) || !is_inside(b, there)) continue;
    const double depth = nearest_on(b, there, std::numeric_limits<double>::infinity()).distance;
    if (depth > tolerance) return Interference{depth, 0, midst};
  }
  return {};
}

double shared_volume(const Surface& a, const Surface& b, const Placement& a_to_b, const Box3& shared,
                     const std::stop_token& stop) {
  constexpr int steps = 20;
  const Vec3 cell = shared.size() * (1.0 / steps);
  int both = 0;
  for (int x = 0; x < steps; ++x)
    for (int y = 0; y < steps && !stop.stop_requested(); ++y)
      for (int z = 0; z < steps; ++z) {
        const Vec3 p = shared.min + Vec3{cell.x * (x + 0.5), cell.y * (y + 0.5), cell.z * (z + 0.5)};
        both += is_inside(a, p) && is_inside(b, a_to_b.apply(p));
      }
  return both * cell.x * cell.y * cell.z;
}

// Directions that a vertex' faces point in, alike ones once, summed: going back along it leads into the material of
// all.
std::vector<Vec3> outward(const Surface& surface) {
  std::vector<std::vector<Vec3>> normals(surface.mesh().vertices.size());
  for (std::uint32_t t = 0; t < surface.size(); ++t)
    for (const std::uint32_t v : surface.mesh().triangles[t])
      if (std::none_of(normals[v].begin(), normals[v].end(),
                       [&](Vec3 n) { return dot(n, surface.normal(t)) > 0.87; }))  // 30 degrees
        normals[v].push_back(surface.normal(t));
  std::vector<Vec3> sums(normals.size());
  for (std::size_t v = 0; v < normals.size(); ++v)
    for (const Vec3& n : normals[v]) sums[v] = sums[v] + n;
  return sums;
}

bool cross_each_other(const Corners& a, const Corners& b) {
  for (int k = 0; k < 3; ++k)
    if (crossing_of_segment(a[k], a[(k + 1) % 3], b) >= 0 || crossing_of_segment(b[k], b[(k + 1) % 3], a) >= 0)
      return true;
  return false;
}

// A place where the surfaces cross, or of one body wholly inside the other.
std::optional<Vec3> meeting(const Surface& a, const Surface& b, const Placement& b_to_a, const Box3& shared,
                            const std::stop_token& stop) {
  std::optional<Vec3> found;
  double reach = 1e-9;
  b.tree().near(placed_box(shared, b_to_a.inverse()), reach, [&](std::uint32_t t) {
    if (found || stop.stop_requested()) return;
    Corners corners = b.corners(t);
    Box3 box;
    for (Vec3& corner : corners) {
      corner = b_to_a.apply(corner);
      box.add(corner);
    }
    double near = 1e-9;
    a.tree().near(box, near, [&](std::uint32_t other) {
      if (!found && cross_each_other(a.corners(other), corners))
        found = (corners[0] + corners[1] + corners[2]) * (1.0 / 3);
    });
  });
  if (found) return found;
  // Without a crossing one is wholly inside the other, or outside.
  if (const Vec3 v = b_to_a.apply(b.corners(0)[0]); is_inside(a, v)) return v;
  const Vec3 first = a.corners(0)[0];
  return is_inside(b, b_to_a.inverse().apply(first)) ? std::optional(first) : std::nullopt;
}

}  // namespace

ShrunkBody::ShrunkBody(const Surface& full, double allowed) : whole(full), tolerance(allowed), mesh_(full.mesh()) {
  std::vector<double> off(mesh_.vertices.size(), 0);
  for (std::uint32_t t = 0; t < whole.size(); ++t) {
    const double deviation = whole.deviation(t);
    for (const std::uint32_t v : mesh_.triangles[t]) off[v] = std::max(off[v], deviation);
  }
  const std::vector<Vec3> out = outward(whole);
  for (std::size_t v = 0; v < off.size(); ++v)
    mesh_.vertices[v] = mesh_.vertices[v] - out[v] * (tolerance / 2 + off[v]);
  surface_.emplace(mesh_);
}

Result<std::optional<Interference>> find_interference(const ShrunkBody& a, const ShrunkBody& b, const Placement& b_to_a,
                                                      std::stop_token stop) {
  const Placement a_to_b = b_to_a.inverse();
  const double tolerance = std::max(a.tolerance, b.tolerance);
  const Box3 shared = common(a.whole.box(), placed_box(b.whole.box(), b_to_a));
  if (is_thin(shared, tolerance)) return std::optional<Interference>();
  const auto place = meeting(a.surface(), b.surface(), b_to_a, shared, stop);
  std::optional<Interference> found = coincide(a.whole, b.whole, a_to_b, tolerance);
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the search for interference was cancelled");
  if (!place && !found) return std::optional<Interference>();
  if (!found) found = Interference{tolerance, 0, *place};
  Dive b_in_a(b.whole, b_to_a, a.whole, found->depth);
  b_in_a.run(shared, stop);
  if (b_in_a.found()) found = b_in_a.best();
  Dive a_in_b(a.whole, a_to_b, b.whole, found->depth);
  a_in_b.run(placed_box(shared, a_to_b), stop);
  if (a_in_b.found()) {
    found = a_in_b.best();
    found->at = b_to_a.apply(found->at);
  }
  found->volume = shared_volume(a.whole, b.whole, a_to_b, shared, stop);
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the search for interference was cancelled");
  return found;
}

}  // namespace fitwright
