#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <future>

#include "app/engine/colour_profile.hpp"
#include "app/engine/run.hpp"
#include "export/format.hpp"
#include "export/layout.hpp"
#include "export/make/meeting.hpp"
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
  std::optional<std::size_t> part;
};

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

Result<std::vector<Job>> list_jobs(const Catalog& catalog, const std::vector<ExportWish>& wishes,
                                   const Response& response) {
  const std::vector<ResponsePart>& parts = response.parts;
  std::vector<Job> jobs;
  for (const ExportWish& wish : wishes) {
    Job job;
    FW_TRY(job.format, format_by_id(wish.format));
    FW_TRY(job.colours, colour_profile(catalog, wish.flat.profile));
    job.pose = wish.pose;
    FW_TRY(job.flat, with_kerf(wish.flat, catalog, response.process));
    const std::size_t before = jobs.size();
    for (std::size_t i = 0; wish.per_part && !job.format->lists && i < parts.size(); ++i)
      if (job.format->takes(parts[i].sheet.has_value())) jobs.push_back(job), jobs.back().part = i;
    // Without a part that it takes, the format itself says what is missing.
    if (jobs.size() == before) jobs.push_back(job);
  }
  return jobs;
}

/// Seen from the side that points up while it is made, as far as the sheet allows.
void add_outlines(const std::vector<ResponsePart>& parts, Scene& scene) {
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (const auto& sheet = parts[i].sheet)
      scene.parts[i].flat = sheet_outline(parts[i].built, dot(*sheet, parts[i].up) < 0 ? *sheet * -1 : *sheet);
}

/// Reliefs only where a part comes into the corner, if the product says at all which parts meet.
void add_met_corners(const std::vector<Job>& jobs, const Response& response, Scene& scene) {
  const auto job = std::find_if(jobs.begin(), jobs.end(), [](const Job& one) {
    return one.format->write_flat && !one.format->lists && one.flat.relief != Relief::none && one.flat.bit > 0;
  });
  if (job == jobs.end() || response.mates.empty()) return;
  for (std::size_t i = 0; i < scene.parts.size(); ++i)
    if (scene.parts[i].flat && *scene.parts[i].flat) scene.parts[i].met_corners = met_corners(scene, i, job->flat.bit);
}

/// What a drawing of the flat parts leaves out is said, and not only seen.
void warn_of_left_out(const std::vector<Job>& jobs, Response& response) {
  if (std::none_of(jobs.begin(), jobs.end(),
                   [](const Job& job) { return job.format->write_flat && !job.format->lists; }))
    return;
  std::vector<std::string> left_out;
  for (const ResponsePart& part : response.parts)
    if (!part.sheet) left_out.push_back(part.built.name);
  if (!left_out.empty() && left_out.size() < response.parts.size())
    response.warnings.push_back(
        fmt::format("not drawn, since it is not cut from sheet: {}", fmt::join(left_out, ", ")));
}

}  // namespace

Scene make_scene(const Request& request, const Response& response) {
  Scene scene;
  for (const ResponsePart& part : response.parts)
    scene.parts.push_back({part.built.name, part.colour, part.built.mesh, part.built.solid, part.assembled, part.up,
                           part.role, part.material, part.grain, part.edges});
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

Result<void> export_files(const Catalog& catalog, const Request& request, Response& response) {
  FW_TRY(const std::vector<Job> jobs, list_jobs(catalog, request.wants.exports, response));
  Scene scene = make_scene(request, response);
  if (std::any_of(jobs.begin(), jobs.end(), [](const Job& job) { return job.format->write_flat != nullptr; }))
    add_outlines(response.parts, scene);
  add_met_corners(jobs, response, scene);
  warn_of_left_out(jobs, response);
  // Formats are independent of each other, so each is written on a thread of its own.
  std::vector<std::future<Result<std::string>>> written;
  for (const Job& job : jobs)
    written.push_back(std::async(std::launch::async, [&scene, &job] {
      return write_scene(*job.format, job.part ? single_part(scene, *job.part) : scene, job.pose, job.flat,
                         job.colours ? &*job.colours : nullptr);
    }));
  for (auto& one : written) one.wait();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    FW_TRY(std::string bytes, written[i].get());
    response.files.push_back(
        {std::string(jobs[i].format->id), jobs[i].part ? scene.parts[*jobs[i].part].name : "", std::move(bytes)});
  }
  return {};
}

}  // namespace fitwright
