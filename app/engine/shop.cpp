// What layouts need to know of the place where parts are made.
#include <algorithm>
#include <cmath>

#include "app/engine/run.hpp"

namespace fitwright {
namespace {

/// Sheets of each material as sold, as far as the machine takes them whole; else pieces of its bed's size.
Result<std::vector<Stock>> sheets_of(const Catalog& catalog, const Process& process) {
  std::vector<Stock> all;
  FW_TRY(const Record* hardware, catalog.file("hardware.toml"));
  for (const Record& row : hardware->list("sheet")) {
    const auto sizes = row.facts.find("sizes_mm");
    if (sizes == row.facts.end()) continue;
    Stock stock{row.text("material"), sold_sizes(row, process), sizes->second.source};
    if (!stock.sizes.empty()) all.push_back(std::move(stock));
  }
  Stock bed;
  for (const BuildVolume& volume : process.build_volumes) {
    bed.sizes.push_back({volume.size.x, volume.size.y});
    bed.source = volume.source;
  }
  if (!bed.sizes.empty()) all.push_back(std::move(bed));
  return all;
}

double fact_or(const Record& record, std::string_view key, double fallback) {
  const auto found = record.find(key);
  return found ? found->value : fallback;
}

}  // namespace

Result<Shop> shop_of(const Catalog& catalog, const Process* process) {
  Shop shop;
  if (!process) return shop;
  if (process->input_kind == "solid") {
    if (!process->build_volumes.empty()) shop.bed = process->build_volumes.front().size;
    shop.margin = fact_or(*process, "layout_margin_mm", 5);
    shop.spacing = fact_or(*process, "layout_spacing_mm", 6);
    return shop;
  }
  FW_TRY(shop.sheets, sheets_of(catalog, *process));
  shop.margin = fact_or(*process, "layout_margin_mm", 10);
  shop.spacing = fact_or(*process, "layout_spacing_mm", 10);
  shop.saw_kerf = fact_or(*process, "kerf_default_mm", 3);
  shop.saw_trim = fact_or(*process, "edge_trim_allowance_mm", 10);
  return shop;
}

}  // namespace fitwright
