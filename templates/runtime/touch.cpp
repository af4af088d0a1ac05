#include "templates/runtime/touch.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "geometry/graph/difference.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {

namespace {

std::vector<ParameterValue> nudged(const Parameter& parameter, const ParameterValue& value) {
  std::vector<ParameterValue> near;
  if (const double* number = std::get_if<double>(&value)) {
    const bool whole = parameter.kind == ParameterKind::count;
    const double step = parameter.step.value_or(whole ? 1 : std::max(std::abs(*number) / 100, 0.01));
    for (const double other : {*number + step, *number - step}) near.emplace_back(other);
  } else if (const bool* flag = std::get_if<bool>(&value)) {
    near.emplace_back(!*flag);
  } else if (parameter.kind == ParameterKind::choice) {
    for (const Choice& choice : parameter.choices) near.emplace_back(choice.value);
  } else if (parameter.kind == ParameterKind::text) {
    near.emplace_back(std::get<std::string>(value) + "x");
  }
  std::erase_if(near, [&](const ParameterValue& other) { return other == value || !check_value(parameter, other); });
  return near;
}

std::unordered_set<Hash128> nodes_below(const Node& node) {
  std::unordered_set<Hash128> all;
  std::vector<const Node*> todo;
  const auto push_children = [&](const Node& parent) {
    parent.for_each_child([&](Slot, const NodePtr& child) {
      if (all.insert(child->hash()).second) todo.push_back(child.get());
    });
  };
  push_children(node);
  while (!todo.empty()) {
    const Node* next = todo.back();
    todo.pop_back();
    push_children(*next);
  }
  return all;
}

}  // namespace

std::vector<Touch> find_touches(const TemplateScript& script, const ScriptRun& run, const BuildEnvironment& environment,
                                const std::stop_token& stop) {
  std::vector<Touch> all;
  for (const Parameter& parameter : run.about.parameters) {
    Touch& touch = all.emplace_back();
    touch.parameter = parameter.name;
    if (stop.stop_requested()) continue;
    for (const ParameterValue& other : nudged(parameter, run.values.at(parameter.name))) {
      Values moved = run.values;
      moved[parameter.name] = other;
      const auto there = script.run(moved, environment, Rules::ignored);
      if (!there) continue;
      ProductDifference changed = difference(run.product, there->product);
      touch.nodes.merge(changed.nodes);
      touch.parts.merge(changed.parts);
    }
  }
  return all;
}

std::vector<std::string> parameters_behind(const Node& node, const std::vector<Touch>& touches) {
  std::vector<std::string> own, inner;
  const auto below = nodes_below(node);
  for (const Touch& touch : touches)
    if (touch.nodes.contains(node.hash()))
      own.push_back(touch.parameter);
    else if (std::any_of(touch.nodes.begin(), touch.nodes.end(), [&](Hash128 n) { return below.contains(n); }))
      inner.push_back(touch.parameter);
  own.insert(own.end(), inner.begin(), inner.end());
  return own;
}

}  // namespace fitwright
