// Holes that close up and pins that break: diameters of what is round.
#include <fmt/format.h>

#include <algorithm>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

Finding about(const Specimen& specimen, const Round& round) {
  Finding finding;
  finding.at = (round.low + round.high) * 0.5;
  finding.faces = specimen.faces_of(round.triangles);
  finding.detail = round.exact ? "diameter of the exact cylinder"
                               : fmt::format("diameter of the cylinder that fits {} triangles best, by least squares",
                                             round.triangles.size());
  return finding;
}

void report(Specimen& specimen, const Round& round, std::string message, std::string suggestion, CheckSink& sink) {
  Finding finding = about(specimen, round);
  finding.severity = Severity::risk;
  finding.require(specimen.limits[0].quantity);
  finding.measured = 2 * round.radius;
  finding.message = std::move(message);
  finding.suggestion = std::move(suggestion);
  sink.found(std::move(finding));
}

bool too_small(Specimen& specimen, const Round& round) {
  return 2 * round.radius < specimen.limits[0].quantity.value - specimen.rounding();
}

void run_holes(Specimen& specimen, CheckSink& sink) {
  for (const Round& round : specimen.rounds())
    if (round.concave && too_small(specimen, round))
      report(specimen, round,
             fmt::format("a hole of {} may close when it is made: {} needs {}", mm(2 * round.radius),
                         specimen.process().name, mm(specimen.limits[0].quantity.value)),
             "make the hole wider, or drill it afterwards", sink);
}

// A thin disc is round too; a pin is longer than it is wide.
bool is_pin(const Round& round) { return !round.concave && length(round.high - round.low) > 2 * round.radius; }

void run_pins(Specimen& specimen, CheckSink& sink) {
  for (const Round& round : specimen.rounds())
    if (is_pin(round) && too_small(specimen, round))
      report(specimen, round,
             fmt::format("a pin of {} breaks easily: {} needs {}", mm(2 * round.radius), specimen.process().name,
                         mm(specimen.limits[0].quantity.value)),
             "make the pin thicker, or shorter than its diameter", sink);
}

// A tube or a post that is drilled along its axis is no pin: what matters there is the wall.
bool stands_free(Specimen& specimen, const Round& pin) {
  const Vec3 middle = (pin.low + pin.high) * 0.5;
  return std::none_of(specimen.rounds().begin(), specimen.rounds().end(), [&](const Round& hole) {
    const Vec3 off = hole.low - middle;
    return hole.concave && hole.radius < pin.radius && length(cross(pin.axis, hole.axis)) < 1e-3 &&
           length(cross(off, pin.axis)) < pin.radius;
  });
}

// The length of a round is that of its own surface: it ends where the part widens.
void run_slender(Specimen& specimen, CheckSink& sink) {
  const Quantity& limit = specimen.limits[0].quantity;
  for (const Round& round : specimen.rounds()) {
    const double high = length(round.high - round.low), ratio = high / (2 * round.radius);
    if (round.concave || high <= (limit.value * 2 * round.radius) + specimen.rounding()) continue;
    if (!stands_free(specimen, round)) continue;
    Finding finding = about(specimen, round);
    finding.severity = Severity::advice;
    finding.require(limit);
    finding.unit = "times its diameter";
    finding.measured = ratio;
    finding.message = fmt::format("a pin of {} is {} long, {} times its diameter: {} should stay below {} times",
                                  mm(2 * round.radius), mm(high), rounded(ratio, 0.1), specimen.process().name,
                                  number_text(limit.value));
    finding.suggestion = "make the pin thicker or shorter, or put a screw or metal rod in its place";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check hole_diameter_check{
    "hole_diameter",
    "Hole diameter",
    "No round hole is so narrow that it closes.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {{"smallest hole", {"min_hole_diameter_mm"}}},
    true,
    run_holes,
    "Cylinders that go all the way round: their exact diameter, or that of the cylinder that fits a mesh best."};

const Check pin_diameter_check{"pin_diameter",
                               "Pin diameter",
                               "No round pin that is longer than wide is so thin that it breaks.",
                               {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
                               {{"thinnest pin", {"min_pin_diameter_mm", "min_feature_mm"}}},
                               true,
                               run_pins,
                               "Cylinders that go all the way round, with the material inside, longer than wide."};

const Check pin_slenderness_check{
    "pin_slenderness",
    "Slender pins",
    "No round pin is so many times longer than thick that it bends or breaks while it is made.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {{"longest pin", {"max_pin_height_to_diameter_ratio"}, true}},
    true,
    run_slender,
    "Length of the cylinder's own surface over its diameter; posts that are drilled along their axis are not pins."};

}  // namespace fitwright
