#include "templates/schema/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "geometry/core/text.hpp"
#include "geometry/core/units.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

constexpr std::size_t default_text_length = 200;

bool is_numeric(ParameterKind kind) { return kind <= ParameterKind::number; }

std::string with_unit(const Parameter& p, const std::string& number) {
  const auto unit = unit_of(p.kind);
  return unit.empty() ? number : fmt::format("{} {}", number, unit);
}

std::string quantity_text(const Parameter& p, double value) { return with_unit(p, number_text(value)); }

/// A parameter and how it is spoken of.
struct Told {
  const Parameter& p;
  Wording wording;

  std::string_view name() const { return wording.name.empty() ? std::string_view(p.name) : wording.name; }
  bool inches() const { return wording.inches && p.kind == ParameterKind::length; }
};

/// A bound of the range. In inches it is rounded into the range, so that what is read can be typed.
std::string bound_text(const Told& told, double value, bool lower) {
  if (!told.inches()) return quantity_text(told.p, value);
  constexpr double steps_per_mm = 1000 / 25.4, dust = 1e-6;
  const double steps = lower ? std::ceil(value * steps_per_mm - dust) : std::floor(value * steps_per_mm + dust);
  return number_text(steps / 1000) + " in";
}

/// As short as possible, but never the same text as a bound that it misses.
std::string telling_text(const Told& told, double value) {
  const Parameter& p = told.p;
  if (told.inches()) return number_text(std::round(value / 25.4 * 1e6) / 1e6) + " in";
  const auto same = [&](const std::optional<double>& bound) {
    return bound && *bound != value && number_text(*bound) == number_text(value);
  };
  return same(p.min) || same(p.max) ? with_unit(p, fmt::format("{}", value)) : quantity_text(p, value);
}

std::string allowed_text(const Told& told) {
  const Parameter& p = told.p;
  const std::string_view whole = p.kind == ParameterKind::count ? "a whole number " : "";
  if (p.min && p.max)
    return fmt::format("{}between {} and {}", whole, bound_text(told, *p.min, true), bound_text(told, *p.max, false));
  if (p.min) return fmt::format("{}at least {}", whole, bound_text(told, *p.min, true));
  if (p.max) return fmt::format("{}at most {}", whole, bound_text(told, *p.max, false));
  return p.kind == ParameterKind::count ? "a whole number" : "a number";
}

std::string choices_text(const Parameter& p) {
  std::vector<std::string_view> values;
  for (const Choice& choice : p.choices) values.push_back(choice.value);
  return fmt::format("one of {}", fmt::join(values, ", "));
}

std::string kind_text(const Told& told) {
  switch (told.p.kind) {
    case ParameterKind::length:
      return (told.inches() ? "a length in inches, " : "a length in mm, ") + allowed_text(told);
    case ParameterKind::angle: return "an angle in degrees, " + allowed_text(told);
    case ParameterKind::count:
    case ParameterKind::number: return allowed_text(told);
    case ParameterKind::choice: return choices_text(told.p);
    case ParameterKind::toggle: return "yes or no";
    case ParameterKind::text: return "a text";
    case ParameterKind::colour: return "a colour as #rrggbb";
    case ParameterKind::font: return "the name of a font";
    case ParameterKind::file: return "the name of a file";
  }
  return {};
}

tl::unexpected<Error> refuse(const Parameter& p, std::string message, std::string suggestion = {}) {
  Error error;
  error.kind = ErrorKind::value;
  error.message = std::move(message);
  error.suggestion = std::move(suggestion);
  error.parameters = {p.name};
  return fail(std::move(error));
}

tl::unexpected<Error> wrong_kind(const Told& told, std::string_view given) {
  return refuse(told.p, fmt::format("{}: {} is not allowed; it must be {}", told.name(), given, kind_text(told)));
}

Result<void> check_number(const Told& told, double value) {
  const Parameter& p = told.p;
  if (!std::isfinite(value)) return wrong_kind(told, "an infinite number");
  const bool low = p.min && value < *p.min, high = p.max && value > *p.max;
  const bool broken = p.kind == ParameterKind::count && value != std::floor(value);
  if (!low && !high && !broken) return {};
  Error error;
  error.kind = ErrorKind::value;
  error.message =
      fmt::format("{}: {} is not allowed; it must be {}", told.name(), telling_text(told, value), allowed_text(told));
  error.parameters = {p.name};
  error.measured = value;
  if (low || high) error.required = low ? *p.min : *p.max;
  error.unit = unit_of(p.kind);
  return fail(std::move(error));
}

Result<void> check_choice(const Told& told, const std::string& value) {
  const Parameter& p = told.p;
  std::vector<std::string> values;
  for (const Choice& choice : p.choices) values.push_back(choice.value);
  if (std::find(values.begin(), values.end(), value) != values.end()) return {};
  const std::string near = nearest_name(value, values);
  return refuse(
      p, fmt::format("{}: \"{}\" is not allowed; it must be {}", told.name(), printable(value, 100), choices_text(p)),
      near.empty() ? "" : fmt::format("did you mean {}?", near));
}

Result<void> check_text(const Told& told, const std::string& value) {
  const Parameter& p = told.p;
  const auto length = utf8_length(value);
  if (!length) return wrong_kind(told, "text that is not valid UTF-8");
  const bool control =
      std::any_of(value.begin(), value.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
  if (control) return wrong_kind(told, "a text with control characters");
  const double least = p.min.value_or(0), most = p.max.value_or(default_text_length);
  const auto count = static_cast<double>(*length);
  if (count >= least && count <= most) return {};
  return refuse(p, fmt::format("{}: {} characters are not allowed; it must have between {} and {}", told.name(),
                               *length, number_text(least), number_text(most)));
}

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Result<ParameterValue> read_number(const Told& told, std::string_view text) {
  const Parameter& p = told.p;
  const Dimension dimension = p.kind == ParameterKind::length  ? Dimension::length
                              : p.kind == ParameterKind::angle ? Dimension::angle
                                                               : Dimension::number;
  const auto value = parse_quantity(text, dimension);
  if (value) return *value;
  Error error = value.error();
  error.message = fmt::format("{}: {}; it must be {}", told.name(), printable(error.message, 400), kind_text(told));
  error.parameters = {p.name};
  return fail(std::move(error));
}

Result<ParameterValue> read_toggle(const Told& told, std::string_view text) {
  const std::string word = lower(text);
  for (const auto yes : {"yes", "true", "on", "1"})
    if (word == yes) return true;
  for (const auto no : {"no", "false", "off", "0"})
    if (word == no) return false;
  return wrong_kind(told, fmt::format("\"{}\"", printable(text, 100)));
}

/// A choice may be given by its value or, as the app shows it, by its label.
ParameterValue read_choice(const Parameter& p, std::string_view text) {
  for (const Choice& choice : p.choices)
    if (choice.value == text) return choice.value;
  for (const Choice& choice : p.choices)
    if (lower(choice.value) == lower(text) || lower(choice.label) == lower(text)) return choice.value;
  return std::string(text);
}

ParameterValue read_colour(std::string_view text) {
  std::string colour = lower(text);
  if (!colour.empty() && colour[0] != '#') colour.insert(0, "#");
  if (colour.size() == 4) colour = fmt::format("#{0}{0}{1}{1}{2}{2}", colour[1], colour[2], colour[3]);
  return is_colour(colour) ? colour : std::string(text);
}

Result<ParameterValue> read(const Told& told, std::string_view text) {
  const Parameter& p = told.p;
  switch (p.kind) {
    case ParameterKind::length:
    case ParameterKind::angle:
    case ParameterKind::count:
    case ParameterKind::number: return read_number(told, trimmed(text));
    case ParameterKind::toggle: return read_toggle(told, trimmed(text));
    case ParameterKind::choice: return read_choice(p, trimmed(text));
    case ParameterKind::colour: return read_colour(trimmed(text));
    case ParameterKind::text:
    case ParameterKind::font:
    case ParameterKind::file: return std::string(text);
  }
  return wrong_kind(told, "of an unknown kind");
}

}  // namespace

Result<ParameterValue> parse_value(const Parameter& parameter, std::string_view text, const Wording& wording) {
  FW_TRY(ParameterValue value, read({parameter, wording}, text));
  FW_CHECK(check_value(parameter, value, wording));
  return value;
}

Result<void> check_value(const Parameter& p, const ParameterValue& value, const Wording& wording) {
  const Told told{p, wording};
  if (const auto* number = std::get_if<double>(&value))
    return is_numeric(p.kind) ? check_number(told, *number) : wrong_kind(told, "a number");
  if (std::holds_alternative<bool>(value))
    return p.kind == ParameterKind::toggle ? Result<void>{} : wrong_kind(told, "yes or no");
  const auto& text = std::get<std::string>(value);
  switch (p.kind) {
    case ParameterKind::choice: return check_choice(told, text);
    case ParameterKind::colour:
      return is_colour(text) ? Result<void>{} : wrong_kind(told, fmt::format("\"{}\"", printable(text, 100)));
    case ParameterKind::text:
    case ParameterKind::font:
    case ParameterKind::file: return check_text(told, text);
    default: return wrong_kind(told, "a text");
  }
}

Result<const Parameter*> require_parameter(const Template& about, std::string_view name) {
  if (const Parameter* parameter = about.find_parameter(name)) return parameter;
  std::vector<std::string> names;
  for (const Parameter& parameter : about.parameters) names.push_back(parameter.name);
  const std::string near = nearest_name(name, names);
  Error error;
  error.kind = ErrorKind::value;
  error.message =
      fmt::format("there is no parameter \"{}\"; {}", printable(name, 100),
                  names.empty() ? "the template has none" : fmt::format("there are {}", fmt::join(names, ", ")));
  error.parameters = {printable(name, 100)};
  if (!near.empty()) error.suggestion = fmt::format("did you mean {}?", near);
  return fail(std::move(error));
}

Result<void> check_values(const Template& about, const Values& given) {
  for (const auto& [name, value] : given) FW_CHECK(require_parameter(about, name));
  for (const Parameter& parameter : about.parameters)
    if (const auto it = given.find(parameter.name); it != given.end()) FW_CHECK(check_value(parameter, it->second));
  return {};
}

Result<Values> complete_values(const Template& about, const Values& given) {
  FW_CHECK(check_values(about, given));
  Values values = given;
  for (const Parameter& parameter : about.parameters) values.emplace(parameter.name, parameter.fallback);
  return values;
}

std::string limit_text(const Parameter& parameter, double limit, bool lower, const Wording& wording) {
  return bound_text({parameter, wording}, limit, lower);
}

std::string value_text(const Parameter& parameter, const ParameterValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return quantity_text(parameter, *number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  return printable(std::get<std::string>(value), 200);
}

}  // namespace fitwright
