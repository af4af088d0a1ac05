#include "geometry/checks/rounds.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

namespace fitwright {

namespace {

using Group = std::vector<std::uint32_t>;

// Directions across an axis.
struct Frame {
  Vec3 x, y;
};
Frame across(Vec3 axis) {
  const Vec3 any = std::abs(axis.x) < 0.6 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  const Vec3 x = normalized(cross(axis, any));
  return {x, cross(axis, x)};
}

// The axis to which all normals stand square: in the plane of the normals two of them, as different as can be, span
// it. Nothing when the normals do not lie in a plane or hardly differ.
std::optional<Vec3> common_axis(const Surface& surface, const Group& group) {
  const Vec3 first = surface.normal(group.front());
  Vec3 best;
  for (const std::uint32_t t : group) {
    const Vec3 axis = cross(first, surface.normal(t));
    if (length(axis) > length(best)) best = axis;
  }
  if (length(best) < 0.3) return {};
  const Vec3 axis = normalized(best);
  constexpr double square = 0.02;  // about a degree
  const bool all = std::all_of(group.begin(), group.end(),
                               [&](std::uint32_t t) { return std::abs(dot(axis, surface.normal(t))) < square; });
  return all ? std::optional(axis) : std::nullopt;
}

struct Circle {
  double x = 0, y = 0, radius = 0;
};

// Least squares (Kåsa): x^2 + y^2 = 2 a x + 2 b y + c is linear in a, b, c.
std::optional<Circle> fit_circle(const std::vector<Vec2>& points) {
  Vec2 mean;
  for (const Vec2& p : points) mean = mean + p * (1.0 / static_cast<double>(points.size()));
  double xx = 0, xy = 0, yy = 0, xr = 0, yr = 0, rr = 0;
  for (const Vec2& at : points) {
    const Vec2 p = at - mean;
    const double square = dot(p, p);
    xx += p.x * p.x;
    xy += p.x * p.y;
    yy += p.y * p.y;
    xr += p.x * square;
    yr += p.y * square;
    rr += square;
  }
  const double determinant = xx * yy - xy * xy;
  if (determinant <= 1e-12 * (xx + yy) * (xx + yy)) return {};
  const double a = (xr * yy - yr * xy) / (2 * determinant), b = (yr * xx - xr * xy) / (2 * determinant);
  return Circle{a + mean.x, b + mean.y, std::sqrt(a * a + b * b + rr / static_cast<double>(points.size()))};
}

// A round still without its triangles' extent along the axis.
struct Candidate {
  Vec3 axis, point;
  double radius = 0;
  bool concave = false, exact = false;
};

std::optional<Candidate> fit_cylinder(const Surface& surface, const Group& group) {
  constexpr std::size_t fewest = 12;  // six sides of two triangles: less is a prism on purpose
  if (group.size() < fewest) return {};
  const auto axis = common_axis(surface, group);
  if (!axis) return {};
  const Frame frame = across(*axis);
  const Vec3 origin = surface.middle(group.front());
  std::vector<Vec2> points;
  for (const std::uint32_t t : group)
    for (const Vec3& corner : surface.corners(t))
      points.push_back({dot(corner - origin, frame.x), dot(corner - origin, frame.y)});
  const auto circle = fit_circle(points);
  if (!circle) return {};
  for (const Vec2& p : points)
    if (std::abs(length(p - Vec2{circle->x, circle->y}) - circle->radius) > 0.01 * circle->radius) return {};
  const Vec3 centre = origin + frame.x * circle->x + frame.y * circle->y;
  const Vec3 outwards = surface.middle(group.front()) - centre;
  return Candidate{*axis, centre, circle->radius, dot(outwards, surface.normal(group.front())) < 0, false};
}

// Whether the triangles go all the way round the axis, and from where to where along it.
std::optional<Round> close(const Surface& surface, const Candidate& about, Group group) {
  constexpr int sectors = 72;
  std::bitset<sectors> seen;
  const Frame frame = across(about.axis);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const std::uint32_t t : group) {
    const Corners corners = surface.corners(t);
    const Vec3 middle = surface.middle(t) - about.point;
    const double at = std::atan2(dot(middle, frame.y), dot(middle, frame.x));
    double from = 0, to = 0;
    for (const Vec3& corner : corners) {
      const Vec3 p = corner - about.point;
      const double turn = std::remainder(std::atan2(dot(p, frame.y), dot(p, frame.x)) - at, 2 * std::numbers::pi);
      from = std::min(from, turn);
      to = std::max(to, turn);
      low = std::min(low, dot(p, about.axis));
      high = std::max(high, dot(p, about.axis));
    }
    const auto sector = [&](double angle) {
      return static_cast<int>(std::floor((at + angle) / (2 * std::numbers::pi) * sectors + 2 * sectors));
    };
    for (int s = sector(from); s <= sector(to); ++s) seen.set(static_cast<std::size_t>(s % sectors));
  }
  if (!seen.all()) return {};
  return Round{about.axis,
               about.point + about.axis * low,
               about.point + about.axis * high,
               about.radius,
               about.concave,
               about.exact,
               std::move(group)};
}

// Equal numbers for equal cylinders, whichever of their points the kernel names.
std::array<std::int64_t, 8> identity(const FaceInfo& face) {
  Vec3 axis = face.direction;
  if (axis.z < -1e-9 || (std::abs(axis.z) <= 1e-9 && (axis.y < -1e-9 || (std::abs(axis.y) <= 1e-9 && axis.x < 0))))
    axis = axis * -1;
  const Vec3 foot = face.point - axis * dot(face.point, axis);
  const auto whole = [](double v) { return static_cast<std::int64_t>(std::llround(v * 1e6)); };
  return {whole(axis.x), whole(axis.y), whole(axis.z),      whole(foot.x),
          whole(foot.y), whole(foot.z), whole(face.radius), face.concave ? 1 : 0};
}

// Triangles of cylinder faces, by cylinder; the axis is found on the mesh, which stands in the made pose.
std::vector<Group> exact_groups(const Surface& surface, const BuiltPart& built) {
  std::map<std::array<std::int64_t, 8>, Group> groups;
  for (std::uint32_t t = 0; t < surface.size(); ++t) {
    const std::uint32_t face = surface.mesh().face_of[t];
    if (face < built.faces.size() && built.faces[face].kind == SurfaceKind::cylinder)
      groups[identity(built.faces[face])].push_back(t);
  }
  std::vector<Group> all;
  for (auto& [id, group] : groups) all.push_back(std::move(group));
  return all;
}

std::vector<Group> patches(const Surface& surface) {
  std::vector<Group> all(surface.patch_count());
  for (std::uint32_t t = 0; t < surface.size(); ++t) all[surface.patch_of()[t]].push_back(t);
  return all;
}

}  // namespace

std::vector<Round> find_rounds(const Surface& surface, const BuiltPart* built) {
  const bool exact = built && surface.mesh().face_of.size() == surface.size();
  std::vector<Round> rounds;
  for (Group& group : exact ? exact_groups(surface, *built) : patches(surface)) {
    auto candidate = fit_cylinder(surface, group);
    if (!candidate) continue;
    if (exact) {
      const FaceInfo& face = built->faces[surface.mesh().face_of[group.front()]];
      candidate->radius = face.radius;
      candidate->concave = face.concave;
      candidate->exact = true;
    }
    if (auto round = close(surface, *candidate, std::move(group))) rounds.push_back(*std::move(round));
  }
  return rounds;
}

}  // namespace fitwright
