#include "bench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/engine/assets.hpp"

namespace fitwright::bench {

Result<std::vector<Workpiece>> workpieces(const std::string& only) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const Catalog catalog, Catalog::load(assets / "data"));
  FW_TRY(const auto modules, read_modules(assets / "templates" / "modules"));
  FW_TRY(const auto shipped, shipped_templates(assets));
  std::vector<Workpiece> all;
  for (const ShippedTemplate& product : shipped) {
    if (!only.empty() && product.id != only) continue;
    FW_TRY(TemplateScript script, TemplateScript::from_file(product.path, modules, operations()));
    FW_TRY(Template about, script.describe());
    FW_TRY(auto files, read_data_files(product.path.parent_path()));
    const Request request{.source = script.source(), .modules = script.modules(), .files = std::move(files)};
    FW_TRY(const Making making, choose_making(catalog, request, about));
    FW_TRY(BuildEnvironment environment, build_environment(catalog, assets, request, making));
    all.push_back({std::move(script), std::move(about), std::move(environment)});
  }
  if (all.empty()) return fail(ErrorKind::usage, "no shipped product is called \"" + only + "\"");
  return all;
}

double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

int exit_status_of(const Result<void>& done) {
  if (done) return 0;
  fmt::print(stderr, "error: {}\n", describe(done.error()));
  return exit_status(done.error().kind);
}

double percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(values.size())));
  return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

}  // namespace fitwright::bench
