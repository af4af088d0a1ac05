#include "app/cli/subject.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/engine/assets.hpp"
#include "app/engine/process.hpp"
#include "export/format.hpp"
#include "geometry/core/file_io.hpp"
#include "geometry/core/text.hpp"
#include "geometry/core/units.hpp"
#include "templates/runtime/runtime.hpp"
#include "templates/schema/design.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;
namespace {

Result<Request> load_design_request(const fs::path& path) {
  FW_TRY(Design design, load_design(path));
  Request request;
  request.source = std::move(design.source);
  request.chunk = std::move(design.chunk);
  request.modules = std::move(design.modules);
  request.files = std::move(design.files);
  request.fonts = std::move(design.fonts);
  request.design_name = std::move(design.name);
  request.values = std::move(design.values);
  request.process = std::move(design.process);
  request.material = std::move(design.material);
  return request;
}

Result<Request> load_model_request(const fs::path& path) {
  FW_TRY(const Format* format, find_format(path));
  if (!format->read)
    return fail(ErrorKind::usage, fmt::format("{} files can be written, but not checked", format->title));
  Request request;
  FW_TRY(std::string bytes, read_file(path, max_import_bytes));
  request.model = ForeignModel{path.filename().string(), std::move(bytes)};
  return request;
}

tl::unexpected<Error> unknown_subject(const std::string& subject, const std::vector<ShippedTemplate>& shipped) {
  std::vector<std::string> ids;
  for (const ShippedTemplate& one : shipped) ids.push_back(one.id);
  const std::string near = nearest_name(subject, ids);
  return fail(
      ErrorKind::usage, fmt::format("there is no template and no file \"{}\"", subject),
      near.empty() ? fmt::format("templates: {}", fmt::join(ids, ", ")) : fmt::format("did you mean {}?", near));
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
  FW_TRY(auto modules, read_modules(assets / "templates" / "modules"));
  FW_TRY(const TemplateScript loaded, TemplateScript::from_file(script, std::move(modules), operations()));
  Request request;
  request.source = loaded.source();
  request.chunk = loaded.chunk();
  request.modules = loaded.modules();
  return request;
}

Result<Request> load_subject(const fs::path& assets, const std::string& subject, Accept accept) {
  FW_TRY(const auto shipped, shipped_templates(assets));
  for (const ShippedTemplate& one : shipped)
    if (one.id == subject) return load_template(assets, one.path);
  std::error_code ignored;
  const fs::path path(subject);
  if (fs::is_directory(path, ignored)) return load_template(assets, path / "template.lua");
  if (!fs::exists(path, ignored)) return unknown_subject(subject, shipped);
  const std::string extension = path.extension().string();
  if (extension == ".lua") return load_template(assets, path);
  if (extension == ".fitwright") return load_design_request(path);
  if (accept == Accept::designs_and_models) return load_model_request(path);
  return fail(ErrorKind::usage, fmt::format("{} is neither a template (.lua) nor a design (.fitwright)", subject));
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
