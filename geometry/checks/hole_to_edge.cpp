// Holes that come too close to an edge, a face or another hole.
#include <fmt/format.h>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

void run(Specimen& specimen, CheckSink& sink) {
  const Quantity& limit = specimen.limits[0].quantity;
  const double most = std::max(limit.value, specimen.limits[1].quantity.value);  // as the check of walls asks
  const auto& places = specimen.thin_places(Between::material, most);
  if (!places) return sink.undecided(places.error().message);
  for (const ThinPlace& place : *places) {
    if (place.hole == Surface::none || place.width >= limit.value - specimen.rounding()) continue;
    const Round& hole = specimen.rounds()[place.hole];
    Finding finding = thin_finding(specimen, limit, place);
    finding.severity = Severity::blocks;
    finding.message = fmt::format("a hole of {} leaves only {} of material beside it and {} needs {}",
                                  mm(2 * hole.radius), mm(place.width), specimen.process().name, mm(limit.value));
    finding.suggestion = "move the hole away from the edge or from the next hole, or make it smaller";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check hole_to_edge_check{
    "hole_to_edge",
    "Holes near an edge",
    "Between a round hole and the edge, face or hole next to it there is as much material as a wall needs.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {{"smallest wall", {"min_wall_supported_mm", "min_wall_mm"}},
     {"smallest free-standing wall", {"min_wall_unsupported_mm", "min_wall_supported_mm", "min_wall_mm"}}},
    true,
    run,
    "The same measurement as for walls, where one of the two sides is a round hole and the other does not run about "
    "the same axis."};

}  // namespace fitwright
