#include "app/engine/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

Result<const Preset*> require_preset(const Template& about, const std::string& name) {
  if (const Preset* preset = about.find_preset(name)) return preset;
  std::vector<std::string> known;
  for (const Preset& preset : about.presets) known.push_back(preset.name);
  const std::string near = nearest_name(name, known);
  std::string all;
  for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
  return fail(ErrorKind::value, fmt::format("{} has no preset \"{}\"", about.id, name),
              near.empty() ? fmt::format("it has {}", all) : fmt::format("did you mean {}?", near));
}

/// Legal neighbours of a value, nearest first.
std::vector<ParameterValue> neighbours(const Parameter& parameter, const ParameterValue& value) {
  std::vector<ParameterValue> near;
  if (const double* number = std::get_if<double>(&value)) {
    const double step = parameter.step.value_or(std::max(std::abs(*number) / 100, 0.01));
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

bool holds_node(const Product& product, Hash128 wanted) {
  std::unordered_set<Hash128> seen;
  std::vector<const Node*> todo;
  for (const Part& part : product.parts) todo.push_back(part.solid.get());
  while (!todo.empty()) {
    const Node* node = todo.back();
    todo.pop_back();
    if (node->hash() == wanted) return true;
    if (!seen.insert(node->hash()).second) continue;
    node->for_each_child([&](Slot, const NodePtr& child) { todo.push_back(child.get()); });
  }
  return false;
}

}  // namespace

Result<Values> gather_values(const Request& request, const Template& about) {
  Values values;
  if (!request.preset.empty()) {
    FW_TRY(const Preset* preset, require_preset(about, request.preset));
    values = preset->values;
  }
  for (const auto& [name, value] : request.values) values[name] = value;
  for (const auto& [name, text] : request.entered) {
    FW_TRY(const Parameter* parameter, require_parameter(about, name));
    FW_TRY(values[name], parse_value(*parameter, text));
  }
  return complete_values(about, values);
}

std::vector<std::string> parameters_behind(Hash128 node, const TemplateScript& script, const Template& about,
                                           const Values& values, const BuildEnvironment& environment) {
  std::vector<std::string> behind;
  for (const Parameter& parameter : about.parameters) {
    const auto value = values.find(parameter.name);
    if (value == values.end()) continue;
    for (const ParameterValue& other : neighbours(parameter, value->second)) {
      Values moved = values;
      moved[parameter.name] = other;
      const auto run = script.run(moved, environment);
      if (!run) continue;
      if (!holds_node(run->product, node)) behind.push_back(parameter.name);
      break;
    }
  }
  return behind;
}

}  // namespace fitwright
