#include "app/engine/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/engine/run.hpp"
#include "export/file_names.hpp"
#include "export/format.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {
namespace {

const Format* format_of(const std::string& id) {
  const auto all = formats();
  const auto it = std::find_if(all.begin(), all.end(), [&](const Format& format) { return format.id == id; });
  return it == all.end() ? nullptr : &*it;
}

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// The template's first process that the place offers.
Result<void> choose_process(RequestHandler& engine, const ShopProfile& shop, Request& request) {
  if (!request.process.empty()) return {};
  request.process = shop.processes.front();
  if (request.model) return {};
  Request question = request;
  question.process.clear();
  question.wants = {};
  question.wants.description = true;
  const Response answer = engine.handle(question);
  if (answer.error) return fail(*answer.error);
  request.process = answer.about.processes.empty() ? request.process : answer.about.processes.front();
  for (const std::string& process : answer.about.processes)
    if (contains(shop.processes, process)) {
      request.process = process;
      break;
    }
  return {};
}

/// The format to send: the place's first that can say what is made. Models from outside hold no exact solid of ours
/// unless they are STEP; what is cut from sheet is drawn.
const Format* choose_format(const ShopProfile& shop, const Process& process, const Request& request) {
  const bool flat = process.input_kind == "profile" || process.input_kind == "cut_list";
  const bool exact = !request.model || request.model->name.ends_with(".step") || request.model->name.ends_with(".stp");
  for (const std::string& id : shop.formats) {
    const Format* format = format_of(id);
    if (!format || !format->writes() || (format->write_flat != nullptr) != flat) continue;
    if (format->exact && !format->write_flat && !exact) continue;
    return format;
  }
  return nullptr;
}

/// Slots that a bit has left round take no square tabs, and fingers that the beam has made narrow rattle.
void allow_for_tool(const ShopProfile& shop, const Process& process, FlatOptions& flat) {
  if (process.input_kind != "profile") return;
  const bool bit = process.find("tool_diameter_mm").has_value();
  if (bit) flat.own_relief = flat.relief == Relief::none;
  // Services allow for the kerf of their beam themselves.
  else if (shop.service.empty() && flat.kerf == 0)
    flat.own_kerf = process.find("kerf_mm").has_value();
}

std::vector<ExportWish> wishes_for(const ShopProfile& shop, const Process& process, const Format& format,
                                   const OrderWish& wish) {
  ExportWish one;
  one.format = format.id;
  one.pose = format.id == "step" ? std::optional(Pose::made) : std::nullopt;
  one.flat = wish.flat;
  if (one.flat.profile.empty() && format.id == "svg") one.flat.profile = shop.colour_profile;
  if (!wish.as_given) allow_for_tool(shop, process, one.flat);
  one.flat.labels = one.flat.labels || shop.labels;
  const bool can_lay = format.write_sheet || (format.write && format.default_pose == Pose::made);
  one.laid = can_lay && (wish.together || shop.spreading == Spreading::sheet);
  one.per_part = !one.laid && shop.spreading == Spreading::part;
  std::vector<ExportWish> all{one};
  // A list goes with all others of its kind: the saw's plan with the cut list.
  if (format.lists)
    for (const std::string& id : shop.formats)
      if (const Format* more = format_of(id); more && more != &format && more->lists) {
        all.push_back(one);
        all.back().format = id;
      }
  return all;
}

struct Names {
  std::map<std::string, const PartMeasure*> by_part, by_label;
};

Names names_of(const std::vector<PartMeasure>& measures) {
  std::vector<std::string> parts;
  for (const PartMeasure& one : measures) parts.push_back(one.name);
  const std::vector<std::string> labels = part_labels(parts);
  Names names;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    names.by_part[measures[i].name] = &measures[i];
    names.by_label[labels[i]] = &measures[i];
  }
  return names;
}

/// Files with the names and quantities that an order needs.
std::vector<PackFile> pack_files(const Response& response, const std::string& title) {
  const Names names = names_of(response.measures);
  std::map<std::string, const LaidSheet*> sheets;
  for (const LaidSheet& sheet : response.sheets) sheets[sheet.name] = &sheet;
  std::vector<PackFile> files;
  for (const FileBytes& file : response.files) {
    PackFile& out = files.emplace_back();
    const Format* format = format_of(file.format);
    const std::string extension(format->extensions.front());
    out.bytes = file.bytes;
    out.about.format = file.format;
    out.about.bytes = file.bytes.size();
    out.material = response.material;
    std::string label =
        file.part.empty() ? std::string(format->lists ? format->id : "all") : file_safe(file.part, "part");
    double thickness = 0;
    if (const auto sheet = sheets.find(file.part); sheet != sheets.end()) {
      const LaidSheet& laid = *sheet->second;
      for (const std::string& one : laid.labels)
        if (const auto found = names.by_label.find(one); found != names.by_label.end()) {
          out.about.parts.push_back(found->second->name);
          out.about.triangles += found->second->triangles;
        }
      out.size = {laid.size.x, laid.size.y, laid.thickness};
      if (!laid.material.empty()) out.material = laid.material;
      out.about.name = order_file_name(title, label, "", 0, 0, extension);
      continue;
    }
    if (const auto part = names.by_part.find(file.part); part != names.by_part.end()) {
      const PartMeasure& measure = *part->second;
      out.about.parts = {measure.name};
      out.about.triangles = measure.triangles;
      out.quantity = measure.quantity;
      out.size = measure.size;
      if (!measure.material.empty()) out.material = measure.material;
      if (measure.cut && format->write_flat) thickness = measure.cut->thickness;
    } else {
      for (const PartMeasure& measure : response.measures)
        for (std::size_t copy = 0; copy < measure.quantity; ++copy) {
          out.about.parts.push_back(measure.name);
          out.about.triangles += measure.triangles;
        }
      if (response.measures.size() == 1 && response.measures.front().quantity == 1)
        out.size = response.measures.front().size;
    }
    if (format->exact) out.about.triangles = 0;
    out.about.name = order_file_name(title, label, format->lists ? "" : out.material, thickness,
                                     format->lists ? 0 : out.quantity, extension);
  }
  return files;
}

void add_findings(const ShopProfile& shop, const Response& response, bool own_size, std::vector<Refusal>& refusals) {
  for (const Finding& finding : response.report.findings) {
    // A part of an implausible size was drawn in another unit: whoever gets it would ask, or make it so. That somebody
    // has a larger machine is no help on one's own, unless its size was said.
    const bool too_large =
        finding.check == "build_volume" && finding.severity == Severity::risk && shop.service.empty() && !own_size;
    if (finding.severity != Severity::blocks && finding.check != "units" && !too_large) continue;
    refusals.push_back({finding.check, finding.part, finding.message, finding.measured, finding.required, finding.unit,
                        finding.source, shop.seen, finding.status.value_or(DataStatus::unsourced)});
  }
}

}  // namespace

Result<ShopOrder> take_order(RequestHandler& engine, const Catalog& catalog, const ShopProfile& shop, Request& request,
                             const OrderWish& wish, std::stop_token stop, const Progress& progress) {
  FW_CHECK(choose_process(engine, shop, request));
  FW_TRY(const Process* process, catalog.process(request.process));
  const std::string& does = process->does;
  for (const ShopRule& rule : limits_of(shop, does))
    request.limits.push_back({rule.key, std::get<double>(rule.fact.value),
                              rule.fact.source + (rule.seen.empty() ? "" : "; seen: " + rule.seen), rule.fact.status});
  ShopOrder order;
  // First what there is and whether it is sound; files only where something can be sent.
  request.wants.check = request.wants.measures = request.wants.force = true;
  const Format* format = choose_format(shop, *process, request);
  if (wish.files && contains(shop.processes, does) && format)
    request.wants.exports = wishes_for(shop, *process, *format, wish);
  order.response = engine.handle(request, stop, progress);
  std::optional<Error> unwritten;
  if (order.response.error && order.response.error->kind == ErrorKind::geometry && !request.wants.exports.empty()) {
    // Where the design can be built without them, the files are what is in the way: no room on sheet or bed, a pocket
    // for a laser. That is a reason not to take it.
    unwritten = std::move(order.response.error);
    request.wants.exports.clear();
    order.response = engine.handle(request, stop, progress);
  }
  if (order.response.error) return fail(*order.response.error);
  order.process = process->name;
  if (const auto material = catalog.material(order.response.material)) order.material = (*material)->name;
  const std::string title = request.design_name.empty() ? order.response.about.id : request.design_name;
  const std::string model = request.model ? std::filesystem::path(request.model->name).stem().string() : title;
  order.files = pack_files(order.response, request.model ? model : title);
  std::vector<ShopFile> files;
  for (const PackFile& file : order.files) files.push_back(file.about);
  order.refusals = preflight(shop, does, order.response.measures, files);
  if (!format && contains(shop.processes, does))
    order.refusals.push_back({"format",
                              "",
                              fmt::format("{} takes no file that this can be written to", shop.name),
                              {},
                              {},
                              "",
                              shop.source,
                              shop.seen,
                              shop.status});
  // What a process that the place does not have would make of it is no matter.
  if (contains(shop.processes, does))
    add_findings(shop, order.response, wish.flat.stock.size.has_value(), order.refusals);
  if (unwritten && order.refusals.empty())
    order.refusals.push_back(
        {"files", unwritten->part, unwritten->message, {}, {}, "", shop.source, shop.seen, shop.status});
  return order;
}

Result<std::string> design_text(Design base, const Request& request, const Response& response) {
  if (base.name.empty()) base.name = response.about.name;
  base.template_id = response.about.id;
  base.template_version = response.about.version;
  base.source = request.source;
  base.chunk = request.chunk;
  for (const std::string& name : response.modules)
    if (const auto module = request.modules.find(name); module != request.modules.end())
      base.modules[name] = module->second;
  base.files = request.files;
  base.fonts = request.fonts;
  base.values = response.values;
  base.process = response.process;
  base.material = response.material;
  return design_to_json(base);
}

Result<std::string> package_of(const ShopOrder& order, const ShopProfile& shop, const Request& request,
                               const DesignText& design) {
  PackOrder package;
  package.shop = &shop;
  package.data = make_scene(request, order.response).metadata;
  if (package.data.title.empty() && request.model) package.data.title = request.model->name;
  package.process = order.response.process;
  package.material = order.response.material;
  package.process_name = order.process;
  package.material_name = order.material;
  package.files = order.files;
  if (!request.model && design) {
    FW_TRY(package.design, design(request, order.response));
  }
  for (const ResponsePart& part : order.response.parts) {
    const auto mirrored = std::count_if(part.assembled.begin(), part.assembled.end(),
                                        [](const Placement& copy) { return copy.mirrors(); });
    if (mirrored > 0)
      package.remarks.push_back(fmt::format("{} of {} {} are mirror images: say so with the order", mirrored,
                                            part.assembled.size(), part.built.name));
  }
  for (const Finding& finding : order.response.report.findings)
    if (finding.severity == Severity::risk) package.remarks.push_back(finding.part + ": " + finding.message);
  for (const Unchecked& one : order.response.report.unchecked)
    package.remarks.push_back(
        fmt::format("not checked: {}{}: {}", one.check, one.part.empty() ? "" : " of " + one.part, one.reason));
  for (const std::string& warning : order.response.warnings) package.remarks.push_back(warning);
  return pack(package);
}

}  // namespace fitwright
