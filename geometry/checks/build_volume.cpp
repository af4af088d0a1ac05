#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/checks/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double slack = 1e-6;  // mm: rounding of the mesh, not of the machine

enum class Fit { as_placed, lying_otherwise, no };

std::array<double, 3> sorted(Vec3 v) {
  std::array<double, 3> all{v.x, v.y, v.z};
  std::sort(all.begin(), all.end());
  return all;
}

bool within(const std::array<double, 3>& size, const std::array<double, 3>& limit) {
  return size[0] <= limit[0] + slack && size[1] <= limit[1] + slack && size[2] <= limit[2] + slack;
}

Fit fit(Vec3 size, Vec3 limit) {
  if (within({size.x, size.y, size.z}, {limit.x, limit.y, limit.z}) ||
      within({size.y, size.x, size.z}, {limit.x, limit.y, limit.z}))
    return Fit::as_placed;
  // A sheet machine bounds no height: standing a board on its edge there makes no sense.
  if (std::isfinite(limit.z) && within(sorted(size), sorted(limit))) return Fit::lying_otherwise;
  return Fit::no;
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
  std::string text = number_text(std::round(size.x * 100) / 100) + " x " + number_text(std::round(size.y * 100) / 100);
  if (std::isfinite(size.z)) text += " x " + number_text(std::round(size.z * 100) / 100);
  return text + " mm";
}

void run(Subject& subject, std::stop_token, CheckSink& sink) {
  if (!subject.input.process) return sink.undecided("no process was chosen, so there is no machine to fit");
  if (subject.input.process->build_volumes.empty())
    return sink.undecided("no machine size is known for " + subject.input.process->name);
  const Vec3 size = bounds(subject.mesh()).size();
  if (!std::isfinite(size.x + size.y + size.z))
    return sink.undecided("the part has no size: some coordinates are not numbers");

  const BuildVolume* turned = nullptr;
  const BuildVolume* nearest = nullptr;
  for (const BuildVolume& volume : subject.input.process->build_volumes) {
    const Fit how = fit(size, volume.size);
    if (how == Fit::as_placed) return;
    if (how == Fit::lying_otherwise && !turned) turned = &volume;
    if (!nearest || largest_excess(size, volume.size).by() < largest_excess(size, nearest->size).by())
      nearest = &volume;
  }
  const BuildVolume& volume = turned ? *turned : *nearest;
  const Excess excess = turned ? Excess{size.z, volume.size.z} : largest_excess(size, volume.size);
  Finding finding;
  finding.severity = turned ? Severity::advice : Severity::blocks;
  finding.message = "the part measures " + text_of(size) + (turned ? " and fits the " : " and does not fit the ") +
                    volume.name + " machine of " + subject.input.process->name + " (" + text_of(volume.size) + ")" +
                    (turned ? " only when it lies on another side" : "");
  finding.measured = excess.measured;
  finding.required = excess.allowed;
  finding.unit = "mm";
  finding.suggestion = turned ? "choose another side to lie on the bed"
                              : "make it smaller, split it, or choose a process or service with a larger machine";
  finding.source = volume.source;
  finding.status = volume.status;
  sink.found(std::move(finding));
}

}  // namespace

const Check build_volume_check{"build_volume",
                               "Fits the machine",
                               "The part, turned by quarter turns, fits the build volume of the process.",
                               {},
                               {},
                               false,
                               run};

}  // namespace fitwright
