#include "templates/schema/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "templates/schema/values.hpp"

namespace fitwright {

namespace {

constexpr std::array kinds{
    std::pair{ParameterKind::length, std::string_view("length")},
    std::pair{ParameterKind::angle, std::string_view("angle")},
    std::pair{ParameterKind::count, std::string_view("count")},
    std::pair{ParameterKind::number, std::string_view("number")},
    std::pair{ParameterKind::choice, std::string_view("choice")},
    std::pair{ParameterKind::toggle, std::string_view("toggle")},
    std::pair{ParameterKind::text, std::string_view("text")},
    std::pair{ParameterKind::colour, std::string_view("colour")},
    std::pair{ParameterKind::font, std::string_view("font")},
    std::pair{ParameterKind::file, std::string_view("file")},
};

constexpr std::array<std::string_view, 22> lua_words{
    "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
    "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Lower-case letters, digits and the given joiner, beginning with a letter.
bool is_name(std::string_view text, std::string_view joiners) {
  return !text.empty() && text.size() <= 64 && is_lower(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_lower(c) || is_digit(c) || joiners.find(c) != std::string_view::npos;
  });
}

bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 32 && is_digit(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; }) && text.back() != '.';
}

class Auditor {
 public:
  explicit Auditor(const Template& about) : about_(about) {}

  std::vector<Fault> run() {
    identity();
    std::set<std::string> names;
    for (const Parameter& parameter : about_.parameters) {
      list_ = "parameters", table_ = parameter.name;
      if (!names.insert(parameter.name).second) fault("", "parameter {} is declared twice", parameter.name);
      this->parameter(parameter);
    }
    for (const Rule& rule : about_.rules) {
      list_ = "rules", table_ = rule.message;
      this->rule(rule);
    }
    names.clear();
    for (const Preset& preset : about_.presets) {
      list_ = "presets", table_ = preset.name;
      if (!names.insert(preset.name).second) fault("", "preset {} is declared twice", preset.name);
      this->preset(preset);
    }
    return std::move(faults_);
  }

 private:
  template <class... Args>
  void fault(std::string_view field, fmt::format_string<Args...> text, Args&&... args) {
    faults_.push_back({fmt::format(text, std::forward<Args>(args)...), list_, table_, std::string(field)});
  }

  static std::string culprit(const Error& error) { return error.parameters.empty() ? "" : error.parameters[0]; }

  void identity() {
    if (!is_name(about_.id, "-_")) fault("id", "id \"{}\" must be of lower-case letters, digits, - and _", about_.id);
    if (!is_version(about_.version))
      fault("version", "version \"{}\" must be numbers and points, as 1.0.0", about_.version);
    if (about_.name.empty()) fault("name", "name is missing");
    if (about_.licence.empty()) fault("licence", "licence is missing, e.g. CC-BY-4.0");
    if (about_.processes.empty()) fault("processes", "processes is empty: name at least one way to make the product");
    const std::set<std::string> unique(about_.processes.begin(), about_.processes.end());
    if (unique.size() != about_.processes.size()) fault("processes", "a process is listed twice");
  }

  void parameter(const Parameter& p) {
    if (!is_name(p.name, "_")) fault("", "parameter name \"{}\" must be of lower-case letters, digits and _", p.name);
    if (std::find(lua_words.begin(), lua_words.end(), p.name) != lua_words.end())
      fault("", "parameter name \"{}\" is a word of Lua's own, so that p.{} cannot be written", p.name, p.name);
    if (p.label.empty()) fault("label", "parameter {} has no label", p.name);
    bounds(p);
    choices(p);
    if (const auto legal = check_value(p, p.fallback); !legal) fault("default", "default: {}", legal.error().message);
  }

  void bounds(const Parameter& p) {
    const bool numeric = p.kind == ParameterKind::length || p.kind == ParameterKind::angle ||
                         p.kind == ParameterKind::count || p.kind == ParameterKind::number;
    for (const auto& value : {p.min, p.max, p.step})
      if (value && !std::isfinite(*value)) fault("", "parameter {} has a bound that is not finite", p.name);
    if (numeric && (!p.min || !p.max)) fault("", "parameter {} needs min and max", p.name);
    if (!numeric && p.kind != ParameterKind::text && (p.min || p.max || p.step))
      fault("kind", "parameter {} is a {} and has no range", p.name, to_string(p.kind));
    if (p.min && p.max && *p.min > *p.max) fault("min", "parameter {} has min above max", p.name);
    if (p.step && *p.step <= 0) fault("step", "parameter {} needs a step above 0", p.name);
    if (p.kind != ParameterKind::count) return;
    for (const auto& value : {p.min, p.max, p.step})
      if (value && *value != std::floor(*value))
        fault("", "parameter {} is a count: min, max and step are whole", p.name);
  }

  void choices(const Parameter& p) {
    if (p.kind != ParameterKind::choice) {
      if (!p.choices.empty()) fault("choices", "parameter {} is a {} and has no choices", p.name, to_string(p.kind));
      return;
    }
    if (p.choices.empty()) fault("", "parameter {} offers no choices", p.name);
    std::set<std::string> seen;
    for (const Choice& choice : p.choices) {
      if (choice.value.empty()) fault("choices", "parameter {} has a choice without value", p.name);
      if (!seen.insert(choice.value).second) fault("choices", "parameter {} offers {} twice", p.name, choice.value);
    }
  }

  void rule(const Rule& rule) {
    if (rule.message.empty()) fault("message", "a rule has no message");
    for (const std::string& name : rule.parameters)
      if (const auto known = require_parameter(about_, name); !known)
        fault("parameters", "rule \"{}\": {}", rule.message, known.error().message);
  }

  void preset(const Preset& preset) {
    if (!is_name(preset.name, "-_"))
      fault("", "preset name \"{}\" must be of lower-case letters, digits, - and _", preset.name);
    if (const auto legal = check_values(about_, preset.values); !legal)
      fault(culprit(legal.error()), "preset {}: {}", preset.name, legal.error().message);
    const auto& able = about_.processes;
    if (!preset.process.empty() && std::find(able.begin(), able.end(), preset.process) == able.end())
      fault("process", "preset {}: process \"{}\" is not among the template's processes", preset.name, preset.process);
  }

  const Template& about_;
  std::string list_, table_;  ///< of what is being judged
  std::vector<Fault> faults_;
};

}  // namespace

std::string_view to_string(ParameterKind kind) {
  for (const auto& [value, name] : kinds)
    if (value == kind) return name;
  return "?";
}

std::optional<ParameterKind> parameter_kind(std::string_view name) {
  for (const auto& [value, text] : kinds)
    if (text == name) return value;
  return std::nullopt;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& [value, name] : kinds) names.emplace_back(name);
  return names;
}

std::string_view unit_of(ParameterKind kind) {
  return kind == ParameterKind::length ? "mm" : kind == ParameterKind::angle ? "deg" : "";
}

const Parameter* Template::find_parameter(std::string_view wanted) const {
  for (const Parameter& parameter : parameters)
    if (parameter.name == wanted) return &parameter;
  return nullptr;
}

const Preset* Template::find_preset(std::string_view wanted) const {
  for (const Preset& preset : presets)
    if (preset.name == wanted) return &preset;
  return nullptr;
}

std::vector<Fault> audit(const Template& about) { return Auditor(about).run(); }

}  // namespace fitwright
