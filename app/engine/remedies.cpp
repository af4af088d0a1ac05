#include <algorithm>

#include "app/engine/run.hpp"
#include "app/engine/suggest.hpp"

namespace fitwright {
namespace {

Result<Trial> try_out(const Workbench& bench, const Response& response, const Values& values,
                      const std::stop_token& stop) {
  const std::string& material = response.material;
  FW_TRY(const ScriptRun run, bench.script.run(values, bench.environment));
  const Order order = bench.request.wants.preview ? Order::preview : Order::canonical;
  FW_TRY(auto built, bench.kernel.build(run.product, bench.request.deflection, stop, nullptr, order));
  Response tried;
  for (std::size_t i = 0; i < built.size(); ++i)
    tried.parts.push_back(made_part(bench.request, material, std::move(built[i]), run.product.parts[i]));
  tried.material = material;
  tried.mates = run.product.mates;
  FW_CHECK(check_parts(bench.catalog, bench.process, bench.request, tried, stop));
  add_missing_letters(run.product, response.about, values, tried.report);
  return trial_of(tried);
}

}  // namespace

ResponsePart made_part(const Request& request, const std::string& material, BuiltPart built, const Part& part) {
  ResponsePart made;
  made.built = std::move(built);
  made.label = part.label;
  made.role = part.role;
  made.material = part.material.empty() ? material : part.material;
  made.colour = part.colour;
  made.assembled = part.assembled;
  const auto chosen = request.ups.find(part.name);
  made.up = chosen == request.ups.end() || !(length(chosen->second) > 0) ? part.up : normalized(chosen->second);
  made.sheet = part.sheet;
  made.grain = part.grain;
  made.edges = part.edges;
  return made;
}

void suggest_changes(const Workbench& bench, Response& response, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::milliseconds(bench.request.wants.suggest_ms);
  const Stopwatch watch(response.timings.check);
  const auto visible = bench.script.visible(response.values);
  if (!visible) return;
  const Trial found = trial_of(response);
  SuggestionTask task{response.about, response.values, found, *visible, {}, {}, {}};
  for (const std::string& fixed : bench.request.wants.fixed) task.may_change.erase(fixed);
  task.legal = [&](const Values& values) { return bench.script.check(values).has_value(); };
  task.try_out = [&](const Values& values) { return try_out(bench, response, values, stop); };
  task.enough = [&] { return stop.stop_requested() || Clock::now() > until; };
  response.remedies = find_remedies(task);
  // The first remedy of a finding counts: it was found for a graver one. It is written last.
  for (auto remedy = response.remedies.rbegin(); remedy != response.remedies.rend(); ++remedy)
    for (const std::uint32_t i : remedy->clears) {
      Finding& finding = response.report.findings[i];
      finding.suggestion = remedy_text(response.about, response.values, *remedy);
      std::erase(finding.parameters, remedy->parameter);
      finding.parameters.insert(finding.parameters.begin(), remedy->parameter);
    }
}

}  // namespace fitwright
