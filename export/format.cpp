#include "export/format.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "export/layout.hpp"
#include "export/rows.hpp"

namespace fitwright {

namespace {

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return extension;
}

std::string known_extensions() {
  std::string list;
  for (const Format& format : formats())
    for (const std::string_view extension : format.extensions)
      list += (list.empty() ? "" : ", ") + std::string(extension);
  return list;
}

}  // namespace

std::span<const Format> formats() {
  static const std::array all{threemf_format, stl_format,         step_format,         dxf_format,
                              svg_format,     cutlist_csv_format, cutlist_json_format, panel_plan_format};
  return all;
}

Result<const Format*> find_format(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  for (const Format& format : formats())
    if (std::find(format.extensions.begin(), format.extensions.end(), extension) != format.extensions.end())
      return &format;
  return fail(ErrorKind::usage,
              "the file name " + path.filename().string() +
                  (extension.empty() ? " has no ending" : " ends with " + extension) +
                  ", which is no format that Fitwright knows",
              "use one of " + known_extensions());
}

Result<void> check_meshes(const Scene& scene) {
  for (const ScenePart& part : scene.parts) {
    const std::vector<MeshFault> faults = mesh_faults(part.mesh);
    if (faults.empty()) continue;
    Error error;
    error.kind = ErrorKind::geometry;
    error.message = "the surface of part \"" + part.name + "\" is not sound (" + describe(faults.front()) +
                    "), so nothing was written";
    error.part = part.name;
    if (faults.front().kind != MeshFaultKind::empty) error.at = faults.front().at;
    error.suggestion = "try slightly different values, or a finer deflection";
    return fail(std::move(error));
  }
  return {};
}

Result<std::string> write_scene(const Format& format, const Scene& scene, std::optional<Pose> pose,
                                const FlatOptions& options, const ColourProfile* colours) {
  if (!format.writes()) return fail(ErrorKind::usage, std::string(format.title) + " files are read but not written");
  if (scene.parts.empty()) return fail(ErrorKind::geometry, "the product has no parts, so there is nothing to write");
  FW_CHECK(check_meshes(scene));
  if (format.write_flat) return format.write_flat(scene, options, colours);
  return format.write(scene, placements(scene, pose.value_or(format.default_pose)));
}

}  // namespace fitwright
