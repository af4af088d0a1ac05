#include "geometry/catalog/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geometry/core/text.hpp"

namespace fitwright {

std::string_view to_string(DataStatus status) {
  switch (status) {
    case DataStatus::sourced: return "sourced";
    case DataStatus::derived: return "derived";
    case DataStatus::inferred: return "inferred";
    case DataStatus::unsourced: return "unsourced";
  }
  return "unsourced";
}

Result<Quantity> Record::quantity(std::string_view key) const {
  if (auto found = find(key)) return *std::move(found);
  if (facts.contains(key)) return fail(ErrorKind::value, fmt::format("{}: {} is not a single number", label, key));
  std::vector<std::string> keys;
  for (const auto& [name, fact] : facts) keys.push_back(name);
  const std::string near = nearest_name(key, keys);
  return fail(ErrorKind::value, fmt::format("{}: there is no {}", label, key),
              near.empty() ? "" : fmt::format("did you mean {}?", near));
}

std::optional<Quantity> Record::find(std::string_view key) const {
  const auto it = facts.find(key);
  if (it == facts.end()) return std::nullopt;
  const double* value = std::get_if<double>(&it->second.value);
  if (!value) return std::nullopt;
  return Quantity{*value, it->second.unit, it->second.source, it->second.status};
}

namespace {
template <class T>
T value_or_empty(const Record& record, std::string_view key, T fallback = {}) {
  const auto it = record.facts.find(key);
  const T* value = it == record.facts.end() ? nullptr : std::get_if<T>(&it->second.value);
  return value ? *value : fallback;
}
}  // namespace

std::string Record::text(std::string_view key) const { return value_or_empty<std::string>(*this, key); }
std::vector<std::string> Record::texts(std::string_view key) const {
  return value_or_empty<std::vector<std::string>>(*this, key);
}
std::vector<double> Record::numbers(std::string_view key) const {
  return value_or_empty<std::vector<double>>(*this, key);
}
bool Record::flag(std::string_view key, bool fallback) const { return value_or_empty<bool>(*this, key, fallback); }

const std::vector<Record>& Record::list(std::string_view name) const {
  static const std::vector<Record> none;
  const auto it = rows.find(name);
  return it == rows.end() ? none : it->second;
}

namespace {

// Longer endings stand before the shorter ones that they contain.
constexpr std::array<std::pair<std::string_view, std::string_view>, 62> kUnits{{
    {"_mm_per_mm", "mm/mm"},
    {"_mm_per_m", "mm/m"},
    {"_usd_per_inch", "USD/in"},
    {"_usd_per_m", "USD/m"},
    {"_usd_per_in2", "USD/in2"},
    {"_usd_per_cm2", "USD/cm2"},
    {"_percent_per_day", "%/day"},
    {"_px_per_inch", "px/in"},
    {"_inch_per_foot", "in/ft"},
    {"_eur_per_hour", "EUR/h"},
    {"_eur_per_m", "EUR/m"},
    {"_eur_m2", "EUR/m2"},
    {"_kg_kwh", "kg/kWh"},
    {"_kg_kg", "kg/kg"},
    {"_s_m", "s/m"},
    {"_eur_kwh", "EUR/kWh"},
    {"_eur_cm3", "EUR/cm3"},
    {"_usd_ft2", "USD/ft2"},
    {"_usd_m2", "USD/m2"},
    {"_per_kg", "currency/kg"},
    {"_per_litre", "currency/l"},
    {"_per_side_mm", "mm"},
    {"_um_m_k", "um/(m K)"},
    {"_kg_m3", "kg/m3"},
    {"_kg_m2", "kg/m2"},
    {"_kg_dm2", "kg/dm2"},
    {"_kg_dm3", "kg/dm3"},
    {"_kg_m", "kg/m"},
    {"_mm3_s", "mm3/s"},
    {"_mm2_s", "mm2/s"},
    {"_mm_s", "mm/s"},
    {"_min", "min"},
    {"_s", "s"},
    {"_mm", "mm"},
    {"_um", "um"},
    {"_deg", "deg"},
    {"_mpa", "MPa"},
    {"_percent", "%"},
    {"_kg", "kg"},
    {"_dm3", "dm3"},
    {"_kw", "kW"},
    {"_n", "N"},
    {"_c", "degC"},
    {"_mb", "MB"},
    {"_bytes", "bytes"},
    {"_pt", "pt"},
    {"_dpi", "dpi"},
    {"_days", "days"},
    {"_months", "months"},
    {"_usd", "USD"},
    {"_eur", "EUR"},
    {"_gbp", "GBP"},
    {"_count", ""},
    {"_ratio", ""},
    {"_factor", ""},
    {"_multiplier", ""},
    {"_per_length", ""},
    {"_index", ""},
    {"poisson", ""},
    {"_mm2", "mm2"},
    {"_cm3", "cm3"},
    {"_g", "g"},
}};

auto unit_row(std::string_view key) {
  return std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& row) { return key.ends_with(row.first); });
}

}  // namespace

std::string brief_source(std::string_view source) {
  constexpr std::size_t enough = 70;
  for (const std::string_view aside : {" (", ";", ", ", ": "})
    if (const std::size_t at = source.find(aside); at != std::string_view::npos && at > 8)
      source = source.substr(0, at);
  const bool address = source.find(' ') == std::string_view::npos;
  if (source.size() <= (address ? 2 * enough : enough)) return std::string(source);
  const std::size_t end = source.rfind(' ', enough);
  return std::string(source.substr(0, end == std::string_view::npos ? enough : end)) + "\u2026";
}

std::optional<std::string> unit_of_key(std::string_view key) {
  if (const auto row = unit_row(key); row != kUnits.end()) return std::string(row->second);
  if (key.find("_over_") != std::string_view::npos || key == "plies") return std::string();
  return std::nullopt;
}

std::string_view base_of_key(std::string_view key) {
  const auto row = unit_row(key);
  return row == kUnits.end() ? key : key.substr(0, key.size() - row->first.size());
}

}  // namespace fitwright
