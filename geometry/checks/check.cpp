#include "geometry/checks/check.hpp"

#include <algorithm>
#include <array>

#include "geometry/checks/rows.hpp"

namespace fitwright {

namespace {

bool applies(const Check& check, const CheckInput& input) {
  return check.processes.empty() || (input.process && std::find(check.processes.begin(), check.processes.end(),
                                                                input.process->id) != check.processes.end());
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::blocks: return "blocks";
    case Severity::risk: return "risk";
    case Severity::advice: break;
  }
  return "advice";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::clean: return "clean";
    case Verdict::risks: return "risks";
    case Verdict::blocked: return "blocked";
    case Verdict::unverified: break;
  }
  return "unverified";
}

Verdict CheckReport::verdict() const {
  const auto has = [&](Severity severity) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity == severity; });
  };
  if (has(Severity::blocks)) return Verdict::blocked;
  if (has(Severity::risk)) return Verdict::risks;
  return unchecked.empty() ? Verdict::clean : Verdict::unverified;
}

void CheckSink::found(Finding finding) {
  finding.check = check_;
  finding.part = part_;
  report_.findings.push_back(std::move(finding));
}

void CheckSink::undecided(std::string reason) {
  report_.unchecked.push_back({std::string(check_), std::string(part_), std::move(reason)});
}

std::span<const Check> checks() {
  static const std::array all{manifold_check, pieces_check, build_volume_check, self_intersection_check};
  return all;
}

Result<CheckReport> run_checks(std::span<const CheckInput> inputs, std::stop_token stop) {
  CheckReport report;
  for (const CheckInput& input : inputs)
    for (const Check& check : checks()) {
      if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the checks were cancelled");
      if (!applies(check, input)) continue;
      CheckSink sink(report, check.id, input.part);
      check.run(input, stop, sink);
    }
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the checks were cancelled");
  return report;
}

}  // namespace fitwright
