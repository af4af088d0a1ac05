// new: a small template that builds and explains itself.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>

#include "app/cli/command.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTemplate =
    R"lua(-- A spacer: a round sleeve that keeps two things apart on a screw. Change it into what you need.
-- Lengths are millimetres, angles degrees, z points up.

-- Rules and build see the values as p. Helpers keep both short.
local function wall(p) return (p.outer - p.hole) / 2 end
local function high_enough(p) return p.height >= 3 end
local function edge(p) return high_enough(p) and p.chamfer or 0 end -- what is hidden does not count

-- Describes the product. ctx knows how it will be made: ctx.fit("slide") is the gap on each side at which
-- two parts slide in that process. Nothing is cut here: calls only note what is to be done.
local function build(p, ctx)
  local bore = p.hole / 2 + ctx.fit("slide")
  local sleeve = cylinder(p.outer / 2, p.height):cut(cylinder(bore, p.height + 2):move { z = -1 })
  -- The sharp edge at the top is broken; faces and edges are described, never counted.
  if edge(p) > 0 then
    sleeve = sleeve:chamfer { edges = edges.of(faces.extreme("+z")), size = edge(p) }
  end
  return {
    -- A list of parts; `up` is the side that looks up while it is made.
    parts = { { name = "spacer", label = "Spacer", solid = sleeve, role = "spacer", colour = "#8494a4", up = "+z" } },
    -- What can be dragged in the app: a parameter, the point that moves with it, and where to.
    handles = { { parameter = "height", at = { 0, 0, p.height }, direction = "+z" } },
  }
end

return {
  id = "@ID@",
  version = "0.1.0",
  name = "@NAME@",
  summary = "A sleeve that keeps two things apart on a screw.",
  description = "Enter the diameter of the screw, the outer diameter and the height.",
  licence = "CC-BY-4.0",
  author = "You",
  processes = { "fdm", "sls_mjf" },  -- the first is used when none is named

  -- A value outside min and max is refused; step only moves the slider.
  parameters = {
    { "outer", kind = "length", default = 12, min = 4, max = 60, step = 0.5, label = "Outer diameter",
      group = "Size", help = "Over the sleeve." },
    { "hole", kind = "length", default = 5, min = 1, max = 50, step = 0.5, label = "Screw",
      group = "Size", help = "Diameter of the screw; the room around it is added." },
    { "height", kind = "length", default = 10, min = 1, max = 100, step = 0.5, label = "Height",
      group = "Size", help = "Distance between the two things." },
    -- visible_when hides what does not matter at the moment.
    { "chamfer", kind = "length", default = 0.5, min = 0, max = 1, step = 0.1, label = "Broken edge", group = "Details",
      help = "At the top; 0 leaves it sharp.", visible_when = high_enough },
  },

  -- Combinations that cannot work: say what is wrong and what to change.
  rules = {
    { check = function(p) return wall(p) >= 1.5 end,
      message = "The sleeve would be thinner than 1.5 mm: take a larger outer diameter or a smaller screw.",
      parameters = { "outer", "hole" } },
    { check = function(p) return edge(p) == 0 or (edge(p) >= 0.2 and edge(p) <= math.min(wall(p), p.height) / 2) end,
      message = "The broken edge must be 0, or at least 0.2 mm and at most half of the wall and of the height.",
      parameters = { "chamfer", "outer", "height" } },
  },

  -- Settings that many will want, from real sizes.
  presets = {
    { "m3", label = "M3, 6 mm high", values = { outer = 7, hole = 3, height = 6 } },
    { "m8", label = "M8, 20 mm high", values = { outer = 16, hole = 8, height = 20 } },
  },

  build = build,
}
)lua";

constexpr std::string_view kReadme = R"md(# @NAME@

A Fitwright template. `template.lua` describes the product; change it and build again:

    fitwright show @DIR@
    fitwright make @DIR@ --set height=15 -o @ID@.stl
    fitwright check @DIR@
    fitwright test @DIR@

`show` lists the parameters, `make` builds and writes files (the extension picks the format), `check` says what
stands in the way of making it, and `test` builds the presets, the ends of every range and random settings.

`fitwright app @DIR@` shows it and follows every save. Fitwright's docs/tutorial.md leads from here to a template of your
own in ten minutes; docs/templates.md is the whole language, docs/fasteners.md has screws, nuts and inserts.
)md";

void replace_all(std::string& text, std::string_view mark, std::string_view by) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
    text.replace(at, mark.size(), by);
}

/// An id of lower-case letters, digits and dashes that begins with a letter.
std::string id_from(const std::string& folder) {
  std::string id;
  for (const char c : folder.substr(0, 60)) {
    const bool upper = c >= 'A' && c <= 'Z', plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    id += upper ? static_cast<char>(c - 'A' + 'a') : plain ? c : '-';
  }
  id.erase(0, std::min(id.find_first_not_of("-_0123456789"), id.size()));
  id.erase(id.find_last_not_of('-') + 1);
  return id.empty() ? "template" : id;
}

/// A folder as it must stand on a command line: never taken for a template that ships, whole in spite of spaces.
std::string typed(const fs::path& folder) {
  std::string text = folder.is_relative() ? (fs::path(".") / folder).string() : folder.string();
  const auto plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("/._-").find(c) != std::string_view::npos;
  };
  if (std::all_of(text.begin(), text.end(), plain)) return text;
  replace_all(text, "'", "'\\''");
  return "'" + text + "'";
}

std::string id_of(const fs::path& folder) {
  return id_from(fs::absolute(folder / "").lexically_normal().parent_path().filename().string());
}

std::string filled(std::string_view text, const fs::path& folder) {
  const std::string id = id_of(folder);
  std::string name = id;
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  std::replace(name.begin(), name.end(), '-', ' ');
  std::string result(text);
  replace_all(result, "@ID@", id);
  replace_all(result, "@NAME@", name);
  replace_all(result, "@DIR@", typed(folder));
  return result;
}

}  // namespace

Outcome create(const Options& options, Notes&) {
  const fs::path folder = options.subject;
  std::error_code error;
  if (fs::exists(folder, error) && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)))
    return fail(ErrorKind::file, fmt::format("{} is there already and not an empty folder", folder.string()),
                "name a new folder");
  fs::create_directories(folder, error);
  if (error) return fail(ErrorKind::file, fmt::format("{} cannot be made: {}", folder.string(), error.message()));
  FW_CHECK(write_file_atomic(folder / "template.lua", filled(kTemplate, folder)));
  FW_CHECK(write_file_atomic(folder / "README.md", filled(kReadme, folder)));
  fmt::print("wrote {} and README.md\n", (folder / "template.lua").string());
  fmt::print("next: fitwright make {} -o {}.stl\n", typed(folder), id_of(folder));
  return 0;
}

}  // namespace fitwright::cli
