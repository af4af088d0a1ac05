#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "geometry/checks/narrow.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double short_edge = 3;  // mm: the point of a letter, no more

// Of our own parts the faces themselves tell the angle: triangles of a winding strip lean this way and that.
double inside_deg(Specimen& specimen, const SharpEdge& edge) {
  if (!specimen.exact() || edge.inside_deg >= 180) return edge.inside_deg;
  const Vec3 middle = (edge.a + edge.b) * 0.5;
  const Surface& surface = specimen.surface();
  const double turn =
      dot(surface.smooth_normal(edge.triangles[0], middle), surface.smooth_normal(edge.triangles[1], middle));
  return 180 - std::acos(std::clamp(turn, -1.0, 1.0)) * 180 / std::numbers::pi;
}

// Length of the longest run of edges that meet at their ends.
double longest_run(const std::vector<SharpEdge>& edges) {
  std::map<std::uint32_t, std::uint32_t> up;  // from a vertex towards the one that stands for its run
  const auto top = [&](std::uint32_t v) {
    while (up.try_emplace(v, v).first->second != v) v = up[v] = up[up[v]];
    return v;
  };
  for (const SharpEdge& edge : edges) up[top(edge.vertices[0])] = top(edge.vertices[1]);
  std::map<std::uint32_t, double> runs;
  double longest = 0;
  for (const SharpEdge& edge : edges)
    longest = std::max(longest, runs[top(edge.vertices[0])] += length(edge.b - edge.a));
  return longest;
}

void run(Specimen& specimen, CheckSink& sink) {
  constexpr double rounding_deg = 1e-6;
  std::vector<SharpEdge> knives;
  std::vector<std::uint32_t> triangles;
  double total = 0;
  for (SharpEdge edge : specimen.surface().sharp_edges()) {
    edge.inside_deg = inside_deg(specimen, edge);
    if (edge.inside_deg >= sharp_edge_deg - rounding_deg) continue;
    total += length(edge.b - edge.a);
    triangles.insert(triangles.end(), edge.triangles.begin(), edge.triangles.end());
    knives.push_back(edge);
  }
  if (knives.empty()) return;
  const SharpEdge& sharpest = *std::min_element(
      knives.begin(), knives.end(), [](const auto& a, const auto& b) { return a.inside_deg < b.inside_deg; });
  Finding finding;
  finding.severity = longest_run(knives) > short_edge ? Severity::risk : Severity::advice;
  finding.require({sharp_edge_deg, "deg", "engineering practice, no source", DataStatus::unsourced});
  finding.measured = sharpest.inside_deg;
  finding.at = (sharpest.a + sharpest.b) * 0.5;
  finding.faces = specimen.faces_of(triangles);
  const double angle = std::round(sharpest.inside_deg * 10) / 10;
  finding.message = fmt::format("an edge is as sharp as {} degrees: it comes out blunt and chips", number_text(angle));
  finding.suggestion = "cut the edge off with a chamfer or a flat as wide as the thinnest wall";
  finding.detail = fmt::format("{} mm of edges have less than {} degrees of material between their faces",
                               number_text(std::round(total * 10) / 10), sharp_edge_deg);
  sink.found(std::move(finding));
}

}  // namespace

const Check knife_edge_check{
    "knife_edge",
    "Knife edges",
    "No edge has less than 60 degrees of material between its faces.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {},
    true,
    run,
    "The angle inside the material at every edge of the mesh, of our own parts between the faces themselves. Edges of "
    "less than 3 mm, as the points of letters have, are advice. The limits are our own."};

}  // namespace fitwright
