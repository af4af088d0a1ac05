// How a node's value is to be computed. A plan is a pure function of the node: the table of rewrites in
// planner.cpp is tried in order, and what none of them takes is built directly by the operation's row.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/solid_reader.hpp"
#include "geometry/kernel/value.hpp"

namespace fitwright {

class Preview;

struct PlanInputs {
  std::span<const ValuePtr> values;  ///< in the order of Plan::inputs
  const std::map<std::string, std::string>& blobs;
  SolidReader read_solids;
  BooleanTask& task;
  Preview* preview = nullptr;  ///< null: canonical order
};

struct Plan {
  Tier tier = Tier::direct;
  std::vector<NodePtr> inputs;  ///< nodes whose values are needed first
  std::function<Result<Value>(const PlanInputs&)> build;
};

/// One rewrite. `match` returns a plan when its precondition holds for the node.
struct Rewrite {
  std::string_view name;
  std::string_view doc;
  std::optional<Plan> (*match)(const NodePtr& node);
};
std::span<const Rewrite> rewrites();

/// The plan for a node; with `rewrite` false always the direct one.
Plan plan_for(const NodePtr& node, bool rewrite);

}  // namespace fitwright
