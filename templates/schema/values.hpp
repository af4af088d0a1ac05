// Checking and reading parameter values. A value that is not legal is refused with the reason, never bent.
#pragma once

#include <string>
#include <string_view>

#include "templates/schema/template.hpp"

namespace fitwright {

/// How messages about a value put it.
struct Wording {
  std::string_view name{};  ///< what the parameter is called; empty: its own name
  bool inches = false;      ///< lengths are told in inches, ranges to what 0.001 in can say
};

/// Reads a value as typed ("800", "31.5 in", "on", "Dado joints") and checks it against the parameter.
/// Errors: ErrorKind::value, with what was asked, what is allowed, and the parameter.
Result<ParameterValue> parse_value(const Parameter& parameter, std::string_view text, const Wording& wording = {});

/// Kind and range of one value. Errors: ErrorKind::value; measured and required are in the parameter's unit. What would
/// be allowed is told as the range: whether the rules allow a value of it too is not known here.
Result<void> check_value(const Parameter& parameter, const ParameterValue& value, const Wording& wording = {});

/// The parameter of that name. Errors: ErrorKind::value with the nearest name.
Result<const Parameter*> require_parameter(const Template& about, std::string_view name);

/// Every given value checked. Errors as above; the first in the template's order.
Result<void> check_values(const Template& about, const Values& given);

/// check_values, then every parameter that was not given at its default.
Result<Values> complete_values(const Template& about, const Values& given);

/// The least or the largest number that is allowed, as messages tell it: rounded so that it is allowed as it is read.
std::string limit_text(const Parameter& parameter, double limit, bool lower, const Wording& wording = {});

/// A value as a person would write it, with its unit: "800 mm", "4", "yes", "dado".
std::string value_text(const Parameter& parameter, const ParameterValue& value);

}  // namespace fitwright
