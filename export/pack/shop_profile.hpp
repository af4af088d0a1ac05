// What one place that makes parts takes, and on which conditions: read from a data file of its own.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "export/make/measure.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright {

/// How parts are spread over files.
enum class Spreading {
  part,   ///< each kind of part a file of its own, quantities on the order sheet
  sheet,  ///< each sheet, or each print bed, a file of its own
  all,    ///< all parts in one file
};

/// One limit or convention with where it is from.
struct ShopRule {
  std::string process;  ///< id; empty: whatever the process
  std::string key;      ///< of rules that preflight() knows, or a limit of the process that takes another value here
  Fact fact;
  std::string seen;  ///< when the page was read or dated; empty: not known
};

struct ShopProfile {
  std::string id, name, service;       ///< `service`: row of services.toml; empty: a machine of one's own
  std::vector<std::string> processes;  ///< ids
  std::vector<std::string> formats;    ///< ids of the format table, the best first
  Spreading spreading = Spreading::part;
  bool nested_refused = false;     ///< several parts in a file are refused
  bool millimetres = true;         ///< the unit that Fitwright writes is taken
  std::string colour_profile;      ///< of drawings; empty: none
  bool labels = false;             ///< names are written on the parts
  std::vector<std::string> steps;  ///< how one orders or starts, for the README
  bool confirmed = false;          ///< a dated page says that it works so
  std::string source;
  DataStatus status = DataStatus::unsourced;
  std::string seen;
  std::vector<ShopRule> rules;
};

/// All profiles of the data folder's shops/, by id. Errors (file): a faulty one, named.
Result<std::vector<ShopProfile>> shop_profiles(const Catalog& catalog);
/// Errors: as above; value for an unknown id, with the nearest.
Result<ShopProfile> shop_profile(const Catalog& catalog, std::string_view id);

/// A file that is to be sent.
struct ShopFile {
  std::string name, format;              ///< `format`: id
  std::vector<std::string> parts;        ///< names of those in it; more than one copy is there more than once
  std::size_t bytes = 0, triangles = 0;  ///< triangles: of mesh formats
};

/// Why an order would be refused.
struct Refusal {
  std::string rule, part, message;
  std::optional<double> measured, required;
  std::string unit, source, seen;
  DataStatus status = DataStatus::unsourced;
};

/// What the place would refuse of parts made by a process, and of files; empty: nothing that is known. What geometry
/// alone decides (walls, holes) is for the checks, with the limits of limits_of().
std::vector<Refusal> preflight(const ShopProfile& shop, std::string_view process, std::span<const PartMeasure> parts,
                               std::span<const ShopFile> files);

/// Limits of the process that are others here, by the keys of processes.toml.
std::vector<ShopRule> limits_of(const ShopProfile& shop, std::string_view process);

}  // namespace fitwright
