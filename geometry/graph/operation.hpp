// The operation table: one row an operation. From a row come the Lua binding, argument errors, the
// reference page and a test; adding an operation touches the row's file alone (geometry/kernel/ops).
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/graph/arg.hpp"

namespace fitwright {

/// What an operation yields.
enum class Kind {
  number,   ///< a symbolic measure: known only after evaluation
  profile,  ///< planar regions with holes in the plane z = 0
  solid,    ///< one or more closed solids
  path,     ///< a curve in space, without branches
  faces,    ///< selector of faces
  edges,    ///< selector of edges
};
std::string_view to_string(Kind kind);

/// What an argument accepts. The first four hold a double (or a symbolic number where `symbolic`).
enum class ArgKind {
  length,    ///< mm
  angle,     ///< degrees
  number,    ///< plain number
  count,     ///< whole number
  flag,      ///< true or false
  choice,    ///< one of `choices`
  text,      ///< UTF-8
  blob,      ///< content hash (32 hex digits) of a stored file
  vector,    ///< Vec3
  points,    ///< list of Vec2
  places,    ///< list of Vec3
  numbers,   ///< list of double
  profile,   ///< node of Kind::profile
  profiles,  ///< list of such nodes
  solid,
  solids,
  path,
  faces,
  edges,
};
std::string_view to_string(ArgKind kind);
/// "mm", "deg" or "".
std::string_view unit_of(ArgKind kind);

struct ArgSpec {
  std::string_view name;
  ArgKind kind;
  std::string_view doc;
  std::optional<Arg> fallback = {};  ///< value when left out; required when empty
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_open = false;  ///< true: min itself is refused
  std::vector<std::string_view> choices = {};
  bool sought = false;  ///< when the operation fails, the largest value of this length that works is looked for
};

class BuildContext;  // defined by the kernel
class Value;         // defined by the kernel
using Builder = Result<Value> (*)(const BuildContext&);

struct Operation {
  std::string_view name;     ///< stable; dots make Lua sub-tables, e.g. "edges.parallel"
  std::string_view summary;  ///< one line
  Kind result;
  std::vector<ArgSpec> args;
  Builder build = nullptr;         ///< null for selectors, which the kernel interprets against a solid
  std::string_view lua_name = {};  ///< shared by rows that differ in the kind of their first node; empty: `name`
  bool hidden = false;             ///< planner's own; neither bound in Lua nor documented

  std::string_view script_name() const { return lua_name.empty() ? name : lua_name; }
};

/// Immutable set of operations by name. Rows have static storage duration.
class OperationTable {
 public:
  explicit OperationTable(std::vector<const Operation*> rows);
  const Operation* find(std::string_view name) const;
  std::span<const Operation* const> rows() const { return rows_; }

 private:
  std::vector<const Operation*> rows_;
  std::map<std::string_view, const Operation*> by_name_;
};

/// Faults of a table's rows that a test must see: duplicate names, missing docs, fallback outside the
/// range, required argument after an optional one, no builder. Empty when sound.
std::vector<std::string> audit(const OperationTable& table);

/// Makes a node after checking every argument against the row: count, kind, range, finite numbers.
/// `args` follow the row's order; std::monostate (or a short list) takes the fallback.
/// Errors: ErrorKind::script, naming operation and argument, what was given and what is allowed.
Result<NodePtr> make_node(const Operation& operation, std::vector<Arg> args);

}  // namespace fitwright
