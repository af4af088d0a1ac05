// What making a product takes and costs, from its measures and published coefficients. A pure function, quick enough
// for every edit; nothing here is a quote.
#pragma once

#include "export/make/measure.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright {

/// A value with how far it may be off.
struct Spread {
  double low = 0, likely = 0, high = 0;
  bool operator==(const Spread&) const = default;
};
Spread operator*(const Spread& a, double factor);

/// One thing that is paid for, or used.
struct EstimateLine {
  std::string what;
  Spread eur;
  std::string source;  ///< of the coefficient
  DataStatus status = DataStatus::unsourced;
};

/// All of a product by one process, from one material, at home or by one service.
struct Estimate {
  std::string process, material, service;  ///< ids; no service: on a machine of one's own
  std::string impossible;                  ///< why there is no estimate; empty: there is
  Spread weight_kg;                        ///< of the product
  Spread used_kg, wasted_kg;               ///< of the material; waste is what is left over
  double sheets_m2 = 0;                    ///< bought, where parts are cut from sheet
  Spread hours;                            ///< of the machine
  Spread eur;
  std::optional<Spread> co2_kg;  ///< of material and electricity; only where a factor is known
  std::vector<EstimateLine> lines;
};

/// Sheets bought for a product, where it has been laid out; else a usual share of waste is added.
struct SheetUse {
  std::string material;
  double thickness = 0, area = 0;  ///< mm, mm2
};

struct EstimateWish {
  const Process* process = nullptr;    ///< not null
  const Material* material = nullptr;  ///< of parts that name none; null: none is known
  const Service* service = nullptr;    ///< null: at home
  std::vector<SheetUse> sheets = {};
};

/// The key of a maker's own price of a sheet, as a fact of its material: "sheet_18mm_eur_m2".
std::string sheet_price_key(double thickness);

/// Errors (file): rates.toml or a material is missing or faulty. What cannot be told is said in `impossible`.
Result<Estimate> estimate(const Catalog& catalog, const std::vector<PartMeasure>& parts, const EstimateWish& wish);

/// An estimate for each process given, each material that it works and for which a price is known, at home and by each
/// service that offers the process. The order of the processes, then the usual material first, then price.
Result<std::vector<Estimate>> quotes(const Catalog& catalog, const std::vector<PartMeasure>& parts,
                                     const std::vector<std::string>& processes);

/// "about 14 to 22 EUR"; two digits of each.
std::string about_text(const Spread& spread, std::string_view unit);

}  // namespace fitwright
