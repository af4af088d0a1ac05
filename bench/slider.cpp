// How fast a slider is: from a new value to tessellated parts, in one warm process.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "bench/workbench.hpp"
#include "export/step/step.hpp"

namespace fitwright::bench {

namespace {

constexpr int moves = 30;

struct Series {
  std::vector<double> ms;
  Tier tier = Tier::memo;  ///< the slowest that served a move
};

/// A setting in which the parameter is shown, so that moving it does something: the default, or a preset, or one other
/// switch. Empty when there is none.
std::optional<Values> shown(const Workpiece& piece, const Parameter& parameter) {
  std::vector<Values> settings{{}};
  for (const Preset& preset : piece.about.presets) settings.push_back(preset.values);
  for (const Parameter& other : piece.about.parameters) {
    if (other.kind == ParameterKind::toggle) settings.push_back({{other.name, !std::get<bool>(other.fallback)}});
    for (const Choice& choice : other.choices) settings.push_back({{other.name, choice.value}});
  }
  for (const Values& values : settings) {
    const auto visible = piece.script.visible(values);
    if (visible && visible->contains(parameter.name) && piece.script.run(values, piece.environment)) return values;
  }
  return std::nullopt;
}

/// Values to move through: as a person drags, neighbours of where it stands and never the same twice while
/// the range allows it.
std::vector<ParameterValue> positions(const Parameter& parameter, const ParameterValue& from) {
  std::vector<ParameterValue> all;
  const auto cycle = [&](const std::vector<ParameterValue>& values) {
    for (int i = 0; i < moves + 1; ++i) all.push_back(values[static_cast<std::size_t>(i) % values.size()]);
  };
  switch (parameter.kind) {
    case ParameterKind::toggle: cycle({true, false}); break;
    case ParameterKind::choice: {
      std::vector<ParameterValue> values;
      for (const Choice& choice : parameter.choices) values.push_back(choice.value);
      cycle(values);
      break;
    }
    case ParameterKind::text:
      for (int i = 0; i < moves + 1; ++i) all.push_back(fmt::format("{}{}", std::get<std::string>(from), i));
      break;
    case ParameterKind::length:
    case ParameterKind::angle:
    case ParameterKind::count:
    case ParameterKind::number: {
      const double at = std::get<double>(from);
      const double low = parameter.min.value_or(at - 100), high = parameter.max.value_or(at + 100);
      const double step = parameter.step.value_or(parameter.kind == ParameterKind::count ? 1 : (high - low) / 100);
      for (int i = 1; static_cast<int>(all.size()) < moves * 3 && i < 1000; ++i) {
        if (at + i * step <= high) all.push_back(at + i * step);
        if (at - i * step >= low) all.push_back(at - i * step);
      }
      break;
    }
    default: break;  // colours, fonts and files are not dragged
  }
  return all;
}

/// One move. Absent when ranges or rules refuse the value; a failed build is an error.
Result<std::optional<double>> move(const Workpiece& piece, const Values& values, Evaluator& evaluator,
                                   BuildStats& stats) {
  const auto start = std::chrono::steady_clock::now();
  const auto run = piece.script.run(values, piece.environment);
  if (!run) {
    if (run.error().kind == ErrorKind::rule || run.error().kind == ErrorKind::value) return std::nullopt;
    return tl::unexpected(run.error());
  }
  const auto parts = evaluator.build(run->product, {}, {}, &stats, Order::preview);  // as the app does in a drag
  if (!parts && parts.error().kind == ErrorKind::rule) return std::nullopt;          // one on a measure
  if (!parts) return tl::unexpected(parts.error());
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Result<Series> measure(const Workpiece& piece, const Parameter& parameter) {
  Series series;
  const auto start = shown(piece, parameter);
  if (!start) return series;
  Evaluator evaluator({.read_solids = read_step_solids});
  BuildStats warm;
  FW_TRY([[maybe_unused]] const auto first, move(piece, *start, evaluator, warm));
  const auto at = start->find(parameter.name);
  for (const ParameterValue& position : positions(parameter, at == start->end() ? parameter.fallback : at->second)) {
    if (series.ms.size() == moves) break;
    BuildStats stats;
    Values values = *start;
    values.insert_or_assign(parameter.name, position);
    FW_TRY(const auto ms, move(piece, values, evaluator, stats));
    if (!ms) continue;
    series.ms.push_back(*ms);
    series.tier = std::max(series.tier, stats.tier);
  }
  return series;
}

void print(const Template& about, const Parameter& parameter, const Series& series, bool json) {
  const double p50 = percentile(series.ms, 50), p95 = percentile(series.ms, 95), max = percentile(series.ms, 100);
  if (json) {
    const auto rounded = [](double ms) { return std::round(ms * 1000) / 1000; };
    fmt::print("{}\n", nlohmann::ordered_json{{"template", about.id},
                                              {"parameter", parameter.name},
                                              {"tier", to_string(series.tier)},
                                              {"p50_ms", rounded(p50)},
                                              {"p95_ms", rounded(p95)},
                                              {"max_ms", rounded(max)}}
                           .dump());
  } else {
    fmt::print("{:<12} {:<22} {:<7} {:>9.2f} {:>9.2f} {:>9.2f}\n", about.id, parameter.name, to_string(series.tier),
               p50, p95, max);
  }
  std::fflush(stdout);
}

}  // namespace

int run_slider(const std::vector<std::string>& arguments) {
  bool json = false;
  std::string only;
  for (const std::string& argument : arguments) {
    if (argument == "--json")
      json = true;
    else
      only = argument;
  }
  const auto pieces = workpieces(only);
  if (!pieces) {
    fmt::print(stderr, "error: {}\n", describe(pieces.error()));
    return exit_status(pieces.error().kind);
  }
  if (!json)
    fmt::print("{:<12} {:<22} {:<7} {:>9} {:>9} {:>9}\n", "template", "parameter", "tier", "p50 ms", "p95 ms",
               "max ms");
  int status = 0;
  for (const Workpiece& piece : *pieces)
    for (const Parameter& parameter : piece.about.parameters) {
      const auto series = measure(piece, parameter);
      if (!series) {
        fmt::print(stderr, "error: {} {}: {}\n", piece.about.id, parameter.name, describe(series.error()));
        status = exit_status(series.error().kind);
      } else if (!series->ms.empty()) {
        print(piece.about, parameter, *series, json);
      }
    }
  return status;
}

}  // namespace fitwright::bench
