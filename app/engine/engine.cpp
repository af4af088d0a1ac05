#include "app/engine/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <mutex>
#include <set>

#include "app/engine/blame.hpp"
#include "app/engine/colour_map.hpp"
#include "app/engine/run.hpp"
#include "export/format.hpp"
#include "export/step/step.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

bool wants_build(const Wants& wants) {
  return wants.parts || wants.outlines || wants.check || wants.ways || wants.map != MapKind::none ||
         wants.suggest_ms > 0 || wants.handles || wants.face_parameters || wants.measures || !wants.exports.empty();
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
  part.built.faces = std::move(imported.faces);
  part.built.edges = std::move(imported.edges);
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

  /// The same with a maker's own figures; the last one is kept. A damaged workshop is told, and left out.
  Result<std::shared_ptr<const Catalog>> catalog(const std::string& workshop, std::vector<std::string>& warnings) {
    FW_TRY(const Catalog* shipped, catalog());
    if (workshop.empty()) return std::shared_ptr<const Catalog>(shipped, [](const Catalog*) {});
    const std::lock_guard lock(mutex);
    if (!own || own->text != workshop) {
      Own made{workshop, nullptr, {}};
      auto with = shipped->with_workshop(workshop, made.warnings);
      if (with)
        made.catalog = std::make_shared<const Catalog>(std::move(*with));
      else
        made.warnings = {with.error().message + "; own machines and figures are left out"};
      own = std::move(made);
    }
    warnings.insert(warnings.end(), own->warnings.begin(), own->warnings.end());
    if (own->catalog) return own->catalog;
    return std::shared_ptr<const Catalog>(shipped, [](const Catalog*) {});
  }

  struct Own {
    std::string text;
    std::shared_ptr<const Catalog> catalog;  ///< null: the text is damaged
    std::vector<std::string> warnings;
  };
  std::optional<Own> own;
};

namespace {

/// One request on its way. Everything it learns goes into the response, also when a later step fails.
class Task {
 public:
  Task(const Request& request, Response& response, std::stop_token stop, const Progress& progress)
      : request_(request), response_(response), stop_(std::move(stop)), progress_(progress) {}

  /// `state` is Engine::State.
  Result<void> run(auto& state) {
    FW_TRY(const auto catalog, state.catalog(request_.workshop, response_.warnings));
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
    response_.warnings.insert(response_.warnings.end(), making.warnings.begin(), making.warnings.end());
  }

  Result<void> build(auto& state, const Catalog& catalog, const TemplateScript& script) {
    FW_TRY(Making making, choose_making(catalog, request_, response_.about));
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
    add_missing_letters(run->product, response_.about, response_.values, letters_);
    for (const Finding& finding : letters_.findings)
      response_.warnings.push_back(finding.message + "; " + finding.suggestion);
    report("build", 0.05);
    if (auto built = evaluate(state.kernel(), run->product); !built)
      return fail(request_.wants.explain_ms > 0
                      ? explained(std::move(built).error(), *run, script, environment, state.kernel(),
                                  std::chrono::milliseconds(request_.wants.explain_ms), stop_)
                      : std::move(built).error());
    obey_materials(catalog);
    FW_CHECK(judge_for(catalog, making));
    FW_CHECK(check(catalog, making));
    relate(*run, script, environment);
    if (request_.wants.suggest_ms > 0 && !response_.report.findings.empty()) {
      report("suggest", 0.7);
      suggest_changes({catalog, request_, script, environment, state.kernel(), making.process}, response_, stop_);
    }
    FW_CHECK(colour(making));
    return finish(catalog, making);
  }

  /// The grain that a template asks for means nothing in a material that has none.
  void obey_materials(const Catalog& catalog) {
    std::set<std::string> unknown;
    for (ResponsePart& part : response_.parts) {
      if (part.material.empty()) continue;
      const auto material = catalog.material(part.material);
      if (material && !(*material)->flag("grain")) part.grain = Grain::none;
      if (!material && unknown.insert(part.material).second)
        response_.warnings.push_back(fmt::format("{}: {}; its weight and price are not known", part.built.name,
                                                 material.error().message));
    }
  }

  /// The checks may be asked for another process than the parts are built for.
  Result<void> judge_for(const Catalog& catalog, Making& making) const {
    const std::string& id = request_.wants.check_for;
    if (id.empty()) return {};
    making.process = nullptr;
    making.unsuited.clear();
    if (id != "any") {
      FW_TRY(making.process, catalog.process(id));
    }
    return {};
  }

  /// What in the model, and in what the checks found, belongs to which parameter.
  void relate(const ScriptRun& run, const TemplateScript& script, const BuildEnvironment& environment) {
    const Stopwatch watch(response_.timings.script);
    if (request_.wants.handles) response_.handles = rated_handles(run, script, environment);
    const bool blamed = !response_.report.findings.empty() && !request_.wants.quick_check;
    if (!request_.wants.face_parameters && !blamed) return;
    std::vector<Touch> touches = find_touches(script, run, environment, stop_);
    if (request_.wants.face_parameters) relate_faces(run, touches, response_.parts);
    if (!blamed) return;
    std::vector<decltype(ResponsePart::behind)> wanted;
    for (ResponsePart& part : response_.parts) wanted.push_back(std::exchange(part.behind, {}));
    // Of parameters that are equally near, one that shapes little else is more likely to blame.
    std::stable_sort(touches.begin(), touches.end(),
                     [](const Touch& a, const Touch& b) { return a.nodes.size() < b.nodes.size(); });
    relate_faces(run, touches, response_.parts);
    blame_parameters(run, touches, response_.parts, response_.report);
    for (std::size_t i = 0; i < wanted.size(); ++i) response_.parts[i].behind = std::move(wanted[i]);
    gather_findings(response_.report);
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
    response_.hardware = product.hardware;
    response_.handles = product.handles;
    return {};
  }

  void add_part(BuiltPart built, const Part& part) {
    ResponsePart& added = response_.parts.emplace_back(made_part(request_, response_.material, std::move(built), part));
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
    FW_CHECK(check(catalog, making));
    gather_findings(response_.report);
    FW_CHECK(colour(making));
    return finish(catalog, making);
  }

  Result<void> colour(const Making& making) {
    if (request_.wants.ways) FW_CHECK(rank_ways(making.process, response_.parts, stop_));
    if (request_.wants.map == MapKind::none) return {};
    report("map", 0.7);
    FW_TRY(response_.scale,
           map_parts(request_.wants.map, making.process, request_.model.has_value(), response_.parts, stop_));
    return {};
  }

  Result<void> check(const Catalog& catalog, const Making& making) {
    const Wants& wants = request_.wants;
    if (!wants.check && wants.suggest_ms == 0 && wants.exports.empty()) {
      if (wants.quick_check) FW_CHECK(check_quickly(catalog, making));
      return {};
    }
    report("check", 0.6);
    const Stopwatch watch(response_.timings.check);
    FW_CHECK(check_parts(catalog, making.process, request_, response_, stop_));
    std::move(letters_.findings.begin(), letters_.findings.end(), std::back_inserter(response_.report.findings));
    title_findings(response_.report);
    if (!making.unsuited.empty()) response_.report.unchecked.push_back({"process", "", making.unsuited});
    return {};
  }

  /// In the midst of a drag: what the exact faces and the box tell. Of large meshes nothing is looked at.
  Result<void> check_quickly(const Catalog& catalog, const Making& making) {
    static constexpr std::array<std::string_view, 4> quick{"units", "build_volume", "hole_diameter", "pin_diameter"};
    constexpr std::size_t most_triangles = 8000;
    std::size_t triangles = 0;
    for (const ResponsePart& part : response_.parts) triangles += part.built.mesh.triangles.size();
    if (triangles > most_triangles) return {};
    const Stopwatch watch(response_.timings.check);
    FW_CHECK(check_parts(catalog, making.process, request_, response_, stop_, quick));
    title_findings(response_.report);
    gather_findings(response_.report);
    return {};
  }

  Result<void> finish(const Catalog& catalog, const Making& making) {
    const Wants& wants = request_.wants;
    if (stop_.stop_requested()) return cancelled();
    if (wants.measures) {
      measure_parts(request_, response_, stop_);
      if (stop_.stop_requested()) return cancelled();
    }
    if (!wants.exports.empty() && (wants.force || !response_.blocked())) {
      report("write", 0.8);
      const Stopwatch watch(response_.timings.write);
      FW_CHECK(export_files(catalog, making.process, request_, response_, stop_,
                            [this](double share) { report("write", 0.8 + 0.2 * share); }));
    }
    if (wants.outlines) draw_outlines(request_, response_);
    if (!wants.parts && wants.map == MapKind::none) drop_meshes();
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
  CheckReport letters_;  ///< what is known of texts before anything is built
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
