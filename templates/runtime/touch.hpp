// Which parameter touches what: the template is run with one parameter moved a little, and the graphs are compared.
#pragma once

#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "templates/runtime/runtime.hpp"

namespace fitwright {

/// What one parameter touches at the values it was asked for.
struct Touch {
  std::string parameter;
  std::set<Hash128> nodes;      ///< graph nodes whose own arguments it changes
  std::set<std::string> parts;  ///< parts that it moves, adds or takes away
};

/// Moves every parameter: numbers one step both ways, counts by one, to every other choice, the other state, one more
/// letter; as far as ranges allow, whatever the rules say. Parameters whose every move fails touch nothing, and neither
/// do those not yet moved when it is stopped.
std::vector<Touch> find_touches(const TemplateScript& script, const ScriptRun& run, const BuildEnvironment& environment,
                                const std::stop_token& stop = {});

/// Names of the parameters that shape a node: first those that change its own arguments, then those that change what
/// it is made of. In the template's order.
std::vector<std::string> parameters_behind(const Node& node, const std::vector<Touch>& touches);

}  // namespace fitwright
