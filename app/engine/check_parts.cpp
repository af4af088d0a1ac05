#include <algorithm>

#include "app/engine/run.hpp"
#include "export/layout.hpp"
#include "geometry/checks/assembly.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/kernel/sheet_outline.hpp"

namespace fitwright {
namespace {

// Metals are stiffer than anything else that is cut from sheets.
constexpr double stiffest_nonmetal_mpa = 30'000;

void add_stock(const Record& row, std::vector<SheetStock>& stock) {
  const auto nominal = row.numbers("nominal_mm"), least = row.numbers("lower_mm"), most = row.numbers("upper_mm");
  const auto tolerance = row.find("thickness_tolerance_mm");
  const auto fact = row.facts.find("nominal_mm");
  for (std::size_t i = 0; i < nominal.size(); ++i) {
    const double off = tolerance ? tolerance->value : 0;
    stock.push_back({nominal[i], i < least.size() ? std::min(least[i], nominal[i]) : nominal[i] - off,
                     i < most.size() ? std::max(most[i], nominal[i]) : nominal[i] + off, fact->second.source,
                     fact->second.status});
  }
}

// Thicknesses of a material and of those that are kinds of it ("mdf_common_thickness" for "mdf"), or the one measured.
std::vector<SheetStock> stock_of(const Catalog& catalog, const std::string& material, std::optional<double> measured) {
  std::vector<SheetStock> stock;
  if (measured) stock.push_back({*measured, *measured, *measured, "measured by the maker", DataStatus::sourced});
  const auto hardware = catalog.file("hardware.toml");
  if (!hardware) return stock;
  for (const Record& row : (*hardware)->list("sheet")) {
    const std::string sold = row.text("material");
    if (!material.empty() && (material.starts_with(sold) || sold.starts_with(material))) add_stock(row, stock);
  }
  return stock;
}

bool is_metal(const Catalog& catalog, const std::string& id) {
  const auto material = catalog.material(id);
  const auto young = material ? (*material)->find("young_mpa") : std::nullopt;
  return young && young->value > stiffest_nonmetal_mpa;
}

// Across the sheet; a part that names no direction is tried across its thinnest side.
Vec3 across_sheet(const ResponsePart& part) {
  if (part.sheet) return dot(*part.sheet, part.up) < 0 ? *part.sheet * -1 : *part.sheet;
  const Vec3 size = part.built.box.size();
  if (size.x < size.y && size.x < size.z) return {1, 0, 0};
  return size.y < size.z ? Vec3{0, 1, 0} : Vec3{0, 0, 1};
}

FlatPart laid_flat(const Catalog& catalog, const ResponsePart& part, const Placement& made,
                   std::optional<double> measured) {
  const Vec3 up = across_sheet(part);
  return {sheet_outline(part.built, up), made * Placement::turning(up, {0, 0, 1}).inverse(),
          stock_of(catalog, part.material, measured)};
}

FitClass fit_of(MateKind kind) {
  switch (kind) {
    case MateKind::press: return FitClass::press;
    case MateKind::slide: return FitClass::slide;
    case MateKind::thread: return FitClass::thread;
    case MateKind::rest: break;
  }
  return FitClass::rest;
}

Result<void> check_assembly(const Catalog& catalog, const Process* process, Response& response, std::stop_token stop) {
  AssemblyInput assembly;
  assembly.process = process;
  for (const ResponsePart& part : response.parts)
    assembly.parts.push_back({part.built.name, &part.built.mesh, &part.built, part.assembled});
  for (const Mate& mate : response.mates) assembly.mates.push_back({fit_of(mate.kind), mate.a, mate.b, mate.clearance});
  for (const FitClass fit : {FitClass::press, FitClass::slide, FitClass::thread, FitClass::rest})
    if (auto needed = process ? catalog.fit(process->id, fit) : fail(ErrorKind::value, "no process"))
      assembly.fits[fit] = *std::move(needed);
  FW_TRY(CheckReport report, run_assembly_checks(assembly, stop));
  for (Finding& finding : report.findings) {
    const auto part = std::find_if(response.parts.begin(), response.parts.end(),
                                   [&](const ResponsePart& one) { return one.built.name == finding.part; });
    if (part != response.parts.end() && finding.at)
      finding.at = made_placement(part->built.mesh, part->up).apply(*finding.at);
    response.report.findings.push_back(std::move(finding));
  }
  response.report.unchecked.insert(response.report.unchecked.end(), report.unchecked.begin(), report.unchecked.end());
  return {};
}

}  // namespace

Result<void> check_parts(const Catalog& catalog, const Process* process, const Request& request, Response& response,
                         std::stop_token stop, std::span<const std::string_view> only) {
  const bool foreign = request.model.has_value();
  std::vector<TriangleMesh> meshes;
  std::vector<FlatPart> flat;
  std::vector<CheckInput> inputs;
  meshes.reserve(response.parts.size());
  flat.reserve(response.parts.size());
  for (const ResponsePart& part : response.parts) {
    CheckInput& input =
        inputs.emplace_back(CheckInput{part.built.name, &part.built.mesh, foreign ? nullptr : &part.built, process});
    input.metal = is_metal(catalog, part.material.empty() ? response.material : part.material);
    Placement made;
    if (!foreign) {
      made = made_placement(part.built.mesh, part.up);
      input.mesh = &meshes.emplace_back(placed(part.built.mesh, made));
    }
    // In the midst of a drag nobody asks for outlines.
    if (only.empty() && process && cuts_sheets(*process) && part.built.solid)
      input.flat = &flat.emplace_back(laid_flat(catalog, part, made, request.sheet_thickness));
  }
  FW_TRY(response.report, run_checks(inputs, stop, only));
  if (!foreign && only.empty()) FW_CHECK(check_assembly(catalog, process, response, stop));
  // What stands in the way is read first; else they stay as checks and parts come.
  std::stable_sort(response.report.findings.begin(), response.report.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
  return {};
}

}  // namespace fitwright
