// list, show, formats, processes, materials, services: what there is.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "export/format.hpp"
#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::cli {
namespace {

std::string joined(const std::vector<std::string>& list) { return fmt::format("{}", fmt::join(list, ", ")); }

Result<Template> describe_template(Engine& engine, Request request) {
  request.wants.description = true;
  Response response = engine.handle(request);
  if (response.error) return fail(*response.error);
  return std::move(response.about);
}

Json to_json(const Parameter& parameter) {
  Json choices = Json::array();
  for (const Choice& choice : parameter.choices) choices.push_back(choice.value);
  return {{"name", parameter.name},
          {"kind", to_string(parameter.kind)},
          {"unit", unit_of(parameter.kind)},
          {"default", cli::to_json(parameter.fallback)},
          {"min", cli::to_json(parameter.min)},
          {"max", cli::to_json(parameter.max)},
          {"step", cli::to_json(parameter.step)},
          {"choices", std::move(choices)},
          {"label", parameter.label},
          {"help", parameter.help},
          {"group", parameter.group}};
}

Json to_json(const Template& about) {
  Json parameters = Json::array(), rules = Json::array(), presets = Json::array();
  for (const Parameter& parameter : about.parameters) parameters.push_back(to_json(parameter));
  for (const Rule& rule : about.rules) rules.push_back({{"message", rule.message}, {"parameters", rule.parameters}});
  for (const Preset& preset : about.presets)
    presets.push_back({{"name", preset.name}, {"label", preset.label}, {"values", cli::to_json(preset.values)}});
  return {{"id", about.id},
          {"name", about.name},
          {"version", about.version},
          {"licence", about.licence},
          {"author", about.author},
          {"description", about.description},
          {"processes", about.processes},
          {"parameters", std::move(parameters)},
          {"rules", std::move(rules)},
          {"presets", std::move(presets)}};
}

/// "200 to 2400 mm", "a, b, c" or nothing.
std::string allowed_text(const Parameter& parameter) {
  if (!parameter.choices.empty()) {
    std::vector<std::string> values;
    for (const Choice& choice : parameter.choices) values.push_back(choice.value);
    return joined(values);
  }
  if (parameter.kind == ParameterKind::toggle) return "yes, no";
  const std::string unit(parameter.kind == ParameterKind::text ? "characters" : unit_of(parameter.kind));
  const std::string ending = unit.empty() ? "" : " " + unit;
  if (parameter.min && parameter.max)
    return fmt::format("{} to {}{}", number_text(*parameter.min), number_text(*parameter.max), ending);
  if (parameter.min) return fmt::format("at least {}{}", number_text(*parameter.min), ending);
  if (parameter.max) return fmt::format("at most {}{}", number_text(*parameter.max), ending);
  return "";
}

void print_template(const Template& about) {
  fmt::print("{} {}: {}\n", about.id, about.version, about.name);
  if (!about.description.empty()) fmt::print("{}\n", about.description);
  fmt::print("by {}, {}; made by {}\n", about.author, about.licence, joined(about.processes));
  std::vector<std::vector<std::string>> rows;
  for (const Parameter& parameter : about.parameters)
    rows.push_back(
        {parameter.name, value_text(parameter, parameter.fallback), allowed_text(parameter), parameter.label});
  fmt::print("\nParameters (default, allowed)\n{}", table(rows));
  rows.clear();
  for (const Preset& preset : about.presets) rows.push_back({preset.name, preset.label});
  if (!rows.empty()) fmt::print("\nPresets\n{}", table(rows));
  if (!about.rules.empty()) fmt::print("\nRules\n");
  for (const Rule& rule : about.rules) fmt::print("  {}\n", rule.message);
}

Json record_json(const Record& record) {
  Json json = Json::object();
  for (const auto& [key, fact] : record.facts)
    if (key != "name" && key != "processes" && key != "kind" && key != "input_kind") json[key] = cli::to_json(fact);
  return json;
}

std::string volume_text(const BuildVolume& volume) {
  std::string text = number_text(volume.size.x) + " x " + number_text(volume.size.y);
  if (std::isfinite(volume.size.z)) text += " x " + number_text(volume.size.z);
  return text + " mm";
}

Json to_json(const Process& process) {
  Json volumes = Json::array(), fits = Json::object();
  for (const BuildVolume& volume : process.build_volumes)
    volumes.push_back(
        {{"name", volume.name},
         {"size_mm", {volume.size.x, volume.size.y, std::isfinite(volume.size.z) ? Json(volume.size.z) : Json()}},
         {"source", volume.source},
         {"status", to_string(volume.status)}});
  for (const Record& fit : process.list("fit"))
    fits[fit.text("class")] = cli::to_json(fit.facts.at("clearance_per_side_mm"));
  return {{"id", process.id},
          {"name", process.name},
          {"input", process.input_kind},
          {"build_volumes", std::move(volumes)},
          {"fits", std::move(fits)},
          {"limits", record_json(process)}};
}

Result<Engine*> shared_engine() {
  static std::unique_ptr<Engine> engine;
  if (!engine) {
    FW_TRY(const auto assets, asset_folder());
    engine = std::make_unique<Engine>(assets);
  }
  return engine.get();
}

Result<const Catalog*> catalog() {
  FW_TRY(Engine * engine, shared_engine());
  return engine->catalog();
}

}  // namespace

Outcome list(const Options& options, Notes&) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(Engine * engine, shared_engine());
  FW_TRY(const auto shipped, shipped_templates(assets));
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const ShippedTemplate& one : shipped) {
    FW_TRY(Request request, load_template(assets, one.path));
    FW_TRY(const Template about, describe_template(*engine, std::move(request)));
    json.push_back({{"id", about.id},
                    {"name", about.name},
                    {"version", about.version},
                    {"summary", about.summary},
                    {"processes", about.processes},
                    {"source", one.path.string()}});
    rows.push_back({about.id, about.version, about.summary});
  }
  options.json ? print_json(json) : fmt::print("{}", table(rows));
  return 0;
}

Outcome show(const Options& options, Notes&) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(Engine * engine, shared_engine());
  FW_TRY(Request request, load_subject(assets, options.subject));
  FW_TRY(const Template about, describe_template(*engine, std::move(request)));
  options.json ? print_json(to_json(about)) : print_template(about);
  return 0;
}

Outcome formats(const Options& options, Notes&) {
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Format& format : fitwright::formats()) {
    json.push_back({{"id", format.id},
                    {"title", format.title},
                    {"extensions", format.extensions},
                    {"mime", format.mime},
                    {"note", format.note},
                    {"default_pose", to_string(format.default_pose)},
                    {"keeps_parts", format.keeps_parts},
                    {"exact", format.exact},
                    {"writes", format.writes()},
                    {"reads", format.read != nullptr}});
    rows.push_back({std::string(format.id), fmt::format("{}", fmt::join(format.extensions, " ")),
                    format.writes() && format.read ? "writes, reads"
                    : format.writes()              ? "writes"
                                                   : "reads",
                    fmt::format("{}. {}", format.title, format.note)});
  }
  options.json ? print_json(json) : fmt::print("{}", table(rows));
  return 0;
}

Outcome processes(const Options& options, Notes&) {
  FW_TRY(const Catalog* data, catalog());
  FW_TRY(const auto all, data->processes());
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Process& process : all) {
    json.push_back(to_json(process));
    rows.push_back({process.id, process.name,
                    process.build_volumes.empty() ? "" : "up to " + volume_text(process.build_volumes[0])});
  }
  options.json ? print_json(json) : fmt::print("{}", table(rows));
  return 0;
}

Outcome materials(const Options& options, Notes&) {
  FW_TRY(const Catalog* data, catalog());
  FW_TRY(const auto all, data->materials());
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Material& material : all) {
    json.push_back({{"id", material.id},
                    {"name", material.name},
                    {"processes", material.processes},
                    {"properties", record_json(material)}});
    const auto density = material.find("density_kg_m3");
    rows.push_back({material.id, material.name, density ? number_text(density->value) + " kg/m3" : "",
                    joined(material.processes)});
  }
  options.json ? print_json(json) : fmt::print("{}", table(rows, {2}));
  return 0;
}

Outcome services(const Options& options, Notes&) {
  FW_TRY(const Catalog* data, catalog());
  FW_TRY(const auto all, data->services());
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Service& service : all) {
    const bool confirmed = service.flag("operating_confirmed");
    json.push_back({{"id", service.id},
                    {"name", service.name},
                    {"processes", service.kinds},
                    {"operating", service.operating},
                    {"operating_confirmed", confirmed},
                    {"properties", record_json(service)}});
    rows.push_back({service.id, service.name, confirmed ? "takes orders" : "not confirmed", joined(service.kinds)});
  }
  options.json ? print_json(json) : fmt::print("{}", table(rows));
  return 0;
}

}  // namespace fitwright::cli
