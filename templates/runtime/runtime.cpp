#include "templates/runtime/runtime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "geometry/core/file_io.hpp"
#include "templates/runtime/script_cache.hpp"
#include "templates/runtime/session.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {

namespace {

/// Memory may run out in our own containers too.
template <class Work>
auto contained(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::script, "the template needs more memory than there is");
  } catch (const std::exception& error) {
    return fail(ErrorKind::internal, fmt::format("running the template failed: {}", error.what()));
  }
}

/// Defaults and presets keep the rules, and every visible_when answers.
Result<void> rehearse(Session& session, const Template& about, const std::string& what, const Values& given) {
  FW_TRY(const Values values, complete_values(about, given));
  if (auto kept = session.check_rules(about, values); !kept) {
    Error error = std::move(kept).error();
    if (error.kind == ErrorKind::rule) error.message = fmt::format("{} break a rule: {}", what, error.message);
    error.kind = ErrorKind::script;
    return fail(std::move(error));
  }
  for (std::size_t i = 0; i < about.parameters.size(); ++i)
    if (about.parameters[i].has_visible_when) FW_CHECK(session.is_visible(about, i, values));
  return {};
}

}  // namespace

TemplateScript::TemplateScript(std::string source, std::string chunk, std::map<std::string, std::string> modules,
                               const OperationTable& operations, ScriptLimits limits)
    : source_(std::move(source)),
      chunk_(std::move(chunk)),
      modules_(std::move(modules)),
      operations_(&operations),
      limits_(limits),
      cache_(std::make_shared<ScriptCache>()) {}

Result<TemplateScript> TemplateScript::from_file(const std::filesystem::path& path,
                                                 std::map<std::string, std::string> shipped,
                                                 const OperationTable& operations, ScriptLimits limits) {
  FW_TRY(std::string source, read_file(path, limits.source_bytes));
  FW_TRY(auto modules, read_modules(path.has_parent_path() ? path.parent_path() : "."));
  modules.erase(path.stem().string());
  modules.merge(shipped);
  const std::filesystem::path full = std::filesystem::absolute(path);
  const std::string folder = full.parent_path().filename().string();
  return TemplateScript(std::move(source), folder + "/" + path.filename().string(), std::move(modules), operations,
                        limits);
}

Result<Template> TemplateScript::describe() const {
  if (const auto known = cache_->rehearsed()) return *known;
  return contained([&]() -> Result<Template> {
    Session session(*this, *operations_, limits_);
    FW_TRY(Template about, session.load());
    FW_CHECK(rehearse(session, about, "the defaults", {}));
    for (const Preset& preset : about.presets)
      FW_CHECK(rehearse(session, about, fmt::format("the values of preset {}", preset.name), preset.values));
    cache_->keep_rehearsed(about);
    return about;
  });
}

Result<Values> TemplateScript::check(const Values& given) const {
  return contained([&]() -> Result<Values> {
    Session session(*this, *operations_, limits_);
    FW_TRY(const Template about, session.load());
    FW_TRY(Values values, complete_values(about, given));
    FW_CHECK(session.check_rules(about, values));
    return values;
  });
}

Result<std::set<std::string>> TemplateScript::visible(const Values& given) const {
  return contained([&]() -> Result<std::set<std::string>> {
    Session session(*this, *operations_, limits_);
    FW_TRY(const Template about, session.load());
    FW_TRY(const Values values, complete_values(about, given));
    std::set<std::string> names;
    for (std::size_t i = 0; i < about.parameters.size(); ++i) {
      bool shown = true;
      if (about.parameters[i].has_visible_when) {
        FW_TRY(shown, session.is_visible(about, i, values));
      }
      if (shown) names.insert(about.parameters[i].name);
    }
    return names;
  });
}

Result<ScriptRun> TemplateScript::run(const Values& given, const BuildEnvironment& environment, Rules rules) const {
  return contained([&]() -> Result<ScriptRun> {
    Session session(*this, *operations_, limits_, NamedBytes{&environment.fonts, &environment.files});
    ScriptRun run;
    FW_TRY(run.about, session.load());
    FW_TRY(run.values, complete_values(run.about, given));
    if (rules == Rules::kept) FW_CHECK(session.check_rules(run.about, run.values));
    FW_TRY(run.product, session.build(run.about, run.values, environment));
    run.log = std::move(session.sandbox().log());
    run.modules = std::move(session.sandbox().required());
    return run;
  });
}

namespace {

constexpr std::size_t max_data_bytes = std::size_t{32} << 20;  // a model that a template brings along

/// The files of a folder with one of some extensions, under the names that `name` gives them.
template <class Name>
Result<std::map<std::string, std::string>> read_folder(const std::filesystem::path& folder,
                                                       std::initializer_list<std::string_view> extensions,
                                                       std::size_t most, Name name) {
  std::map<std::string, std::string> files;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string extension = entry.path().extension().string();
    if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end() || !entry.is_regular_file(error))
      continue;
    FW_TRY(files[name(entry.path())], read_file(entry.path(), most));
  }
  if (error)
    return fail(ErrorKind::file, fmt::format("cannot read the folder {}: {}", folder.string(), error.message()));
  return files;
}

}  // namespace

Result<std::map<std::string, std::string>> read_modules(const std::filesystem::path& folder) {
  return read_folder(folder, {".lua"}, ScriptLimits{}.source_bytes,
                     [](const std::filesystem::path& path) { return path.stem().string(); });
}

Result<std::map<std::string, std::string>> read_data_files(const std::filesystem::path& folder) {
  return read_folder(folder, {".svg", ".step", ".stp"}, max_data_bytes,
                     [](const std::filesystem::path& path) { return path.filename().string(); });
}

}  // namespace fitwright
