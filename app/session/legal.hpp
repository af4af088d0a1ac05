// Which values keep ranges and rules, by asking the engine.
#pragma once

#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/engine/handler.hpp"
#include "app/session/document.hpp"

namespace fitwright {

/// The error says that values break a range or rule, not that something else is wrong.
bool refuses_values(const Error& error);

/// The value of the one number named; nothing for several, or another kind of value.
std::optional<double> number_of(const Values& values, const std::vector<std::string>& names);
/// Names of values that are not the same in both.
std::vector<std::string> changed(const Values& a, const Values& b);

/// How near a value can come to what is wanted, and what keeps it from coming nearer.
struct Nearest {
  ParameterValue value;
  std::optional<Error> rule;  ///< none where only the range does
};
/// The value furthest from `from` towards `wanted` that keeps ranges and rules, also those on what is measured, for
/// which it is built; by bisection on the parameter's steps;
/// none for parameters that are no numbers. `question` is the request whose value it would be.
std::optional<Nearest> nearest_legal(RequestHandler& handler, const Parameter& parameter, const ParameterValue& from,
                                     const ParameterValue& wanted, Request question, const std::stop_token& stop = {});

/// What becomes of values that a rule refused.
struct Outlook {
  std::optional<Error> error;  ///< of the rule that refuses them; none: they keep all rules
  Values allowing;             ///< each alone, in the place of the present value, makes room for them
};
/// `question` holds the values; those among its wants that are fixed keep theirs.
Outlook outlook(RequestHandler& handler, const Template& about, Request question, const std::string& wanted,
                const std::stop_token& stop);

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
