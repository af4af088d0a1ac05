#include "tests/property/products/settings.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <ostream>

namespace fitwright::test {
namespace {

/// Uniform numbers from a RapidCheck source.
class Dice {
 public:
  explicit Dice(const rc::Random& random) : random_(random) {}
  double unit() { return static_cast<double>(random_.split().next() >> 11) * 0x1p-53; }
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(unit() * static_cast<double>(n)));
  }

 private:
  rc::Random random_;
};

double propose_number(const Parameter& p, double now, Dice& dice) {
  const double min = *p.min, max = *p.max;
  const bool count = p.kind == ParameterKind::count;
  const double way = dice.unit();
  if (way < 0.1) return min;
  if (way < (count ? 0.13 : 0.2)) return max;
  // Large counts say little more than middling ones and take long to build.
  const double share = dice.unit();
  double value = min + (max - min) * (count ? share * share : share);
  // Half of the proposals stay near, since a far one seldom suits everything else.
  if (way < 0.6) value = now + (value - now) * dice.unit() * 0.3;
  if (count) return std::clamp(std::round(value), min, max);
  const bool on_step = way < 0.4 || way > 0.8;
  if (on_step) value = std::round(value / p.step.value_or(1)) * p.step.value_or(1);
  return std::clamp(value, min, max);
}

ParameterValue propose(const Parameter& p, const ParameterValue& now, Dice& dice) {
  if (p.kind == ParameterKind::toggle) return dice.unit() < 0.5;
  if (p.kind == ParameterKind::choice) return p.choices[dice.below(p.choices.size())].value;
  if (const double* number = std::get_if<double>(&now); number && p.min && p.max)
    return propose_number(p, *number, dice);
  return now;
}

Values walk(const Subject& subject, Dice& dice) {
  const Template& about = subject.about;
  const std::size_t start = dice.below(about.presets.size() + 1);
  Values values = *subject.script.check(start == 0 ? Values{} : about.presets[start - 1].values);
  for (std::size_t i = 0; i < 2 * about.parameters.size(); ++i) {
    const Parameter& p = about.parameters[dice.below(about.parameters.size())];
    Values next = values;
    next[p.name] = propose(p, values[p.name], dice);
    if (subject.script.check(next)) values = std::move(next);
  }
  return values;
}

rc::Seq<Setting> simpler(const Setting& setting) {
  std::vector<Setting> all;
  for (const Parameter& p : setting.subject->about.parameters) {
    if (setting.values.at(p.name) == p.fallback) continue;
    Setting next = setting;
    next.values[p.name] = p.fallback;
    if (setting.subject->script.check(next.values)) all.push_back(std::move(next));
  }
  return rc::seq::fromContainer(std::move(all));
}

struct PrintValue {
  std::ostream& out;
  void operator()(double number) const { out << std::setprecision(17) << number; }
  void operator()(bool on) const { out << (on ? "yes" : "no"); }
  void operator()(const std::string& text) const { out << text; }
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Setting& setting) {
  out << "fitwright make " << setting.subject->about.id;
  for (const Parameter& p : setting.subject->about.parameters) {
    const ParameterValue& value = setting.values.at(p.name);
    if (value == p.fallback) continue;
    out << " --set " << p.name << '=';
    std::visit(PrintValue{out}, value);
  }
  return out;
}

rc::Gen<Setting> legal_settings(const SubjectPtr& subject) {
  return [subject](const rc::Random& random, int) {
    Dice dice(random);
    return rc::shrinkable::shrinkRecur(Setting{subject, walk(*subject, dice)},
                                       [](const Setting& setting) { return simpler(setting); });
  };
}

}  // namespace fitwright::test
