#include "export/make/estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace fitwright {

namespace {

constexpr double mm3_per_m3 = 1e9, mm2_per_m2 = 1e6;

/// How far a value may be off, by how it was come by.
double doubt(DataStatus status) {
  switch (status) {
    case DataStatus::sourced: return 0.1;
    case DataStatus::derived: return 0.15;
    case DataStatus::inferred: return 0.25;
    case DataStatus::unsourced: return 0.4;
  }
  return 0.4;
}

Spread around(double likely, double share) { return {likely * (1 - share), likely, likely * (1 + share)}; }

/// Independent doubts add up by their squares.
Spread sum(const std::vector<Spread>& all) {
  double likely = 0, below = 0, above = 0;
  for (const Spread& one : all) {
    likely += one.likely;
    below += (one.likely - one.low) * (one.likely - one.low);
    above += (one.high - one.likely) * (one.high - one.likely);
  }
  return {likely - std::sqrt(below), likely, likely + std::sqrt(above)};
}

/// Facts of the process and of its rates; a maker's own figures stand in the process and come first.
class Rates {
 public:
  Rates(const Process& process, const Record* row) : process_(process), row_(row) {}

  Quantity get(std::string_view key, double fallback = 0) const {
    if (const auto own = process_.find(key)) return *own;
    if (row_) {
      if (const auto found = row_->find(key)) return *found;
      for (const Record& model : row_->list("print_time"))
        if (const auto found = model.find(key)) return *found;
    }
    return {fallback, "", "no figure is known", DataStatus::unsourced};
  }
  double operator()(std::string_view key, double fallback = 0) const { return get(key, fallback).value; }

 private:
  const Process& process_;
  const Record* row_;
};

/// Builds one estimate.
class Estimator {
 public:
  Estimator(const Catalog& catalog, const Record& rates, const std::vector<PartMeasure>& parts,
            const EstimateWish& wish)
      : catalog_(catalog),
        all_(rates),
        parts_(parts),
        wish_(wish),
        rates_(*wish.process, row("rate", wish.process->does)) {
    estimate_.process = wish.process->id;
    if (wish.material) estimate_.material = wish.material->id;
    if (wish.service) estimate_.service = wish.service->id;
  }

  Result<Estimate> run() {
    if (!row("rate", wish_.process->does))
      return impossible(fmt::format("no rates are known for {}", wish_.process->name));
    FW_CHECK(weigh());
    const std::string kind = row("rate", wish_.process->does)->text("model");
    if (wish_.service && kind != "sheet")
      order_print();
    else if (kind == "fdm")
      print_fdm();
    else if (kind == "resin")
      print_resin();
    else if (kind == "sheet")
      cut_sheet();
    else if (kind == "mill")
      mill();
    else
      return impossible(fmt::format("{} is made to order; ask a service", wish_.process->name));
    if (!estimate_.impossible.empty()) return std::move(estimate_);
    std::vector<Spread> costs;
    for (const EstimateLine& line : estimate_.lines) costs.push_back(line.eur);
    estimate_.eur = sum(costs);
    add_co2();
    return std::move(estimate_);
  }

 private:
  const Record* row(std::string_view list, std::string_view id) const {
    for (const Record& one : all_.list(list))
      if (one.id == id) return &one;
    return nullptr;
  }

  Estimate impossible(std::string why) {
    estimate_.impossible = std::move(why);
    return std::move(estimate_);
  }

  Result<const Material*> material_of(const PartMeasure& part) const {
    if (part.material.empty() || (wish_.material && part.material == wish_.material->id)) return wish_.material;
    // What a part names holds unless another material is asked for in its place.
    return wish_.material ? Result<const Material*>(wish_.material) : catalog_.material(part.material);
  }

  Result<void> weigh() {
    double kg = 0;
    DataStatus status = DataStatus::sourced;
    for (const PartMeasure& part : parts_) {
      FW_TRY(const Material* material, material_of(part));
      const auto density = material ? material->find("density_kg_m3") : std::nullopt;
      if (!density) continue;
      kg += part.volume * static_cast<double>(part.quantity) / mm3_per_m3 * density->value;
      status = std::max(status, density->status);
    }
    estimate_.weight_kg = around(kg, status == DataStatus::sourced ? 0.03 : 0.08);
    return {};
  }

  double density() const {
    const auto found = wish_.material ? wish_.material->find("density_kg_m3") : std::nullopt;
    return found ? found->value : 1000;
  }

  double in_eur(double value, const std::string& currency) const {
    const Record* rate = row("currency", "usual");
    if (!rate) return value;
    if (currency == "GBP") return value * rate->find("eur_for_one_gbp_ratio").value_or(Quantity{1, "", "", {}}).value;
    if (currency == "USD") return value * rate->find("eur_for_one_usd_ratio").value_or(Quantity{1, "", "", {}}).value;
    return value;
  }

  void pay(std::string what, Spread eur, const Quantity& by) {
    // The same thing at the same price is off by the same share: such doubts do not even out.
    for (EstimateLine& line : estimate_.lines)
      if (line.what == what && line.source == by.source) {
        line.eur = {line.eur.low + eur.low, line.eur.likely + eur.likely, line.eur.high + eur.high};
        return;
      }
    estimate_.lines.push_back({std::move(what), eur, by.source, by.status});
  }

  void pay_hours(std::string_view of) {
    const Quantity machine = rates_.get("machine_cost_eur_per_hour"), energy = rates_.get("energy_price_eur_kwh"),
                   power = rates_.get("power_kw");
    const double off = doubt(machine.status);
    pay(fmt::format("{} time", of),
        {estimate_.hours.low * machine.value * (1 - off), estimate_.hours.likely * machine.value,
         estimate_.hours.high * machine.value * (1 + off)},
        machine);
    pay("electricity", estimate_.hours * (power.value * energy.value), energy);
  }

  void pay_material_by_kg() {
    const auto price = wish_.material ? wish_.material->find("price_per_kg") : std::nullopt;
    if (!price) {
      estimate_.impossible =
          fmt::format("no price is known for {}", wish_.material ? wish_.material->name : "its material");
      return;
    }
    const double eur = in_eur(price->value, wish_.material->text("price_currency"));
    const double off = doubt(price->status);
    pay("material",
        {estimate_.used_kg.low * eur * (1 - off), estimate_.used_kg.likely * eur,
         estimate_.used_kg.high * eur * (1 + off)},
        *price);
  }

  /// Prints in which each bed is taken by one kind of part: layers that are quick alone are slowed down to cool.
  void print_fdm() {
    const PrintModel model = print_model();
    double seconds = 0, filament = 0;
    for (const PartMeasure& part : parts_) {
      const PrintEstimate one = estimate_print(part.layers, part.quantity, {}, model);
      seconds += one.seconds + model.start;
      filament += one.filament;
      if (part.layers.empty()) estimate_.impossible = fmt::format("{} has no layers to print", part.name);
    }
    const double off = rates_("print_model_uncertainty_percent", 15) / 100;
    estimate_.hours = around(seconds / 3600, off);
    const double printed = filament / mm3_per_m3 * density();
    estimate_.weight_kg = around(printed, 0.1);  // the inside is hollow: not what the solid would weigh
    const double waste = rates_("waste_percent", 5) / 100;
    estimate_.wasted_kg = around(printed * waste, 0.5);
    estimate_.used_kg = around(printed * (1 + waste), 0.1);
    pay_material_by_kg();
    pay_hours("printer");
  }

  PrintModel print_model() const {
    PrintModel model;
    const auto set = [&](double& to, std::string_view key) { to = rates_(key, to); };
    set(model.start, "print_start_s");
    set(model.first, "print_first_s_m");
    set(model.outer, "print_outer_s_m");
    set(model.inner, "print_inner_s_m");
    set(model.gap, "print_gap_s_m");
    set(model.solid, "print_solid_s_m");
    set(model.sloped, "print_sloped_s_m");
    set(model.infill, "print_infill_s_m");
    set(model.flow_outer, "print_flow_outer_ratio");
    set(model.flow_inner, "print_flow_inner_ratio");
    set(model.flow_gap, "print_flow_gap_ratio");
    set(model.flow_solid, "print_flow_solid_ratio");
    set(model.flow_sloped, "print_flow_sloped_ratio");
    set(model.flow_infill, "print_flow_infill_ratio");
    return model;
  }

  void print_resin() {
    double highest = 0, volume = 0;
    for (const PartMeasure& part : parts_) {
      highest = std::max(highest, part.size.z);
      volume += part.volume * static_cast<double>(part.quantity);
    }
    const double extra = rates_("support_percent", 20) / 100, waste = rates_("waste_percent", 10) / 100;
    estimate_.hours = around(highest / rates_("layer_mm", 0.05) * rates_("layer_s", 10) / 3600, 0.3);
    const double kg = volume / mm3_per_m3 * density();
    estimate_.wasted_kg = around(kg * (extra + waste), 0.5);
    estimate_.used_kg = around(kg * (1 + extra + waste), 0.15);
    const auto price = wish_.material ? wish_.material->find("price_per_litre") : std::nullopt;
    if (!price) {
      estimate_.impossible = "no price is known for this resin";
      return;
    }
    const double litres = volume * (1 + extra + waste) / 1e6;
    pay("resin", around(litres * price->value, doubt(price->status)), *price);
    pay_hours("printer");
  }

  /// Lasers are fed with pieces cut to size, which cost more than boards from a yard.
  bool buys_pieces() const {
    const Record* rates = row("rate", wish_.process->does);
    return rates && rates->flag("buys_pieces");
  }

  /// EUR for a square metre: as whom one buys from, else as somebody else sells.
  std::optional<Quantity> sheet_price(const std::string& material, double thickness) const {
    if (wish_.material)
      if (const auto own = wish_.material->find(sheet_price_key(thickness))) return own;
    const auto usual = sheet_price(material, thickness, buys_pieces());
    return usual ? usual : sheet_price(material, thickness, !buys_pieces());
  }

  /// Between the thicknesses that are priced, beyond them in proportion.
  std::optional<Quantity> sheet_price(const std::string& material, double thickness, bool pieces) const {
    std::optional<std::pair<double, Quantity>> below, above;
    for (const Record& one : all_.list("sheet")) {
      if (one.text("material") != material || one.flag("pieces") != pieces) continue;
      const double at = one.find("thickness_mm").value_or(Quantity{}).value;
      const auto price = one.find("price_eur_m2");
      if (!price || at <= 0) continue;
      if (at <= thickness && (!below || at > below->first)) below = {at, *price};
      if (at >= thickness && (!above || at < above->first)) above = {at, *price};
    }
    if (!below && !above) return std::nullopt;
    if (!below || !above) {
      Quantity price = below ? below->second : above->second;
      price.value *= thickness / (below ? below->first : above->first);
      return price;
    }
    Quantity price = below->second;
    if (above->first > below->first)
      price.value += (above->second.value - price.value) * (thickness - below->first) / (above->first - below->first);
    return price;
  }

  /// Of all parts of one thickness, mm2.
  struct Boards {
    double around = 0;  ///< of the rectangles
    double within = 0;  ///< of the outlines
  };

  void cut_sheet() {
    double seconds = rates_("setup_min", 10) * 60;
    std::map<double, Boards> boards;  // by thickness in whole micrometres
    for (const PartMeasure& part : parts_) {
      if (!part.cut) {
        estimate_.impossible = fmt::format("{} is not cut from sheet", part.name);
        return;
      }
      const CutMeasure& cut = *part.cut;
      const double copies = static_cast<double>(part.quantity);
      const double passes = std::max(1.0, std::ceil(cut.thickness / rates_("depth_per_pass_mm", 1000)));
      const double speed = rates_("cut_speed_mm_s", 20) / std::pow(cut.thickness / rates_("at_thickness_mm", 3),
                                                                   rates_("slower_with_thickness_ratio", 0));
      seconds +=
          copies * (cut.cut * passes / speed + (1.0 + double(cut.openings + cut.drillings)) * rates_("pierce_s", 2) +
                    cut.pockets / rates_("clear_mm3_s", 400) + cut.engraved / rates_("engrave_mm2_s", 40));
      Boards& all = boards[std::round(cut.thickness * 1000)];
      all.around += cut.box_area * copies;
      all.within += cut.area * copies;
    }
    for (const auto& [micrometres, all] : boards) buy_sheet(micrometres / 1000, all);
    if (!estimate_.impossible.empty()) return;
    estimate_.hours = around(seconds / 3600, 0.35);
    if (wish_.service)
      order_cutting();
    else
      pay_hours("machine");
  }

  void buy_sheet(double thickness, const Boards& boards) {
    const std::string id = wish_.material ? wish_.material->id : "";
    const auto price = sheet_price(id, thickness);
    if (!price) {
      estimate_.impossible =
          fmt::format("no sheet price is known for {}", wish_.material ? wish_.material->name : "it");
      return;
    }
    double area = whole_sheets(thickness, boards.around * (1 + rates_("waste_factor", 0.2))) / mm2_per_m2;
    bool laid = false;
    for (const SheetUse& use : wish_.sheets)
      if (std::abs(use.thickness - thickness) < 1e-3) {
        area = (laid ? area : 0) + use.area / mm2_per_m2;
        laid = true;
      }
    const double kg_per_m2 = thickness / 1000 * density();
    estimate_.sheets_m2 += area;
    estimate_.used_kg = sum({estimate_.used_kg, around(area * kg_per_m2, 0.05)});
    estimate_.wasted_kg =
        sum({estimate_.wasted_kg, around((area - boards.within / mm2_per_m2) * kg_per_m2, laid ? 0.1 : 0.4)});
    pay(fmt::format("sheet, {:g} mm", thickness),
        around(area * price->value, std::hypot(doubt(price->status), laid ? 0 : 0.15)), *price);
  }

  /// The area that must be bought for so much: whole sheets as they are sold, of the size of which the least is needed
  /// among those that the machine and the largest part take. Services, and who buys pieces, pay for what is needed.
  double whole_sheets(double thickness, double area) const {
    if (wish_.service || buys_pieces() || !wish_.material) return area;
    Vec2 largest;
    for (const PartMeasure& part : parts_) {
      if (std::abs(part.cut->thickness - thickness) > 1e-3) continue;
      std::array<double, 3> size{part.size.x, part.size.y, part.size.z};
      std::sort(size.begin(), size.end());
      largest = {std::max(largest.x, size[2]), std::max(largest.y, size[1])};
    }
    std::optional<double> least;
    const auto known = catalog_.sheets(wish_.material->id);
    for (const Record* sold : known ? *known : std::vector<const Record*>{})
      for (const Vec2 size : sold_sizes(*sold, *wish_.process)) {
        if (std::max(size.x, size.y) < largest.x || std::min(size.x, size.y) < largest.y) continue;
        const double bought = std::ceil(area / (size.x * size.y)) * size.x * size.y;
        if (!least || bought < *least) least = bought;
      }
    return least.value_or(area);
  }

  void mill() {
    double removed = 0, surface = 0, stock = 0;
    for (const PartMeasure& part : parts_) {
      const double copies = static_cast<double>(part.quantity), extra = rates_("stock_allowance_mm", 3);
      const double block = (part.size.x + 2 * extra) * (part.size.y + 2 * extra) * (part.size.z + extra);
      stock += block * copies;
      removed += (block - part.volume) * copies;
      surface += part.area * copies;
    }
    const double seconds = rates_("setup_min", 30) * 60 * static_cast<double>(parts_.size()) +
                           removed / rates_("clear_mm3_s", 50) + surface / rates_("finish_mm2_s", 15);
    estimate_.hours = around(seconds / 3600, 0.5);
    const double kg = stock / mm3_per_m3 * density();
    estimate_.used_kg = around(kg, 0.1);
    estimate_.wasted_kg = around(removed / mm3_per_m3 * density(), 0.1);
    pay_material_by_kg();
    pay_hours("machine");
  }

  /// As price pages say that services reckon: by volume of material and of machine, with a minimum for each part.
  void order_print() {
    const Record* order = row("order", wish_.process->does);
    if (!order) {
      estimate_.impossible = fmt::format("no rates are known for ordering {}", wish_.process->name);
      return;
    }
    const auto rate = [&](std::string_view key) { return order->find(key).value_or(Quantity{}); };
    for (const PartMeasure& part : parts_) {
      const double spacing = rate("spacing_mm").value;
      const double box = (part.size.x + spacing) * (part.size.y + spacing) * (part.size.z + spacing) / 1000;
      const double price = std::max(rate("minimum_eur").value, rate("volume_eur_cm3").value * part.volume / 1000 +
                                                                   rate("machine_eur_cm3").value * box);
      const Quantity by = rate("volume_eur_cm3");
      pay(part.name, around(price * static_cast<double>(part.quantity), doubt(by.status)), by);
    }
    const Quantity start = rate("startup_eur");
    pay("starting the order", around(start.value, doubt(start.status)), start);
    estimate_.used_kg = estimate_.weight_kg;
  }

  void order_cutting() {
    const Record* order = row("order", wish_.process->does);
    if (!order) {
      estimate_.impossible = fmt::format("no rates are known for ordering {}", wish_.process->name);
      return;
    }
    const auto rate = order->find("cut_eur_per_m"), minimum = order->find("minimum_eur");
    double metres = 0, so_far = 0;
    for (const PartMeasure& part : parts_) metres += part.cut->cut * static_cast<double>(part.quantity) / 1000;
    const Quantity by = rate.value_or(Quantity{});
    pay("cutting", around(metres * by.value, doubt(by.status)), by);
    for (const EstimateLine& line : estimate_.lines) so_far += line.eur.likely;
    if (minimum && so_far < minimum->value)
      pay("up to the least that is charged", around(minimum->value - so_far, doubt(minimum->status)), *minimum);
  }

  void add_co2() {
    const Record* factor = wish_.material ? row("co2", wish_.material->id) : nullptr;
    const auto by_kg = factor ? factor->find("material_kg_kg") : std::nullopt;
    if (!by_kg) return;
    std::vector<Spread> all;
    const double spread = factor->find("spread_percent").value_or(Quantity{30, "", "", {}}).value / 100;
    all.push_back(around(estimate_.used_kg.likely * by_kg->value, spread));
    if (const Record* grid = row("co2", "current"); grid && !wish_.service)
      if (const auto by_kwh = grid->find("current_kg_kwh"))
        all.push_back(estimate_.hours * (rates_("power_kw") * by_kwh->value));
    estimate_.co2_kg = sum(all);
  }

  const Catalog& catalog_;
  const Record& all_;
  const std::vector<PartMeasure>& parts_;
  const EstimateWish& wish_;
  Rates rates_;
  Estimate estimate_;
};

bool works(const Material& material, const std::string& process) {
  return std::find(material.processes.begin(), material.processes.end(), process) != material.processes.end();
}

std::string two_digits(double value) {
  if (value <= 0) return "0";
  const double step = std::pow(10, std::floor(std::log10(value)) - 1);
  return fmt::format("{:g}", std::round(value / step) * step);
}

}  // namespace

Spread operator*(const Spread& a, double factor) { return {a.low * factor, a.likely * factor, a.high * factor}; }

std::string sheet_price_key(double thickness) {
  std::string mm = fmt::format("{:g}", std::round(thickness * 100) / 100);
  std::replace(mm.begin(), mm.end(), '.', '_');
  return fmt::format("sheet_{}mm_eur_m2", mm);
}

Result<Estimate> estimate(const Catalog& catalog, const std::vector<PartMeasure>& parts, const EstimateWish& wish) {
  FW_TRY(const Record* rates, catalog.file("rates.toml"));
  return Estimator(catalog, *rates, parts, wish).run();
}

Result<std::vector<Estimate>> quotes(const Catalog& catalog, const std::vector<PartMeasure>& parts,
                                     const std::vector<std::string>& processes) {
  FW_TRY(const auto materials, catalog.materials());
  FW_TRY(const auto services, catalog.services());
  std::vector<Estimate> all;
  for (const std::string& id : processes) {
    FW_TRY(const Process* process, catalog.process(id));
    const std::string usual = process->text("default_material");
    const std::size_t first = all.size();
    for (const Material& material : materials) {
      if (!works(material, process->does)) continue;
      FW_TRY(Estimate home, estimate(catalog, parts, {process, &material, nullptr}));
      if (home.impossible.empty() || material.id == usual) all.push_back(std::move(home));
      if (material.id != usual) continue;
      for (const Service& service : services) {
        if (process->id != process->does) break;  // a machine of one's own
        if (std::find(service.kinds.begin(), service.kinds.end(), id) == service.kinds.end()) continue;
        FW_TRY(Estimate order, estimate(catalog, parts, {process, &material, &service}));
        if (order.impossible.empty()) all.push_back(std::move(order));
      }
    }
    std::stable_sort(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(),
                     [&](const Estimate& a, const Estimate& b) {
                       return std::tuple(!a.impossible.empty(), a.material != usual, a.eur.likely) <
                              std::tuple(!b.impossible.empty(), b.material != usual, b.eur.likely);
                     });
  }
  return all;
}

std::string about_text(const Spread& spread, std::string_view unit) {
  const std::string low = two_digits(spread.low), high = two_digits(spread.high);
  return low == high ? fmt::format("about {} {}", low, unit) : fmt::format("about {} to {} {}", low, high, unit);
}

}  // namespace fitwright
