// check: what stands in the way of making a design or a model file.
#include <fmt/format.h>

#include <cstdio>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "app/engine/blocking.hpp"

namespace fitwright::cli {
namespace {

Json check_json(const std::string& subject, const Response& response) {
  Json findings = Json::array();
  for (const Finding& finding : response.report.findings) findings.push_back(to_json(finding));
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

}  // namespace

Outcome check(const Options& options, Notes& notes) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject, Accept::designs_and_models));
  FW_CHECK(apply_options(*engine, options, request));
  request.wants.check = true;
  const Response response = engine->handle(request);
  add_notes(response, notes);
  if (response.error) return fail(*response.error);
  options.json ? print_json(check_json(options.subject, response)) : print_check(options.subject, response);
  if (!response.blocked()) return 0;
  return fail(blocking_error(response, "a finding blocks making this"));
}

}  // namespace fitwright::cli
