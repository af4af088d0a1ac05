#include "geometry/checks/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geometry/checks/assembly.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

bool applies(const Check& check, const CheckInput& input) {
  return check.kinds.empty() || (input.process && std::find(check.kinds.begin(), check.kinds.end(),
                                                            kind_of(*input.process)) != check.kinds.end());
}

// The process has a limit of each kind that only some have.
bool is_bound(const Check& check, const CheckInput& input) {
  return std::all_of(check.limits.begin(), check.limits.end(), [&](const LimitNeeded& needed) {
    return !needed.optional || (input.process && find_limit(needed, *input.process));
  });
}

// Says what a row lacks, or nothing.
std::string lacking(const Check& check, Specimen& specimen) {
  specimen.limits.clear();
  for (const LimitNeeded& needed : check.limits) {
    const auto limit = find_limit(needed, *specimen.input.process);
    if (!limit) return fmt::format("no {} is known for {}", needed.name, specimen.process().name);
    specimen.limits.push_back(*limit);
  }
  if (check.needs_sound_mesh && !specimen.faults().empty())
    return "the surface of the part is not sound, so nothing can be measured on it";
  constexpr double coarsest = 0.05;  // mm
  if (check.needs_sound_mesh && specimen.rounding() > coarsest)
    return fmt::format("the part lies so far out that its coordinates are known to {} only: move it to the origin",
                       mm(specimen.rounding()));
  return {};
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

ProcessKind kind_of(const Process& process) {
  if (process.input_kind == "profile") return ProcessKind::sheet;
  if (process.input_kind == "folded_solid") return ProcessKind::bending;
  if (process.input_kind == "cut_list") return ProcessKind::panels;
  if (!process.facts.contains("needs_supports")) return ProcessKind::milling;
  if (process.facts.contains("nozzle_diameter_default_mm")) return ProcessKind::filament;
  return process.needs_supports ? ProcessKind::layers : ProcessKind::powder;
}

std::optional<Limit> find_limit(const LimitNeeded& needed, const Process& process) {
  for (const std::string_view key : needed.keys)
    if (auto quantity = process.find(key)) return Limit{key, *std::move(quantity)};
  return std::nullopt;
}

std::span<const Check> checks() {
  static const std::array all{manifold_check,
                              degenerate_check,
                              pieces_check,
                              units_check,
                              build_volume_check,
                              flat_part_check,
                              sheet_thickness_check,
                              sheet_pocket_check,
                              sheet_opening_check,
                              sheet_web_check,
                              inside_corner_check,
                              saw_cut_check,
                              undercut_check,
                              mill_corner_check,
                              mill_pocket_check,
                              mill_hole_check,
                              mill_wall_check,
                              knife_edge_check,
                              wall_check,
                              hole_to_edge_check,
                              gap_check,
                              hole_diameter_check,
                              pin_diameter_check,
                              pin_slenderness_check,
                              overhang_check,
                              bridge_check,
                              island_check,
                              tipping_check,
                              trapped_cavity_check,
                              self_intersection_check};
  return all;
}

std::string check_title(std::string_view id) {
  for (const Check& check : checks())
    if (check.id == id) return std::string(check.title);
  for (const AssemblyCheck& check : assembly_checks())
    if (check.id == id) return std::string(check.title);
  std::string words(id);
  std::replace(words.begin(), words.end(), '_', ' ');
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

Result<CheckReport> run_checks(std::span<const CheckInput> inputs, std::stop_token stop,
                               std::span<const std::string_view> only) {
  CheckReport report;
  for (const CheckInput& input : inputs) {
    Specimen specimen(input, stop);
    for (const Check& check : checks()) {
      if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the checks were cancelled");
      if (!applies(check, input) || !is_bound(check, input)) continue;
      if (!only.empty() && std::find(only.begin(), only.end(), check.id) == only.end()) continue;
      CheckSink sink(report, check.id, input.part);
      if (std::string reason = lacking(check, specimen); !reason.empty())
        sink.undecided(std::move(reason));
      else
        check.run(specimen, sink);
    }
  }
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the checks were cancelled");
  return report;
}

}  // namespace fitwright
