#include <fmt/format.h>

#include "app/engine/run.hpp"
#include "geometry/core/text.hpp"
#include "geometry/kernel/limits.hpp"
#include "templates/runtime/touch.hpp"

namespace fitwright {
namespace {

/// The first node with this hash, and the part that it belongs to.
struct Place {
  const Part* part = nullptr;
  NodePtr node;
};

Place find_node(const Product& product, const Error& error) {
  for (const Part& part : product.parts) {
    if (!error.part.empty() && part.name != error.part) continue;
    if (const NodePtr node = find_below(part.solid, error.node)) return {&part, node};
  }
  return {};
}

/// The parameter that a size simply is, if there is one.
const Parameter* parameter_of(const Node& node, double size, const ScriptRun& run, const std::vector<Touch>& touches) {
  const Parameter* found = nullptr;
  for (const Touch& touch : touches) {
    if (!touch.nodes.contains(node.hash())) continue;
    const double* value = std::get_if<double>(&run.values.at(touch.parameter));
    if (!value || *value != size) continue;
    if (found) return nullptr;
    found = run.about.find_parameter(touch.parameter);
  }
  return found;
}

}  // namespace

Error explained(Error error, const ScriptRun& run, const TemplateScript& script, const BuildEnvironment& environment,
                Evaluator& kernel, std::chrono::milliseconds budget, std::stop_token stop) {
  if (!error.node) return error;
  const Place place = find_node(run.product, error);
  if (!place.node) return error;
  if (error.source.line == 0) error.source = locate(run.product, *place.part, error.node);
  if (error.part.empty()) error.part = place.part->name;
  const auto touches = find_touches(script, run, environment);
  if (error.parameters.empty()) error.parameters = parameters_behind(*place.node, touches);
  if (const auto limit = largest_working(kernel, run.product, *place.node, budget, stop)) {
    const Parameter* parameter = parameter_of(*place.node, limit->asked, run, touches);
    const std::string size = number_text(limit->works) + " mm";
    error.suggestion = parameter
                           ? fmt::format("set {} to {} or less", parameter->name, size)
                           : fmt::format("{} of the {}: at most {} here", place.node->operation().args[limit->arg].name,
                                         place.node->operation().script_name(), size);
    error.measured = limit->asked;
    error.required = limit->works;
    error.unit = "mm";
  }
  return error;
}

}  // namespace fitwright
