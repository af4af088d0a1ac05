// Layouts on sheets beside rows of bounding boxes, and what a printer is thought to lay down for a part.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/engine/assets.hpp"
#include "bench/workbench.hpp"
#include "export/import.hpp"
#include "export/make/estimate.hpp"
#include "tests/unit/export/nest_cases.hpp"

namespace fitwright::bench {

int run_nest_bench() {
  double boxed_area = 0, laid_area = 0;
  fmt::print("{:<12} {:>7} {:>14} {:>14} {:>9} {:>9}\n", "pieces", "count", "sheets, boxes", "sheets, laid", "used",
             "ms");
  for (const NestCase& one : nest_cases(4)) {
    const std::size_t boxed = boxed_sheets(one);
    const auto start = std::chrono::steady_clock::now();
    const auto found = nest(one.pieces, one.options);
    const double ms = ms_since(start);
    if (!found) {
      fmt::print(stderr, "error: {}\n", describe(found.error()));
      return 1;
    }
    const double sheet = one.options.sheet.x * one.options.sheet.y;
    const double area = found->used * static_cast<double>(found->sheets) * sheet;
    boxed_area += static_cast<double>(boxed) * sheet;
    laid_area += static_cast<double>(found->sheets) * sheet;
    fmt::print("{:<12} {:>7} {:>7} {:>4.0f} % {:>7} {:>4.0f} % {:>7.0f} % {:>9.0f}\n", one.name, one.pieces.size(),
               boxed, 100 * area / (static_cast<double>(boxed) * sheet), found->sheets, 100 * found->used,
               100 * found->last_end / one.options.sheet.x, ms);
  }
  fmt::print("sheet area: {:.1f} m2 by boxes, {:.1f} m2 laid\n", boxed_area / 1e6, laid_area / 1e6);
  return 0;
}

int run_print_bench(const std::vector<std::string>& files) {
  const auto assets = asset_folder();
  const auto catalog = assets ? Catalog::load(*assets / "data") : tl::unexpected(assets.error());
  if (!catalog) return fmt::print(stderr, "error: {}\n", describe(catalog.error())), 1;
  const auto process = catalog->process("fdm");
  const auto material = catalog->material("pla");
  for (const std::string& file : files) {
    const auto model = read_model(file);
    if (!model || !process || !material) return fmt::print(stderr, "error: {} cannot be read\n", file), 1;
    ScenePart part;
    part.mesh = model->parts.front().mesh;
    const auto start = std::chrono::steady_clock::now();
    const PartMeasure measure = measure_part(part);
    const auto told = estimate(*catalog, {measure}, {*process, *material, nullptr});
    const double ms = ms_since(start);
    if (!told) return fmt::print(stderr, "error: {}\n", describe(told.error())), 1;
    nlohmann::json layers = nlohmann::json::array();
    for (const PrintLayers& one : measure.layers)
      layers.push_back({one.layers, one.outer, one.inner, one.gap, one.solid, one.sloped, one.infill});
    const double kg_per_mm3 = (*material)->quantity("density_kg_m3")->value / 1e9;
    fmt::print("{}\n", nlohmann::json{{"file", file},
                                      {"layers", layers},
                                      {"seconds", told->hours.likely * 3600},
                                      {"filament_mm3", told->weight_kg.likely / kg_per_mm3},
                                      {"ms", ms}}
                           .dump());
  }
  return 0;
}

}  // namespace fitwright::bench
