// Parts cut out of a block by a three-axis mill: what it reaches, and with which tool.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "geometry/checks/reach.hpp"
#include "geometry/checks/regions.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

std::string names(std::uint8_t set) {
  std::string text;
  for (int d = 0; d < 6; ++d)
    if (set >> d & 1) text += (text.empty() ? "" : ", ") + std::string(set_ups()[d].name);
  return text;
}

void run_undercuts(Specimen& specimen, CheckSink& sink) {
  const auto& reach = specimen.reach();
  if (!reach) return sink.undecided(reach.error().message);
  const Surface& surface = specimen.surface();
  const auto hidden = [&](std::uint32_t t) { return (*reach)[t] == 0 && surface.area(t) > 0; };
  for (const auto& group : regions(surface, hidden, [](std::uint32_t) { return Surface::none; })) {
    double area = 0;
    for (const std::uint32_t t : group) area += surface.area(t);
    Finding finding;
    finding.severity = Severity::blocks;
    finding.measured = area;
    finding.required = 0;
    finding.unit = "mm2";
    finding.at = surface.middle(*std::max_element(group.begin(), group.end(), [&](std::uint32_t a, std::uint32_t b) {
      return surface.area(a) < surface.area(b);
    }));
    finding.faces = specimen.faces_of(group);
    const auto fact = specimen.process().facts.find("undercuts_allowed");
    finding.source = fact != specimen.process().facts.end() ? fact->second.source : "a cutter comes straight in";
    finding.status = fact != specimen.process().facts.end() ? fact->second.status : DataStatus::derived;
    finding.message =
        fmt::format("{} mm2 are undercut: no cutter reaches them from any of six sides", rounded(area, 0.1));
    finding.suggestion = "open the undercut to one side, or make the part of two pieces";
    finding.detail = "faces that are covered, or turned away, when seen along the six axes of the part as it is made";
    sink.found(std::move(finding));
  }
  constexpr int usual = 2;  // one side, and the other
  const std::uint8_t set = enough(*reach);
  if (std::popcount(set) <= usual) return;
  Finding finding;
  finding.severity = Severity::advice;
  finding.measured = std::popcount(set);
  finding.require({usual, "set-ups", "engineering practice, no source", DataStatus::unsourced});
  finding.message = fmt::format("the part must be clamped {} times: from {}", std::popcount(set), names(set));
  finding.suggestion = "move what can be to one side and its opposite; each further set-up costs";
  finding.detail = "the smallest of all sets of axes from which every face that can be reached is reached";
  sink.found(std::move(finding));
}

// How far a tool must come down to cut a face, along the set-up that needs least.
double depth_of(const Surface& surface, std::span<const std::uint32_t> triangles, std::uint8_t set) {
  double least = std::numeric_limits<double>::infinity();
  for (int d = 0; d < 6; ++d) {
    if ((set >> d & 1) == 0) continue;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const std::uint32_t t : triangles)
      for (const Vec3& corner : surface.corners(t)) {
        low = std::min(low, dot(corner, set_ups()[d].from));
        high = std::max(high, dot(corner, set_ups()[d].from));
      }
    least = std::min(least, high - low);
  }
  return least;
}

// Set-ups from which all of the triangles can be cut.
std::uint8_t common(const std::vector<std::uint8_t>& reach, std::span<const std::uint32_t> triangles) {
  std::uint8_t all = 63;
  for (const std::uint32_t t : triangles) all &= reach[t];
  return all;
}

// A flat end mill leaves a sharp edge where a wall stands on a floor; between two walls it leaves its own radius.
bool cuts_sharp(const Surface& surface, const SharpEdge& edge, std::uint8_t set) {
  for (int d = 0; d < 6; ++d) {
    if ((set >> d & 1) == 0) continue;
    const double a = dot(surface.normal(edge.triangles[0]), set_ups()[d].from),
                 b = dot(surface.normal(edge.triangles[1]), set_ups()[d].from);
    const auto floor = [](double cosine) { return cosine > 1 - 1e-6; };
    if ((floor(a) && b > -1e-4) || (floor(b) && a > -1e-4)) return true;
  }
  return false;
}

struct Tool {
  double over_radius = 1, over_depth = 1, smallest = 0;
  // The inside radius that a tool long enough for the depth leaves in comfort.
  double radius_for(double depth) const { return over_radius * std::max(smallest, depth / over_depth) / 2; }
};

Finding corner_finding(const Specimen& specimen, double radius, double needed, double depth, Vec3 at) {
  Finding finding;
  finding.severity = radius == 0 ? Severity::blocks : Severity::risk;
  finding.require(specimen.limits[0].quantity);
  finding.required = needed;
  finding.unit = "mm";
  finding.measured = radius;
  finding.at = at;
  finding.message = radius == 0
                        ? fmt::format("an upright inside corner is sharp, {} deep: a round tool leaves {} at least",
                                      mm(depth), mm(needed))
                        : fmt::format(
                              "an inside corner has a radius of {} at a depth of {}: a tool that reaches down "
                              "there needs {}",
                              mm(radius), mm(depth), mm(needed));
  finding.suggestion = "round the corner more, make the pocket shallower, or open the corner with a relief";
  finding.detail = "radius over that of the tool, and depth over the tool's diameter, as the process limits them";
  return finding;
}

void run_corners(Specimen& specimen, CheckSink& sink) {
  const auto& reach = specimen.reach();
  if (!reach) return sink.undecided(reach.error().message);
  const Surface& surface = specimen.surface();
  const auto tools = specimen.process().numbers("standard_endmill_diameters_mm");
  const Tool tool{specimen.limits[0].quantity.value, specimen.limits[1].quantity.value,
                  tools.empty() ? 0 : *std::min_element(tools.begin(), tools.end())};
  for (const SharpEdge& edge : surface.sharp_edges()) {
    if (edge.inside_deg <= 180) continue;
    const std::uint8_t set = common(*reach, edge.triangles);
    if (set == 0 || cuts_sharp(surface, edge, set)) continue;
    const double depth = length(edge.b - edge.a);
    Finding finding = corner_finding(specimen, 0, tool.radius_for(depth), depth, (edge.a + edge.b) * 0.5);
    finding.faces = specimen.faces_of(edge.triangles);
    sink.found(std::move(finding));
  }
  if (!specimen.exact()) return;
  // Rounded corners: concave cylinder faces that do not close to a bore.
  const auto& faces = specimen.input.built->faces;
  std::map<std::uint32_t, std::vector<std::uint32_t>> corners;
  for (std::uint32_t t = 0; t < surface.size(); ++t)
    if (const std::uint32_t face = specimen.mesh().face_of[t];
        face < faces.size() && faces[face].kind == SurfaceKind::cylinder && faces[face].concave &&
        specimen.hole_of()[t] == Surface::none)
      corners[face].push_back(t);
  for (const auto& [face, triangles] : corners) {
    const std::uint8_t set = common(*reach, triangles);
    if (set == 0) continue;
    const double depth = depth_of(surface, triangles, set), needed = tool.radius_for(depth);
    if (faces[face].radius >= needed - specimen.rounding()) continue;
    Finding finding = corner_finding(specimen, faces[face].radius, needed, depth, surface.middle(triangles.front()));
    finding.faces = {face};
    sink.found(std::move(finding));
  }
}

void run_pockets(Specimen& specimen, CheckSink& sink) {
  const auto& reach = specimen.reach();
  if (!reach) return sink.undecided(reach.error().message);
  const Quantity& limit = specimen.limits[0].quantity;
  const Vec3 size = specimen.surface().box().size();
  const double widest = std::max({size.x, size.y, size.z}) / limit.value;
  const auto& places = specimen.thin_places(Between::air, widest);
  if (!places) return sink.undecided(places.error().message);
  for (const ThinPlace& place : *places) {
    const std::uint8_t set = common(*reach, place.triangles);
    if (set == 0) continue;  // the check of undercuts looks at those
    const double depth = depth_of(specimen.surface(), place.triangles, set), ratio = depth / place.width;
    if (ratio <= limit.value + 1e-6) continue;
    Finding finding = thin_finding(specimen, limit, place);
    finding.severity = Severity::risk;
    finding.measured = ratio;
    finding.unit = "times its width";
    finding.message =
        fmt::format("a pocket is {} deep and {} wide, {} times its width: {} manages {} times", mm(depth),
                    mm(place.width), rounded(ratio, 0.1), specimen.process().name, number_text(limit.value));
    finding.suggestion = "make the pocket wider or shallower, or open it to a side";
    sink.found(std::move(finding));
  }
}

void run_holes(Specimen& specimen, CheckSink& sink) {
  const Quantity &usual = specimen.limits[0].quantity, &most = specimen.limits[1].quantity;
  for (const Round& round : specimen.rounds()) {
    if (!round.concave) continue;
    const double depth = length(round.high - round.low), ratio = depth / (2 * round.radius);
    if (ratio <= usual.value + 1e-6) continue;
    const bool too_deep = ratio > most.value + 1e-6;
    Finding finding;
    finding.severity = too_deep ? Severity::risk : Severity::advice;
    finding.require(too_deep ? most : usual);
    finding.unit = "times its diameter";
    finding.measured = ratio;
    finding.at = (round.low + round.high) * 0.5;
    finding.faces = specimen.faces_of(round.triangles);
    finding.message = fmt::format("a hole of {} is {} deep, {} times its diameter: {} {} {} times",
                                  mm(2 * round.radius), mm(depth), rounded(ratio, 0.1), specimen.process().name,
                                  too_deep ? "manages" : "advises", number_text(finding.required.value_or(0)));
    finding.suggestion = "make the hole wider or shallower, or drill it from both sides";
    finding.detail = round.exact ? "length and diameter of the exact cylinder" : "of the cylinder that fits best";
    sink.found(std::move(finding));
  }
}

void run_walls(Specimen& specimen, CheckSink& sink) {
  const Quantity& limit = specimen.limits[specimen.input.metal ? 0 : 1].quantity;
  const auto& places = specimen.thin_places(Between::material, limit.value);
  if (!places) return sink.undecided(places.error().message);
  for (const ThinPlace& place : *places) {
    Finding finding = thin_finding(specimen, limit, place);
    finding.severity = Severity::risk;
    finding.message =
        fmt::format("a wall or floor is {} thick and gives way to the cutter: {} needs {} in {}", mm(place.width),
                    specimen.process().name, mm(limit.value), specimen.input.metal ? "metal" : "plastic and wood");
    finding.suggestion = "make the wall thicker, or lower";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check undercut_check{
    "undercut",
    "Undercuts and set-ups",
    "Every face is reached by a cutter that comes straight in from one of six sides; more than "
    "two set-ups are told.",
    {ProcessKind::milling},
    {},
    true,
    run_undercuts,
    "A face can be cut from one of six directions when it does not turn away from it and nothing stands between. The "
    "smallest set of directions that reaches all reachable faces is told when it has more than two."};

const Check mill_corner_check{
    "mill_corner",
    "Inside corners of pockets",
    "Upright inside corners have a radius that a tool leaves which is long enough for their depth.",
    {ProcessKind::milling},
    {{"radius of inside corners", {"internal_corner_radius_over_tool_radius"}},
     {"reach of tools", {"max_cavity_depth_over_tool_diameter"}}},
    true,
    run_corners,
    "Sharp upright edges that run into the material, and radii of upright hollow cylinders. A tool has at most the "
    "diameter that leaves the radius, and reaches as deep as the process allows for that diameter."};

const Check mill_pocket_check{
    "mill_pocket",
    "Deep pockets",
    "No pocket or slot is too deep for its width.",
    {ProcessKind::milling},
    {{"depth of pockets", {"max_cavity_depth_over_cavity_width"}}},
    true,
    run_pockets,
    "Width as for gaps; depth is how far its walls reach down along the direction from which they are cut."};

const Check mill_hole_check{"mill_hole",
                            "Deep holes",
                            "No hole is too deep for its diameter.",
                            {ProcessKind::milling},
                            {{"usual depth of holes", {"hole_depth_recommended_over_diameter"}},
                             {"largest depth of holes", {"hole_depth_max_over_diameter"}}},
                            true,
                            run_holes,
                            "Length over diameter of round holes."};

const Check mill_wall_check{
    "mill_wall",
    "Walls under the cutter",
    "No wall or floor is so thin that it gives way to the cutter; metal bears more than plastic.",
    {ProcessKind::milling},
    {{"thinnest metal wall", {"min_wall_metal_mm"}}, {"thinnest plastic wall", {"min_wall_plastic_mm"}}},
    true,
    run_walls,
    "The same measurement as for printed walls."};

}  // namespace fitwright
