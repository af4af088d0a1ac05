// The list of parts to cut: finished sizes, quantities, materials, under the names that the files have.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "export/clean_text.hpp"
#include "export/cutlist/cut_list.hpp"
#include "export/file_names.hpp"
#include "export/layout.hpp"
#include "export/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

std::string_view to_string(Grain grain) {
  return grain == Grain::length ? "length" : grain == Grain::width ? "width" : "";
}

namespace {

/// The side of the finished product to which a direction points; in front is where one stands.
std::string side_of(Vec3 to) {
  const double x = std::abs(to.x), y = std::abs(to.y), z = std::abs(to.z);
  if (y >= x && y >= z) return to.y < 0 ? "front" : "back";
  if (x >= z) return to.x < 0 ? "left" : "right";
  return to.z < 0 ? "bottom" : "top";
}

/// An edge as whoever holds the finished product calls it: a part lies otherwise in it than in its drawing. Copies that
/// stand the other way round have it on another side.
std::string assembled_edge(const ScenePart& part, const std::string& edge) {
  const Vec3 out = edge == "front"  ? Vec3{0, -1, 0}
                   : edge == "back" ? Vec3{0, 1, 0}
                   : edge == "left" ? Vec3{-1, 0, 0}
                                    : Vec3{1, 0, 0};
  std::vector<std::string> sides;
  for (const Placement& copy : part.assembled) {
    const std::string side = side_of(copy.apply_direction(out));
    if (std::find(sides.begin(), sides.end(), side) == sides.end()) sides.push_back(side);
  }
  std::string text = sides.front();
  for (std::size_t i = 1; i < sides.size(); ++i) text += " or " + sides[i];
  return text;
}

CutRow row_of(const ScenePart& part, const std::string& label) {
  CutRow row{label, clean_text(part.name), clean_text(part.role), part.material, part.assembled.size()};
  row.sheet = part.flat && part.flat->has_value();
  Vec3 size = bounds(placed(part.mesh, made_placement(part.mesh, part.up))).size();
  if (row.sheet) {
    const Outline2D& outline = **part.flat;
    const Vec2 extent = bounds(outline.outer).size();
    size = {extent.x, extent.y, outline.thickness};
    row.area = area(outline);
  }
  row.length = std::max(size.x, size.y);
  row.width = std::min(size.x, size.y);
  row.thickness = size.z;
  row.grain = part.grain;
  for (const std::string& edge : part.edges) {
    row.edges.push_back(assembled_edge(part, edge));
    row.banding += edge == "front" || edge == "back" ? size.x : size.y;
  }
  return row;
}

/// A field as spreadsheets read it: a text that begins like a formula stays a text.
std::string field(const std::string& text) {
  std::string quoted = text.find_first_of("=+-@") == 0 ? "'" : "";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted.find_first_of(",;\"") == std::string::npos ? quoted : '"' + quoted + '"';
}

std::string line_of(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& one : fields) line += (line.empty() ? "" : ",") + field(one);
  return line + "\n";
}

std::string list_text(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : " ") + item;
  return text;
}

}  // namespace

std::vector<CutRow> cut_list(const Scene& scene) {
  std::vector<std::string> names;
  for (const ScenePart& part : scene.parts) names.push_back(part.name);
  const std::vector<std::string> labels = part_labels(names);
  std::vector<CutRow> rows;
  for (std::size_t i = 0; i < scene.parts.size(); ++i) rows.push_back(row_of(scene.parts[i], labels[i]));
  return rows;
}

std::string cut_list_csv(const std::vector<CutRow>& rows, const std::vector<HardwareItem>& hardware) {
  std::string text =
      "label,part,role,quantity,length_mm,width_mm,thickness_mm,material,from_sheet,area_mm2,grain,edge_banding,"
      "banding_mm\n";
  for (const CutRow& row : rows)
    text += line_of({row.label, row.part, row.role, std::to_string(row.quantity), number_text(row.length),
                     number_text(row.width), number_text(row.thickness), row.material, row.sheet ? "yes" : "no",
                     row.sheet ? number_text(row.area) : "", std::string(to_string(row.grain)), list_text(row.edges),
                     row.edges.empty() ? "" : number_text(row.banding)});
  for (const HardwareItem& item : hardware)
    text += line_of({clean_text(item.item), clean_text(item.item), "hardware", std::to_string(item.count), "", "", "",
                     "", "no", "", "", "", ""});
  return text;
}

namespace {

Result<std::string> write_csv(const Scene& scene, const FlatOptions&, const ColourProfile*) {
  return cut_list_csv(cut_list(scene), scene.hardware);
}

nlohmann::ordered_json row_json(const CutRow& row) {
  using Json = nlohmann::ordered_json;
  return {{"label", row.label},
          {"part", row.part},
          {"role", row.role},
          {"quantity", row.quantity},
          {"length_mm", row.length},
          {"width_mm", row.width},
          {"thickness_mm", row.thickness},
          {"material", row.material.empty() ? Json() : Json(row.material)},
          {"from_sheet", row.sheet},
          {"area_mm2", row.sheet ? Json(row.area) : Json()},
          {"grain", row.grain == Grain::none ? Json() : Json(to_string(row.grain))},
          {"edge_banding", row.edges},
          {"banding_mm", row.banding}};
}

Result<std::string> write_json(const Scene& scene, const FlatOptions&, const ColourProfile*) {
  using Json = nlohmann::ordered_json;
  Json parts = Json::array(), hardware = Json::array();
  for (const CutRow& row : cut_list(scene)) parts.push_back(row_json(row));
  for (const HardwareItem& item : scene.hardware)
    hardware.push_back({{"item", clean_text(item.item)}, {"quantity", item.count}});
  const SceneMetadata& data = scene.metadata;
  return Json{{"title", clean_text(data.title)},
              {"template", data.template_id},
              {"version", data.template_version},
              {"parts", std::move(parts)},
              {"hardware", std::move(hardware)}}
             .dump(2) +
         "\n";
}

}  // namespace

const Format cutlist_csv_format{.id = "cutlist",
                                .title = "Cut list",
                                .extensions = {".csv"},
                                .mime = "text/csv",
                                .note = "All parts with finished sizes in millimetres, material and quantity.",
                                .purpose = "Cut list",
                                .advice = "for a table program",
                                .default_pose = Pose::made,
                                .keeps_parts = true,
                                .exact = true,
                                .write = nullptr,
                                .read = nullptr,
                                .write_flat = write_csv,
                                .lists = true};

const Format cutlist_json_format{.id = "cutlist-json",
                                 .title = "Cut list as JSON",
                                 .extensions = {".json"},
                                 .mime = "application/json",
                                 .note = "All parts with finished sizes in millimetres, material and quantity.",
                                 .purpose = "Cut list",
                                 .advice = "for other programs",
                                 .default_pose = Pose::made,
                                 .keeps_parts = true,
                                 .exact = true,
                                 .write = nullptr,
                                 .read = nullptr,
                                 .write_flat = write_json,
                                 .lists = true};

}  // namespace fitwright
