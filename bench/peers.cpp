// The four models that other tools build too, timed the way their harness times them: one JSON line a model.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "bench/workbench.hpp"
#include "export/format.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright::bench {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int warm_ups = 3;
// The other boundary-representation tools mesh with 0.1 mm and 0.5 rad.
constexpr Deflection deflection{0.1, 28.647889756541160};

struct Model {
  const char* id;
  const char* slider;
  double step;  ///< between one run and the next
};
constexpr Model models[] = {
    {"bookshelf", "width", 1}, {"enclosure", "length", 0.5}, {"organiser", "width", 1}, {"knob", "diameter", 0.1}};

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double rounded(double ms) { return std::round(ms * 100) / 100; }

/// Built parts as they are written.
Scene scene_of(const Product& product, const std::vector<BuiltPart>& parts, const Template& about) {
  Scene scene;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = product.parts[i];
    scene.parts.push_back(
        {.name = part.name, .mesh = parts[i].mesh, .solid = parts[i].solid, .assembled = part.assembled});
  }
  scene.metadata.title = about.name;
  return scene;
}

class PeerRun {
 public:
  PeerRun(const Model& model, fs::path folder, int runs) : model_(model), folder_(std::move(folder)), runs_(runs) {}

  Result<nlohmann::ordered_json> run() {
    const auto start = Clock::now();
    FW_TRY(const auto pieces, workpieces(model_.id));
    piece_ = &pieces.front();
    const double init = ms_since(start);
    double cold = 0;
    for (int i = -warm_ups; i < runs_; ++i) {
      FW_CHECK(step(i + warm_ups + 1));
      if (i == -warm_ups) cold = last_rebuild_;
      if (i >= 0) {
        rebuild_.push_back(rounded(last_rebuild_));
        stl_.push_back(last_stl_);
        step_.push_back(last_step_);
      }
    }
    FW_CHECK(step(0));  // the base value is the one that is judged
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return nlohmann::ordered_json{{"peer", "fitwright"},
                                  {"model", model_.id},
                                  {"init_ms", rounded(init)},
                                  {"cold_ms", rounded(cold)},
                                  {"rebuild_ms", rounded(percentile(rebuild_, 50))},
                                  {"stl_ms", rounded(percentile(stl_, 50))},
                                  {"step_ms", rounded(percentile(step_, 50))},
                                  {"all", rebuild_},
                                  {"exact_mm3", volume_},
                                  {"rss_mb", used.ru_maxrss / 1000},
                                  {"stl", path("stl")},
                                  {"step", path("step")}};
  }

 private:
  std::string path(std::string_view extension) const {
    return (folder_ / fmt::format("{}.{}", model_.id, extension)).string();
  }

  /// One slider step: a new value, the whole model, its triangles, and both files.
  Result<void> step(int i) {
    const auto start = Clock::now();
    const double base = std::get<double>(piece_->about.find_parameter(model_.slider)->fallback);
    FW_TRY(const ScriptRun run, piece_->script.run({{model_.slider, base + i * model_.step}}, piece_->environment));
    FW_TRY(const auto parts, evaluator_.build(run.product, deflection));
    last_rebuild_ = ms_since(start);
    volume_ = 0;
    for (std::size_t k = 0; k < parts.size(); ++k)
      volume_ += parts[k].volume * static_cast<double>(run.product.parts[k].assembled.size());
    const Scene scene = scene_of(run.product, parts, piece_->about);
    FW_TRY(last_stl_, write(scene, "stl"));
    FW_TRY(last_step_, write(scene, "step"));
    return {};
  }

  Result<double> write(const Scene& scene, std::string_view extension) const {
    const auto start = Clock::now();
    FW_TRY(const Format* format, find_format(path(extension)));
    FW_TRY(const std::string bytes, write_scene(*format, scene, Pose::assembled));
    FW_CHECK(write_file_atomic(path(extension), bytes));
    return ms_since(start);
  }

  const Model& model_;
  fs::path folder_;
  int runs_;
  const Workpiece* piece_ = nullptr;
  Evaluator evaluator_;
  std::vector<double> rebuild_, stl_, step_;
  double last_rebuild_ = 0, last_stl_ = 0, last_step_ = 0, volume_ = 0;
};

}  // namespace

int run_peers(const std::vector<std::string>& arguments) {
  fs::path folder = "out/peers";
  int runs = 9;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--out") folder = arguments[i + 1];
    if (arguments[i] == "--runs") runs = std::max(1, std::atoi(arguments[i + 1].c_str()));
  }
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  for (const Model& model : models) {
    const auto line = PeerRun(model, fs::absolute(folder), runs).run();
    if (!line) {
      fmt::print(stderr, "error: {}: {}\n", model.id, describe(line.error()));
      return exit_status(line.error().kind);
    }
    fmt::print("{}\n", line->dump());
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace fitwright::bench
