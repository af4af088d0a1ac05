#include "app/engine/subject.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/engine/assets.hpp"
#include "geometry/core/text.hpp"
#include "templates/runtime/runtime.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Error> unknown_subject(const std::string& name, const std::vector<ShippedTemplate>& shipped) {
  std::vector<std::string> ids;
  for (const ShippedTemplate& one : shipped) ids.push_back(one.id);
  const std::string near = nearest_name(name, ids);
  return fail(
      ErrorKind::usage, fmt::format("there is no template and no file \"{}\"", name),
      near.empty() ? fmt::format("templates: {}", fmt::join(ids, ", ")) : fmt::format("did you mean {}?", near));
}

}  // namespace

Result<Subject> find_subject(const fs::path& assets, const std::string& name) {
  FW_TRY(const auto shipped, shipped_templates(assets));
  for (const ShippedTemplate& one : shipped)
    if (one.id == name) return Subject{SubjectKind::script, one.path};
  std::error_code ignored;
  const fs::path path(name);
  if (fs::is_directory(path, ignored)) return Subject{SubjectKind::script, path / "template.lua"};
  if (!fs::exists(path, ignored)) return unknown_subject(name, shipped);
  if (path.extension() == ".lua") return Subject{SubjectKind::script, path};
  if (path.extension() == ".fitwright") return Subject{SubjectKind::design, path};
  return Subject{SubjectKind::other, path};
}

Error not_a_design(const std::string& name) {
  return make_error(ErrorKind::usage, fmt::format("{} is neither a template (.lua) nor a design (.fitwright)", name));
}

Result<Design> read_template(const fs::path& assets, const fs::path& script) {
  FW_TRY(auto modules, read_modules(assets / "templates" / "modules"));
  FW_TRY(const TemplateScript loaded, TemplateScript::from_file(script, std::move(modules), operations()));
  Design design;
  design.source = loaded.source();
  design.chunk = loaded.chunk();
  design.modules = loaded.modules();
  FW_TRY(design.files, read_data_files(script.has_parent_path() ? script.parent_path() : "."));
  return design;
}

Request request_of(Design design) {
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
  request.ups = std::move(design.ups);
  return request;
}

}  // namespace fitwright
