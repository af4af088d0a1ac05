// The stages of a build, product by product: script, plan, build (nothing remembered), tessellate.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/workbench.hpp"

namespace fitwright::bench {

namespace {

void time_script(benchmark::State& state, const Workpiece& piece) {
  for (auto _ : state) benchmark::DoNotOptimize(piece.script.run({}, piece.environment));
}

void time_plan(benchmark::State& state, const Product& product) {
  for (auto _ : state) {
    Evaluator evaluator;
    BuildStats stats;
    benchmark::DoNotOptimize(evaluator.build(product, {}, {}, &stats));
    state.SetIterationTime(stats.plan_ms / 1e3);
  }
}

void time_build(benchmark::State& state, const Product& product, bool rewrite) {
  for (auto _ : state) {
    Evaluator evaluator({.rewrite = rewrite});
    BuildStats stats;
    benchmark::DoNotOptimize(evaluator.build(product, {}, {}, &stats));
    state.SetIterationTime(stats.build_ms / 1e3);
  }
}

void time_tessellate(benchmark::State& state, const Product& product) {
  std::size_t triangles = 0;
  for (auto _ : state) {
    Evaluator evaluator;
    BuildStats stats;
    const auto parts = evaluator.build(product, {}, {}, &stats);
    triangles = 0;
    for (const BuiltPart& part : *parts) triangles += part.mesh.triangles.size();
    state.SetIterationTime(stats.tessellate_ms / 1e3);
  }
  state.counters["triangles"] = static_cast<double>(triangles);
}

}  // namespace

/// Registers the stages of every product. The pieces and products must outlive the run.
void register_stages(const std::vector<Workpiece>& pieces, const std::vector<Product>& products) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Workpiece& piece = pieces[i];
    const Product& product = products[i];
    const auto name = [&](std::string_view stage) { return fmt::format("{}/{}", piece.about.id, stage); };
    using benchmark::kMillisecond;
    benchmark::RegisterBenchmark(name("script").c_str(), [&](benchmark::State& s) {
      time_script(s, piece);
    })->Unit(kMillisecond);
    benchmark::RegisterBenchmark(name("plan").c_str(), [&](benchmark::State& s) { time_plan(s, product); })
        ->UseManualTime()
        ->Unit(kMillisecond);
    benchmark::RegisterBenchmark(name("build").c_str(), [&](benchmark::State& s) { time_build(s, product, true); })
        ->UseManualTime()
        ->Unit(kMillisecond);
    benchmark::RegisterBenchmark(name("build, general tier only").c_str(),
                                 [&](benchmark::State& s) { time_build(s, product, false); })
        ->UseManualTime()
        ->Unit(kMillisecond);
    benchmark::RegisterBenchmark(name("tessellate").c_str(), [&](benchmark::State& s) { time_tessellate(s, product); })
        ->UseManualTime()
        ->Unit(kMillisecond);
  }
}

}  // namespace fitwright::bench
