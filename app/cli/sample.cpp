// test: builds a template's presets, the ends of its ranges and random legal settings.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <random>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::cli {
namespace {

constexpr std::size_t most_commands = 3;  // told of failures alike

/// Draws without bias that matters here, the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return n ? engine_() % n : 0; }
  /// A number of the range that four decimals can say.
  double between(double low, double high) {
    const double share = static_cast<double>(engine_() >> 11) * 0x1p-53;
    return std::clamp(std::round((low + share * (high - low)) * 1e4) / 1e4, low, high);
  }

 private:
  std::mt19937_64 engine_;
};

std::pair<double, double> range_of(const Parameter& parameter) {
  const double* fallback = std::get_if<double>(&parameter.fallback);
  const double about = fallback ? std::abs(*fallback) : 10;
  return {parameter.min.value_or(-2 * about), parameter.max.value_or(2 * about)};
}

std::string letters(std::size_t count, Dice* dice) {
  constexpr std::string_view from = "AbgMjx 0128&";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += from[dice ? dice->below(from.size()) : i % from.size()];
  return text;
}

/// The values at which a parameter is most likely to break something.
std::vector<ParameterValue> ends(const Parameter& parameter) {
  std::vector<ParameterValue> values;
  switch (parameter.kind) {
    case ParameterKind::length:
    case ParameterKind::angle:
    case ParameterKind::count:
    case ParameterKind::number:
      if (parameter.min) values.emplace_back(*parameter.min);
      if (parameter.max) values.emplace_back(*parameter.max);
      break;
    case ParameterKind::choice:
      for (const Choice& choice : parameter.choices) values.emplace_back(choice.value);
      break;
    case ParameterKind::toggle: values = {true, false}; break;
    case ParameterKind::text:
      values.emplace_back(letters(static_cast<std::size_t>(parameter.min.value_or(0)), nullptr));
      values.emplace_back(letters(static_cast<std::size_t>(parameter.max.value_or(20)), nullptr));
      break;
    case ParameterKind::colour:
    case ParameterKind::font:
    case ParameterKind::file: break;
  }
  std::erase(values, parameter.fallback);
  return values;
}

ParameterValue random_value(const Parameter& parameter, Dice& dice) {
  const auto [low, high] = range_of(parameter);
  switch (parameter.kind) {
    case ParameterKind::length:
    case ParameterKind::angle:
    case ParameterKind::number: return dice.between(low, high);
    case ParameterKind::count:
      return std::round(low) + static_cast<double>(dice.below(static_cast<std::size_t>(high - low) + 1));
    case ParameterKind::choice: return parameter.choices[dice.below(parameter.choices.size())].value;
    case ParameterKind::toggle: return dice.below(2) == 1;
    case ParameterKind::text: {
      const double least = parameter.min.value_or(0), most = parameter.max.value_or(20);
      return letters(static_cast<std::size_t>(least) + dice.below(static_cast<std::size_t>(most - least) + 1), &dice);
    }
    case ParameterKind::colour: return fmt::format("#{:06x}", dice.below(1u << 24));
    case ParameterKind::font:
    case ParameterKind::file: break;
  }
  return parameter.fallback;
}

class Sampler {
 public:
  Sampler(RequestHandler& engine, const Options& options, Request request, Template about, Notes& notes)
      : engine_(engine),
        options_(options),
        notes_(notes),
        request_(std::move(request)),
        about_(std::move(about)),
        dice_(options.seed) {}

  Outcome run() {
    build({}, "");
    for (const Preset& preset : about_.presets) build(preset.values, preset.name);
    const std::size_t presets = built_;
    for (const Parameter& parameter : about_.parameters)
      for (const ParameterValue& end : ends(parameter)) build_if_legal({{parameter.name, end}});
    const std::size_t ends = built_ - presets;
    for (int i = 0; i < options_.count; ++i) build_random();
    fmt::print(
        "{} {}: {} settings built (defaults and {} presets, {} ends of ranges, {} random with seed {}), {} failed\n",
        about_.id, about_.version, built_, presets - 1, ends, built_ - presets - ends, options_.seed, failures_.size());
    if (refused_)
      fmt::print("{} settings were refused by rules; {} random draws found no legal setting\n", refused_, not_found_);
    if (failures_.empty()) return 0;
    return fail(failure());
  }

 private:
  struct Failure {
    std::string command, reason;
    std::string cause;  ///< what failures that one change would mend have in common
  };

  bool legal(const Values& values) {
    Request question = request_;
    question.values = values;
    question.wants = {};
    question.wants.values = true;
    const Response answer = engine_.handle(question);
    return !answer.error || (answer.error->kind != ErrorKind::rule && answer.error->kind != ErrorKind::value);
  }

  void build_if_legal(const Values& values) {
    if (legal(values)) return build(values, "");
    ++refused_;
  }

  /// Changes many parameters at once; fewer with every draw that the rules refuse.
  void build_random() {
    for (std::size_t draw = 0; draw < 80; ++draw) {
      Values values;
      if (const std::size_t base = dice_.below(about_.presets.size() + 1); base > 0)
        values = about_.presets[base - 1].values;
      const std::size_t changes = std::max<std::size_t>(1, about_.parameters.size() >> (draw / 10));
      for (std::size_t i = 0; i < changes && !about_.parameters.empty(); ++i) {
        const Parameter& parameter = about_.parameters[dice_.below(about_.parameters.size())];
        values[parameter.name] = random_value(parameter, dice_);
      }
      if (legal(values)) return build(values, "");
    }
    ++not_found_;
  }

  void build(const Values& values, const std::string& preset) {
    Request request = request_;
    if (preset.empty())
      request.values = values;
    else
      request.preset = preset;  // which may choose process and material too
    request.wants = {};
    request.wants.check = true;
    const Response response = engine_.handle(request);
    // A rule on a measure speaks only now, and refuses like any other.
    if (preset.empty() && response.error && response.error->kind == ErrorKind::rule) {
      ++refused_;
      return;
    }
    ++built_;
    // What holds for the presets holds for all settings, but for numbers in it.
    if (values.empty() || !preset.empty()) note_warnings(response);
    if (const std::string reason = fault(response); !reason.empty())
      failures_.push_back({command(values, preset), reason, cause(response, reason)});
  }

  void note_warnings(const Response& response) {
    for (const std::string& warning : response.warnings) {
      std::string note = "warning: " + warning;
      if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) notes_.push_back(std::move(note));
    }
  }

  /// The reason without its numbers, and the line of the template.
  static std::string cause(const Response& response, const std::string& reason) {
    std::string text = reason.substr(0, reason.find('\n'));
    std::erase_if(text, [](unsigned char c) { return std::isdigit(c) || c == '.' || c == '-'; });
    return response.error ? fmt::format("{} {}:{}", text, response.error->source.chunk, response.error->source.line)
                          : text;
  }

  /// Why a setting counts as failed; empty when it does not. Too large for a machine is the maker's affair.
  static std::string fault(const Response& response) {
    if (response.error) return describe(*response.error);
    for (const Finding& finding : response.report.findings)
      if (finding.severity == Severity::blocks && finding.check != "build_volume") return finding_text(finding);
    for (const ResponsePart& part : response.parts)
      if (!(part.built.volume > 0)) return fmt::format("{} has no volume", part.built.name);
    return {};
  }

  std::string command(const Values& values, const std::string& preset) const {
    std::string text = "fitwright make " + options_.subject;
    if (!options_.process.empty()) text += " --process " + options_.process;
    if (!preset.empty()) return text + " --preset " + preset;
    for (const auto& [name, value] : values) {
      const Parameter* parameter = about_.find_parameter(name);
      if (!parameter || value == parameter->fallback) continue;
      const std::string shown =
          std::holds_alternative<double>(value) ? number_text(std::get<double>(value)) : value_text(*parameter, value);
      const bool plain = std::all_of(shown.begin(), shown.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '-' || c == '_';
      });
      const std::string_view quote = plain ? "" : "'";
      text += fmt::format(" --set {}{}={}{}", quote, name, shown, quote);
    }
    return text;
  }

  Error failure() const {
    Error error;
    error.kind = ErrorKind::geometry;
    error.message = fmt::format("{} of {} settings of {} failed", failures_.size(), built_, about_.id);
    std::vector<std::string_view> told;
    for (const Failure& one : failures_) {
      if (std::find(told.begin(), told.end(), one.cause) != told.end()) continue;
      told.push_back(one.cause);
      error.message += alike(one);
    }
    return error;
  }

  /// One failure for all that have its cause, with the commands of the first.
  std::string alike(const Failure& first) const {
    std::string commands;
    std::size_t count = 0;
    for (const Failure& one : failures_)
      if (one.cause == first.cause && ++count <= most_commands) commands += "\n" + one.command;
    if (count > most_commands) commands += fmt::format("\nand {} more", count - most_commands);
    return fmt::format("\n{}{}:{}\n  {}", count, count == 1 ? " setting" : " settings", commands, first.reason);
  }

  RequestHandler& engine_;
  const Options& options_;
  Notes& notes_;
  Request request_;
  Template about_;
  Dice dice_;
  std::size_t built_ = 0, refused_ = 0, not_found_ = 0;
  std::vector<Failure> failures_;
};

}  // namespace

Outcome test(const Options& options, Notes& notes) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject));
  FW_CHECK(apply_options(*engine, options, request));
  request.values.clear();
  Request question = request;
  question.wants.description = true;
  Response response = engine->handle(question);
  if (response.error) return fail(*response.error);
  // A broken template or a wrong option fails every setting alike: told once.
  question.wants = {};
  question.wants.check = true;
  question.wants.handles = true;
  const Response defaults = engine->handle(question);
  if (defaults.error && defaults.error->kind != ErrorKind::geometry && defaults.error->kind != ErrorKind::finding)
    return fail(*defaults.error);
  for (const Handle& handle : defaults.handles)
    if (handle.rate == 0)
      notes.push_back(fmt::format(
          "warning: the handle of {} does not move along its direction when {} changes, so that it cannot be dragged",
          handle.parameter, handle.parameter));
  return Sampler(*engine, options, std::move(request), std::move(response.about), notes).run();
}

}  // namespace fitwright::cli
