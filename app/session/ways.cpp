// The ways to make a product, from its measures and the data.
#include <algorithm>
#include <tuple>

#include "app/session/orderer.hpp"

namespace fitwright {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// The template's processes, and the maker's own machines that do one of them.
Result<std::vector<std::string>> with_machines(const Catalog& catalog, const std::vector<std::string>& processes) {
  std::vector<std::string> all = processes;
  FW_TRY(const auto known, catalog.processes());
  for (const Process& process : known)
    if (process.id != process.does && contains(processes, process.does)) all.push_back(process.id);
  return all;
}

const ShopProfile* place_of(const std::vector<ShopProfile>& shops, const Estimate& estimate, const std::string& does) {
  const auto place = std::find_if(shops.begin(), shops.end(), [&](const ShopProfile& shop) {
    return shop.service == estimate.service && contains(shop.processes, does);
  });
  return place == shops.end() ? nullptr : &*place;
}

/// What is known of places that nobody publishes prices of.
Estimate without_price(const std::string& process, const std::string& material, const std::string& service) {
  Estimate estimate;
  estimate.process = process;
  estimate.material = material;
  estimate.service = service;
  estimate.impossible = "its prices are not published; ask it";
  return estimate;
}

Result<void> add_unpriced(const std::vector<ShopProfile>& shops, const Catalog& catalog,
                          const std::vector<std::string>& processes, std::vector<Estimate>& estimates) {
  for (const ShopProfile& shop : shops)
    for (const std::string& id : processes) {
      if (shop.service.empty() || !contains(shop.processes, id)) continue;
      const bool known = std::any_of(estimates.begin(), estimates.end(), [&](const Estimate& one) {
        return one.process == id && one.service == shop.service;
      });
      if (known) continue;
      FW_TRY(const Process* process, catalog.process(id));
      estimates.push_back(without_price(id, process->text("default_material"), shop.service));
    }
  return {};
}

Result<MakeWay> way_of(const Catalog& catalog, const std::vector<ShopProfile>& shops,
                       const std::vector<PartMeasure>& measures, Estimate estimate) {
  MakeWay way;
  FW_TRY(const Process* process, catalog.process(estimate.process));
  way.process = process->name;
  way.own = estimate.service.empty();
  way.place = way.own ? "A machine of your own" : estimate.service;
  if (!estimate.material.empty()) {
    FW_TRY(const Material* material, catalog.material(estimate.material));
    way.material = material->name;
  }
  if (!way.own) {
    FW_TRY(const Service* service, catalog.service(estimate.service));
    way.place = service->name;
  }
  if (const ShopProfile* shop = place_of(shops, estimate, process->does)) {
    way.shop = shop->id;
    way.place = shop->name;
    way.confirmed = shop->confirmed;
    // The size of the order may refuse at once; whether all is sound only the checks can tell.
    std::vector<Refusal> known = preflight(*shop, process->does, measures, {});
    if (!known.empty()) way.refusals = std::move(known);
  } else {
    way.undecided = "Nothing is known of what it takes: write the files by Export.";
  }
  if (process->id != process->does) way.place = process->name;
  way.estimate = std::move(estimate);
  return way;
}

}  // namespace

Result<std::vector<MakeWay>> ways_to_make(const Catalog& catalog, const std::vector<PartMeasure>& measures,
                                          const std::vector<std::string>& processes) {
  FW_TRY(const std::vector<ShopProfile> shops, shop_profiles(catalog));
  FW_TRY(const std::vector<std::string> all, with_machines(catalog, processes));
  FW_TRY(std::vector<Estimate> estimates, quotes(catalog, measures, all));
  FW_CHECK(add_unpriced(shops, catalog, processes, estimates));
  std::vector<MakeWay> ways;
  for (Estimate& estimate : estimates) {
    FW_TRY(MakeWay way, way_of(catalog, shops, measures, std::move(estimate)));
    ways.push_back(std::move(way));
  }
  std::stable_sort(ways.begin(), ways.end(), [](const MakeWay& a, const MakeWay& b) {
    return std::tuple(!a.estimate.impossible.empty(), a.estimate.eur.likely) <
           std::tuple(!b.estimate.impossible.empty(), b.estimate.eur.likely);
  });
  return ways;
}

}  // namespace fitwright
