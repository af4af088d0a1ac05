#include "geometry/checks/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "geometry/checks/check.hpp"
#include "geometry/checks/interference.hpp"
#include "geometry/checks/mate_clearance.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

constexpr AssemblyCheck clearance_row{
    "clearance", "Fits between parts",
    "Parts that are meant to fit leave each other the clearance that the process needs for such a fit.",
    "Sides of the two parts that face each other, as they stand together, are gathered by direction, with the "
    "narrowest "
    "gap of each. The clearance is half of the play across the tightest direction in which the one part holds the "
    "other "
    "from both sides, so that it does not matter where in its play a part lies. Between planes, cylinders and spheres "
    "it is exact. Parts that rest on each other must touch."};
constexpr AssemblyCheck interference_row{
    "interference", "Parts side by side", "No part runs through another where the product puts them together.",
    "The deepest place of one surface within the other body, found by branch and bound; and the volume that both take "
    "up, counted on a grid. Touching is allowed, and curved surfaces may overlap by what their triangles are off."};

// Rounding of coordinates and placements: surfaces that touch may overlap by this.
constexpr double tolerance = 0.01;  // mm
constexpr double rounding = 1e-6;   // mm

struct Body {
  const AssemblyPart* part = nullptr;
  std::optional<Surface> surface;  // none: not sound
  std::optional<ShrunkBody> shrunk;
};

class Assembly {
 public:
  Assembly(const AssemblyInput& input, CheckReport& report, std::stop_token stop)
      : input_(input), report_(report), stop_(std::move(stop)) {}

  Result<void> run() {
    for (const AssemblyPart& part : input_.parts) {
      Body& body = *bodies_.emplace_back(std::make_unique<Body>());
      body.part = &part;
      if (mesh_faults(*part.mesh).empty()) {
        body.surface.emplace(*part.mesh);
        body.shrunk.emplace(*body.surface, tolerance);
      } else {
        report_.unchecked.push_back({std::string(interference_row.id), part.name,
                                     "the surface of the part is not sound, so its neighbours cannot be judged"});
      }
      if (stop_.stop_requested()) return cancelled();
    }
    for (const AssemblyMate& mate : input_.mates) FW_CHECK(check_mate(mate));
    for (std::size_t i = 0; i < bodies_.size(); ++i)
      for (std::size_t j = i; j < bodies_.size(); ++j) FW_CHECK(check_pair(*bodies_[i], *bodies_[j]));
    return {};
  }

 private:
  static tl::unexpected<Error> cancelled() {
    return fail(ErrorKind::cancelled, "the checks of the assembly were cancelled");
  }

  const Body* body(const std::string& name) const {
    const auto it = std::find_if(bodies_.begin(), bodies_.end(), [&](const auto& b) { return b->part->name == name; });
    return it != bodies_.end() && (*it)->surface ? it->get() : nullptr;
  }

  // Calls visit(b_to_a) for each pair of copies that lie differently to each other.
  template <class Visit>
  Result<void> pairs(const Body& a, const Body& b, Visit visit) const {
    std::vector<Placement> seen;
    for (std::size_t i = 0; i < a.part->assembled.size(); ++i)
      for (std::size_t j = &a == &b ? i + 1 : 0; j < b.part->assembled.size(); ++j) {
        if (stop_.stop_requested()) return cancelled();
        const Placement between = a.part->assembled[i].inverse() * b.part->assembled[j];
        if (std::any_of(seen.begin(), seen.end(), [&](const Placement& p) { return alike(p, between); })) continue;
        seen.push_back(between);
        FW_CHECK(visit(between));
      }
    return {};
  }
  static bool alike(const Placement& a, const Placement& b) {
    double off = length(a.offset - b.offset);
    for (int i = 0; i < 3; ++i) off = std::max(off, length(a.linear[i] - b.linear[i]));
    return off < 1e-9;
  }

  Result<void> check_pair(const Body& a, const Body& b) {
    if (!a.surface || !b.surface) return {};
    std::optional<ShrunkBody> looser;
    if (const double press = pressed(a.part->name, b.part->name); press > 0)
      looser.emplace(*a.surface, 2 * (tolerance + press));
    const ShrunkBody& first = looser ? *looser : *a.shrunk;
    return pairs(a, b, [&](const Placement& b_to_a) -> Result<void> {
      FW_TRY(const auto found, find_interference(first, *b.shrunk, b_to_a, stop_));
      if (found) report_interference(a, b, *found);
      return {};
    });
  }

  // By how much a mate presses its parts into each other on purpose.
  double pressed(const std::string& a, const std::string& b) const {
    double most = 0;
    for (const AssemblyMate& mate : input_.mates)
      if ((mate.a == a && mate.b == b) || (mate.a == b && mate.b == a)) most = std::max(most, -mate.clearance);
    return most;
  }

  void report_interference(const Body& a, const Body& b, const Interference& found) {
    Finding finding;
    finding.check = interference_row.id;
    finding.severity = Severity::blocks;
    finding.part = a.part->name;
    finding.measured = found.depth;
    finding.required = 0;
    finding.unit = "mm";
    finding.at = found.at;
    finding.message = &a == &b ? fmt::format("two of {} run through each other, {} deep", a.part->name, mm(found.depth))
                               : fmt::format("{} and {} run through each other, {} deep", a.part->name, b.part->name,
                                             mm(found.depth));
    if (found.volume > 0) finding.message += fmt::format(", about {} mm3", rounded(found.volume, 0.1));
    finding.suggestion = "move them apart, or cut the one out of the other with a clearance";
    finding.source = "two things cannot be in one place";
    finding.status = DataStatus::derived;
    finding.detail =
        "how far the deepest place of one surface lies within the other body; "
        "touching is allowed";
    report_.findings.push_back(std::move(finding));
  }

  Result<void> check_mate(const AssemblyMate& mate) {
    const Body* a = body(mate.a);
    const Body* b = body(mate.b);
    if (!a || !b) return {};  // said already, or not among the parts
    const auto needed = input_.fits.find(mate.fit);
    const double wanted = std::max(mate.clearance, needed != input_.fits.end() ? needed->second.value : 0.0);
    const double reach = 3 * wanted + 1;
    std::optional<Fit> tightest;
    FW_CHECK(pairs(*a, *b, [&](const Placement& b_to_a) -> Result<void> {
      FW_TRY(const auto fit,
             measure_fit({&*a->surface, a->part->built}, {&*b->surface, b->part->built}, b_to_a, reach, stop_));
      if (!fit || (tightest && !tighter(*fit, *tightest))) return {};
      tightest = fit;
      return {};
    }));
    if (!tightest) return apart(mate, reach), Result<void>{};
    judge(mate, *tightest, needed == input_.fits.end() ? nullptr : &needed->second);
    return {};
  }
  static bool tighter(const Fit& a, const Fit& b) {
    if (a.clearance.has_value() != b.clearance.has_value()) return a.clearance.has_value();
    return a.clearance ? *a.clearance < *b.clearance : a.nearest < b.nearest;
  }

  Finding about(const AssemblyMate& mate) const {
    Finding finding;
    finding.check = clearance_row.id;
    finding.severity = Severity::risk;
    finding.part = mate.a;
    finding.unit = "mm";
    finding.detail =
        "half of the play between sides of the two parts that face each other, across the tightest "
        "direction";
    return finding;
  }

  void apart(const AssemblyMate& mate, double reach) {
    Finding finding = about(mate);
    finding.required = mate.clearance;
    finding.measured = reach;
    finding.source = "the product's own mates";
    finding.status = DataStatus::derived;
    finding.message = fmt::format("{} and {} are meant to fit, but nothing of the one faces the other within {}",
                                  mate.a, mate.b, mm(reach));
    finding.suggestion = "put them together in the product, or leave out the mate";
    report_.findings.push_back(std::move(finding));
  }

  void judge(const AssemblyMate& mate, const Fit& fit, const Quantity* needed) {
    if (mate.fit == FitClass::rest) return judge_rest(mate, fit);
    if (!input_.process) return;
    if (!needed)
      return undecided(
          mate, fmt::format("no clearance for a {} fit is known for {}", to_string(mate.fit), input_.process->name));
    if (!fit.clearance)
      return undecided(mate, fmt::format("{} and {} face each other on one side only, so there is no play to measure",
                                         mate.a, mate.b));
    Finding finding = about(mate);
    finding.require(*needed);
    finding.measured = *fit.clearance;
    finding.at = fit.clearance_at;
    finding.faces = fit.faces_a;
    if (*fit.clearance < needed->value - rounding) {
      const bool none = *fit.clearance <= rounding;
      finding.severity = none && mate.fit != FitClass::press ? Severity::blocks : Severity::risk;
      finding.message = fmt::format("{} and {} leave each other {} on each side: a {} fit by {} needs {}", mate.a,
                                    mate.b, none ? "no room" : mm(*fit.clearance), to_string(mate.fit),
                                    input_.process->name, mm(needed->value));
      finding.suggestion = "make the gap between them wider, by the fit of the process";
      report_.findings.push_back(std::move(finding));
    } else if (const auto slide = input_.fits.find(FitClass::slide); mate.fit == FitClass::press &&
                                                                     slide != input_.fits.end() &&
                                                                     *fit.clearance > slide->second.value + rounding) {
      finding.severity = Severity::advice;
      finding.message = fmt::format("{} is meant to be pressed into {}, but {} on each side is loose", mate.a, mate.b,
                                    mm(*fit.clearance));
      finding.suggestion = "make the gap between them narrower, or fasten them with glue or screws";
      report_.findings.push_back(std::move(finding));
    }
  }

  void judge_rest(const AssemblyMate& mate, const Fit& fit) {
    if (fit.nearest <= mate.clearance + tolerance) return;
    Finding finding = about(mate);
    finding.measured = fit.nearest;
    finding.required = mate.clearance;
    finding.at = fit.nearest_at;
    finding.source = "the product's own mates";
    finding.status = DataStatus::derived;
    finding.message =
        fmt::format("{} is meant to rest on {}, but {} are between them", mate.a, mate.b, mm(fit.nearest));
    finding.suggestion = "move them together, or leave out the mate";
    finding.detail = "the smallest distance between sides of the two parts that face each other";
    report_.findings.push_back(std::move(finding));
  }

  void undecided(const AssemblyMate& mate, std::string reason) {
    report_.unchecked.push_back({std::string(clearance_row.id), mate.a, std::move(reason)});
  }

  const AssemblyInput& input_;
  CheckReport& report_;
  const std::stop_token stop_;
  std::vector<std::unique_ptr<Body>> bodies_;
};

}  // namespace

std::span<const AssemblyCheck> assembly_checks() {
  static constexpr std::array rows{clearance_row, interference_row};
  return rows;
}

Result<CheckReport> run_assembly_checks(const AssemblyInput& input, std::stop_token stop) {
  CheckReport report;
  FW_CHECK(Assembly(input, report, stop).run());
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the checks of the assembly were cancelled");
  return report;
}

}  // namespace fitwright
