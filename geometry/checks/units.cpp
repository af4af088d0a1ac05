#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double smallest = 0.5, largest = 10'000;  // mm

// Files carry no unit: inches, metres or micrometres read as millimetres give parts like these.
void run(Specimen& specimen, CheckSink& sink) {
  if (specimen.mesh().triangles.empty()) return;
  const Vec3 size = bounds(specimen.mesh()).size();
  const double longest = std::max({size.x, size.y, size.z});
  if (!std::isfinite(longest) || (longest >= smallest && longest <= largest)) return;
  const bool tiny = longest < smallest;
  Finding finding;
  finding.severity = Severity::risk;
  finding.require(
      {tiny ? smallest : largest, "mm", "Fitwright's own bounds on what is plausible", DataStatus::inferred});
  finding.measured = longest;
  finding.message = tiny ? fmt::format("the part is only {} mm long: was it drawn in metres or inches?",
                                       number_text(std::round(longest * 1e4) / 1e4))
                         : fmt::format("the part is {} m long: was it drawn in another unit than millimetres?",
                                       number_text(std::round(longest / 10) / 100));
  finding.suggestion = "scale it: by 25.4 from inches, 1000 from metres, 0.001 from micrometres";
  sink.found(std::move(finding));
}

}  // namespace

const Check units_check{"units",
                        "Plausible size",
                        "The part is neither so small nor so large that it was probably drawn in another unit.",
                        {},
                        {},
                        false,
                        run,
                        "The longest side of the bounding box, between 0.5 mm and 10 m."};

}  // namespace fitwright
