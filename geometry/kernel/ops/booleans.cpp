#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/ops/rows.hpp"

namespace fitwright::ops {

namespace {

Result<Value> as_solid(Result<Body> body) {
  if (!body) return tl::unexpected(std::move(body).error());
  return Value(Kind::solid, std::move(*body));
}

Result<Value> build_union(const BuildContext& c) {
  if (c.bodies(0).empty()) return geometry_error("a union needs at least one solid");
  return as_solid(unite(uses_below(c.bodies(0), 0), c.booleans()));
}
Result<Value> build_cut(const BuildContext& c) {
  return as_solid(subtract(uses_below({&c.body(0)}, 0).front(), uses_below(c.bodies(1), 1), c.booleans()));
}
Result<Value> build_intersect(const BuildContext& c) {
  return as_solid(intersect(uses_below({&c.body(0)}, 0).front(), uses_below(c.bodies(1), 1), c.booleans()));
}

}  // namespace

std::vector<const Operation*> boolean_rows() {
  static const ArgSpec self = node("solid", ArgKind::solid, "The solid");
  static const std::vector<Operation> rows = {
      {.name = "union",
       .summary = "All of several solids",
       .result = Kind::solid,
       .args = {node("solids", ArgKind::solids, "The solids")},
       .build = build_union},
      {.name = "cut",
       .summary = "A solid without others",
       .result = Kind::solid,
       .args = {self, node("tools", ArgKind::solids, "What to take away; let it stick out of open faces a little")},
       .build = build_cut},
      {.name = "intersect",
       .summary = "What solids have in common",
       .result = Kind::solid,
       .args = {self, node("others", ArgKind::solids, "The others")},
       .build = build_intersect},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
