// Which values keep ranges and rules, by asking the engine.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/engine/handler.hpp"
#include "app/session/document.hpp"

namespace fitwright {

/// The error says that values break a range or rule, not that something else is wrong.
bool refuses_values(const Error& error);

/// The value furthest from `from` towards `wanted` that keeps ranges and rules, by bisection on the parameter's steps;
/// none for parameters that are no numbers. `question` is the request whose value it would be.
std::optional<ParameterValue> nearest_legal(RequestHandler& handler, const Parameter& parameter,
                                            const ParameterValue& from, const ParameterValue& wanted, Request question);

/// What of a document fits another template.
struct Fitted {
  Package package;  ///< with id and version as the template says them
  Values values;
  std::vector<Variant> variants;
  std::set<std::string> dropped;  ///< parameters whose values do not: gone, out of range, or against a rule
};
/// Errors: script, and whatever else keeps the template from being read.
Result<Fitted> fit_values(RequestHandler& handler, Package package, const DocumentState& state);

}  // namespace fitwright
