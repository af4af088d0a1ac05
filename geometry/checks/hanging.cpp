// Overhangs, bridges and islands of parts that are printed layer on layer.
#include <fmt/format.h>

#include <cmath>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

// Processes give the angle from the vertical or from the horizontal.
double from_vertical(const Limit& limit) {
  return limit.key.find("from_horizontal") == std::string_view::npos ? limit.quantity.value : 90 - limit.quantity.value;
}

double first_layer(const Specimen& specimen) {
  const auto layer = specimen.input.process->find("layer_height_default_mm");
  return (layer ? layer->value : 0.1) + specimen.rounding();
}

// mm; what stands out less droops and comes out rough, but holds. Engineering practice, no source.
constexpr double rough_reach = 2;

// How far something may stand out without support.
double free_reach(const Specimen& specimen) {
  const auto limit = find_limit(
      {"free reach", {"max_unsupported_overhang_mm", "max_step_overhang_mm", "max_unsupported_cantilever_mm"}},
      *specimen.input.process);
  return limit ? limit->quantity.value : 0;
}

Finding about(const Specimen& specimen, const Hang& hang) {
  Finding finding;
  finding.at = hang.at;
  finding.faces = specimen.faces_of(hang.triangles);
  finding.detail = fmt::format("{} triangles, {} mm2 seen from below, down to {} degrees from the vertical",
                               hang.triangles.size(), rounded(hang.area, 0.1), rounded(hang.steepest_deg, 0.1));
  return finding;
}

void run_overhangs(Specimen& specimen, CheckSink& sink) {
  const Limit& limit = specimen.limits[0];
  const double allowed = from_vertical(limit);
  const double free = free_reach(specimen);
  for (const Hang& hang : specimen.hangs(allowed, first_layer(specimen))) {
    if (hang.kind != HangKind::overhang || hang.reach <= free + specimen.rounding()) continue;
    Finding finding = about(specimen, hang);
    finding.severity = hang.reach > rough_reach ? Severity::risk : Severity::advice;
    finding.require(limit.quantity);
    finding.required = allowed;
    finding.measured = hang.steepest_deg;
    finding.message = fmt::format(
        "a face of {} mm2 hangs over at {} degrees from the vertical and needs support: {} manages {}",
        rounded(hang.area, 1), rounded(hang.steepest_deg, 0.1), specimen.process().name, rounded(allowed, 0.1));
    finding.suggestion = "print it another way up, make the slope steeper, or let the slicer add supports";
    finding.detail += fmt::format("; it stands out {} mm from what holds it", rounded(hang.reach, 0.01));
    sink.found(std::move(finding));
  }
}

void run_bridges(Specimen& specimen, CheckSink& sink) {
  const Quantity& limit = specimen.limits[1].quantity;
  for (const Hang& hang : specimen.hangs(from_vertical(specimen.limits[0]), first_layer(specimen))) {
    if (hang.kind != HangKind::bridge || hang.reach <= limit.value + specimen.rounding()) continue;
    Finding finding = about(specimen, hang);
    finding.severity = Severity::advice;
    finding.require(limit);
    finding.measured = hang.reach;
    finding.message = fmt::format("a ceiling spans {} mm without support: {} bridges {} mm", rounded(hang.reach, 0.01),
                                  specimen.process().name, number_text(limit.value));
    finding.suggestion = "print it another way up, give the ceiling an arch, or let the slicer add supports";
    sink.found(std::move(finding));
  }
}

void run_islands(Specimen& specimen, CheckSink& sink) {
  for (const Hang& hang : specimen.hangs(from_vertical(specimen.limits[0]), first_layer(specimen))) {
    // A speck of a slope that faces down a little more than its surroundings is no beginning.
    if (hang.kind != HangKind::island || (hang.area > 0 && hang.reach < first_layer(specimen))) continue;
    Finding finding = about(specimen, hang);
    finding.severity = Severity::risk;
    finding.measured = hang.at.z - specimen.surface().box().min.z;
    finding.required = 0;
    finding.unit = "mm";
    finding.message =
        fmt::format("a piece of the part begins in the air, {} mm above the bed", rounded(*finding.measured, 0.01));
    finding.suggestion = "print it another way up, or let the slicer add supports below it";
    sink.found(std::move(finding));
  }
}

const LimitNeeded angle{
    "steepest overhang",
    {"max_overhang_from_vertical_deg", "min_overhang_from_horizontal_deg", "min_self_supporting_from_horizontal_deg"}};

}  // namespace

const Check overhang_check{
    "overhang",
    "Overhangs",
    "No face hangs over so far and so flat that it needs support.",
    {ProcessKind::filament, ProcessKind::layers},
    {angle},
    true,
    run_overhangs,
    "Triangles that face down more steeply than the limit are gathered into regions. A region is held where the "
    "surface goes on downwards from its rim, or at the bed; its reach is how far its rim stands out from what holds "
    "it, seen from above. Regions that reach no further than the free reach of the process pass; up to 2 mm (our "
    "own figure) they come out rough and are advice."};

const Check bridge_check{"bridge",
                         "Bridges",
                         "No ceiling between two walls spans further than the process can bridge.",
                         {ProcessKind::filament, ProcessKind::layers},
                         {angle, {"longest bridge", {"max_bridge_mm"}}},
                         true,
                         run_bridges,
                         "A region that faces down is a bridge when in some direction every line across it is held at "
                         "both ends; its span is the longest line in the direction in which that is shortest."};

const Check island_check{
    "island",
    "Islands",
    "No piece of the part begins in the air.",
    {ProcessKind::filament, ProcessKind::layers},
    {angle},
    true,
    run_islands,
    "Regions that face down and are held nowhere, and points that hang lower than all around them."};

}  // namespace fitwright
