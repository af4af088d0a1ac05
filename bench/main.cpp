#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/workbench.hpp"

namespace fitwright::bench {
void register_stages(const std::vector<Workpiece>& pieces, const std::vector<Product>& products);

namespace {

int run_stages(int argc, char** argv) {
  const auto pieces = workpieces();
  if (!pieces) {
    fmt::print(stderr, "error: {}\n", describe(pieces.error()));
    return exit_status(pieces.error().kind);
  }
  std::vector<Product> products;
  for (const Workpiece& piece : *pieces) {
    auto run = piece.script.run({}, piece.environment);
    if (!run) {
      fmt::print(stderr, "error: {}: {}\n", piece.about.id, describe(run.error()));
      return exit_status(run.error().kind);
    }
    products.push_back(std::move(run->product));
  }
  register_stages(*pieces, products);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace
}  // namespace fitwright::bench

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "slider") return fitwright::bench::run_slider({argv + 2, argv + argc});
  if (argc > 1 && std::string_view(argv[1]) == "peers") return fitwright::bench::run_peers({argv + 2, argv + argc});
  if (argc > 1 && std::string_view(argv[1]) == "boundary") return fitwright::bench::run_boundary();
  if (argc > 1 && std::string_view(argv[1]) == "checks") return fitwright::bench::run_checks_bench();
  if (argc > 1 && std::string_view(argv[1]) == "estimate") return fitwright::bench::run_estimates();
  if (argc > 1 && std::string_view(argv[1]) == "nest") return fitwright::bench::run_nest_bench();
  if (argc > 1 && std::string_view(argv[1]) == "print")
    return fitwright::bench::run_print_bench({argv + 2, argv + argc});
  return fitwright::bench::run_stages(argc, argv);
}
