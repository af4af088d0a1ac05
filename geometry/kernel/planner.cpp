#include "geometry/kernel/planner.hpp"

#include <array>

#include "geometry/kernel/prism_plan.hpp"

namespace fitwright {

namespace {

bool is_selector(const Node& node) {
  return node.operation().result == Kind::faces || node.operation().result == Kind::edges;
}

// The node with one symbolic argument replaced by its value, so that its range is checked as any other's.
Result<NodePtr> make_resolved(const Node& node, std::size_t arg, double value) {
  std::vector<Arg> args = node.args();
  args[arg] = value;
  auto resolved = make_node(node.operation(), std::move(args));
  if (!resolved) resolved.error().kind = ErrorKind::geometry;
  return resolved;
}

// Symbolic numbers in an argument become the values they were evaluated to.
Result<Value> build_directly(const NodePtr& node, const PlanInputs& in) {
  std::vector<Arg> args = node->args();
  std::vector<std::vector<ValuePtr>> values(args.size());
  std::size_t next = 0;
  node->for_each_child([&](Slot slot, const NodePtr& child) {
    if (!is_selector(*child)) values[slot.arg].push_back(in.values[next++]);
  });
  for (std::size_t i = 0; i < args.size(); ++i)
    if (values[i].size() == 1 && values[i].front()->kind() == Kind::number) {
      FW_TRY(const NodePtr checked, make_resolved(*node, i, values[i].front()->number()));
      args[i] = checked->args()[i];
    }
  return node->operation().build(
      BuildContext(*node, std::move(args), std::move(values), in.blobs, in.read_solids, in.task, in.preview));
}

Plan direct_plan(const NodePtr& node) {
  Plan plan{Tier::direct, {}, [node](const PlanInputs& in) { return build_directly(node, in); }};
  node->for_each_child([&](Slot, const NodePtr& child) {
    if (!is_selector(*child)) plan.inputs.push_back(child);
  });
  return plan;
}

constexpr std::array<Rewrite, 1> table = {{
    {"profiles-first",
     "The members of a union, cut or pattern that are prisms along one axis become one layout of outlines: an extruded "
     "profile, or a stack of layers.",
     match_prisms},
}};

}  // namespace

std::span<const Rewrite> rewrites() { return table; }

Plan plan_for(const NodePtr& node, bool rewrite) {
  if (rewrite)
    for (const Rewrite& row : table)
      if (auto plan = row.match(node)) return std::move(*plan);
  return direct_plan(node);
}

}  // namespace fitwright
