#include "geometry/checks/reach.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace fitwright {

namespace {

constexpr double along = 1e-4;  // cosine: such a face stands along the direction

Vec2 aside(Vec3 p, int axis) {
  if (axis == 0) return {p.y, p.z};
  return axis == 1 ? Vec2{p.z, p.x} : Vec2{p.x, p.y};
}
double height(Vec3 p, const SetUp& set_up) { return dot(p, set_up.from); }

// The common part of two convex outlines (Sutherland and Hodgman): the first clipped by each side of the second,
// which runs counter-clockwise.
std::vector<Vec2> clipped(std::vector<Vec2> shape, const std::array<Vec2, 3>& by) {
  for (int k = 0; k < 3 && !shape.empty(); ++k) {
    const Vec2 a = by[k], side = by[(k + 1) % 3] - a;
    std::vector<Vec2> left;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const Vec2 p = shape[i], q = shape[(i + 1) % shape.size()];
      const double at_p = cross(side, p - a), at_q = cross(side, q - a);
      if (at_p >= 0) left.push_back(p);
      if ((at_p >= 0) != (at_q >= 0)) left.push_back(p + (q - p) * (at_p / (at_p - at_q)));
    }
    shape = std::move(left);
  }
  return shape;
}

double area(const std::vector<Vec2>& shape) {
  double twice = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) twice += cross(shape[i], shape[(i + 1) % shape.size()]);
  return twice / 2;
}

class View {
 public:
  View(const Surface& surface, int direction) : surface_(surface), set_up_(set_ups()[direction]), axis_(direction / 2) {
    const Box3& box = surface.box();
    top_ = std::max(height(box.min, set_up_), height(box.max, set_up_));
  }

  bool sees(std::uint32_t t) const {
    const double facing = dot(surface_.normal(t), set_up_.from);
    if (facing < -along) return false;
    return facing > along ? is_open_above(t) : is_open_beside(t);
  }

 private:
  // Whatever stands above a face has an underside there.
  bool is_open_above(std::uint32_t t) const {
    const Corners corners = surface_.corners(t);
    const std::array<Vec2, 3> seen = counter_clockwise(corners);
    const double least = 1e-6 * area({seen.begin(), seen.end()});
    bool open = true;
    double reach = 1e-9;
    surface_.tree().near(column(corners), reach, [&](std::uint32_t other) {
      if (!open || other == t || dot(surface_.normal(other), set_up_.from) >= -along) return;
      const std::array<Vec2, 3> over = counter_clockwise(surface_.corners(other));
      const std::vector<Vec2> both = clipped({seen.begin(), seen.end()}, over);
      if (both.size() < 3 || area(both) <= least) return;
      Vec2 middle;
      for (const Vec2& p : both) middle = middle + p * (1.0 / static_cast<double>(both.size()));
      if (height_over(other, middle) > height_over(t, middle) + 1e-6) open = false;
    });
    return open;
  }

  // A wall is looked at a hair in front of it, along its rim and in its middle.
  bool is_open_beside(std::uint32_t t) const {
    const Corners c = surface_.corners(t);
    const Vec3 middle = surface_.middle(t), off = surface_.normal(t) * 1e-4;
    for (int k = 0; k < 3; ++k)
      for (const Vec3& rim : {c[k], (c[k] + c[(k + 1) % 3]) * 0.5})
        if (is_covered(rim + (middle - rim) * 0.01 + off, t)) return false;
    return !is_covered(middle + off, t);
  }

  bool is_covered(Vec3 from, std::uint32_t own) const {
    const Vec3 to = from + set_up_.from * (top_ - height(from, set_up_) + 1);
    bool covered = false;
    surface_.tree().along(from, to, [&](std::uint32_t t) {
      if (covered || t == own || std::abs(dot(surface_.normal(t), set_up_.from)) < along) return;
      covered = crossing_of_segment(from, to, surface_.corners(t)) > 0;
    });
    return covered;
  }

  std::array<Vec2, 3> counter_clockwise(const Corners& c) const {
    std::array<Vec2, 3> seen{aside(c[0], axis_), aside(c[1], axis_), aside(c[2], axis_)};
    if (cross(seen[1] - seen[0], seen[2] - seen[0]) < 0) std::swap(seen[1], seen[2]);
    return seen;
  }

  Box3 column(const Corners& corners) const {
    Box3 box;
    for (const Vec3& corner : corners) {
      box.add(corner);
      box.add(corner + set_up_.from * (top_ - height(corner, set_up_)));
    }
    return box;
  }

  double height_over(std::uint32_t t, Vec2 place) const {
    const Vec3 a = surface_.corners(t)[0], n = surface_.normal(t);
    const Vec2 off = place - aside(a, axis_), tilt = aside(n, axis_);
    return height(a, set_up_) - dot(off, tilt) / dot(n, set_up_.from);
  }

  const Surface& surface_;
  const SetUp& set_up_;
  int axis_;
  double top_ = 0;
};

}  // namespace

const std::array<SetUp, 6>& set_ups() {
  static const std::array<SetUp, 6> all{SetUp{{1, 0, 0}, "the right"}, SetUp{{-1, 0, 0}, "the left"},
                                        SetUp{{0, 1, 0}, "behind"},    SetUp{{0, -1, 0}, "the front"},
                                        SetUp{{0, 0, 1}, "above"},     SetUp{{0, 0, -1}, "below"}};
  return all;
}

Result<std::vector<std::uint8_t>> reachable(const Surface& surface, std::stop_token stop) {
  std::vector<View> views;
  for (int d = 0; d < 6; ++d) views.emplace_back(surface, d);
  std::vector<std::uint8_t> reach(surface.size(), 0);
  tbb::parallel_for(tbb::blocked_range<std::uint32_t>(0, surface.size(), 64), [&](const auto& range) {
    if (stop.stop_requested()) return;
    for (std::uint32_t t = range.begin(); t < range.end(); ++t)
      for (int d = 0; d < 6; ++d)
        if (views[d].sees(t)) reach[t] = static_cast<std::uint8_t>(reach[t] | 1u << d);
  });
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the search for set-ups was cancelled");
  return reach;
}

std::uint8_t enough(const std::vector<std::uint8_t>& reach) {
  std::array<bool, 64> occurs{};
  for (const std::uint8_t bits : reach) occurs[bits] = true;
  constexpr std::uint8_t above = 1u << 4;
  std::uint8_t best = 63;
  const auto worse = [&](std::uint8_t a, std::uint8_t b) {  // from above first: that is how the part lies
    const int more = std::popcount(a) - std::popcount(b);
    return more != 0 ? more > 0 : (a & above) < (b & above);
  };
  for (std::uint8_t set = 1; set < 64; ++set) {
    bool all = true;
    for (std::uint8_t bits = 1; bits < 64; ++bits) all = all && (!occurs[bits] || (bits & set) != 0);
    if (all && worse(best, set)) best = set;
  }
  return best;
}

}  // namespace fitwright
