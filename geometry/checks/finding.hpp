// What a check says about a part.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/math.hpp"

namespace fitwright {

enum class Severity {
  blocks,  ///< the part cannot be made like this
  risk,    ///< it may fail; the maker decides
  advice,  ///< it would be better otherwise
};
std::string_view to_string(Severity severity);

/// One thing a check found, with the numbers behind it.
struct Finding {
  std::string check;  ///< id of the check's row
  Severity severity = Severity::advice;
  std::string part;
  std::string message;                  ///< one sentence: what is wrong and where
  std::optional<double> measured;       ///< in `unit`
  std::optional<double> required;       ///< in `unit`
  std::string unit;                     ///< "mm", "deg", "edges", ...
  std::optional<Vec3> at;               ///< mm, in the made pose
  std::vector<std::string> parameters;  ///< parameters behind it, as far as known
  std::string suggestion;               ///< what would work, one sentence
  std::string source;                   ///< where the required number comes from
  bool operator==(const Finding&) const = default;
};

/// A check that applies but could not be decided, and why (a limit that nobody has published, say).
struct Unchecked {
  std::string check, part, reason;
  bool operator==(const Unchecked&) const = default;
};

enum class Verdict {
  clean,       ///< every check that applies ran and found no risk
  risks,       ///< something may fail
  blocked,     ///< at least one finding blocks
  unverified,  ///< nothing found, but a check could not be decided
};
std::string_view to_string(Verdict verdict);

/// Findings of all parts, in the order of parts and then of the table.
struct CheckReport {
  std::vector<Finding> findings;
  std::vector<Unchecked> unchecked;
  Verdict verdict() const;
};

}  // namespace fitwright
