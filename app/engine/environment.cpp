#include "app/engine/environment.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "geometry/core/file_io.hpp"
#include "geometry/kernel/kernel.hpp"

namespace fitwright {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// The preset that the request starts from; an empty one if there is none.
const Preset& preset_of(const Request& request, const Template& about) {
  static const Preset none;
  const auto known = std::find_if(about.presets.begin(), about.presets.end(),
                                  [&](const Preset& one) { return one.name == request.preset; });
  return known == about.presets.end() ? none : *known;
}

Result<const Material*> choose_material(const Catalog& catalog, const Request& request, const Preset& preset,
                                        const Process& process) {
  if (!request.material.empty()) return catalog.material(request.material);
  if (!preset.material.empty() && (preset.process.empty() || preset.process == process.does))
    return catalog.material(preset.material);
  if (const std::string usual = process.text("default_material"); !usual.empty()) return catalog.material(usual);
  return nullptr;
}

std::map<std::string, double> lengths(const Record& record) {
  std::map<std::string, double> found;
  for (const auto& [key, fact] : record.facts)
    if (const double* value = std::get_if<double>(&fact.value)) found.emplace(key, *value);
  return found;
}

/// Screws by size, each with its heat-set insert; "M3_short" and "M3_long" give M3 the first of them. What holds boards
/// together has names of its own.
Result<std::map<std::string, std::map<std::string, double>>> hardware(const Catalog& catalog) {
  FW_TRY(const Record* file, catalog.file("hardware.toml"));
  std::map<std::string, std::map<std::string, double>> sizes;
  for (const Record& metric : file->list("metric"))
    for (const Record& size : metric.list("size")) sizes[size.id].merge(lengths(size));
  for (const Record& inserts : file->list("heat_set"))
    for (const Record& size : inserts.list("size")) {
      sizes[size.id].merge(lengths(size));
      sizes[size.id.substr(0, size.id.find('_'))].merge(lengths(size));
    }
  for (const Record& cabinet : file->list("cabinet"))
    for (const Record& item : cabinet.list("item")) sizes[item.id].merge(lengths(item));
  return sizes;
}

Result<std::map<std::string, std::string>> fonts(const std::filesystem::path& assets) {
  std::map<std::string, std::string> found;
  FW_TRY(found["DejaVu Sans"], read_file(assets / "fonts" / "DejaVuSans.ttf"));
  FW_TRY(found["DejaVu Sans Bold"], read_file(assets / "fonts" / "DejaVuSans-Bold.ttf"));
  found[""] = found["DejaVu Sans"];
  return found;
}

Result<double> text_width(const std::string& text, const std::string& font, double size) {
  FW_TRY(const TextMeasure measure, measure_text(text, font, size));
  return measure.width;
}

/// The process with other limits.
void apply_limits(const std::vector<OtherLimit>& limits, Making& making) {
  if (limits.empty()) return;
  auto own = std::make_shared<Process>(*making.process);
  for (const OtherLimit& limit : limits)
    own->facts[limit.key] = {limit.value, unit_of_key(limit.key).value_or(""), limit.source, limit.status};
  making.own = own;
  making.process = own.get();
}

}  // namespace

Result<Making> choose_making(const Catalog& catalog, const Request& request, const Template& about) {
  Making making;
  const Preset& preset = preset_of(request, about);
  std::string id = request.process.empty() ? preset.process : request.process;
  if (id.empty() && !about.processes.empty()) id = about.processes[0];
  if (!id.empty()) {
    auto process = catalog.process(id);
    if (!process && request.process.empty()) process.error().kind = ErrorKind::script;  // the template's own words
    FW_TRY(making.process, std::move(process));
    for (const std::string& other : about.processes) {
      const auto known = catalog.process(other);
      if (!known) making.warnings.push_back(fmt::format("processes of {}: {}", about.id, known.error().message));
    }
    apply_limits(request.limits, making);
    FW_TRY(making.material, choose_material(catalog, request, preset, *making.process));
    const std::string& does = making.process->does;
    if (!about.processes.empty() && !contains(about.processes, does)) {
      making.unsuited = fmt::format("{} is not meant for {}", about.id, does);
      making.warnings.push_back(
          fmt::format("{}; it is meant for {}", making.unsuited, fmt::join(about.processes, ", ")));
    }
    if (request.model && making.process->input_kind != "solid")
      making.unsuited = fmt::format("whether {} can make the shape in this file is not judged", making.process->name);
    if (making.material && !contains(making.material->processes, does))
      making.warnings.push_back(fmt::format("{} is not usually made by {}; it is made by {}", making.material->id, does,
                                            fmt::join(making.material->processes, ", ")));
  } else if (!request.material.empty()) {
    FW_TRY(making.material, catalog.material(request.material));
  }
  return making;
}

namespace {

std::set<std::string> missing_letters(const Product& product, const NodePtr& solid) {
  std::set<std::string> lacking;
  std::unordered_set<Hash128> seen;
  std::vector<NodePtr> todo{solid};
  while (!todo.empty()) {
    const NodePtr node = todo.back();
    todo.pop_back();
    if (!seen.insert(node->hash()).second) continue;
    node->for_each_child([&](Slot, const NodePtr& child) { todo.push_back(child); });
    if (node->operation().name != "text") continue;
    const auto font = product.blobs.find(std::get<std::string>(node->args()[2]));
    if (font == product.blobs.end()) continue;
    const auto measure = measure_text(std::get<std::string>(node->args()[0]), font->second, 1);
    if (measure) lacking.insert(measure->missing.begin(), measure->missing.end());
  }
  return lacking;
}

}  // namespace

void add_missing_letters(const Product& product, const Template& about, const Values& values, CheckReport& report) {
  for (const Part& part : product.parts) {
    const std::set<std::string> lacking = missing_letters(product, part.solid);
    if (lacking.empty()) continue;
    Finding& finding = report.findings.emplace_back();
    finding.check = "missing_letters";
    finding.severity = Severity::risk;
    finding.part = part.name;
    finding.message =
        fmt::format("the font has no character for {}: an empty box is drawn instead", fmt::join(lacking, " "));
    finding.suggestion = "choose another text or font";
    for (const Parameter& parameter : about.parameters) {
      const auto value = values.find(parameter.name);
      const auto* text = value == values.end() ? nullptr : std::get_if<std::string>(&value->second);
      const auto holds = [&](const std::string& letter) { return text && text->find(letter) != std::string::npos; };
      if (parameter.kind == ParameterKind::font || std::any_of(lacking.begin(), lacking.end(), holds))
        finding.parameters.push_back(parameter.name);
    }
  }
}

Result<BuildEnvironment> build_environment(const Catalog& catalog, const std::filesystem::path& assets,
                                           const Request& request, const Making& making) {
  BuildEnvironment environment;
  if (making.process) {
    environment.process = making.process->does;
    for (const Record& row : making.process->list("fit")) {
      FW_TRY(const Quantity clearance, row.quantity("clearance_per_side_mm"));
      environment.fit[row.text("class")] = clearance.value;
    }
  }
  if (making.material) environment.material = making.material->id;
  environment.sheet_thickness = request.sheet_thickness;
  if (const auto real = making.material ? making.material->find("real_thickness_mm") : std::nullopt;
      real && !environment.sheet_thickness)
    environment.sheet_thickness = real->value;
  FW_TRY(environment.hardware, hardware(catalog));
  FW_TRY(environment.fonts, fonts(assets));
  for (const auto& [name, bytes] : request.fonts) environment.fonts[name] = bytes;
  environment.files = request.files;
  environment.text_width = text_width;
  return environment;
}

}  // namespace fitwright
