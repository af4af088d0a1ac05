// The check table: one row a check. Adding a check touches its own file and one line in check.cpp.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/catalog/catalog.hpp"
#include "geometry/checks/finding.hpp"
#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// A thickness that a sheet is sold in.
struct SheetStock {
  double nominal = 0, least = 0, most = 0;  ///< mm; real sheets lie between least and most
  std::string source;
  DataStatus status = DataStatus::unsourced;
};

/// A part as it is cut from a sheet.
struct FlatPart {
  Result<Outline2D> outline;      ///< or why it is no sheet part
  Placement to_made;              ///< from the outline's frame (z across the sheet) to the made pose
  std::vector<SheetStock> stock;  ///< of its material; empty: not known
};

/// One part in its made pose.
struct CheckInput {
  std::string part;                    ///< name, for findings
  const TriangleMesh* mesh = nullptr;  ///< made pose (Z up); never null
  const BuiltPart* built = nullptr;    ///< part coordinates; null for a file from outside
  const Process* process = nullptr;    ///< with its limits; null: none chosen
  const FlatPart* flat = nullptr;      ///< for processes that cut sheets; null: only a mesh is known
  bool metal = false;                  ///< the material is one: limits of lasers and mills differ
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

/// Ways of making parts that ask alike.
enum class ProcessKind {
  filament,  ///< printed layer on layer through a nozzle, with supports
  layers,    ///< printed layer on layer out of resin or powder that stays in cavities, with supports
  powder,    ///< printed in a bed of powder that holds everything
  milling,   ///< cut out of a block
  sheet,     ///< cut from sheet: laser, router
  bending,   ///< sheet metal, cut and folded
  panels,    ///< boards cut to size
};
ProcessKind kind_of(const Process& process);
/// Whether parts are cut from sheets, so that their outline matters.
inline bool cuts_sheets(const Process& process) {
  return kind_of(process) == ProcessKind::sheet || kind_of(process) == ProcessKind::panels;
}

/// A limit of a process, under the first of its keys that the process has.
struct LimitNeeded {
  std::string_view name;  ///< for people: "smallest wall"
  std::vector<std::string_view> keys;
  bool optional = false;  ///< a process without it has no such limit, and the row is not for it
};
struct Limit {
  std::string_view key;
  Quantity quantity;
};
std::optional<Limit> find_limit(const LimitNeeded& needed, const Process& process);

class Specimen;

/// A row of the table.
struct Check {
  std::string_view id;       ///< stable
  std::string_view title;    ///< for people
  std::string_view summary;  ///< one line for the reference page
  /// What it is for; empty: every process, and none.
  std::vector<ProcessKind> kinds;
  /// What it needs to know of the process. Where a process lacks one, the table says so and the row is not run.
  std::vector<LimitNeeded> limits;
  /// Whether it can only look at a sound mesh.
  bool needs_sound_mesh = false;
  void (*run)(Specimen& specimen, CheckSink& sink);
  std::string_view how;  ///< how it measures, for the reference page
};

/// Every check there is, cheap ones first.
std::span<const Check> checks();
/// What people call a check: the title of its row, or its id as words.
std::string check_title(std::string_view id);

/// Runs every check that applies to each input, or those with the ids in `only`. Errors: ErrorKind::cancelled.
Result<CheckReport> run_checks(std::span<const CheckInput> inputs, std::stop_token stop = {},
                               std::span<const std::string_view> only = {});

}  // namespace fitwright
