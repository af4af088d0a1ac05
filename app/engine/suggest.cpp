#include "app/engine/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

constexpr std::size_t most_parameters = 6;  // tried for one finding
constexpr std::size_t most_findings = 8;    // asked about in all
constexpr std::size_t most_trials = 40;     // for one finding

double step_of(const Parameter& parameter) {
  if (parameter.kind == ParameterKind::count) return 1;
  if (parameter.step) return *parameter.step;
  if (parameter.kind == ParameterKind::length) return 0.1;
  if (parameter.kind == ParameterKind::angle) return 1;
  if (parameter.min && parameter.max)
    return std::pow(10, std::floor(std::log10((*parameter.max - *parameter.min) / 100)));
  return 1;
}

/// The values that a parameter can take on one side of its present one: on its steps, the bound last.
class Ladder {
 public:
  Ladder(const Parameter& parameter, double from, bool up) : step_(step_of(parameter)), from_(from), up_(up) {
    const double dust = 1e-9 * std::max(1.0, std::abs(from / step_));
    first_ = up ? std::floor(from / step_ + dust) + 1 : std::ceil(from / step_ - dust) - 1;
    const auto& bound = up ? parameter.max : parameter.min;
    const double end = bound.value_or(from + (up ? 1000 : -1000) * step_);
    const double whole = up ? std::floor(end / step_ + 1e-9) - first_ : first_ - std::ceil(end / step_ - 1e-9);
    rungs_ = whole < 0 ? 0 : static_cast<int>(std::min(whole, 1e6)) + 1;
    if (const double last = rungs_ > 0 ? at(rungs_) : from; std::abs(last - end) > 1e-9) {
      beyond_ = end;
      ++rungs_;
    }
  }
  /// 0: there is no other value on this side.
  int rungs() const { return rungs_; }
  /// The rung from 1 to `rungs()`.
  double at(int rung) const {
    if (beyond_ && rung == rungs_) return *beyond_;
    const double on_step = (first_ + (up_ ? rung - 1 : 1 - rung)) * step_;
    return std::round(on_step * 1e9) / 1e9;
  }
  /// The first rung at or beyond a value.
  int reaching(double value) const {
    const double steps = up_ ? value / step_ - first_ : first_ - value / step_;
    return std::clamp(static_cast<int>(std::ceil(std::clamp(steps, 0.0, 1e6) - 1e-6)) + 1, 1, rungs_);
  }
  bool up() const { return up_; }

 private:
  double step_, from_, first_ = 0;
  bool up_;
  int rungs_ = 0;
  std::optional<double> beyond_;
};

/// The same fault in another build: faces keep their origins.
bool same_fault(const Trial::Seen& now, const Trial::Seen& before) {
  if (now.finding.check != before.finding.check || now.finding.part != before.finding.part) return false;
  if (now.origins.empty() || before.origins.empty()) return true;
  const auto common = std::count_if(now.origins.begin(), now.origins.end(),
                                    [&](const std::string& origin) { return before.origins.contains(origin); });
  return 2 * static_cast<std::size_t>(common) > now.origins.size();
}

class Search {
 public:
  explicit Search(const SuggestionTask& task) : task_(task), remedied_(task.found.findings.size(), false) {}

  std::vector<Remedy> run() {
    std::vector<std::size_t> order(task_.found.findings.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return task_.found.findings[a].finding.severity < task_.found.findings[b].finding.severity;
    });
    std::vector<Remedy> remedies;
    std::size_t asked = 0;
    for (const std::size_t i : order) {
      if (remedied_[i] || over() || asked == most_findings) continue;
      ++asked;
      trials_left_ = most_trials;
      if (auto remedy = remedy_for(i)) {
        for (const std::uint32_t cleared : remedy->clears) remedied_[cleared] = true;
        remedies.push_back(std::move(*remedy));
      }
    }
    return remedies;
  }

 private:
  struct Outcome {
    bool built = false;
    bool clears = false;  ///< the finding in question
    bool clean = false;   ///< and raises nothing new
    std::optional<double> measured;
  };

  bool over() const { return task_.enough && task_.enough(); }

  std::optional<Remedy> remedy_for(std::size_t finding) {
    target_ = finding;
    std::optional<Remedy> best;
    double least = std::numeric_limits<double>::infinity();
    const auto consider = [&](const Parameter& parameter, const std::optional<ParameterValue>& value, double size) {
      if (!value || size >= least) return;
      least = size;
      best = Remedy{parameter.name, *value, cleared_by(parameter.name, *value)};
    };
    std::vector<const Parameter*> near;
    for (const std::string& name : task_.found.findings[finding].finding.parameters)
      if (const Parameter* p = task_.about.find_parameter(name); p && task_.may_change.contains(name))
        near.push_back(p);
    std::size_t tried = 0;
    for (const Parameter* parameter : near) {
      const double* now = std::get_if<double>(&task_.values.at(parameter->name));
      if (!now || tried == most_parameters) continue;
      ++tried;
      const auto value = nearest_number(*parameter, *now);
      const double unit = parameter->kind == ParameterKind::length ? 1 : step_of(*parameter);
      consider(*parameter, value ? std::optional<ParameterValue>(*value) : std::nullopt,
               value ? std::abs(*value - *now) / unit : 0);
    }
    // Another choice is another design: only where no size helps.
    for (std::size_t i = 0; i < near.size() && i < most_parameters && !best; ++i)
      for (const ParameterValue& other : alternatives(*near[i]))
        if (try_value(near[i]->name, other).clean) consider(*near[i], other, 0);
    return best;
  }

  std::vector<ParameterValue> alternatives(const Parameter& parameter) const {
    const ParameterValue& now = task_.values.at(parameter.name);
    std::vector<ParameterValue> others;
    if (const bool* flag = std::get_if<bool>(&now)) others.emplace_back(!*flag);
    if (parameter.kind == ParameterKind::choice && parameter.choices.size() <= 6)
      for (const Choice& choice : parameter.choices)
        if (now != ParameterValue(choice.value)) others.emplace_back(choice.value);
    return others;
  }

  /// The nearest value of a number that clears the finding; none when none does.
  std::optional<double> nearest_number(const Parameter& parameter, double now) {
    const Ladder up(parameter, now, true), down(parameter, now, false);
    std::optional<double> best;
    for (const Ladder* ladder : {&up, &down}) {
      if (ladder->rungs() == 0 || !is_legal(parameter, ladder->at(1))) continue;
      const Outcome first = try_value(parameter.name, ladder->at(1));
      if (!first.clears && first.measured && continuous()) {
        const double gained = off(*measured()) - off(*first.measured);
        if (std::abs(gained) < 1e-9) return best;  // it has no part in it
        if (gained < 0) continue;
      }
      const auto value = climb(parameter, *ladder, first, now);
      if (value && (!best || std::abs(*value - now) < std::abs(*best - now))) best = value;
    }
    return best;
  }

  /// Up the ladder to the first rung that clears: where the measure seems to lead, else in growing strides, then back
  /// by halves.
  std::optional<double> climb(const Parameter& parameter, const Ladder& ladder, const Outcome& first, double now) {
    const auto good = [&](int rung) { return try_value(parameter.name, ladder.at(rung)).clean; };
    int bad = 0, cleared = first.clean ? 1 : 0;
    if (!cleared) bad = 1;
    int next = guess(ladder, first, now).value_or(2);
    while (!cleared && bad < ladder.rungs()) {
      next = std::clamp(next, bad + 1, ladder.rungs());
      const int reached = furthest_legal(parameter, ladder, bad, next);
      if (reached == bad || out_of_trials()) return std::nullopt;
      (good(reached) ? cleared : bad) = reached;
      if (reached < next && !cleared) return std::nullopt;
      next = 2 * reached;
    }
    if (!cleared) return std::nullopt;
    if (cleared - bad > 2 && !good(cleared - 1)) bad = cleared - 1;  // the guess was right
    while (cleared - bad > 1 && !out_of_trials()) {
      const int middle = bad + (cleared - bad) / 2;
      (good(middle) ? cleared : bad) = middle;
    }
    return ladder.at(cleared);
  }

  std::optional<int> guess(const Ladder& ladder, const Outcome& first, double now) const {
    if (!first.measured || !continuous()) return std::nullopt;
    const double rate = (*first.measured - *measured()) / (ladder.at(1) - now);
    const double value = now + (*required() - *measured()) / rate;
    if (!std::isfinite(value)) return std::nullopt;
    return ladder.reaching(value);
  }

  /// The furthest rung up to `wanted` that keeps the rules, as far as halving finds it; `from` is legal or the start.
  int furthest_legal(const Parameter& parameter, const Ladder& ladder, int from, int wanted) const {
    if (is_legal(parameter, ladder.at(wanted))) return wanted;
    int legal = from, broken = wanted;
    while (broken - legal > 1) {
      const int middle = legal + (broken - legal) / 2;
      (is_legal(parameter, ladder.at(middle)) ? legal : broken) = middle;
    }
    return legal;
  }

  bool is_legal(const Parameter& parameter, double value) const {
    if (!check_value(parameter, value)) return false;
    Values values = task_.values;
    values[parameter.name] = value;
    return task_.legal(values);
  }

  std::optional<double> measured() const { return task_.found.findings[target_].finding.measured; }
  std::optional<double> required() const { return task_.found.findings[target_].finding.required; }
  bool out_of_trials() const { return trials_left_ == 0 || over(); }

  /// What trying a value tells about the finding in question. What was tried before is not built again.
  Outcome try_value(const std::string& name, const ParameterValue& value) {
    const Trial* trial = trial_at(name, value);
    if (!trial) return {};
    Outcome outcome{true, true, true, {}};
    const auto& before = task_.found.findings;
    for (const Trial::Seen& now : trial->findings) {
      bool known = false;
      for (std::size_t i = 0; i < before.size(); ++i) {
        if (!same_fault(now, before[i])) continue;
        known = known || now.finding.severity >= before[i].finding.severity;
        if (i != target_) continue;
        outcome.clears = false;
        if (now.finding.measured &&
            (!outcome.measured || (required() && off(*now.finding.measured) > off(*outcome.measured))))
          outcome.measured = now.finding.measured;
      }
      outcome.clean = outcome.clean && known;
    }
    outcome.clears = outcome.clears && same_frame(*trial);
    outcome.clean = outcome.clean && outcome.clears;
    return outcome;
  }
  /// From the limit.
  double off(double value) const { return std::abs(value - *required()); }
  /// The finding measures what follows a parameter steadily, not a number of things.
  bool continuous() const {
    const std::string& unit = task_.found.findings[target_].finding.unit;
    return measured() && required() && (unit == "mm" || unit == "deg" || unit == "mm2");
  }

  /// Every part is there, and what could be decided still is.
  bool same_frame(const Trial& trial) const {
    return trial.parts == task_.found.parts && std::includes(task_.found.unchecked.begin(), task_.found.unchecked.end(),
                                                             trial.unchecked.begin(), trial.unchecked.end());
  }

  const Trial* trial_at(const std::string& name, const ParameterValue& value) {
    const auto key = std::pair(name, value);
    if (const auto it = trials_.find(key); it != trials_.end()) return it->second ? &*it->second : nullptr;
    if (out_of_trials()) return nullptr;
    --trials_left_;
    Values values = task_.values;
    values[name] = value;
    std::optional<Trial> trial;
    if (task_.legal(values))
      if (auto tried = task_.try_out(values)) trial = std::move(*tried);
    if (over()) return nullptr;  // cut short
    const auto& kept = trials_.emplace(key, std::move(trial)).first->second;
    return kept ? &*kept : nullptr;
  }

  std::vector<std::uint32_t> cleared_by(const std::string& name, const ParameterValue& value) {
    std::vector<std::uint32_t> cleared;
    const Trial* trial = trial_at(name, value);
    for (std::size_t i = 0; trial && i < task_.found.findings.size(); ++i)
      if (std::none_of(trial->findings.begin(), trial->findings.end(),
                       [&](const Trial::Seen& now) { return same_fault(now, task_.found.findings[i]); }))
        cleared.push_back(static_cast<std::uint32_t>(i));
    return cleared;
  }

  const SuggestionTask& task_;
  std::vector<bool> remedied_;
  std::map<std::pair<std::string, ParameterValue>, std::optional<Trial>> trials_;  ///< empty: cannot be built
  std::size_t target_ = 0, trials_left_ = 0;
};

/// A value without its unit: the unit follows once, behind the second of two.
std::string bare_text(const Parameter& parameter, const ParameterValue& value) {
  if (const double* number = std::get_if<double>(&value)) return number_text(*number);
  return value_text(parameter, value);
}

}  // namespace

Trial trial_of(const Response& response) {
  Trial trial;
  for (const Finding& finding : response.report.findings) {
    Trial::Seen& seen = trial.findings.emplace_back();
    seen.finding = finding;
    for (const ResponsePart& part : response.parts)
      for (const std::uint32_t face : finding.faces)
        if (part.built.name == finding.part && face < part.built.faces.size())
          seen.origins.insert(part.built.faces[face].origins.begin(), part.built.faces[face].origins.end());
  }
  for (const Unchecked& one : response.report.unchecked) trial.unchecked.emplace(one.check, one.part);
  for (const ResponsePart& part : response.parts) trial.parts.push_back(part.built.name);
  return trial;
}

std::vector<Remedy> find_remedies(const SuggestionTask& task) { return Search(task).run(); }

std::string remedy_text(const Template& about, const Values& values, const Remedy& remedy) {
  const Parameter* parameter = about.find_parameter(remedy.parameter);
  const auto now = values.find(remedy.parameter);
  if (!parameter || now == values.end()) return {};
  const std::size_t cleared = remedy.clears.size();
  return fmt::format("{} {} \u2192 {} clears {}", parameter->label.empty() ? parameter->name : parameter->label,
                     bare_text(*parameter, now->second), value_text(*parameter, remedy.value),
                     cleared == 1 ? "this" : fmt::format("{} findings", cleared));
}

}  // namespace fitwright
