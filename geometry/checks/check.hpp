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
#include "geometry/checks/rounds.hpp"
#include "geometry/checks/surface.hpp"
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

/// A limit of a process, under the first of its keys that the process has.
struct LimitNeeded {
  std::string_view name;  ///< for people: "smallest wall"
  std::vector<std::string_view> keys;
};
struct Limit {
  std::string_view key;
  Quantity quantity;
};
std::optional<Limit> find_limit(const LimitNeeded& needed, const Process& process);

/// A part with what several rows measure on it, made when it is first asked for.
class Subject {
 public:
  explicit Subject(const CheckInput& given) : input(given) {}
  const CheckInput& input;

  const TriangleMesh& mesh() const { return *input.mesh; }
  const std::vector<MeshFault>& faults();
  /// Only for a mesh without faults.
  const Surface& surface();
  /// Round holes and pins; only for a mesh without faults.
  const std::vector<Round>& rounds();
  /// Faces of the exact solid behind triangles, sorted; empty for a mesh from outside.
  std::vector<std::uint32_t> faces_of(std::span<const std::uint32_t> triangles) const;
  /// What rounding of coordinates may take from a length, mm: a wall exactly at its limit passes.
  double rounding() const;

  /// The limits of the row that runs, in the row's order.
  std::vector<Limit> limits;

 private:
  std::optional<std::vector<MeshFault>> faults_;
  std::optional<Surface> surface_;
  std::optional<std::vector<Round>> rounds_;
};

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
  void (*run)(Subject& subject, std::stop_token stop, CheckSink& sink);
};

/// Every check there is, cheap ones first.
std::span<const Check> checks();
/// What people call a check: the title of its row, or its id as words.
std::string check_title(std::string_view id);

/// Runs every check that applies to each input, or those with the ids in `only`. Errors: ErrorKind::cancelled.
Result<CheckReport> run_checks(std::span<const CheckInput> inputs, std::stop_token stop = {},
                               std::span<const std::string_view> only = {});

}  // namespace fitwright
