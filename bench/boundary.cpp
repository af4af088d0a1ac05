// What the process boundary costs: the same request answered in this process and behind the boundary, everything
// remembered, so that the rest is copying.
#include <fmt/format.h>

#include <chrono>

#include "app/engine/assets.hpp"
#include "app/engine/channel.hpp"
#include "app/engine/engine.hpp"
#include "app/engine/process.hpp"
#include "bench/workbench.hpp"

namespace fitwright::bench {

namespace {

/// A ball, divided finely.
Request ball(double deflection) {
  Request request;
  request.source = R"lua(return {
  id = "ball", version = "1.0.0", name = "Ball", summary = "B.", description = "B.", licence = "CC0-1.0", author = "F",
  processes = { "fdm" }, parameters = {},
  build = function() return { parts = { { name = "ball", solid = sphere(20) } } } end }
)lua";
  request.deflection = {deflection, 90};
  request.wants.parts = request.wants.preview = true;
  return request;
}

struct Timed {
  std::vector<double> ms;
  std::size_t triangles = 0;
};

Result<Timed> time(RequestHandler& handler, const Request& request) {
  Timed timed;
  for (int i = 0; i < 42; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const Response response = handler.handle(request);
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (response.error) return fail(*response.error);
    timed.triangles = response.parts.front().triangles;
    if (i > 1) timed.ms.push_back(ms);
  }
  return timed;
}

Result<void> measure() {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto program, engine_program());
  Engine here(assets);
  EngineProcess there(program, assets);
  fmt::print("{:>9}  {:>18}  {:>18}  {:>9}\n", "triangles", "here p50/p95 ms", "process p50/p95 ms", "added p50");
  for (const double deflection : {0.02, 0.004, 0.002}) {
    FW_TRY(const Timed a, time(here, ball(deflection)));
    FW_TRY(const Timed b, time(there, ball(deflection)));
    const auto at = [](const Timed& t, double percent) { return percentile(t.ms, percent); };
    fmt::print("{:>9}  {:>10.2f} {:>7.2f}  {:>10.2f} {:>7.2f}  {:>9.2f}\n", a.triangles, at(a, 50), at(a, 95),
               at(b, 50), at(b, 95), at(b, 50) - at(a, 50));
  }
  return {};
}

}  // namespace

int run_boundary() {
  keep_freed_memory();
  return exit_status_of(measure());
}

}  // namespace fitwright::bench
