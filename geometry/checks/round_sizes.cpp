// Holes that close up and pins that break: diameters of what is round.
#include <fmt/format.h>

#include <cmath>

#include "geometry/checks/rounds.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

void report(Subject& subject, const Round& round, std::string message, std::string suggestion, CheckSink& sink) {
  Finding finding;
  finding.severity = Severity::risk;
  finding.require(subject.limits[0].quantity);
  finding.measured = 2 * round.radius;
  finding.at = (round.low + round.high) * 0.5;
  finding.faces = subject.faces_of(round.triangles);
  finding.message = std::move(message);
  finding.suggestion = std::move(suggestion);
  finding.detail = round.exact ? "diameter of the exact cylinder"
                               : fmt::format("diameter of the cylinder that fits {} triangles best, by least squares",
                                             round.triangles.size());
  sink.found(std::move(finding));
}

std::string mm(double value) { return number_text(std::round(value * 1000) / 1000) + " mm"; }

bool too_small(Subject& subject, const Round& round) {
  return 2 * round.radius < subject.limits[0].quantity.value - subject.rounding();
}

void run_holes(Subject& subject, std::stop_token, CheckSink& sink) {
  for (const Round& round : subject.rounds())
    if (round.concave && too_small(subject, round))
      report(subject, round,
             fmt::format("a hole of {} may close when it is made: {} needs {}", mm(2 * round.radius),
                         subject.input.process->name, mm(subject.limits[0].quantity.value)),
             "make the hole wider, or drill it afterwards", sink);
}

// A thin disc is round too; a pin is longer than it is wide.
bool is_pin(const Round& round) { return !round.concave && length(round.high - round.low) > 2 * round.radius; }

void run_pins(Subject& subject, std::stop_token, CheckSink& sink) {
  for (const Round& round : subject.rounds())
    if (is_pin(round) && too_small(subject, round))
      report(subject, round,
             fmt::format("a pin of {} breaks easily: {} needs {}", mm(2 * round.radius), subject.input.process->name,
                         mm(subject.limits[0].quantity.value)),
             "make the pin thicker, or shorter than its diameter", sink);
}

}  // namespace

const Check hole_diameter_check{"hole_diameter",
                                "Hole diameter",
                                "No round hole is so narrow that it closes.",
                                {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
                                {{"smallest hole", {"min_hole_diameter_mm"}}},
                                true,
                                run_holes};

const Check pin_diameter_check{"pin_diameter",
                               "Pin diameter",
                               "No round pin that is longer than wide is so thin that it breaks.",
                               {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
                               {{"thinnest pin", {"min_pin_diameter_mm", "min_feature_mm"}}},
                               true,
                               run_pins};

}  // namespace fitwright
