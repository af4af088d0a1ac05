// make: builds, checks and writes a design. All bytes exist before the first file is touched.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/design_text.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "app/engine/blocking.hpp"
#include "export/file_names.hpp"
#include "export/format.hpp"
#include "geometry/core/file_io.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Result<std::vector<ExportWish>> wishes(const Options& options) {
  FW_TRY(const auto pose, parse_pose(options.pose));
  if (options.outputs.empty() && (options.per_part || pose))
    return fail(
        ErrorKind::usage,
        fmt::format("{} says how files are written, and no file was named", options.per_part ? "--per-part" : "--pose"),
        "add -o part.stl");
  if (options.per_part && (options.per_sheet || options.per_plate))
    return fail(ErrorKind::usage, "--per-part and a layout on sheets or beds exclude each other", "leave one out");
  FW_CHECK(check_outputs(options));
  FW_TRY(const FlatOptions flat, parse_flat(options));
  std::vector<ExportWish> all;
  for (const std::string& output : options.outputs) {
    if (is_design(output)) continue;
    FW_TRY(const Format* format, find_format(output));
    if (!format->writes()) return fail(ErrorKind::usage, fmt::format("{} files cannot be written", format->title));
    const bool laid = format->write_sheet ? options.per_sheet : options.per_plate;
    all.push_back({std::string(format->id), pose, options.per_part && !laid, flat, laid});
  }
  return all;
}

/// The response's files under the names of the -o options.
std::vector<FileToWrite> output_files(const Options& options, const Response& response, std::string_view design) {
  std::vector<FileToWrite> files;
  if (response.blocked() && !options.force) return files;
  std::set<fs::path> taken;
  std::uint32_t wish = 0;
  for (const fs::path output : options.outputs) {
    if (is_design(output)) {
      files.push_back({output, design});
      continue;
    }
    for (const FileBytes& file : response.files)
      if (file.wish == wish)
        files.push_back({file.part.empty() ? output : part_path(output, file.part, taken), file.bytes});
    ++wish;
  }
  return files;
}

Json sheet_json(const LaidSheet& sheet) {
  return {{"name", sheet.name},
          {"material", text_or_null(sheet.material)},
          {"thickness_mm", sheet.thickness > 0 ? Json(sheet.thickness) : Json()},
          {"size_mm", {sheet.size.x, sheet.size.y}},
          {"used_percent", 100 * sheet.used},
          {"taken_up_to_mm", sheet.end},
          {"parts", sheet.labels}};
}

Json part_json(const ResponsePart& part) {
  const Box3& box = part.built.box;
  return {{"name", part.built.name},
          {"quantity", part.assembled.size()},
          {"volume_mm3", part.built.volume},
          {"area_mm2", part.built.area},
          {"bbox_mm", {{box.min.x, box.min.y, box.min.z}, {box.max.x, box.max.y, box.max.z}}},
          {"faces", part.faces},
          {"triangles", part.triangles},
          {"watertight", part.watertight}};
}

Json make_json(const Response& response, const std::vector<FileToWrite>& files) {
  Json parts = Json::array(), outputs = Json::array(), findings = Json::array(), sheets = Json::array();
  for (const LaidSheet& sheet : response.sheets) sheets.push_back(sheet_json(sheet));
  for (const ResponsePart& part : response.parts) parts.push_back(part_json(part));
  for (const FileToWrite& file : files) outputs.push_back(file.path.string());
  for (const Finding& finding : response.report.findings) findings.push_back(to_json(finding));
  const Timings& t = response.timings;
  return {{"template", response.about.id},
          {"version", response.about.version},
          {"parameters", to_json(response.values)},
          {"process", text_or_null(response.process)},
          {"parts", std::move(parts)},
          {"outputs", std::move(outputs)},
          {"sheets", std::move(sheets)},
          {"findings", std::move(findings)},
          {"undecided", undecided_json(response.report)},
          {"timings_ms",
           {{"script", t.script},
            {"plan", t.plan},
            {"build", t.build},
            {"tessellate", t.tessellate},
            {"check", t.check},
            {"write", t.write},
            {"total", t.total}}}};
}

std::string size_text(std::size_t bytes) {
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  if (bytes < 10'000'000) return fmt::format("{} kB", bytes / 1000);
  return fmt::format("{} MB", bytes / 1'000'000);
}

void print_make(const Response& response, const std::vector<FileToWrite>& files) {
  fmt::print("{} {}{}{}\n", response.about.name, response.about.version,
             response.process.empty() ? "" : ", " + response.process,
             response.material.empty() ? "" : ", " + response.material);
  std::vector<std::vector<std::string>> rows;
  for (const ResponsePart& part : response.parts) {
    const Vec3 size = part.built.box.size();
    rows.push_back({fmt::format("{} x", part.assembled.size()), part.built.name,
                    fmt::format("{:.1f} x {:.1f} x {:.1f} mm", size.x, size.y, size.z),
                    fmt::format("{:.1f} cm3", part.built.volume / 1000)});
  }
  fmt::print("{}", table(rows, {0, 2, 3}));
  fmt::print("checks: {}\n{}", to_string(response.report.verdict()), report_text(response.report));
  for (const LaidSheet& sheet : response.sheets)
    fmt::print("{}: {} x {} mm, {} part{}, {:.0f} % used\n", sheet.name, number_text(sheet.size.x),
               number_text(sheet.size.y), sheet.labels.size(), sheet.labels.size() == 1 ? "" : "s", 100 * sheet.used);
  for (const FileToWrite& file : files) fmt::print("wrote {} ({})\n", file.path.string(), size_text(file.bytes.size()));
  fmt::print("{:.2f} s\n", response.timings.total / 1000);
}

}  // namespace

Outcome make(const Options& options, Notes& notes) {
  const auto start = Clock::now();
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject));
  FW_TRY(request.wants.exports, wishes(options));
  FW_CHECK(apply_options(*engine, options, request));
  request.wants.check = true;
  request.wants.force = options.force;
  Response response = engine->handle(request);
  add_notes(response, notes);
  if (response.error) return fail(*response.error);

  std::string design;
  if (std::any_of(options.outputs.begin(), options.outputs.end(), is_design)) {
    FW_TRY(design, design_text(options.subject, request, response));
  }
  const std::vector<FileToWrite> files = output_files(options, response, design);
  const auto write_start = Clock::now();
  FW_CHECK(write_files_atomic(files));
  response.timings.write += ms_since(write_start);
  response.timings.total = ms_since(start);
  options.json ? print_json(make_json(response, files)) : print_make(response, files);
  if (!response.blocked() || options.force) return 0;
  if (options.outputs.empty()) return fail(blocking_error(response, "this cannot be made"));
  Error error = blocking_error(response, "this cannot be made, so no file was written");
  error.suggestion += (error.suggestion.empty() ? "" : "; ") + std::string("--force writes the files all the same");
  return fail(std::move(error));
}

}  // namespace fitwright::cli
