#include "app/cli/subject.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/engine/assets.hpp"
#include "app/engine/process.hpp"
#include "app/engine/subject.hpp"
#include "app/engine/user_folders.hpp"
#include "export/format.hpp"
#include "geometry/core/file_io.hpp"
#include "geometry/core/text.hpp"
#include "geometry/core/units.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;
namespace {

Result<Request> load_model_request(const fs::path& path) {
  FW_TRY(const Format* format, find_format(path));
  if (!format->read)
    return fail(ErrorKind::usage, fmt::format("{} files can be written, but not checked", format->title));
  Request request;
  FW_TRY(std::string bytes, read_file(path, max_import_bytes));
  request.model = ForeignModel{path.filename().string(), std::move(bytes)};
  return request;
}

Result<double> parse_deflection(const std::string& text) {
  FW_TRY(const double value, parse_quantity(text, Dimension::length));
  if (value >= 0.001 && value <= 10) return value;
  return fail(ErrorKind::value, fmt::format("--deflection is {} mm; it can be 0.001 to 10 mm", number_text(value)));
}

/// Values of kind file and font are names; on the command line they are paths of files to take along.
Result<void> take_files(RequestHandler& engine, Request& request) {
  Request question = request;
  question.wants = {};
  question.wants.description = true;
  const Response answer = engine.handle(question);
  if (answer.error) return fail(*answer.error);
  for (auto& [name, text] : request.entered) {
    const Parameter* parameter = answer.about.find_parameter(name);
    const bool file = parameter && parameter->kind == ParameterKind::file;
    const bool font = parameter && parameter->kind == ParameterKind::font;
    if ((!file && !font) || text.empty()) continue;
    std::error_code ignored;
    if (!fs::is_regular_file(text, ignored)) continue;
    FW_TRY(std::string bytes, read_file(text));
    text = fs::path(text).filename().string();
    (file ? request.files : request.fonts)[text] = std::move(bytes);
  }
  return {};
}

}  // namespace

Result<Request> load_template(const fs::path& assets, const fs::path& script) {
  FW_TRY(Design design, read_template(assets, script));
  return request_of(std::move(design));
}

Result<Request> load_subject(const fs::path& assets, const std::string& name, Accept accept) {
  FW_TRY(const Subject subject, find_subject(assets, name));
  if (subject.kind == SubjectKind::script) return load_template(assets, subject.path);
  if (subject.kind == SubjectKind::design) {
    FW_TRY(Design design, load_design(subject.path));
    return request_of(std::move(design));
  }
  if (accept == Accept::designs_and_models) return load_model_request(subject.path);
  return fail(not_a_design(name));
}

Result<void> apply_options(RequestHandler& engine, const Options& options, Request& request) {
  for (const std::string& setting : options.settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorKind::usage, fmt::format("--set takes NAME=VALUE; it was given \"{}\"", setting));
    request.entered[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  if (!options.preset.empty()) {
    request.preset = options.preset;
    request.values.clear();  // a preset starts afresh, also in a design
  }
  if (!options.process.empty()) request.process = options.process;
  if (!options.material.empty()) request.material = options.material;
  FW_TRY(request.workshop, load_workshop(workshop_file(user_folders())));
  if (!options.deflection.empty()) {
    FW_TRY(request.deflection.linear, parse_deflection(options.deflection));
  }
  if (!request.model && !request.entered.empty()) return take_files(engine, request);
  if (request.model && (!request.entered.empty() || !request.preset.empty()))
    return fail(ErrorKind::usage, "--set and --preset are for templates; a model file has no parameters");
  return {};
}

Result<std::unique_ptr<RequestHandler>> engine_for(const fs::path& assets, const Options& options) {
  FW_TRY(const auto shipped, shipped_templates(assets));
  const bool ships = std::any_of(shipped.begin(), shipped.end(),
                                 [&](const ShippedTemplate& one) { return one.id == options.subject; });
  if (ships && !options.isolated) return std::make_unique<Engine>(assets);
  FW_TRY(auto program, engine_program());
  constexpr ProcessLimits limits{.time = std::chrono::minutes(5)};
  return std::make_unique<EngineProcess>(std::move(program), assets, limits);
}

}  // namespace fitwright::cli
