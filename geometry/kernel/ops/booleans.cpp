#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/preview.hpp"

namespace fitwright::ops {

namespace {

Result<Value> as_solid(Result<Body> body) {
  if (!body) return tl::unexpected(std::move(body).error());
  return Value(Kind::solid, std::move(*body));
}

/// The members of a list argument by whether they stay or move while someone drags.
struct Members {
  std::vector<SolidUse> staying, moving;
  Hash128 key;  ///< of what stays, the node's other children included
};

// Absent when order makes no difference: in canonical order, or where all move or none.
std::optional<Members> by_motion(const BuildContext& c, std::uint16_t list, bool others_stay) {
  if (!c.preview() || !others_stay) return std::nullopt;
  Members members;
  Hasher key;
  key.add(std::string_view("preview")).add(c.node().operation().name);
  const auto uses = uses_below(c.bodies(list), list);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const NodePtr child = c.node().child({list, static_cast<std::uint16_t>(i)});
    if (c.preview()->is_settled(*child)) {
      members.staying.push_back(uses[i]);
      key.add(std::uint64_t{i}).add(child->hash());
    } else {
      members.moving.push_back(uses[i]);
    }
  }
  if (members.staying.empty() || members.moving.empty()) return std::nullopt;
  if (list > 0) key.add(c.node().child({0, 0})->hash());
  members.key = key.finish();
  return members;
}

Result<Body> united(const BuildContext& c) {
  if (auto members = by_motion(c, 0, true)) {
    const auto base =
        c.preview()->partial(members->key, [&] { return unite(std::move(members->staying), c.booleans()); });
    if (base) {
      members->moving.insert(members->moving.begin(), {(*base)->body()});
      return unite(std::move(members->moving), c.booleans());
    }
  }
  return unite(uses_below(c.bodies(0), 0), c.booleans());
}

Result<Body> cut(const BuildContext& c) {
  const SolidUse base = uses_below({&c.body(0)}, 0).front();
  if (auto tools = by_motion(c, 1, !c.preview() || c.preview()->is_settled(*c.node().child({0, 0})))) {
    const auto partly =
        c.preview()->partial(tools->key, [&] { return subtract(base, std::move(tools->staying), c.booleans()); });
    if (partly) return subtract({(*partly)->body()}, std::move(tools->moving), c.booleans());
  }
  return subtract(base, uses_below(c.bodies(1), 1), c.booleans());
}

Result<Value> build_union(const BuildContext& c) {
  if (c.bodies(0).empty()) return geometry_error("a union needs at least one solid");
  return as_solid(united(c));
}
Result<Value> build_cut(const BuildContext& c) { return as_solid(cut(c)); }
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
