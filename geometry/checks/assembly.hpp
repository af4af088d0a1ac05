// Parts as they stand together: what is meant to fit has room, and nothing else runs through anything.
#pragma once

#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geometry/catalog/catalog.hpp"
#include "geometry/checks/finding.hpp"
#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

struct AssemblyPart {
  std::string name;
  const TriangleMesh* mesh = nullptr;  ///< part coordinates; never null
  const BuiltPart* built = nullptr;    ///< null for a file from outside
  std::vector<Placement> assembled;    ///< one for each copy
};

/// Two parts that are meant to touch or fit.
struct AssemblyMate {
  FitClass fit = FitClass::rest;
  std::string a, b;
  double clearance = 0;  ///< mm, per side, as designed; negative: pressed by so much
};

struct AssemblyInput {
  std::vector<AssemblyPart> parts;
  std::vector<AssemblyMate> mates;
  const Process* process = nullptr;   ///< null: none chosen
  std::map<FitClass, Quantity> fits;  ///< clearance per side that the process needs, as far as known
};

/// A row of the table of what is asked of parts together; `run_assembly_checks` runs them all.
struct AssemblyCheck {
  std::string_view id;       ///< stable
  std::string_view title;    ///< for people
  std::string_view summary;  ///< one line for the reference page
  std::string_view how;      ///< how it measures, for the reference page
};
std::span<const AssemblyCheck> assembly_checks();

/// Every mate is held to the fit of its kind, every pair of parts to not running through each other. Places are in
/// the coordinates of the finding's part. Parts whose mesh is not sound are left out, and said to be. Errors:
/// cancelled.
Result<CheckReport> run_assembly_checks(const AssemblyInput& input, std::stop_token stop = {});

}  // namespace fitwright
