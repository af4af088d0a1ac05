#include "geometry/checks/mate_clearance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "geometry/checks/exact_width.hpp"

namespace fitwright {

namespace {

constexpr double degrees = 180 / std::numbers::pi;
const double facing = std::cos(25 / degrees);  // between the way across and the normals on both sides

// One narrowest place a direction.
struct Gap {
  double width = std::numeric_limits<double>::infinity();
  Vec3 at, across;
  std::uint32_t a = 0, b = 0;  // triangles
};

FaceInfo moved(FaceInfo face, const Placement& placement) {
  face.point = placement.apply(face.point);
  face.direction = placement.apply_direction(face.direction);
  return face;
}

class Gauge {
 public:
  Gauge(const FitSide& a, const FitSide& b, const Placement& b_to_a, double reach)
      : a_(a), b_(b), b_to_a_(b_to_a), a_to_b_(b_to_a.inverse()), reach_(reach) {}

  Result<void> run(const std::stop_token& stop) {
    for (std::uint32_t t = 0; t < b_.surface->size(); ++t) {
      if (stop.stop_requested()) return fail(ErrorKind::cancelled, "measuring a fit was cancelled");
      if (b_.surface->area(t) > 0) look_from(t);
    }
    return {};
  }

  std::optional<Fit> fit() const {
    if (gaps_.empty()) return {};
    const Gap* nearest = &gaps_.begin()->second;
    for (const auto& [key, gap] : gaps_)
      if (gap.width < nearest->width) nearest = &gap;
    Fit fit;
    fit.nearest = nearest->width;
    fit.nearest_at = nearest->at;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& [key, one] : gaps_)
      for (const auto& [other_key, other] : gaps_) {
        if (one.width > other.width || dot(one.across, other.across) > -opposite) continue;
        const double play = one.width + other.width;
        if (play >= least) continue;
        least = play;
        fit.clearance = play / 2;
        fit.clearance_at = one.at;
        fit.across = one.across;
        fit.faces_a = face_of(a_, one.a);
        fit.faces_b = face_of(b_, one.b);
      }
    return fit;
  }

 private:
  static constexpr double opposite = 0.94;  // cosine of 20 degrees

  static std::vector<std::uint32_t> face_of(const FitSide& side, std::uint32_t t) {
    const auto& faces = side.surface->mesh().face_of;
    return side.built && t < faces.size() ? std::vector{faces[t]} : std::vector<std::uint32_t>{};
  }

  void look_from(std::uint32_t t) {
    Corners corners = b_.surface->corners(t);
    Box3 box;
    for (Vec3& corner : corners) {
      corner = b_to_a_.apply(corner);
      box.add(corner);
    }
    const Vec3 normal = b_to_a_.apply_direction(b_.surface->normal(t));
    const double reach = reach_ + 2 * b_.surface->deviation(t);
    a_.surface->tree().near(box, reach, [&](std::uint32_t other) {
      if (dot(normal, a_.surface->normal(other)) < -0.5 && a_.surface->area(other) > 0) meet(other, t, corners);
    });
  }

  void meet(std::uint32_t on_a, std::uint32_t on_b, const Corners& b) {
    const Corners a = a_.surface->corners(on_a);
    PointPair pair = nearest_of_triangles(a, b);
    const double apart = std::sqrt(pair.squared);
    if (apart > reach_ + a_.surface->deviation(on_a) + b_.surface->deviation(on_b)) return;
    const bool touching = apart < 1e-6;
    // Sides that touch along their rims only do not face each other: drawn in a little they part sideways.
    if (touching) {
      pair = nearest_of_triangles(drawn_in(a), drawn_in(b));
      const Vec3 off = pair.q - pair.p;
      if (length(off - a_.surface->normal(on_a) * dot(off, a_.surface->normal(on_a))) > 1e-6) return;
    }
    const Vec3 back = a_to_b_.apply(pair.q);
    const Vec3 from = a_.surface->smooth_point(on_a, pair.p), to = b_to_a_.apply(b_.surface->smooth_point(on_b, back));
    const Vec3 normal_a = a_.surface->smooth_normal(on_a, pair.p),
               normal_b = b_to_a_.apply_direction(b_.surface->smooth_normal(on_b, back));
    const Vec3 across = touching ? normal_a : normalized(pair.q - pair.p);
    if (dot(across, normal_a) < facing || dot(across, normal_b) > -facing) return;
    const double width = exactly(on_a, on_b, std::max(0.0, dot(to - from, across)));
    if (width > reach_) return;
    keep({width, (from + to) * 0.5, across, on_a, on_b});
  }

  static Corners drawn_in(const Corners& c) {
    constexpr double by = 1e-3;
    const Vec3 middle = (c[0] + c[1] + c[2]) * (1.0 / 3);
    return {c[0] + (middle - c[0]) * by, c[1] + (middle - c[1]) * by, c[2] + (middle - c[2]) * by};
  }

  double exactly(std::uint32_t on_a, std::uint32_t on_b, double measured) const {
    const auto a = face_of(a_, on_a), b = face_of(b_, on_b);
    if (a.empty() || b.empty() || a[0] >= a_.built->faces.size() || b[0] >= b_.built->faces.size()) return measured;
    const double tolerance = 0.05 + a_.surface->deviation(on_a) + b_.surface->deviation(on_b);
    return exact_width(a_.built->faces[a[0]], moved(b_.built->faces[b[0]], b_to_a_), measured, tolerance);
  }

  void keep(const Gap& gap) {
    const auto part = [](double v) { return static_cast<int>(std::lround(v * 8)); };
    Gap& known = gaps_[{part(gap.across.x), part(gap.across.y), part(gap.across.z)}];
    if (gap.width < known.width) known = gap;
  }

  const FitSide a_, b_;
  const Placement b_to_a_, a_to_b_;
  double reach_;
  std::map<std::array<int, 3>, Gap> gaps_;  // by direction, about seven degrees each
};

}  // namespace

Result<std::optional<Fit>> measure_fit(const FitSide& a, const FitSide& b, const Placement& b_to_a, double reach,
                                       std::stop_token stop) {
  Gauge gauge(a, b, b_to_a, reach);
  FW_CHECK(gauge.run(stop));
  return gauge.fit();
}

}  // namespace fitwright
