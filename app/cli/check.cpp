// check: what stands in the way of making a design or a model file.
#include <fmt/format.h>

#include <cstdio>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/report.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "app/engine/blocking.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright::cli {
namespace {

constexpr std::uint32_t patience_ms = 10'000;  // for suggestions

Json check_json(const std::string& subject, const Response& response) {
  Json findings = Json::array();
  for (const Finding& finding : response.report.findings) findings.push_back(to_json(finding));
  for (const Remedy& remedy : response.remedies)
    for (const std::uint32_t i : remedy.clears)
      if (findings[i]["remedy"].is_null())
        findings[i]["remedy"] = {
            {"parameter", remedy.parameter}, {"value", to_json(remedy.value)}, {"clears", remedy.clears.size()}};
  return {{"subject", subject},
          {"process", text_or_null(response.process)},
          {"verdict", to_string(response.report.verdict())},
          {"findings", std::move(findings)},
          {"undecided", undecided_json(response.report)}};
}

void print_check(const std::string& subject, const Response& response) {
  fmt::print("{}{}: {}\n{}", subject, response.process.empty() ? "" : ", made by " + response.process,
             to_string(response.report.verdict()), report_text(response.report));
}

/// Where the report goes; empty: nowhere. Errors: usage; before any work is done.
Result<std::filesystem::path> report_path(const Options& options) {
  if (options.outputs.empty()) return std::filesystem::path();
  FW_CHECK(check_outputs(options));
  const std::filesystem::path path = options.outputs.front();
  const std::string extension = path.extension().string();
  if (options.outputs.size() == 1 && (extension == ".html" || extension == ".htm")) return path;
  return fail(ErrorKind::usage, "check writes one report, an HTML page", "-o report.html");
}

/// What the process or machine is called.
Result<std::string> process_name(const std::filesystem::path& assets, const Request& request, const std::string& id) {
  if (id.empty()) return std::string("No way of making chosen");
  FW_TRY(const Catalog shipped, Catalog::load(assets / "data"));
  std::vector<std::string> ignored;
  FW_TRY(const Catalog own, shipped.with_workshop(request.workshop, ignored));
  FW_TRY(const Process* process, own.process(id));
  return process->name;
}

}  // namespace

Outcome check(const Options& options, Notes& notes) {
  FW_TRY(const std::filesystem::path page, report_path(options));
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject, Accept::designs_and_models));
  FW_CHECK(apply_options(*engine, options, request));
  request.wants.check = true;
  if (!request.model) request.wants.suggest_ms = patience_ms;
  request.wants.parts = !page.empty();
  const auto checked = std::make_shared<const Response>(engine->handle(request));
  const Response& response = *checked;
  add_notes(response, notes);
  if (response.error) return fail(*response.error);
  if (!page.empty()) {
    FW_TRY(const std::string process, process_name(assets, request, response.process));
    const std::string title = request.model || response.about.name.empty() ? options.subject : response.about.name;
    FW_CHECK(write_file_atomic(page, check_report_html(title, process, checked)));
  }
  options.json ? print_json(check_json(options.subject, response)) : print_check(options.subject, response);
  if (!response.blocked()) return 0;
  return fail(blocking_error(response, "this cannot be made"));
}

}  // namespace fitwright::cli
