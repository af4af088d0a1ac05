// What a check says about a part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/catalog/record.hpp"
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
  std::string title;  ///< what people call the check; filled in by the engine
  Severity severity = Severity::advice;
  std::string part;
  std::string message;                  ///< one sentence: what is wrong and where
  std::optional<double> measured;       ///< in `unit`
  std::optional<double> required;       ///< in `unit`
  std::string unit;                     ///< "mm", "deg", "edges", ...
  std::optional<Vec3> at;               ///< mm, in the made pose
  std::vector<Vec3> places;             ///< of all that this one stands for, `at` among them; empty: only that
  std::vector<std::string> parameters;  ///< parameters behind it, nearest first, as far as known
  std::string suggestion;               ///< what would work, one sentence
  std::string source;                   ///< where the required number comes from
  std::optional<DataStatus> status;     ///< how far that source can be trusted; none when there is no such number
  std::string detail;                   ///< one sentence for engineers: what was measured, and how
  std::vector<std::uint32_t> faces;     ///< faces of the exact solid that it is about, into BuiltPart::faces; sorted
  bool operator==(const Finding&) const = default;

  /// How many places it stands for.
  std::size_t count() const { return places.empty() ? 1 : places.size(); }

  /// Takes the limit's value as `required`, with unit, source and status.
  void require(const Quantity& limit) {
    required = limit.value;
    unit = limit.unit;
    source = limit.source;
    status = limit.status;
  }
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
