#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/checks/hull.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

constexpr double slack = 1e-6;  // mm: rounding of the mesh, not of the machine

enum class Fit { as_placed, lying_otherwise, no };

// How a machine lets a part be turned.
enum class Turning {
  quarter,  // about z: saws cut along the board
  about_z,  // on a sheet
  any,      // printers and mills take any side
};

Turning turning_of(const Process& process) {
  switch (kind_of(process)) {
    case ProcessKind::panels: return Turning::quarter;
    case ProcessKind::sheet:
    case ProcessKind::bending: return Turning::about_z;
    default: return Turning::any;
  }
}

bool lies_within(Vec3 size, Vec3 limit) {
  return size.z <= limit.z + slack && ((size.x <= limit.x + slack && size.y <= limit.y + slack) ||
                                       (size.y <= limit.x + slack && size.x <= limit.y + slack));
}

class Machines {
 public:
  Machines(Specimen& specimen, Vec3 size) : specimen_(specimen), size_(size) {}

  Result<Fit> fit(const BuildVolume& volume) {
    if (lies_within(size_, volume.size)) return Fit::as_placed;
    const Turning turning = turning_of(specimen_.process());
    if (turning == Turning::quarter || !may_fit(volume.size)) return Fit::no;
    look_from_above();
    if (size_.z <= volume.size.z + slack && turn_that_fits(seen_, volume.size.x, volume.size.y)) return Fit::as_placed;
    // A sheet machine bounds no height: standing a board on its edge there makes no sense.
    if (turning != Turning::any || !std::isfinite(volume.size.z)) return Fit::no;
    if (!hull_) {
      FW_TRY(hull_, convex_hull(specimen_.mesh().vertices));
    }
    FW_TRY(const std::optional<Vec3> up, up_that_fits(*hull_, volume.size, specimen_.stop));
    return up ? Fit::lying_otherwise : Fit::no;
  }

 private:
  // What is longer than the box's diagonal need not be tried.
  bool may_fit(Vec3 limit) const {
    const double longest = std::max({size_.x, size_.y, std::isfinite(limit.z) ? size_.z : 0.0});
    return longest <= length(std::isfinite(limit.z) ? limit : Vec3{limit.x, limit.y, 0}) + slack;
  }

  void look_from_above() {
    if (!seen_.empty()) return;
    std::vector<Vec2> points;
    for (const Vec3& v : specimen_.mesh().vertices) points.push_back({v.x, v.y});
    seen_ = convex_hull(std::move(points));
  }

  Specimen& specimen_;
  Vec3 size_;
  std::vector<Vec2> seen_;
  std::optional<Hull3> hull_;
};

std::array<double, 3> sorted(Vec3 v) {
  std::array<double, 3> all{v.x, v.y, v.z};
  std::sort(all.begin(), all.end());
  return all;
}

// The side that sticks out most, with the limit that it breaks; both sorted alike.
struct Excess {
  double measured = 0, allowed = 0;
  double by() const { return measured - allowed; }
};

Excess largest_excess(Vec3 size, Vec3 limit) {
  std::array<double, 3> have = sorted(size), allowed = sorted(limit);
  if (!std::isfinite(limit.z)) {
    have = {std::min(size.x, size.y), std::max(size.x, size.y), size.z};
    allowed = {std::min(limit.x, limit.y), std::max(limit.x, limit.y), limit.z};
  }
  Excess worst{have[0], allowed[0]};
  for (int i = 1; i < 3; ++i)
    if (have[i] - allowed[i] > worst.by()) worst = {have[i], allowed[i]};
  return worst;
}

std::string text_of(Vec3 size) {
  std::string text = rounded(size.x, 0.01) + " x " + rounded(size.y, 0.01);
  if (std::isfinite(size.z)) text += " x " + rounded(size.z, 0.01);
  return text + " mm";
}

std::string machine_text(const Specimen& specimen, const BuildVolume& volume) {
  return volume.name + " machine of " + specimen.process().name + " (" + text_of(volume.size) + ")";
}

void report(const Specimen& specimen, Vec3 size, const BuildVolume& volume, Severity severity, std::string message,
            std::string suggestion, CheckSink& sink) {
  Excess excess = largest_excess(size, volume.size);
  if (excess.by() <= slack) excess = {size.z, volume.size.z};
  Finding finding;
  finding.severity = severity;
  finding.message = "the part measures " + text_of(size) + " and " + std::move(message);
  finding.measured = excess.measured;
  finding.required = excess.allowed;
  finding.unit = "mm";
  finding.suggestion = std::move(suggestion);
  finding.source = volume.source;
  finding.status = volume.status;
  finding.detail =
      "the convex hull was tried as it stands at every angle about z, on each of its flat sides, and in "
      "400 directions between";
  if (specimen.process().id == specimen.process().does)
    finding.detail += "; a machine of your own that is added with its bed takes the place of these";
  sink.found(std::move(finding));
}

void run(Specimen& specimen, CheckSink& sink) {
  if (!specimen.input.process) return sink.undecided("no process was chosen, so there is no machine to fit");
  const std::vector<BuildVolume>& volumes = specimen.process().build_volumes;
  if (volumes.empty()) return sink.undecided("no machine size is known for " + specimen.process().name);
  const Vec3 size = bounds(specimen.mesh()).size();
  if (!std::isfinite(size.x + size.y + size.z))
    return sink.undecided("the part has no size: some coordinates are not numbers");

  // The first machine is the usual one. Whoever has that does not get a part made because somewhere there is a larger.
  const BuildVolume& usual = volumes.front();
  const BuildVolume* larger = nullptr;
  const BuildVolume* nearest = &usual;
  Machines machines(specimen, size);
  for (const BuildVolume& volume : volumes) {
    const auto how = machines.fit(volume);
    if (!how) return sink.undecided(how.error().message);
    if (&volume == &usual && *how == Fit::as_placed) return;
    if (&volume == &usual && *how == Fit::lying_otherwise)
      return report(specimen, size, usual, Severity::advice,
                    "fits the " + machine_text(specimen, usual) + " only when it lies on another side or aslant",
                    "choose another side to lie on the bed", sink);
    if (*how != Fit::no && !larger) larger = &volume;
    if (largest_excess(size, volume.size).by() < largest_excess(size, nearest->size).by()) nearest = &volume;
  }
  if (larger)
    return report(specimen, size, usual, Severity::risk,
                  "does not fit the usual " + machine_text(specimen, usual) + ": it needs a larger one, such as the " +
                      larger->name + " one (" + text_of(larger->size) + ")",
                  "make it smaller, split it, or have it made on a larger machine", sink);
  report(specimen, size, *nearest, Severity::blocks, "does not fit the " + machine_text(specimen, *nearest),
         "make it smaller, split it, or choose a process or service with a larger machine", sink);
}

}  // namespace

const Check build_volume_check{
    "build_volume",
    "Fits the machine",
    "The part fits the build volume of the process, turned as the machine allows: any way "
    "up on printers and mills, flat on sheets, along the board on saws.",
    {},
    {},
    false,
    run,
    "The convex hull is turned about z by every angle at which a width can meet its limit (in closed form). On "
    "printers and mills it is also laid on each of its flat sides, and held in 400 directions between."};

}  // namespace fitwright
