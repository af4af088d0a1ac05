#include "app/cli/outputs.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "geometry/core/units.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;

Result<std::optional<Pose>> parse_pose(const std::string& text) {
  if (text.empty()) return std::nullopt;
  for (const Pose pose : {Pose::made, Pose::assembled})
    if (text == to_string(pose)) return pose;
  return fail(ErrorKind::usage, fmt::format("there is no pose \"{}\"; there are made and assembled", text));
}

Result<FlatOptions> parse_flat(const Options& options) {
  FlatOptions flat;
  flat.own_kerf = options.kerf == "auto";
  if (!options.kerf.empty() && !flat.own_kerf) {
    FW_TRY(flat.kerf, parse_quantity(options.kerf, Dimension::length));
  }
  if (!options.bit.empty()) {
    FW_TRY(flat.bit, parse_quantity(options.bit, Dimension::length));
  }
  if (!options.tabs.empty()) {
    FW_TRY(flat.tabs, parse_quantity(options.tabs, Dimension::length));
  }
  if (options.relief == "dogbone")
    flat.relief = Relief::dogbone;
  else if (options.relief == "tbone")
    flat.relief = Relief::tbone;
  else if (!options.relief.empty())
    return fail(ErrorKind::usage,
                fmt::format("there is no relief \"{}\"; there are dogbone and tbone", options.relief));
  flat.profile = options.profile;
  flat.labels = options.labels;
  return flat;
}

Result<void> check_outputs(const Options& options) {
  std::set<fs::path> seen;
  for (const std::string& output : options.outputs) {
    if (output.empty()) return fail(ErrorKind::usage, "-o needs a file name", "-o part.stl");
    const fs::path path = fs::absolute(output).lexically_normal();
    std::error_code ignored;
    if (!seen.insert(path).second) return fail(ErrorKind::usage, fmt::format("-o {} is given twice", output));
    if (fs::is_directory(path, ignored))
      return fail(ErrorKind::file, fmt::format("{} is a folder, not a file", output));
    if (!fs::is_directory(path.parent_path(), ignored))
      return fail(ErrorKind::file, fmt::format("the folder {} does not exist", path.parent_path().string()));
  }
  return {};
}

}  // namespace fitwright::cli
