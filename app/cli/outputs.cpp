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

static Result<GrainRule> parse_grain(const std::string& text) {
  if (text.empty() || text == "part") return GrainRule::part;
  if (text == "any") return GrainRule::any;
  if (text == "long") return GrainRule::long_side;
  return fail(ErrorKind::usage, fmt::format("--grain takes part, any or long, not \"{}\"", text));
}

Result<StockOptions> parse_stock(const Options& options) {
  StockOptions stock;
  if (!options.sheet.empty()) {
    const std::size_t x = options.sheet.find_first_of("x*");
    if (x == std::string::npos || x == 0)
      return fail(ErrorKind::usage, fmt::format("--sheet takes a length and a width, not \"{}\"", options.sheet),
                  "--sheet 2500x1250");
    Vec2 size;
    FW_TRY(size.x, parse_quantity(options.sheet.substr(0, x), Dimension::length));
    FW_TRY(size.y, parse_quantity(options.sheet.substr(x + 1), Dimension::length));
    stock.size = size;
  }
  for (const auto& [text, to] : {std::pair(&options.margin, &stock.margin), std::pair(&options.spacing, &stock.spacing),
                                 std::pair(&options.saw_kerf, &stock.saw_kerf)})
    if (!text->empty()) {
      FW_TRY(*to, parse_quantity(*text, Dimension::length));
    }
  FW_TRY(stock.grain, parse_grain(options.grain));
  stock.seed = options.seed;
  return stock;
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
  else if (!options.relief.empty() && options.relief != "none")
    return fail(ErrorKind::usage,
                fmt::format("there is no relief \"{}\"; there are dogbone, tbone and none", options.relief));
  FW_TRY(flat.stock, parse_stock(options));
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
