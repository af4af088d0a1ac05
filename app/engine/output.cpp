#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <future>

#include "app/engine/colour_profile.hpp"
#include "app/engine/run.hpp"
#include "export/format.hpp"
#include "export/layout.hpp"
#include "export/make/meeting.hpp"
#include "export/make/sheets.hpp"
#include "export/panels/plan.hpp"
#include "geometry/kernel/sheet_outline.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

Result<const Format*> format_by_id(const std::string& id) {
  const auto all = formats();
  const auto it = std::find_if(all.begin(), all.end(), [&](const Format& format) { return format.id == id; });
  if (it != all.end() && it->writes()) return &*it;
  return fail(ErrorKind::usage, fmt::format("there is no format \"{}\" to write", id));
}

struct Job {
  const Format* format;
  std::optional<Pose> pose;
  FlatOptions flat;
  std::optional<ColourProfile> colours;
  std::uint32_t wish = 0;
  std::optional<std::size_t> part;
  std::optional<SheetDrawing> sheet;  ///< a whole sheet instead of parts
  std::optional<Plate> plate;         ///< a whole bed instead of parts
};

/// Room for the bit of the way of making, where that is asked for and parts come into corners.
FlatOptions with_relief(FlatOptions flat, const Catalog& catalog, const Response& response) {
  const auto making = catalog.process(response.process);
  const auto bit = making ? (*making)->find("tool_diameter_mm") : std::nullopt;
  if (!flat.own_relief || response.mates.empty() || !bit) return flat;
  flat.relief = Relief::dogbone;
  flat.bit = bit->value;
  return flat;
}

/// The kerf of the way of making, where that is asked for.
Result<FlatOptions> with_kerf(FlatOptions flat, const Catalog& catalog, const std::string& process) {
  if (!flat.own_kerf) return flat;
  if (process.empty()) return fail(ErrorKind::usage, "no process was named whose kerf could be used", "--kerf 0.2");
  FW_TRY(const Process* making, catalog.process(process));
  const auto kerf = making->find("kerf_mm");
  if (!kerf)
    return fail(ErrorKind::usage, fmt::format("no kerf is known for {}", process), "give it as a length: --kerf 0.2");
  flat.kerf = kerf->value;
  return flat;
}

/// A job for each part, or one for all.
void list_parts(const Job& job, bool per_part, const std::vector<ResponsePart>& parts, std::vector<Job>& jobs) {
  const std::size_t before = jobs.size();
  for (std::size_t i = 0; per_part && !job.format->lists && i < parts.size(); ++i)
    if (job.format->takes(parts[i].sheet.has_value())) jobs.push_back(job), jobs.back().part = i;
  // Without a part that it takes, the format itself says what is missing.
  if (jobs.size() == before) jobs.push_back(job);
}

/// A job for each sheet or plate.
Result<void> list_laid(const Job& job, const Scene& scene, const std::stop_token& stop, const NestProgress& progress,
                       std::vector<Job>& jobs, std::vector<LaidSheet>& sheets) {
  sheets.clear();
  if (job.format->write_sheet) {
    FW_TRY(std::vector<SheetDrawing> drawings, lay_on_sheets(scene, job.flat, stop, progress));
    for (SheetDrawing& drawing : drawings) {
      sheets.push_back(drawing.sheet);
      jobs.push_back(job), jobs.back().sheet = std::move(drawing);
    }
    return {};
  }
  if (!job.format->write || job.format->default_pose != Pose::made)
    return fail(ErrorKind::usage, fmt::format("{} is no format for sheets or print beds", job.format->title),
                "sheets are drawn as DXF or SVG, beds as 3MF or STL");
  FW_TRY(std::vector<Plate> plates, lay_on_plates(scene, job.flat.stock, stop, progress));
  for (Plate& plate : plates) {
    sheets.push_back(plate.sheet);
    jobs.push_back(job), jobs.back().plate = std::move(plate);
  }
  return {};
}

Result<std::vector<Job>> list_jobs(const Catalog& catalog, const std::vector<ExportWish>& wishes, const Scene& scene,
                                   Response& response, const std::stop_token& stop, const NestProgress& progress) {
  std::vector<Job> jobs;
  for (const ExportWish& wish : wishes) {
    Job job;
    job.wish = static_cast<std::uint32_t>(&wish - wishes.data());
    FW_TRY(job.format, format_by_id(wish.format));
    FW_TRY(job.colours, colour_profile(catalog, wish.flat.profile));
    job.pose = wish.pose;
    job.flat = wish.flat;
    if (wish.laid && !job.format->lists)
      FW_CHECK(list_laid(job, scene, stop, progress, jobs, response.sheets));
    else
      list_parts(job, wish.per_part, response.parts, jobs);
  }
  return jobs;
}

/// Seen from the side that points up while it is made, as far as the sheet allows.
void add_outlines(const std::vector<ResponsePart>& parts, Scene& scene) {
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (const auto& sheet = parts[i].sheet)
      scene.parts[i].flat = sheet_outline(parts[i].built, dot(*sheet, parts[i].up) < 0 ? *sheet * -1 : *sheet);
}

/// One who looks at it wants to know of each part that is not drawn why.
void tell_outline(std::optional<Result<Outline2D>> flat, ResponsePart& part) {
  if (!flat)
    part.no_outline = "its template does not say that it is cut from sheet";
  else if (*flat)
    part.outline = std::move(**flat);
  else
    part.no_outline = flat->error().message;
}

/// The format of a wish if it draws or lists flat parts, else null.
const Format* flat_format(const ExportWish& wish) {
  const auto format = format_by_id(wish.format);
  return format && (*format)->write_flat ? *format : nullptr;
}

/// The first wish for drawings, not lists, of flat parts that `holds` fits; null without one.
template <typename Holds>
const ExportWish* drawing_wish(const std::vector<ExportWish>& wishes, Holds holds) {
  const auto wish = std::find_if(wishes.begin(), wishes.end(), [&](const ExportWish& one) {
    const Format* format = flat_format(one);
    return format && !format->lists && holds(one.flat);
  });
  return wish == wishes.end() ? nullptr : &*wish;
}

/// Reliefs only where a part comes into the corner, if the product says at all which parts meet.
void add_met_corners(const std::vector<ExportWish>& wishes, const Response& response, Scene& scene) {
  const ExportWish* wish =
      drawing_wish(wishes, [](const FlatOptions& flat) { return flat.relief != Relief::none && flat.bit > 0; });
  if (!wish || response.mates.empty()) return;
  for (std::size_t i = 0; i < scene.parts.size(); ++i)
    if (scene.parts[i].flat && *scene.parts[i].flat) scene.parts[i].met_corners = met_corners(scene, i, wish->flat.bit);
}

/// What a drawing of the flat parts leaves out is said, and not only seen.
void warn_of_left_out(const std::vector<ExportWish>& wishes, Response& response) {
  if (!drawing_wish(wishes, [](const FlatOptions&) { return true; })) return;
  std::vector<std::string> left_out;
  for (const ResponsePart& part : response.parts)
    if (!part.sheet) left_out.push_back(part.built.name);
  if (!left_out.empty() && left_out.size() < response.parts.size())
    response.warnings.push_back(
        fmt::format("not drawn, since it is not cut from sheet: {}", fmt::join(left_out, ", ")));
}

Result<std::string> written(const Job& job, const Scene& scene) {
  const ColourProfile* colours = job.colours ? &*job.colours : nullptr;
  if (job.sheet) return job.format->write_sheet(scene.metadata, job.sheet->drawing, job.flat, colours);
  if (job.plate) {
    FW_CHECK(check_meshes(job.plate->scene));
    return job.format->write(job.plate->scene, job.plate->placements);
  }
  return write_scene(*job.format, job.part ? single_part(scene, *job.part) : scene, job.pose, job.flat, colours);
}

std::string name_of(const Job& job, const Scene& scene) {
  if (job.sheet) return job.sheet->sheet.name;
  if (job.plate) return job.plate->sheet.name;
  return job.part ? scene.parts[*job.part].name : "";
}

}  // namespace

Scene make_scene(const Request& request, const Response& response) {
  Scene scene;
  for (const ResponsePart& part : response.parts) {
    scene.parts.push_back({part.built.name, part.colour, part.built.mesh, part.built.solid, part.assembled, part.up,
                           part.role, part.material, part.grain, part.edges});
    scene.parts.back().label = part.label;
  }
  scene.hardware = response.hardware;
  const Template& about = response.about;
  SceneMetadata& metadata = scene.metadata;
  metadata.title = request.design_name.empty() ? about.name : request.design_name;
  metadata.author = about.author;
  metadata.description = about.description;
  metadata.licence = about.licence;
  metadata.template_id = about.id;
  metadata.template_version = about.version;
  for (const Parameter& parameter : about.parameters)
    if (const auto value = response.values.find(parameter.name); value != response.values.end())
      metadata.parameters.emplace_back(parameter.name, value_text(parameter, value->second));
  return scene;
}

void draw_outlines(const Request& request, Response& response) {
  Scene scene = make_scene(request, response);
  add_outlines(response.parts, scene);
  response.cut_list = cut_list(scene);
  for (std::size_t i = 0; i < scene.parts.size(); ++i) tell_outline(std::move(scene.parts[i].flat), response.parts[i]);
}

void measure_parts(const Request& request, Response& response, const std::stop_token& stop) {
  Scene scene = make_scene(request, response);
  add_outlines(response.parts, scene);
  for (const ScenePart& part : scene.parts) {
    if (stop.stop_requested()) return;
    response.measures.push_back(measure_part(part));
  }
}

Result<void> export_files(const Catalog& catalog, const Process* process, const Request& request, Response& response,
                          std::stop_token stop, const NestProgress& progress) {
  Scene scene = make_scene(request, response);
  FW_TRY(scene.shop, shop_of(catalog, process));
  std::vector<ExportWish> wishes = request.wants.exports;
  for (ExportWish& wish : wishes) {
    FW_TRY(wish.flat, with_kerf(with_relief(wish.flat, catalog, response), catalog, response.process));
  }
  if (std::any_of(wishes.begin(), wishes.end(), flat_format)) {
    add_outlines(response.parts, scene);
    add_met_corners(wishes, response, scene);
    warn_of_left_out(wishes, response);
  }
  FW_TRY(const std::vector<Job> jobs, list_jobs(catalog, wishes, scene, response, stop, progress));
  for (const ExportWish& wish : wishes) {
    if (wish.format != "panel-plan") continue;
    FW_TRY(const std::vector<BoardPlan> plans, plan_boards(scene, wish.flat.stock, stop));
    response.sheets.clear();
    for (const BoardPlan& plan : plans)
      for (LaidSheet& board : boards_of(plan)) response.sheets.push_back(std::move(board));
  }
  // Formats are independent of each other, so each is written on a thread of its own.
  std::vector<std::future<Result<std::string>>> all;
  for (const Job& job : jobs)
    all.push_back(std::async(std::launch::async, [&scene, &job] { return written(job, scene); }));
  for (auto& one : all) one.wait();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    FW_TRY(std::string bytes, all[i].get());
    response.files.push_back(
        {std::string(jobs[i].format->id), name_of(jobs[i], scene), std::move(bytes), jobs[i].wish});
  }
  return {};
}

}  // namespace fitwright
