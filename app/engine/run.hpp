// One request on its way through script, kernel, checks and export.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <stop_token>

#include "app/engine/engine.hpp"
#include "app/engine/environment.hpp"
#include "templates/runtime/touch.hpp"

namespace fitwright {

/// Adds the milliseconds of its own life to a counter.
class Stopwatch {
 public:
  explicit Stopwatch(double& total) : total_(total) {}
  ~Stopwatch() {
    total_ += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& total_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Values of a request: the preset's, then the typed ones, later ones winning. Errors: value, with the nearest name.
Result<Values> gather_values(const Request& request, const Template& about);

/// Adds what only the engine can tell of a failed build: part, template line, the parameters behind it, and within the
/// time given the largest size that would have worked.
Error explained(Error error, const ScriptRun& run, const TemplateScript& script, const BuildEnvironment& environment,
                Evaluator& kernel, std::chrono::milliseconds budget, std::stop_token stop);

/// Fills in the rates of the product's handles by moving their parameters a little, whatever the rules say.
std::vector<Handle> rated_handles(const ScriptRun& run, const TemplateScript& script,
                                  const BuildEnvironment& environment);

/// Fills `behind` of the response's parts, which must be those of the run, faces and all.
void relate_faces(const ScriptRun& run, const std::vector<Touch>& touches, std::vector<ResponsePart>& parts);

/// What is said of a part as built. `material`: of parts that name none.
ResponsePart made_part(const Request& request, const std::string& material, BuiltPart built, const Part& part);

/// All that other values need to be tried.
struct Workbench {
  const Catalog& catalog;
  const Request& request;
  const TemplateScript& script;
  const BuildEnvironment& environment;
  Evaluator& kernel;
  const Process* process;  ///< that the checks ask about
};

/// Fills the remedies of a response that was checked and whose findings have parameters, within the request's
/// `suggest_ms`; findings with a remedy suggest it.
void suggest_changes(const Workbench& bench, Response& response, const std::stop_token& stop);

/// What is exported: parts with colours, places and what is said about them.
Scene make_scene(const Request& request, const Response& response);

/// Fills the outlines of the response's parts, and its cut list.
void draw_outlines(const Request& request, Response& response);

/// Fills `response.measures`; with those of the parts so far when it is stopped.
void measure_parts(const Request& request, Response& response, const std::stop_token& stop);

/// Sheets as sold, beds and margins of the process. Errors: file (data).
Result<Shop> shop_of(const Catalog& catalog, const Process* process);

/// Fills `response.files` as wished. `progress` gets the share that is done. Errors: usage (unknown format, or one that
/// cannot be laid), value (unknown colour profile, with the nearest), geometry, file (data), internal, cancelled.
Result<void> export_files(const Catalog& catalog, const Process* process, const Request& request, Response& response,
                          std::stop_token stop, const NestProgress& progress);

/// Fills `response.report` for the response's parts in their made pose, or as they stand when they come from
/// outside, and for how they stand together; or by the checks with the ids in `only`. Errors: cancelled.
Result<void> check_parts(const Catalog& catalog, const Process* process, const Request& request, Response& response,
                         std::stop_token stop, std::span<const std::string_view> only = {});

}  // namespace fitwright
