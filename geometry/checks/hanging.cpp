// Overhangs, bridges and islands of parts that are printed layer on layer.
#include <fmt/format.h>

#include <cmath>

#include "geometry/checks/overhang.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

// Processes give the angle from the vertical or from the horizontal.
double from_vertical(const Limit& limit) {
  return limit.key.find("from_horizontal") == std::string_view::npos ? limit.quantity.value : 90 - limit.quantity.value;
}

double first_layer(const Subject& subject) {
  const auto layer = subject.input.process->find("layer_height_default_mm");
  return (layer ? layer->value : 0.1) + subject.rounding();
}

// How far something may stand out without support.
double free_reach(const Subject& subject) {
  const auto limit = find_limit(
      {"free reach", {"max_unsupported_overhang_mm", "max_step_overhang_mm", "max_unsupported_cantilever_mm"}},
      *subject.input.process);
  return limit ? limit->quantity.value : 0;
}

std::string rounded(double value, double step) { return number_text(std::round(value / step) * step); }

Finding about(const Subject& subject, const Hang& hang) {
  Finding finding;
  finding.at = hang.at;
  finding.faces = subject.faces_of(hang.triangles);
  finding.detail = fmt::format("{} triangles, {} mm2 seen from below, down to {} degrees from the vertical",
                               hang.triangles.size(), rounded(hang.area, 0.1), rounded(hang.steepest_deg, 0.1));
  return finding;
}

void run_overhangs(Subject& subject, std::stop_token, CheckSink& sink) {
  const Limit& limit = subject.limits[0];
  const double allowed = from_vertical(limit);
  const double free = free_reach(subject);
  for (const Hang& hang : find_hangs(subject.surface(), allowed, first_layer(subject))) {
    if (hang.kind != HangKind::overhang || hang.reach <= free + subject.rounding()) continue;
    Finding finding = about(subject, hang);
    finding.severity = Severity::risk;
    finding.require(limit.quantity);
    finding.required = allowed;
    finding.measured = hang.steepest_deg;
    finding.message = fmt::format(
        "a face of {} mm2 hangs over at {} degrees from the vertical and needs support: {} manages {}",
        rounded(hang.area, 1), rounded(hang.steepest_deg, 0.1), subject.input.process->name, rounded(allowed, 0.1));
    finding.suggestion = "print it another way up, make the slope steeper, or let the slicer add supports";
    finding.detail += fmt::format("; it stands out {} mm from what holds it", rounded(hang.reach, 0.01));
    sink.found(std::move(finding));
  }
}

void run_bridges(Subject& subject, std::stop_token, CheckSink& sink) {
  const Quantity& limit = subject.limits[1].quantity;
  for (const Hang& hang : find_hangs(subject.surface(), from_vertical(subject.limits[0]), first_layer(subject))) {
    if (hang.kind != HangKind::bridge || hang.reach <= limit.value + subject.rounding()) continue;
    Finding finding = about(subject, hang);
    finding.severity = Severity::advice;
    finding.require(limit);
    finding.measured = hang.reach;
    finding.message = fmt::format("a ceiling spans {} mm without support: {} bridges {} mm", rounded(hang.reach, 0.01),
                                  subject.input.process->name, number_text(limit.value));
    finding.suggestion = "print it another way up, give the ceiling an arch, or let the slicer add supports";
    sink.found(std::move(finding));
  }
}

void run_islands(Subject& subject, std::stop_token, CheckSink& sink) {
  for (const Hang& hang : find_hangs(subject.surface(), from_vertical(subject.limits[0]), first_layer(subject))) {
    // A speck of a slope that faces down a little more than its surroundings is no beginning.
    if (hang.kind != HangKind::island || (hang.area > 0 && hang.reach < first_layer(subject))) continue;
    Finding finding = about(subject, hang);
    finding.severity = Severity::risk;
    finding.measured = hang.at.z - subject.surface().box().min.z;
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

const Check overhang_check{"overhang",
                           "Overhangs",
                           "No face hangs over so far and so flat that it needs support.",
                           {ProcessKind::filament, ProcessKind::layers},
                           {angle},
                           true,
                           run_overhangs};

const Check bridge_check{"bridge",
                         "Bridges",
                         "No ceiling between two walls spans further than the process can bridge.",
                         {ProcessKind::filament, ProcessKind::layers},
                         {angle, {"longest bridge", {"max_bridge_mm"}}},
                         true,
                         run_bridges};

const Check island_check{"island",
                         "Islands",
                         "No piece of the part begins in the air.",
                         {ProcessKind::filament, ProcessKind::layers},
                         {angle},
                         true,
                         run_islands};

}  // namespace fitwright
