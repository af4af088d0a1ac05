// quote: what a design takes and costs, side by side.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "export/make/estimate.hpp"

namespace fitwright::cli {
namespace {

Json to_json(const Spread& spread) { return {{"low", spread.low}, {"likely", spread.likely}, {"high", spread.high}}; }

Json to_json(const Estimate& one) {
  if (!one.impossible.empty())
    return {{"process", one.process},
            {"material", text_or_null(one.material)},
            {"service", text_or_null(one.service)},
            {"impossible", one.impossible}};
  Json lines = Json::array();
  for (const EstimateLine& line : one.lines)
    lines.push_back(
        {{"what", line.what}, {"eur", to_json(line.eur)}, {"source", line.source}, {"status", to_string(line.status)}});
  return {{"process", one.process},
          {"material", text_or_null(one.material)},
          {"service", text_or_null(one.service)},
          {"eur", to_json(one.eur)},
          {"hours", one.service.empty() ? to_json(one.hours) : Json()},
          {"weight_kg", to_json(one.weight_kg)},
          {"used_kg", to_json(one.used_kg)},
          {"wasted_kg", to_json(one.wasted_kg)},
          {"sheets_m2", one.sheets_m2 > 0 ? Json(one.sheets_m2) : Json()},
          {"co2_kg", one.co2_kg ? to_json(*one.co2_kg) : Json()},
          {"lines", std::move(lines)}};
}

std::string weight_text(const Spread& kg) { return kg.likely < 1 ? about_text(kg * 1000, "g") : about_text(kg, "kg"); }

bool alike(const Estimate& a, const Estimate& b) {
  return !a.service.empty() && !b.service.empty() && a.process == b.process && a.material == b.material &&
         a.eur == b.eur;
}

void print_quotes(const std::vector<Estimate>& all) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Estimate& one = all[i];
    std::string who = one.service.empty() ? "own machine" : "a service: " + one.service;
    // Services whose own prices nobody has published are reckoned alike: one line for them.
    while (i + 1 < all.size() && alike(all[i + 1], one)) who += ", " + all[++i].service;
    if (one.impossible.empty())
      rows.push_back({one.process, one.material, about_text(one.eur, "EUR"),
                      one.service.empty() ? about_text(one.hours, "h") : "", weight_text(one.weight_kg),
                      one.co2_kg ? about_text(*one.co2_kg, "kg CO2e") : "", who});
    else
      rows.push_back({one.process, one.material, "", "", "", "", who + ": " + one.impossible});
  }
  fmt::print("{}", table(rows));
  fmt::print("Estimates from published coefficients, not quotes; --json tells the source of each.\n");
}

}  // namespace

Outcome quote(const Options& options, Notes& notes) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject));
  FW_CHECK(apply_options(*engine, options, request));
  request.wants.measures = true;
  const Response response = engine->handle(request);
  add_notes(response, notes);
  if (response.error) return fail(*response.error);
  FW_TRY(const Catalog shipped, Catalog::load(assets / "data"));
  std::vector<std::string> ignored;  // the engine has told them
  FW_TRY(const Catalog catalog, shipped.with_workshop(request.workshop, ignored));
  std::vector<std::string> processes = response.about.processes;
  if (!options.process.empty()) processes = {options.process};
  FW_TRY(std::vector<Estimate> all, quotes(catalog, response.measures, processes));
  if (!options.material.empty())
    std::erase_if(all, [&](const Estimate& one) { return one.material != options.material; });
  if (!options.json) {
    print_quotes(all);
    return 0;
  }
  Json list = Json::array();
  for (const Estimate& one : all) list.push_back(to_json(one));
  print_json(
      {{"template", response.about.id}, {"parameters", cli::to_json(response.values)}, {"estimates", std::move(list)}});
  return 0;
}

}  // namespace fitwright::cli
