#include "app/engine/colour_profile.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geometry/core/text.hpp"

namespace fitwright {
namespace {

constexpr double point = 25.4 / 72;  // mm

bool is_colour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

double stroke_of(const Record& record) {
  if (const auto mm = record.find("stroke_mm")) return mm->value;
  for (const char* key : {"stroke_pt", "stroke_illustrator_pt"})
    if (const auto points = record.find(key)) return points->value * point;
  return 0;
}

Result<ColourProfile> profile_of(const Record& record) {
  ColourProfile profile;
  profile.id = record.id;
  profile.cut = profile.cut_inside = record.text("cut");
  if (const auto inside = record.texts("secondary_cut_inside_first"); !inside.empty())
    profile.cut_inside = inside.front();
  profile.engrave = record.text("raster").substr(0, 7);  // "#000000 fill"
  profile.stroke = stroke_of(record);
  if (is_colour(profile.cut) && is_colour(profile.cut_inside) && is_colour(profile.engrave) && profile.stroke > 0)
    return profile;
  return fail(ErrorKind::file,
              fmt::format("{} lacks a colour (#rrggbb) to cut or engrave, or the width of its lines", record.label));
}

}  // namespace

Result<std::optional<ColourProfile>> colour_profile(const Catalog& catalog, const std::string& id) {
  if (id.empty()) return std::nullopt;
  FW_TRY(const Record* file, catalog.file("formats.toml"));
  std::vector<std::string> ids;
  for (const Record& record : file->list("laser_colour_profile")) {
    if (record.id == id) {
      FW_TRY(ColourProfile profile, profile_of(record));
      return profile;
    }
    ids.push_back(record.id);
  }
  return fail(ErrorKind::value, fmt::format("there is no colour profile \"{}\"", id),
              fmt::format("there are {}", fmt::join(ids, ", ")));
}

}  // namespace fitwright
