// What a template says about itself: identity, parameters, rules, presets. Plain data; running it is
// the business of templates/runtime.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

enum class ParameterKind { length, angle, count, number, choice, toggle, text, colour, font, file };
std::string_view to_string(ParameterKind kind);
std::optional<ParameterKind> parameter_kind(std::string_view name);
std::vector<std::string> kind_names();
/// "mm", "deg" or "".
std::string_view unit_of(ParameterKind kind);

/// A parameter's value: double for length (mm), angle (degrees), count and number; bool for toggle;
/// std::string for the rest (choice: the value, colour: "#rrggbb", font and file: the name).
using ParameterValue = std::variant<double, bool, std::string>;
/// Values by parameter name.
using Values = std::map<std::string, ParameterValue>;

struct Choice {
  std::string value, label;
  bool operator==(const Choice&) const = default;
};

struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::length;
  ParameterValue fallback = 0.0;   ///< the default
  std::optional<double> min, max;  ///< in the parameter's unit; of a text: its length in characters
  std::optional<double> step;      ///< of sliders and arrows only; typed values between are legal
  std::vector<Choice> choices;     ///< choice only
  std::string label, help, group;
  bool has_visible_when = false;
  bool operator==(const Parameter&) const = default;
};

/// A condition on the values. The predicate itself stays in the script.
struct Rule {
  std::string message;
  std::vector<std::string> parameters;  ///< involved
  bool operator==(const Rule&) const = default;
};

/// A named set of values; parameters that it does not name keep their default.
struct Preset {
  std::string name, label;
  Values values;
  std::string process, material;  ///< ids of what it is meant for; empty: as chosen
  bool operator==(const Preset&) const = default;
};

struct Template {
  std::string id, version, name, licence, author, summary, description;
  std::vector<std::string> processes;  ///< the first is the default
  std::vector<std::string> keywords;   ///< other words by which one may look for it
  std::vector<Parameter> parameters;
  std::vector<Rule> rules;
  std::vector<Preset> presets;
  bool operator==(const Template&) const = default;

  const Parameter* find_parameter(std::string_view name) const;
  const Preset* find_preset(std::string_view name) const;
};

/// A fault of a declaration, and whose it is.
struct Fault {
  std::string message;       ///< one sentence
  std::string list;          ///< parameters, rules or presets; "": the template itself
  std::string table, field;  ///< name of the parameter or preset, or message of the rule
};

/// Faults of a template's declaration that its author must mend: malformed id, names used twice, a
/// default or preset value that is not legal, choices missing, rules that name no known parameter.
/// Empty when sound. Rules themselves are decided by the runtime.
std::vector<Fault> audit(const Template& about);

}  // namespace fitwright
