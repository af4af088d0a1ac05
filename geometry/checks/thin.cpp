// Walls that are too thin and gaps that are too narrow: the same question about material and about air.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/checks/exact_width.hpp"
#include "geometry/checks/regions.hpp"
#include "geometry/checks/rounds.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/supported.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

// What a mesh may differ from its surface, as far as verdicts go.
double tolerance(double limit) { return std::max(0.02 * limit, 0.05); }

struct Place {
  double width = 0;
  Vec3 at;
  std::vector<std::uint32_t> triangles;
};

class ThinPlaces {
 public:
  ThinPlaces(Subject& subject, Between between, double limit)
      : subject_(subject), surface_(subject.surface()), between_(between), limit_(limit) {}

  Result<std::vector<Place>> run(const std::function<bool(std::uint32_t)>& left_out, std::stop_token stop) {
    const bool exact = subject_.input.built && subject_.mesh().face_of.size() == surface_.size();
    // The mesh of an exact solid may be off by its deflection, to either side; what is known exactly decides.
    const double reach = exact ? limit_ + tolerance(limit_) : limit_;
    FW_TRY(places_, narrow_places(surface_, between_, reach, 0.005, stop));
    for (std::uint32_t t = 0; t < surface_.size(); ++t) {
      NarrowPlace& place = places_[t];
      if (!std::isfinite(place.width)) continue;
      if (exact) place.width = exactly(t, place);
      if (place.width >= limit_ - subject_.rounding() || left_out(t)) place.width = infinity;
    }
    std::vector<Place> found;
    for (auto& group : regions(
             surface_, [&](std::uint32_t t) { return std::isfinite(places_[t].width); },
             [&](std::uint32_t t) { return places_[t].opposite; }))
      found.push_back(describe(std::move(group)));
    return found;
  }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  double exactly(std::uint32_t t, const NarrowPlace& place) const {
    const auto& faces = subject_.input.built->faces;
    const std::uint32_t a = subject_.mesh().face_of[t], b = subject_.mesh().face_of[place.opposite];
    if (a >= faces.size() || b >= faces.size()) return place.width;
    return exact_width(faces[a], faces[b], place.width, tolerance(limit_));
  }

  Place describe(std::vector<std::uint32_t> group) const {
    const std::uint32_t narrowest =
        *std::min_element(group.begin(), group.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return places_[a].width < places_[b].width; });
    const NarrowPlace& place = places_[narrowest];
    return {place.width, (place.p + place.q) * 0.5, std::move(group)};
  }

  Subject& subject_;
  const Surface& surface_;
  Between between_;
  double limit_;
  std::vector<NarrowPlace> places_;
};

std::string mm(double value) { return number_text(std::round(value * 1000) / 1000) + " mm"; }

Finding thin(const Subject& subject, const Quantity& limit, const Place& place) {
  Finding finding;
  finding.require(limit);
  finding.measured = place.width;
  finding.at = place.at;
  finding.faces = subject.faces_of(place.triangles);
  finding.detail = fmt::format(
      "diameter of the largest ball that touches both sides of {} triangles; sides that lean towards each other by "
      "more "
      "than {} degrees bound nothing",
      place.triangles.size(), widest_wedge_deg);
  return finding;
}

// All tips in one, else a knurled grip would fill the report.
void report_ridges(const Subject& subject, const Quantity& limit, const std::vector<Place>& ridges, CheckSink& sink) {
  if (ridges.empty()) return;
  const Place& narrowest =
      *std::min_element(ridges.begin(), ridges.end(), [](const Place& a, const Place& b) { return a.width < b.width; });
  Finding finding = thin(subject, limit, narrowest);
  finding.severity = Severity::advice;
  finding.message =
      fmt::format("{} narrow as {} at the tip will come out blunt",
                  ridges.size() == 1 ? "a ridge as" : fmt::format("{} ridges as", ridges.size()), mm(narrowest.width));
  finding.suggestion = "expect blunt tips, or make the ridges wider";
  sink.found(std::move(finding));
}

// Letters and small ribs have a limit of their own where the process names one, and fail without harm to the rest.
void report_relief(const Subject& subject, const Quantity& limit, const Place& place, CheckSink& sink) {
  if (place.width >= limit.value - subject.rounding()) return;
  Finding finding = thin(subject, limit, place);
  finding.severity = Severity::risk;
  finding.message = fmt::format("raised detail is {} wide and may not come out: {} needs {}", mm(place.width),
                                subject.input.process->name, mm(limit.value));
  finding.suggestion = "make letters larger or bolder, and small ribs wider";
  sink.found(std::move(finding));
}

void run_walls(Subject& subject, std::stop_token stop, CheckSink& sink) {
  const Quantity& held = subject.limits[0].quantity;
  const Quantity& standing = subject.limits[1].quantity;
  const double most = std::max(held.value, standing.value);
  const auto places = ThinPlaces(subject, Between::material, most).run([](std::uint32_t) { return false; }, stop);
  if (!places) return sink.undecided(places.error().message);
  const auto relief = find_limit({"raised detail", {"min_emboss_width_mm"}}, *subject.input.process);
  std::vector<Place> ridges;
  for (const Place& place : *places) {
    const bool alike = held.value == standing.value;
    const bool supported = alike || is_supported(subject.surface(), place.triangles);
    const Quantity& limit = supported ? held : standing;
    if (place.width >= limit.value - subject.rounding()) continue;
    const ThinKind what = thin_kind(subject.surface(), place.triangles, place.width, limit.value, 2 * limit.value);
    if (what == ThinKind::tip) {
      ridges.push_back(place);
    } else if (what == ThinKind::relief) {
      report_relief(subject, relief ? relief->quantity : limit, place, sink);
    } else {
      Finding finding = thin(subject, limit, place);
      finding.severity = Severity::blocks;
      const std::string_view kind = alike ? "wall" : supported ? "wall held on several sides" : "free-standing wall";
      finding.message = fmt::format("a {} is {} thick and {} needs {}", kind, mm(place.width),
                                    subject.input.process->name, mm(limit.value));
      finding.suggestion = "make the wall thicker";
      sink.found(std::move(finding));
    }
  }
  report_ridges(subject, held, ridges, sink);
}

void run_gaps(Subject& subject, std::stop_token stop, CheckSink& sink) {
  const Quantity& limit = subject.limits[0].quantity;
  std::vector<bool> in_hole(subject.surface().size());
  for (const Round& round : subject.rounds())
    if (round.concave)
      for (const std::uint32_t t : round.triangles) in_hole[t] = true;  // the check of hole diameters looks at those
  const auto places =
      ThinPlaces(subject, Between::air, limit.value).run([&](std::uint32_t t) { return in_hole[t]; }, stop);
  if (!places) return sink.undecided(places.error().message);
  for (const Place& place : *places) {
    Finding finding = thin(subject, limit, place);
    finding.severity = Severity::risk;
    finding.message = fmt::format("a gap is {} wide and may close when it is made: {} needs {}", mm(place.width),
                                  subject.input.process->name, mm(limit.value));
    finding.suggestion = "make the gap wider, or close it";
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
    run_walls};

const Check gap_check{
    "gap",
    "Gaps and slots",
    "No gap or slot is so narrow that its sides grow together; round holes have a check of their own.",
    {ProcessKind::filament, ProcessKind::layers, ProcessKind::powder},
    {{"narrowest gap", {"min_gap_mm", "clearance_moving_mm", "min_engrave_width_mm"}}},
    true,
    run_gaps};

}  // namespace fitwright
