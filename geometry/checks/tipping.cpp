#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/checks/hull.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

Vec3 centre_of_mass(const TriangleMesh& mesh) {
  const Vec3 base = mesh.vertices.front();
  Vec3 sum;
  double whole = 0;
  for (const Triangle& t : mesh.triangles) {
    const Vec3 a = mesh.vertices[t[0]] - base, b = mesh.vertices[t[1]] - base, c = mesh.vertices[t[2]] - base;
    const double six_fold = dot(a, cross(b, c));
    sum = sum + (a + b + c) * (six_fold / 4);
    whole += six_fold;
  }
  return base + sum * (1 / whole);
}

// How far a point lies inside the hull; negative outside.
double depth_in(const std::vector<Vec2>& hull, Vec2 p) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Vec2 along = hull[(i + 1) % hull.size()] - hull[i];
    least = std::min(least, cross(along, p - hull[i]) / length(along));
  }
  return least;
}

void run(Specimen& specimen, CheckSink& sink) {
  const Surface& surface = specimen.surface();
  const auto layer = specimen.input.process->find("layer_height_default_mm");
  const double bed = surface.box().min.z + (layer ? layer->value : 0.1);
  std::vector<Vec2> standing;
  for (const Vec3& v : specimen.mesh().vertices)
    if (v.z <= bed) standing.push_back({v.x, v.y});
  const std::vector<Vec2> hull = convex_hull(std::move(standing));
  const Vec3 centre = centre_of_mass(specimen.mesh());
  // Standing on a point or a line it is as good as outside.
  const double depth = hull.size() < 3 ? 0 : depth_in(hull, {centre.x, centre.y});
  if (depth > specimen.rounding()) return;
  Finding finding;
  finding.severity = Severity::risk;
  finding.measured = depth;
  finding.required = 0;
  finding.unit = "mm";
  finding.at = Vec3{centre.x, centre.y, surface.box().min.z};
  finding.source = "the part's own weight";
  finding.status = DataStatus::derived;
  finding.message = hull.size() < 3 ? std::string("the part stands on a point or an edge and falls over")
                                    : fmt::format(
                                          "the part tips over: its centre of mass lies {} mm outside of what it "
                                          "stands on",
                                          number_text(std::round(-depth * 100) / 100));
  finding.suggestion = "print it another way up, or let the slicer add a brim and supports";
  finding.detail = "distance of the centre of mass, seen from above, from the convex hull of the first layer";
  sink.found(std::move(finding));
}

}  // namespace

const Check tipping_check{
    "tipping",
    "Stands by itself",
    "The centre of mass lies above the area that the part stands on.",
    {ProcessKind::filament, ProcessKind::layers},
    {},
    true,
    run,
    "The centre of mass, seen from above, against the convex hull of what lies on the first layer."};

}  // namespace fitwright
