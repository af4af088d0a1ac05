// Walls that are too thin and gaps that are too narrow: the same question about material and about air.
#include <fmt/format.h>

#include <algorithm>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/supported.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

// All tips in one, else a knurled grip would fill the report.
void report_ridges(const Specimen& specimen, const Quantity& limit, const std::vector<ThinPlace>& ridges,
                   CheckSink& sink) {
  if (ridges.empty()) return;
  const ThinPlace& narrowest = *std::min_element(
      ridges.begin(), ridges.end(), [](const ThinPlace& a, const ThinPlace& b) { return a.width < b.width; });
  Finding finding = thin_finding(specimen, limit, narrowest);
  finding.severity = Severity::advice;
  finding.message =
      fmt::format("{} narrow as {} at the tip will come out blunt",
                  ridges.size() == 1 ? "a ridge as" : fmt::format("{} ridges as", ridges.size()), mm(narrowest.width));
  finding.suggestion = "expect blunt tips, or make the ridges wider";
  sink.found(std::move(finding));
}

// Detail that is a little too fine comes out here and there, and does no harm where it does not.
Severity of_detail(const Quantity& limit, const ThinPlace& place) {
  return place.width < limit.value / 2 ? Severity::risk : Severity::advice;
}

// Letters and small ribs have a limit of their own where the process names one, and fail without harm to the rest.
void report_relief(const Specimen& specimen, const Quantity& limit, const ThinPlace& place, CheckSink& sink) {
  if (place.width >= limit.value - specimen.rounding()) return;
  Finding finding = thin_finding(specimen, limit, place);
  finding.severity = of_detail(limit, place);
  finding.message = fmt::format("raised detail is {} wide and may not come out: {} needs {}", mm(place.width),
                                specimen.process().name, mm(limit.value));
  finding.suggestion = "make letters larger or bolder, and small ribs wider";
  sink.found(std::move(finding));
}

void run_walls(Specimen& specimen, CheckSink& sink) {
  const Quantity& held = specimen.limits[0].quantity;
  const Quantity& standing = specimen.limits[1].quantity;
  const double most = std::max(held.value, standing.value);
  const auto& places = specimen.thin_places(Between::material, most);
  if (!places) return sink.undecided(places.error().message);
  const auto relief = find_limit({"raised detail", {"min_emboss_width_mm"}}, *specimen.input.process);
  std::vector<ThinPlace> ridges;
  for (const ThinPlace& place : *places) {
    if (place.hole != Surface::none) continue;  // the check of holes near an edge looks at those
    const bool alike = held.value == standing.value;
    const bool supported = alike || is_supported(specimen.surface(), place.triangles);
    const Quantity& limit = supported ? held : standing;
    if (place.width >= limit.value - specimen.rounding()) continue;
    const ThinKind what = thin_kind(specimen.surface(), place.triangles, place.width, limit.value, 2 * limit.value);
    if (what == ThinKind::tip) {
      ridges.push_back(place);
    } else if (what == ThinKind::relief) {
      report_relief(specimen, relief ? relief->quantity : limit, place, sink);
    } else {
      Finding finding = thin_finding(specimen, limit, place);
      finding.severity = Severity::blocks;
      const std::string_view kind = alike ? "wall" : supported ? "wall held on several sides" : "free-standing wall";
      finding.message = fmt::format("a {} is {} thick and {} needs {}", kind, mm(place.width), specimen.process().name,
                                    mm(limit.value));
      finding.suggestion = "make the wall thicker";
      sink.found(std::move(finding));
    }
  }
  report_ridges(specimen, held, ridges, sink);
}

// What opens by more than this fills a little at its bottom, which harms nothing. Engineering practice, no source.
constexpr double crevice_deg = 20;

void run_gaps(Specimen& specimen, CheckSink& sink) {
  const Quantity& limit = specimen.limits[0].quantity;
  const auto detail = find_limit({"engraved detail", {"min_engrave_width_mm"}}, specimen.process());
  const Quantity& engraved = detail ? detail->quantity : limit;
  const auto& places = specimen.thin_places(Between::air, std::max(limit.value, engraved.value));
  if (!places) return sink.undecided(places.error().message);
  for (const ThinPlace& place : *places) {
    // Letters and shallow grooves have a limit of their own where the process names one.
    const ThinKind kind =
        thin_kind(specimen.surface(), place.triangles, place.width, engraved.value, 2 * engraved.value);
    const bool shallow = kind == ThinKind::relief;
    const Quantity& needed = shallow ? engraved : limit;
    if (place.width >= needed.value - specimen.rounding()) continue;
    Finding finding = thin_finding(specimen, needed, place);
    const bool crevice = kind == ThinKind::tip || place.lean_deg > crevice_deg;
    finding.severity = shallow ? of_detail(needed, place) : crevice ? Severity::advice : Severity::risk;
    finding.message =
        fmt::format("{} is {} wide and may close when it is made: {} needs {}", shallow ? "engraved detail" : "a gap",
                    mm(place.width), specimen.process().name, mm(needed.value));
    finding.suggestion =
        shallow ? "make letters larger or bolder, and grooves wider" : "make the gap wider, or close it";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check wall_check{
    "wall_thickness",
    "Wall thickness",
    "No wall is thinner than the process can make; where limits differ, walls held on several sides and free-standing "
    "ones are told apart.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {{"smallest wall", {"min_wall_supported_mm", "min_wall_mm"}},
     {"smallest free-standing wall", {"min_wall_unsupported_mm", "min_wall_supported_mm", "min_wall_mm"}}},
    true,
    run_walls,
    "The diameter of the largest ball inside the material that touches both sides. Every pair of triangles that can "
    "come so close is looked at, so that no thin place lies between samples; between planes, cylinders and spheres of "
    "our own parts the width is exact. A wall is free-standing when it is held from one direction only. Low raised "
    "detail has a limit of its own, and tips of ridges are advice."};

const Check gap_check{
    "gap",
    "Gaps and slots",
    "No gap or slot is so narrow that its sides grow together; round holes have a check of their own.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {{"narrowest gap", {"min_gap_mm", "clearance_moving_mm", "min_engrave_width_mm"}}},
    true,
    run_gaps,
    "The same measurement as for walls, through the air instead of the material. Engravings and other shallow grooves "
    "have a limit of their own where the process names one; what keeps half of it is advice, and so are crevices, "
    "which "
    "are shallower than wide or open by more than 20 degrees."};

}  // namespace fitwright
