// Facts as the data files state them: every value carries its unit, its source and how far to trust it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

/// How far a value can be trusted; docs and reports show it beside the number.
enum class DataStatus {
  sourced,    ///< as printed in the source
  derived,    ///< converted, or chosen among several sources
  inferred,   ///< our own reading or calculation
  unsourced,  ///< engineering practice without a source that can be shown
};
std::string_view to_string(DataStatus status);

/// A number with all that a report must show beside it.
struct Quantity {
  double value = 0;
  std::string unit;    ///< "mm", "deg", "kg/m3", ...; empty for counts and ratios
  std::string source;  ///< page, repository or standard
  DataStatus status = DataStatus::unsourced;
  bool operator==(const Quantity&) const = default;
};

/// One value of a record, of whatever type the file gives it.
struct Fact {
  using Value = std::variant<bool, double, std::string, std::vector<double>, std::vector<std::string>,
                             std::vector<std::vector<double>>>;
  Value value;
  std::string unit;  ///< as in Quantity; empty for anything but numbers
  std::string source;
  DataStatus status = DataStatus::unsourced;
  bool operator==(const Fact&) const = default;
};

/// A table of a data file. Sub-tables that only set a default or a weaker status (`default`, `unsourced`,
/// `inferred`, `*_unsourced`) are merged into their parent; all others are kept as `rows`.
struct Record {
  std::string id;     ///< key of the table, or its `id`; empty in unnamed lists
  std::string label;  ///< where it stands, for messages: "processes.toml: process.fdm"
  std::map<std::string, Fact, std::less<>> facts;
  std::map<std::string, std::vector<Record>, std::less<>> rows;

  /// The number under `key`. Errors (value): no such key, or not a single number; names file and key.
  Result<Quantity> quantity(std::string_view key) const;
  /// The number under `key`, or nothing.
  std::optional<Quantity> find(std::string_view key) const;
  /// The text under `key`; empty when there is none.
  std::string text(std::string_view key) const;
  /// The list of texts under `key`; empty when there is none.
  std::vector<std::string> texts(std::string_view key) const;
  /// The list of numbers under `key`; empty when there is none.
  std::vector<double> numbers(std::string_view key) const;
  /// The flag under `key`; `fallback` when there is none.
  bool flag(std::string_view key, bool fallback = false) const;
  /// The rows of a sub-table; empty when there is none.
  const std::vector<Record>& list(std::string_view name) const;
};

/// The beginning of a source that is enough to know it by: up to its first aside, at most about 70 characters.
std::string brief_source(std::string_view source);

/// The unit that a key's ending states ("min_wall_mm" gives "mm"); "" for counts, ratios and other plain
/// numbers; nothing when the key follows no known pattern.
std::optional<std::string> unit_of_key(std::string_view key);
/// The key without the unit at its end ("min_wall_mm" gives "min_wall").
std::string_view base_of_key(std::string_view key);

}  // namespace fitwright
