#include "app/cli/console.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "geometry/checks/check.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::cli {
namespace {

/// Characters, not bytes, so that columns with "µ" or "é" align.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void print_json(const Json& json) { fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace)); }

std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& right) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], width(row[i]));
    }
  std::string text;
  for (const auto& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - width(row[i]), ' ');
      const bool to_right = std::find(right.begin(), right.end(), i) != right.end();
      line += (i ? "  " : " ") + (to_right ? pad + row[i] : row[i] + pad);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json to_json(const ParameterValue& value) {
  // Counts are whole to readers too: 60, not 60.0.
  if (const auto* number = std::get_if<double>(&value);
      number && *number == std::floor(*number) && std::abs(*number) < 1e15)
    return static_cast<std::int64_t>(*number);
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json to_json(const Values& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) json[name] = to_json(value);
  return json;
}

Json to_json(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json to_json(const Finding& finding) {
  Json places = Json::array();
  for (const Vec3& at : finding.places) places.push_back({at.x, at.y, at.z});
  return {{"check", finding.check},
          {"title", finding.title},
          {"severity", to_string(finding.severity)},
          {"part", finding.part},
          {"message", finding.message},
          {"measured", to_json(finding.measured)},
          {"required", to_json(finding.required)},
          {"unit", finding.unit},
          {"at_mm", finding.at ? Json{finding.at->x, finding.at->y, finding.at->z} : Json()},
          {"places_mm", std::move(places)},
          {"parameters", finding.parameters},
          {"suggestion", finding.suggestion},
          {"remedy", nullptr},
          {"source", finding.source},
          {"source_status", finding.status ? Json(to_string(*finding.status)) : Json()},
          {"detail", finding.detail}};
}

Json to_json(const Fact& fact) {
  return {{"value", std::visit([](const auto& held) { return Json(held); }, fact.value)},
          {"unit", fact.unit},
          {"source", fact.source},
          {"status", to_string(fact.status)}};
}

std::string finding_text(const Finding& finding) {
  std::string text = fmt::format("  {}: {}{} ({}{})", to_string(finding.severity),
                                 finding.part.empty() ? "" : finding.part + ": ", finding.message, finding.title,
                                 finding.count() > 1 ? fmt::format("; {} places", finding.count()) : "");
  if (!finding.suggestion.empty()) text += "\n    what would work: " + finding.suggestion;
  if (!finding.parameters.empty()) {
    text += "\n    parameters behind it:";
    constexpr std::size_t nearest = 4;
    for (std::size_t i = 0; i < std::min(nearest, finding.parameters.size()); ++i) text += " " + finding.parameters[i];
    if (finding.parameters.size() > nearest) text += ", and others";
  }
  if (!finding.source.empty()) {
    text += "\n    source: " + brief_source(finding.source);
    if (finding.status == DataStatus::unsourced) text += " (unsourced)";
  }
  return text;
}

Json undecided_json(const CheckReport& report) {
  Json all = Json::array();
  for (const Unchecked& one : report.unchecked)
    all.push_back({{"check", one.check}, {"part", text_or_null(one.part)}, {"reason", one.reason}});
  return all;
}

std::string report_text(const CheckReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) text += finding_text(finding) + "\n";
  for (const Unchecked& one : report.unchecked)
    text += fmt::format("  not decided: {}{} ({})\n", one.part.empty() ? "" : one.part + ": ", one.reason,
                        check_title(one.check));
  return text;
}

void add_notes(const Response& response, Notes& notes) {
  for (const std::string& warning : response.warnings) notes.push_back("warning: " + warning);
  for (const std::string& line : response.log) notes.push_back("template: " + line);
}

}  // namespace fitwright::cli
