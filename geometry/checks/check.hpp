// The check table: one row a check. Adding a check touches its own file and one line in check.cpp.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/catalog/catalog.hpp"
#include "geometry/checks/finding.hpp"
#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// One part in its made pose.
struct CheckInput {
  std::string part;                    ///< name, for findings
  const TriangleMesh* mesh = nullptr;  ///< made pose (Z up); never null
  const BuiltPart* built = nullptr;    ///< part coordinates; null for a file from outside
  const Process* process = nullptr;    ///< with its limits; null: none chosen
};

/// Collects what one check has to say; fills in the check's id and the part's name.
class CheckSink {
 public:
  CheckSink(CheckReport& report, std::string_view check, std::string_view part)
      : report_(report), check_(check), part_(part) {}
  void found(Finding finding);
  void undecided(std::string reason);

 private:
  CheckReport& report_;
  std::string_view check_, part_;
};

struct Check {
  std::string_view id;       ///< stable
  std::string_view title;    ///< for people
  std::string_view summary;  ///< one line for the reference page
  /// Ids of the processes it is for; empty: every process, and none.
  std::vector<std::string_view> processes;
  void (*run)(const CheckInput& input, std::stop_token stop, CheckSink& sink);
};

/// Every check there is, cheap ones first.
std::span<const Check> checks();

/// Runs every check that applies to each input. Errors: ErrorKind::cancelled.
Result<CheckReport> run_checks(std::span<const CheckInput> inputs, std::stop_token stop = {});

}  // namespace fitwright
