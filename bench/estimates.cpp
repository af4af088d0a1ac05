// How long after an edit its price is known: build, measures, and the estimate made of them.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/engine/assets.hpp"
#include "app/engine/channel.hpp"
#include "app/engine/engine.hpp"
#include "app/engine/subject.hpp"
#include "bench/workbench.hpp"
#include "export/make/estimate.hpp"

namespace fitwright::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Times {
  std::vector<double> all;    ///< from the edit to the price
  std::vector<double> added;  ///< of that what comes after the model
};

/// Neighbours of a number's usual value, never the same twice.
std::vector<double> neighbours(const Parameter& parameter) {
  std::vector<double> values;
  const double at = std::get<double>(parameter.fallback), step = parameter.step.value_or(1);
  for (int i = 1; i <= 3; ++i)
    for (const double value : {at + i * step, at - i * step})
      if (value <= parameter.max.value_or(value) && value >= parameter.min.value_or(value)) values.push_back(value);
  return values;
}

Result<void> edit(Engine& engine, const Catalog& catalog, Request request, Times& times) {
  const auto start = Clock::now();
  request.wants = {.parts = true, .preview = true, .explain_ms = 0};
  const Response model = engine.handle(request);
  if (model.error && (model.error->kind == ErrorKind::rule || model.error->kind == ErrorKind::value)) return {};
  if (model.error) return fail(*model.error);
  const auto built = Clock::now();
  request.wants = {.measures = true, .preview = true, .explain_ms = 0};
  const Response measured = engine.handle(request);
  if (measured.error) return fail(*measured.error);
  EstimateWish wish;
  FW_TRY(wish.process, catalog.process(measured.process));
  FW_TRY(wish.material, catalog.material(measured.material));
  FW_TRY([[maybe_unused]] const Estimate told, estimate(catalog, measured.measures, wish));
  times.all.push_back(ms_since(start));
  times.added.push_back(ms_since(built));
  return {};
}

Result<void> measure() {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const Catalog catalog, Catalog::load(assets / "data"));
  FW_TRY(const auto pieces, workpieces());
  Engine engine(assets);
  fmt::print("{:<14} {:>6}  {:>22}  {:>22}\n", "template", "edits", "edit to price p50/p95", "after model p50/p95");
  Times whole;
  for (const Workpiece& piece : pieces) {
    FW_TRY(const Subject subject, find_subject(assets, piece.about.id));
    FW_TRY(Design design, read_template(assets, subject.path));
    Request request = request_of(std::move(design));
    Times times, warm;
    for (const Parameter& parameter : piece.about.parameters) {
      if (!std::holds_alternative<double>(parameter.fallback)) continue;
      request.values.clear();
      FW_CHECK(edit(engine, catalog, request, warm));
      for (const double value : neighbours(parameter)) {
        request.values = {{parameter.name, value}};
        FW_CHECK(edit(engine, catalog, request, times));
      }
    }
    const auto line = [](std::string_view name, const Times& t) {
      fmt::print("{:<14} {:>6}  {:>13.1f} {:>8.1f}  {:>13.1f} {:>8.1f}\n", name, t.all.size(), percentile(t.all, 50),
                 percentile(t.all, 95), percentile(t.added, 50), percentile(t.added, 95));
    };
    if (times.all.empty()) continue;
    line(piece.about.id, times);
    whole.all.insert(whole.all.end(), times.all.begin(), times.all.end());
    whole.added.insert(whole.added.end(), times.added.begin(), times.added.end());
    std::fflush(stdout);
  }
  const auto within = std::count_if(whole.all.begin(), whole.all.end(), [](double ms) { return ms <= 50; });
  fmt::print("{} of {} edits have their price within 50 ms\n", within, whole.all.size());
  return {};
}

}  // namespace

int run_estimates() {
  keep_freed_memory();
  return exit_status_of(measure());
}

}  // namespace fitwright::bench
