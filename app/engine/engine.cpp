#include "app/engine/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <mutex>

#include "app/engine/run.hpp"
#include "export/format.hpp"
#include "export/step/step.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

bool wants_build(const Wants& wants) {
  return wants.parts || wants.check || wants.handles || wants.face_parameters || !wants.exports.empty();
}
bool wants_values(const Wants& wants) { return wants.values || wants.visibility || wants_build(wants); }

tl::unexpected<Error> cancelled() { return fail(ErrorKind::cancelled, "the request was cancelled"); }

void summarise(ResponsePart& part, bool look_for_faults) {
  part.faces = part.built.faces.size();
  part.triangles = part.built.mesh.triangles.size();
  part.watertight = look_for_faults && mesh_faults(part.built.mesh).empty();
}

/// As read_model, from bytes.
Result<ImportedModel> read_foreign(const ForeignModel& model) {
  FW_TRY(const Format* format, find_format(model.name));
  if (!format->read) return fail(ErrorKind::file, fmt::format("{} files can be written, but not read", format->title));
  if (model.bytes.empty()) return fail(ErrorKind::file, fmt::format("{} is empty", model.name));
  const std::string stem = std::filesystem::path(model.name).stem().string();
  FW_TRY(ImportedModel read, format->read({model.name, stem, model.bytes}));
  if (read.parts.empty()) return fail(ErrorKind::file, fmt::format("{} contains no model", model.name));
  return read;
}

ResponsePart foreign_part(ImportedPart imported) {
  ResponsePart part;
  part.built.name = std::move(imported.name);
  part.built.volume = volume(imported.mesh);
  part.built.area = area(imported.mesh);
  part.built.box = bounds(imported.mesh);
  part.built.mesh = std::move(imported.mesh);
  part.built.solid = std::move(imported.solid);
  part.assembled = {Placement{}};
  summarise(part, true);
  return part;
}

}  // namespace

struct Engine::State {
  std::filesystem::path assets;
  EvaluatorOptions options;
  std::mutex mutex;
  std::optional<Catalog> loaded;
  std::unique_ptr<Evaluator> evaluator;
  std::optional<TemplateScript> last;

  /// Made when first needed: listing and describing need no kernel.
  Evaluator& kernel() {
    const std::lock_guard lock(mutex);
    if (!evaluator) evaluator = std::make_unique<Evaluator>(options);
    return *evaluator;
  }

  /// The request's template. The last one is kept with what its runs share, for the next move of a slider.
  TemplateScript script(const Request& request) {
    const std::lock_guard lock(mutex);
    if (!last || last->source() != request.source || last->chunk() != request.chunk ||
        last->modules() != request.modules)
      last.emplace(request.source, request.chunk, request.modules, operations());
    return *last;
  }

  Result<const Catalog*> catalog() {
    const std::lock_guard lock(mutex);
    if (!loaded) {
      FW_TRY(loaded, Catalog::load(assets / "data"));
    }
    return &*loaded;
  }
};

namespace {

/// One request on its way. Everything it learns goes into the response, also when a later step fails.
class Task {
 public:
  Task(const Request& request, Response& response, std::stop_token stop, const Progress& progress)
      : request_(request), response_(response), stop_(std::move(stop)), progress_(progress) {}

  /// `state` is Engine::State.
  Result<void> run(auto& state) {
    FW_TRY(const Catalog* catalog, state.catalog());
    if (request_.model) return check_model(*catalog);
    const TemplateScript script = state.script(request_);
    report("script", 0);
    {
      const Stopwatch watch(response_.timings.script);
      FW_TRY(response_.about, script.describe());
    }
    if (!wants_values(request_.wants)) return {};
    {
      const Stopwatch watch(response_.timings.script);
      FW_TRY(response_.values, gather_values(request_, response_.about));
      if (request_.wants.visibility) {
        FW_TRY(response_.visible, script.visible(response_.values));
      }
    }
    if (!wants_build(request_.wants)) {
      FW_TRY(response_.values, script.check(response_.values));
      return {};
    }
    return build(state, *catalog, script);
  }

 private:
  void report(std::string_view stage, double share) const {
    if (progress_) progress_(stage, share);
  }

  void choose(Making making) {
    if (making.process) response_.process = making.process->id;
    if (making.material) response_.material = making.material->id;
    response_.warnings = std::move(making.warnings);
  }

  Result<void> build(auto& state, const Catalog& catalog, const TemplateScript& script) {
    FW_TRY(const Making making, choose_making(catalog, request_, response_.about));
    choose(making);
    FW_TRY(const BuildEnvironment environment, build_environment(catalog, state.assets, request_, making));
    auto run = [&] {
      const Stopwatch watch(response_.timings.script);
      return script.run(response_.values, environment);
    }();
    if (!run) return tl::unexpected(std::move(run).error());
    response_.log = run->log;
    response_.modules = std::move(run->modules);
    response_.warnings.insert(response_.warnings.end(), run->product.warnings.begin(), run->product.warnings.end());
    for (std::string& warning : missing_glyphs(run->product)) response_.warnings.push_back(std::move(warning));
    report("build", 0.05);
    if (auto built = evaluate(state.kernel(), run->product); !built)
      return fail(request_.wants.explain_ms > 0
                      ? explained(std::move(built).error(), *run, script, environment, state.kernel(),
                                  std::chrono::milliseconds(request_.wants.explain_ms), stop_)
                      : std::move(built).error());
    relate(*run, script, environment);
    return finish(catalog, making);
  }

  /// What in the model belongs to which parameter.
  void relate(const ScriptRun& run, const TemplateScript& script, const BuildEnvironment& environment) {
    const Stopwatch watch(response_.timings.script);
    if (request_.wants.handles) response_.handles = rated_handles(run, script, environment);
    if (request_.wants.face_parameters) relate_faces(run, script, environment, response_.parts, stop_);
  }

  Result<void> evaluate(Evaluator& kernel, const Product& product) {
    BuildStats stats;
    double total = 0;
    auto built = [&] {
      const Stopwatch watch(total);
      const bool preview = request_.wants.preview && request_.wants.exports.empty();
      return kernel.build(product, request_.deflection, stop_, &stats, preview ? Order::preview : Order::canonical);
    }();
    response_.tier = stats.tier;
    response_.timings.build = stats.build_ms;
    response_.timings.tessellate = stats.tessellate_ms;
    response_.timings.plan = std::max(0.0, total - stats.build_ms - stats.tessellate_ms);
    if (!built) return tl::unexpected(std::move(built).error());
    for (std::size_t i = 0; i < built->size(); ++i) add_part(std::move((*built)[i]), product.parts[i]);
    response_.mates = product.mates;
    response_.handles = product.handles;
    return {};
  }

  void add_part(BuiltPart built, const Part& part) {
    ResponsePart& added = response_.parts.emplace_back();
    added.built = std::move(built);
    added.label = part.label;
    added.role = part.role;
    added.material = part.material.empty() ? response_.material : part.material;
    added.colour = part.colour;
    added.assembled = part.assembled;
    added.up = part.up;
    added.sheet = part.sheet;
    const Stopwatch watch(response_.timings.check);
    summarise(added, !request_.wants.preview);
  }

  Result<void> check_model(const Catalog& catalog) {
    FW_TRY(const Making making, choose_making(catalog, request_, {}));
    choose(making);
    report("build", 0.05);
    FW_TRY(ImportedModel model, read_foreign(*request_.model));
    for (ImportedPart& part : model.parts) response_.parts.push_back(foreign_part(std::move(part)));
    response_.warnings.insert(response_.warnings.end(), model.notes.begin(), model.notes.end());
    return finish(catalog, making);
  }

  Result<void> finish(const Catalog& catalog, const Making& making) {
    const Wants& wants = request_.wants;
    if (wants.check || !wants.exports.empty()) {
      report("check", 0.6);
      const Stopwatch watch(response_.timings.check);
      FW_CHECK(check_parts(making.process, request_.model.has_value(), response_, stop_));
      if (!making.unsuited.empty()) response_.report.unchecked.push_back({"process", "", making.unsuited});
    }
    if (stop_.stop_requested()) return cancelled();
    if (!wants.exports.empty() && (wants.force || !response_.blocked())) {
      report("write", 0.8);
      const Stopwatch watch(response_.timings.write);
      FW_CHECK(export_files(catalog, request_, response_));
    }
    if (!wants.parts) drop_meshes();
    report("done", 1);
    return {};
  }

  void drop_meshes() {
    for (ResponsePart& part : response_.parts) {
      part.built.mesh = {};
      part.built.faces.clear();
      part.built.edges.clear();
    }
  }

  const Request& request_;
  Response& response_;
  std::stop_token stop_;
  const Progress& progress_;
};

}  // namespace

Engine::Engine(std::filesystem::path assets, EvaluatorOptions options) : state_(std::make_unique<State>()) {
  state_->assets = std::move(assets);
  state_->options = options;
  if (!state_->options.read_solids) state_->options.read_solids = read_step_solids;
}
Engine::~Engine() = default;

Result<const Catalog*> Engine::catalog() { return state_->catalog(); }

Response Engine::handle(const Request& request, std::stop_token stop, const Progress& progress) {
  Response response;
  const auto crashed = [](std::string what) {
    return fail(ErrorKind::internal, "the engine failed: " + std::move(what),
                "please report this with the design that caused it");
  };
  const auto result = [&]() -> Result<void> {
    const Stopwatch watch(response.timings.total);
    try {
      return Task(request, response, stop, progress).run(*state_);
    } catch (const std::bad_alloc&) {
      return crashed("not enough memory");
    } catch (const std::exception& e) {
      return crashed(e.what());
    } catch (...) {
      return crashed("an exception of unknown kind");
    }
  }();
  if (!result) response.error = result.error();
  return response;
}

std::string Engine::handle_bytes(std::string_view request, std::stop_token stop, const Progress& progress) {
  const auto decoded = decode_request(request);
  if (decoded) return encode(handle(*decoded, stop, progress));
  Response refused;
  refused.error = decoded.error();
  return encode(refused);
}

}  // namespace fitwright
