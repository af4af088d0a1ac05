#include "app/session/legal.hpp"

#include <algorithm>
#include <cmath>

#include "app/session/request.hpp"

namespace fitwright {

namespace {

/// Takes values out of `own` until what is left, with those `below` it, is legal. Returns what the template says.
Result<Template> drop_illegal(RequestHandler& handler, Request question, const Values& below, Values& own,
                              std::set<std::string>& dropped) {
  question.wants.values = true;
  for (;;) {
    question.values = own;
    question.values.insert(below.begin(), below.end());
    Response answer = handler.handle(question);
    if (!answer.error) return std::move(answer.about);
    if (!refuses_values(*answer.error) || own.empty()) return fail(std::move(*answer.error));
    const auto to_blame = [&](const auto& entry) {
      const auto& names = answer.error->parameters;
      return std::find(names.begin(), names.end(), entry.first) != names.end();
    };
    const bool known = std::any_of(own.begin(), own.end(), to_blame);
    std::erase_if(own, [&](const auto& entry) {
      const bool goes = !known || to_blame(entry);
      if (goes) dropped.insert(entry.first);
      return goes;
    });
  }
}

/// The value next to the present one with which the request keeps all rules: looked for in ever longer strides to both
/// sides, for there need be none at the ends of the range; then as near as it goes.
std::optional<ParameterValue> nearest_allowing(RequestHandler& handler, Parameter parameter,
                                               const ParameterValue& present, const Request& question,
                                               const std::stop_token& stop) {
  const double* now = std::get_if<double>(&present);
  if (!now || !parameter.min || !parameter.max || *parameter.max <= *parameter.min) return std::nullopt;
  const double span = *parameter.max - *parameter.min;
  if (parameter.kind == ParameterKind::count) parameter.step = 1;
  if (!parameter.step) parameter.step = std::pow(10, std::floor(std::log10(span / 100)));
  for (double share = 1.0 / 64; share <= 1; share *= 2)
    for (const double sign : {1.0, -1.0}) {
      const double value = *now + sign * std::max(1.0, std::round(span * share / *parameter.step)) * *parameter.step;
      if (value < *parameter.min || value > *parameter.max) continue;
      Request tried = question;
      tried.values[parameter.name] = value;
      if (handler.handle(tried, stop).error) continue;
      const auto nearest = nearest_legal(handler, parameter, value, present, question, stop);
      return nearest ? std::optional(nearest->value) : std::nullopt;
    }
  return std::nullopt;
}

}  // namespace

bool refuses_values(const Error& error) { return error.kind == ErrorKind::rule || error.kind == ErrorKind::value; }

std::optional<double> number_of(const Values& values, const std::vector<std::string>& names) {
  const auto it = names.size() == 1 ? values.find(names[0]) : values.end();
  const double* number = it == values.end() ? nullptr : std::get_if<double>(&it->second);
  return number ? std::optional(*number) : std::nullopt;
}

std::vector<std::string> changed(const Values& a, const Values& b) {
  std::vector<std::string> names;
  for (const auto& [name, value] : b)
    if (const auto it = a.find(name); it == a.end() || it->second != value) names.push_back(name);
  for (const auto& [name, value] : a)
    if (!b.contains(name)) names.push_back(name);
  return names;
}

std::optional<Nearest> nearest_legal(RequestHandler& handler, const Parameter& parameter, const ParameterValue& from,
                                     const ParameterValue& wanted, Request question, const std::stop_token& stop) {
  const double *a = std::get_if<double>(&from), *b = std::get_if<double>(&wanted);
  if (!a || !b) return std::nullopt;
  const double low = parameter.min.value_or(-1e9), high = parameter.max.value_or(1e9);
  const double target = std::clamp(*b, low, high);
  const double step = parameter.kind == ParameterKind::count ? 1 : parameter.step.value_or(std::abs(target - *a) / 64);
  if (!(step > 0)) return std::nullopt;
  std::optional<Error> rule;  // that refused the last one: the one that begins beyond the nearest
  const auto keeps = [&](double value) {
    question.values[parameter.name] = value;
    Response answer = handler.handle(question, stop);
    const bool refused = answer.error && (refuses_values(*answer.error) || answer.error->kind == ErrorKind::cancelled);
    if (refused) rule = std::move(answer.error);
    return !refused;
  };
  const double sign = target > *a ? 1 : -1;
  const auto at = [&](long long steps) { return std::clamp(*a + sign * step * static_cast<double>(steps), low, high); };
  const auto search = [&]() -> Nearest {
    if (keeps(target)) return {target, {}};
    long long legal_steps = 0, broken = static_cast<long long>(std::floor(std::abs(target - *a) / step + 1e-9)) + 1;
    while (broken - legal_steps > 1) {
      const long long middle = legal_steps + (broken - legal_steps) / 2;
      (keeps(at(middle)) ? legal_steps : broken) = middle;
    }
    return {legal_steps == 0 ? from : ParameterValue(at(legal_steps)), rule};
  };
  question.wants = {.values = true};
  Nearest found = search();
  // Rules on what is measured are known by building alone; few templates have any.
  question.wants = {.parts = true, .preview = true, .explain_ms = 0};
  return found.value == from || keeps(std::get<double>(found.value)) ? found : search();
}

Outlook outlook(RequestHandler& handler, const Template& about, Request question, const std::string& wanted,
                const std::stop_token& stop) {
  const std::set<std::string> fixed = question.wants.fixed;
  question.wants = {.values = true};
  Response answer = handler.handle(question, stop);
  if (!answer.error) return {};
  Outlook found{std::move(answer.error), {}};
  const Values values = with_defaults(about, question.values);
  for (const std::string& name : found.error->parameters) {
    const Parameter* parameter = about.find_parameter(name);
    if (!parameter || name == wanted || fixed.contains(name) || stop.stop_requested()) continue;
    if (const auto value = nearest_allowing(handler, *parameter, values.at(name), question, stop))
      found.allowing[name] = *value;
  }
  return found;
}

Result<Fitted> fit_values(RequestHandler& handler, Package package, const DocumentState& state) {
  Fitted fitted{std::move(package), state.values, state.variants, {}};
  DocumentState next = state;
  next.package = std::make_shared<const Package>(fitted.package);
  const Request question = request_of(next, {});
  FW_TRY(const Template about, drop_illegal(handler, question, {}, fitted.values, fitted.dropped));
  for (Variant& variant : fitted.variants)
    FW_CHECK(drop_illegal(handler, question, fitted.values, variant.values, fitted.dropped));
  fitted.package.template_id = about.id;
  fitted.package.template_version = about.version;
  return fitted;
}

}  // namespace fitwright
