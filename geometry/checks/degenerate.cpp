// Triangles without area: slicers and other programs stumble over them.
#include <fmt/format.h>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"

namespace fitwright {

namespace {

// The corners lie in a line, as far as the numbers of the file can tell.
bool flat_as_a_line(const TriangleMesh& mesh, const Triangle& t, double rounding) {
  const Vec3 &a = mesh.vertices[t[0]], &b = mesh.vertices[t[1]], &c = mesh.vertices[t[2]];
  const double longest = std::max({length(b - a), length(c - b), length(a - c)});
  return length(cross(b - a, c - a)) <= rounding * longest;
}

void run(Specimen& specimen, CheckSink& sink) {
  constexpr double rounding = 1e-9;  // mm
  std::vector<std::uint32_t> slivers;
  for (std::uint32_t t = 0; t < specimen.mesh().triangles.size(); ++t)
    if (flat_as_a_line(specimen.mesh(), specimen.mesh().triangles[t], rounding)) slivers.push_back(t);
  if (slivers.empty()) return;
  Finding finding;
  finding.severity = Severity::advice;
  finding.measured = static_cast<double>(slivers.size());
  finding.required = 0;
  finding.unit = "triangles";
  finding.at = specimen.mesh().vertices[specimen.mesh().triangles[slivers.front()][0]];
  finding.faces = specimen.faces_of(slivers);
  finding.message =
      slivers.size() == 1
          ? std::string("one triangle of the surface has no area: its corners lie in a line")
          : fmt::format("{} triangles of the surface have no area: their corners lie in a line", slivers.size());
  finding.suggestion = "repair the mesh in the program that wrote the file, or export it again";
  finding.detail = "height of the triangle over its longest side below 1e-9 mm";
  sink.found(std::move(finding));
}

}  // namespace

const Check degenerate_check{
    "degenerate",
    "Triangles without area",
    "No triangle of the surface is so flat that its corners lie in a line.",
    {},
    {},
    true,
    run,
    "The height of each triangle over its longest side, which must exceed a millionth of a micrometre."};

}  // namespace fitwright
