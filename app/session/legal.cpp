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

}  // namespace

bool refuses_values(const Error& error) { return error.kind == ErrorKind::rule || error.kind == ErrorKind::value; }

std::optional<ParameterValue> nearest_legal(RequestHandler& handler, const Parameter& parameter,
                                            const ParameterValue& from, const ParameterValue& wanted,
                                            Request question) {
  const double *a = std::get_if<double>(&from), *b = std::get_if<double>(&wanted);
  if (!a || !b) return std::nullopt;
  const double low = parameter.min.value_or(-1e9), high = parameter.max.value_or(1e9);
  const double target = std::clamp(*b, low, high);
  const double step = parameter.kind == ParameterKind::count ? 1 : parameter.step.value_or(std::abs(target - *a) / 64);
  if (!(step > 0)) return std::nullopt;
  question.wants = {.values = true};
  const auto keeps = [&](double value) {
    question.values[parameter.name] = value;
    return !handler.handle(question).error;
  };
  const double sign = target > *a ? 1 : -1;
  if (keeps(target)) return target;
  long long legal_steps = 0, broken = static_cast<long long>(std::floor(std::abs(target - *a) / step + 1e-9)) + 1;
  const auto at = [&](long long steps) { return std::clamp(*a + sign * step * static_cast<double>(steps), low, high); };
  while (broken - legal_steps > 1) {
    const long long middle = legal_steps + (broken - legal_steps) / 2;
    (keeps(at(middle)) ? legal_steps : broken) = middle;
  }
  return legal_steps == 0 ? from : ParameterValue(at(legal_steps));
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
