#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/checks/narrow.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

void run(Specimen& specimen, CheckSink& sink) {
  const Surface& surface = specimen.surface();
  constexpr double rounding_deg = 1e-6;
  double total = 0;
  const SharpEdge* sharpest = nullptr;
  std::vector<std::uint32_t> triangles;
  for (const SharpEdge& edge : surface.sharp_edges()) {
    if (edge.inside_deg >= sharp_edge_deg - rounding_deg) continue;
    total += length(edge.b - edge.a);
    triangles.insert(triangles.end(), edge.triangles.begin(), edge.triangles.end());
    if (!sharpest || edge.inside_deg < sharpest->inside_deg) sharpest = &edge;
  }
  if (!sharpest) return;
  Finding finding;
  finding.severity = Severity::risk;
  finding.require({sharp_edge_deg, "deg", "engineering practice, no source", DataStatus::unsourced});
  finding.measured = sharpest->inside_deg;
  finding.at = (sharpest->a + sharpest->b) * 0.5;
  finding.faces = specimen.faces_of(triangles);
  const double angle = std::round(sharpest->inside_deg * 10) / 10;
  finding.message = fmt::format("an edge is as sharp as {} degrees: it comes out blunt and chips", number_text(angle));
  finding.suggestion = "cut the edge off with a chamfer or a flat as wide as the thinnest wall";
  finding.detail = fmt::format("{} mm of edges have less than {} degrees of material between their faces",
                               number_text(std::round(total * 10) / 10), sharp_edge_deg);
  sink.found(std::move(finding));
}

}  // namespace

const Check knife_edge_check{"knife_edge",
                             "Knife edges",
                             "No edge has less than 60 degrees of material between its faces.",
                             {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
                             {},
                             true,
                             run,
                             "The angle inside the material at every edge of the mesh. The limit is our own."};

}  // namespace fitwright
