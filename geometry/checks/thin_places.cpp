#include "geometry/checks/thin_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "geometry/checks/exact_width.hpp"
#include "geometry/checks/regions.hpp"
#include "geometry/checks/specimen.hpp"

namespace fitwright {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// What a mesh may differ from its surface, as far as verdicts go.
double tolerance(double limit) { return std::max(0.02 * limit, 0.05); }

class Gathering {
 public:
  Gathering(Specimen& specimen, Between between, double limit)
      : specimen_(specimen), surface_(specimen.surface()), between_(between), limit_(limit) {}

  Result<std::vector<ThinPlace>> run() {
    // The mesh of an exact solid may be off by its deflection, to either side; what is known exactly decides.
    const double reach = specimen_.exact() ? limit_ + tolerance(limit_) : limit_;
    FW_TRY(places_, narrow_places(surface_, between_, reach, 0.005, specimen_.stop));
    for (std::uint32_t t = 0; t < surface_.size(); ++t) {
      NarrowPlace& place = places_[t];
      if (!std::isfinite(place.width)) continue;
      if (specimen_.exact()) place.width = exactly(t, place);
      // The check of hole diameters looks at what lies across a hole.
      if (across_hole(t) || place.width >= limit_ - specimen_.rounding()) place.width = infinity;
    }
    std::vector<ThinPlace> found;
    gather(false, found);
    gather(true, found);
    return found;
  }

 private:
  // Places at holes are gathered apart from others.
  void gather(bool at_hole, std::vector<ThinPlace>& found) {
    const auto belongs = [&](std::uint32_t t) {
      return std::isfinite(places_[t].width) && (hole_at(t) != Surface::none) == at_hole;
    };
    for (auto& group : regions(surface_, belongs, [&](std::uint32_t t) { return places_[t].opposite; }))
      found.push_back(describe(std::move(group)));
  }

  bool across_hole(std::uint32_t t) const {
    const auto& holes = specimen_.hole_of();
    return between_ == Between::air && holes[t] != Surface::none && holes[t] == holes[places_[t].opposite];
  }

  double exactly(std::uint32_t t, const NarrowPlace& place) const {
    const auto& faces = specimen_.input.built->faces;
    const std::uint32_t a = specimen_.mesh().face_of[t], b = specimen_.mesh().face_of[place.opposite];
    if (a >= faces.size() || b >= faces.size()) return place.width;
    return exact_width(faces[a], faces[b], place.width, tolerance(limit_));
  }

  // The hole on either side of the narrowest place at a triangle.
  std::uint32_t hole_at(std::uint32_t t) const {
    const std::uint32_t other = places_[t].opposite;
    const auto& holes = specimen_.hole_of();
    const std::uint32_t hole = holes[t] != Surface::none ? holes[t] : holes[other];
    if (hole == Surface::none) return hole;
    const Round& round = specimen_.rounds()[hole];
    return about_axis(round, holes[t] != Surface::none ? other : t) ? Surface::none : hole;
  }

  // Whether the surface at a triangle runs round the axis of a hole, as far as normals tell.
  bool about_axis(const Round& round, std::uint32_t t) const {
    constexpr double aside = 0.05;  // sine; triangles of a mesh point a little off
    const Vec3 off = surface_.middle(t) - round.low;
    const Vec3 out = off - round.axis * dot(off, round.axis);
    const Vec3 normal = surface_.smooth_normal(t, surface_.middle(t));
    return length(cross(out, normal)) < aside * length(out) && !is_flat_side(t);
  }

  // A plane points straight away from the axis at one place only, and its neighbours in it do not.
  bool is_flat_side(std::uint32_t t) const {
    if (specimen_.exact()) {
      const std::uint32_t face = specimen_.mesh().face_of[t];
      const auto& faces = specimen_.input.built->faces;
      return face < faces.size() && faces[face].kind == SurfaceKind::plane;
    }
    for (int k = 0; k < 3; ++k) {
      const double bend = std::abs(180 - surface_.inside_deg(t, k));
      if (bend > 1e-3 && bend < Surface::smooth_deg) return false;
    }
    return true;
  }

  // By how much the two sides at a triangle lean towards each other, in degrees.
  double lean(std::uint32_t t) const {
    const NarrowPlace& place = places_[t];
    const double facing = -dot(surface_.smooth_normal(t, place.p), surface_.smooth_normal(place.opposite, place.q));
    return std::acos(std::clamp(facing, -1.0, 1.0)) * 180 / std::numbers::pi;
  }

  // Faces that end at the mouth of a gap touch the ball there as well, but are none of its sides.
  std::vector<std::uint32_t> sides(const std::vector<std::uint32_t>& group) const {
    std::vector<std::uint32_t> facing;
    std::copy_if(group.begin(), group.end(), std::back_inserter(facing),
                 [&](std::uint32_t t) { return lean(t) <= widest_wedge_deg; });
    return facing.empty() ? group : facing;
  }

  ThinPlace describe(std::vector<std::uint32_t> group) const {
    if (between_ == Between::air) group = sides(group);
    const std::uint32_t narrowest =
        *std::min_element(group.begin(), group.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return places_[a].width < places_[b].width; });
    const NarrowPlace& place = places_[narrowest];
    return {place.width, lean(narrowest), (place.p + place.q) * 0.5, std::move(group), hole_at(narrowest)};
  }

  Specimen& specimen_;
  const Surface& surface_;
  Between between_;
  double limit_;
  std::vector<NarrowPlace> places_;
};

}  // namespace

Result<std::vector<ThinPlace>> find_thin_places(Specimen& specimen, Between between, double limit) {
  return Gathering(specimen, between, limit).run();
}

Finding thin_finding(const Specimen& specimen, const Quantity& limit, const ThinPlace& place) {
  Finding finding;
  finding.require(limit);
  finding.measured = place.width;
  finding.at = place.at;
  finding.faces = specimen.faces_of(place.triangles);
  finding.detail = fmt::format(
      "diameter of the largest ball that touches both sides of {} triangles; sides that lean towards each other by "
      "more than {} degrees bound nothing",
      place.triangles.size(), widest_wedge_deg);
  return finding;
}

}  // namespace fitwright
