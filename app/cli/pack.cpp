// pack: an order package for a service or a machine of one's own, refused with reasons where the service would refuse.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/design_text.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "app/engine/order.hpp"
#include "geometry/core/file_io.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::cli {
namespace {

Outcome list_shops(const Catalog& catalog, const Options& options) {
  FW_TRY(const std::vector<ShopProfile> shops, shop_profiles(catalog));
  Json json = Json::array();
  for (const ShopProfile& shop : shops) {
    Json rules = Json::array();
    for (const ShopRule& rule : shop.rules)
      rules.push_back({{"process", text_or_null(rule.process)},
                       {"rule", rule.key},
                       {"seen", text_or_null(rule.seen)},
                       {"value", to_json(rule.fact)}});
    json.push_back({{"id", shop.id},
                    {"name", shop.name},
                    {"processes", shop.processes},
                    {"formats", shop.formats},
                    {"confirmed", shop.confirmed},
                    {"seen", text_or_null(shop.seen)},
                    {"source", shop.source},
                    {"status", to_string(shop.status)},
                    {"rules", std::move(rules)}});
    if (options.json) continue;
    fmt::print("{}: {}{}\n  makes {}\n", shop.id, shop.name, shop.confirmed ? "" : " (unverified)",
               fmt::join(shop.processes, ", "));
    std::set<std::string> told;
    for (const std::string& process : shop.processes)
      for (const std::string& line : rule_lines(shop, process))
        if (told.insert(line).second) fmt::print("  {}\n", line);
  }
  if (options.json) print_json(json);
  return 0;
}

Json to_json(const Refusal& one) {
  return {{"rule", one.rule},
          {"part", text_or_null(one.part)},
          {"message", one.message},
          {"measured", cli::to_json(one.measured)},
          {"required", cli::to_json(one.required)},
          {"unit", text_or_null(one.unit)},
          {"source", one.source},
          {"seen", text_or_null(one.seen)},
          {"status", to_string(one.status)}};
}

Error refused(const ShopProfile& shop, const std::vector<Refusal>& refusals) {
  std::vector<std::string> reasons;
  for (const Refusal& one : refusals) reasons.push_back(one.message);
  return make_error(ErrorKind::finding, fmt::format("{} would refuse this: {}", shop.name, fmt::join(reasons, "; ")));
}

}  // namespace

Outcome pack(const Options& options, Notes& notes) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const Catalog catalog, Catalog::load(assets / "data"));
  if (options.service.empty() && options.subject.empty()) return list_shops(catalog, options);
  if (options.service.empty() || options.subject.empty())
    return fail(ErrorKind::usage, "pack needs a design and whom it is for",
                "fitwright pack bookshelf --service table_saw -o order.zip");
  if (options.outputs.size() > 1) return fail(ErrorKind::usage, "pack writes one file", "give -o once");
  FW_CHECK(check_outputs(options));
  FW_TRY(const ShopProfile shop, shop_profile(catalog, options.service));
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject, Accept::designs_and_models));
  FW_CHECK(apply_options(*engine, options, request));
  OrderWish wish;
  FW_TRY(wish.flat, parse_flat(options));
  wish.together = options.per_sheet;
  wish.as_given = !options.relief.empty() || !options.kerf.empty();
  FW_TRY(const ShopOrder order, take_order(*engine, catalog, shop, request, wish));
  add_notes(order.response, notes);
  if (order.refusals.empty() && !options.outputs.empty()) {
    FW_TRY(const std::string zip, package_of(order, shop, request, [&](const Request& asked, const Response& answer) {
             return design_text(options.subject, asked, answer);
           }));
    FW_CHECK(write_file_atomic(options.outputs.front(), zip));
  }
  Json files = Json::array(), refusals = Json::array();
  for (const PackFile& file : order.files)
    files.push_back({{"name", file.about.name}, {"quantity", file.quantity}, {"parts", file.about.parts}});
  for (const Refusal& one : order.refusals) refusals.push_back(to_json(one));
  if (options.json)
    print_json({{"service", shop.id},
                {"confirmed", shop.confirmed},
                {"process", order.response.process},
                {"files", std::move(files)},
                {"refusals", std::move(refusals)},
                {"rules", rule_lines(shop, order.response.process)}});
  if (!order.refusals.empty()) return fail(refused(shop, order.refusals));
  if (!options.json) {
    for (const PackFile& file : order.files) fmt::print("{} x {}\n", file.quantity, file.about.name);
    fmt::print("{}{}\n",
               options.outputs.empty() ? "nothing known would be refused" : "wrote " + options.outputs.front(),
               shop.confirmed ? "" : "; the rules of " + shop.name + " are unverified");
  }
  return 0;
}

}  // namespace fitwright::cli
