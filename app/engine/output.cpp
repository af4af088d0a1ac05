#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "app/engine/run.hpp"
#include "export/format.hpp"
#include "export/layout.hpp"
#include "geometry/checks/check.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

Result<const Format*> format_by_id(const std::string& id) {
  const auto all = formats();
  const auto it = std::find_if(all.begin(), all.end(), [&](const Format& format) { return format.id == id; });
  if (it != all.end() && it->write) return &*it;
  return fail(ErrorKind::usage, fmt::format("there is no format \"{}\" to write", id));
}

struct Job {
  const Format* format;
  std::optional<Pose> pose;
  std::optional<std::size_t> part;
};

Result<std::vector<Job>> list_jobs(const std::vector<ExportWish>& wishes, std::size_t parts) {
  std::vector<Job> jobs;
  for (const ExportWish& wish : wishes) {
    FW_TRY(const Format* format, format_by_id(wish.format));
    if (!wish.per_part) jobs.push_back({format, wish.pose, {}});
    for (std::size_t i = 0; wish.per_part && i < parts; ++i) jobs.push_back({format, wish.pose, i});
  }
  return jobs;
}

}  // namespace

Scene make_scene(const Request& request, const Response& response) {
  Scene scene;
  for (const ResponsePart& part : response.parts)
    scene.parts.push_back({part.built.name, part.colour, part.built.mesh, part.built.solid, part.assembled, part.up});
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

Result<void> export_files(const Request& request, Response& response) {
  FW_TRY(const std::vector<Job> jobs, list_jobs(request.wants.exports, response.parts.size()));
  const Scene scene = make_scene(request, response);
  // Formats are independent of each other, so each is written on a thread of its own.
  std::vector<std::future<Result<std::string>>> written;
  for (const Job& job : jobs)
    written.push_back(std::async(std::launch::async, [&scene, job] {
      return write_scene(*job.format, job.part ? single_part(scene, *job.part) : scene, job.pose);
    }));
  for (auto& one : written) one.wait();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    FW_TRY(std::string bytes, written[i].get());
    response.files.push_back(
        {std::string(jobs[i].format->id), jobs[i].part ? scene.parts[*jobs[i].part].name : "", std::move(bytes)});
  }
  return {};
}

Result<void> check_parts(const Process* process, bool foreign, Response& response, std::stop_token stop) {
  std::vector<TriangleMesh> meshes;
  std::vector<CheckInput> inputs;
  meshes.reserve(response.parts.size());
  for (const ResponsePart& part : response.parts) {
    const TriangleMesh* mesh = &part.built.mesh;
    if (!foreign) mesh = &meshes.emplace_back(placed(*mesh, made_placement(*mesh, part.up)));
    inputs.push_back({part.built.name, mesh, foreign ? nullptr : &part.built, process});
  }
  FW_TRY(response.report, run_checks(inputs, stop));
  return {};
}

}  // namespace fitwright
