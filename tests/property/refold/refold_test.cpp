// Cut parts put together again: random legal settings are exported as DXF with the kerf of a process, and refold.py
// reads the files with ezdxf, takes away what the beam or bit takes, extrudes the outlines, places them by the
// assembled poses, and looks for overlaps and for gaps beyond the fit, by polygon arithmetic of its own.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/engine/assets.hpp"
#include "app/engine/engine.hpp"
#include "geometry/core/file_io.hpp"
#include "tests/property/products/settings.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint64_t seed = 20240611;

/// A way of making with what it takes away.
struct Way {
  std::string process;
  /// Of the sheet's thickness: a bit must fit into slots as wide as the sheet. Lasers take the same everywhere.
  double bit_over_board = 0, kerf = 0;
};
const std::array<Way, 3> ways{Way{"laser_sheet", 0, 0.2}, Way{"cnc_router_sheet", 0.4, 0}, Way{"fdm", 0, 0}};

Engine& engine() {
  static Engine shared(asset_folder().value());
  return shared;
}

FlatOptions cutting(const Way& way, double board) {
  FlatOptions flat;
  flat.kerf = way.kerf + way.bit_over_board * board;
  if (way.bit_over_board > 0) {
    flat.relief = Relief::dogbone;
    flat.bit = flat.kerf * 1.05;  // a hole of exactly the bit's size leaves no path to mill it
  }
  return flat;
}

Json pose_json(const Placement& pose) {
  Json columns = Json::array();
  const Vec3 origin = pose.apply({0, 0, 0});
  for (const Vec3& to : {Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}}) {
    const Vec3 axis = pose.apply(to) - origin;
    columns.push_back({axis.x, axis.y, axis.z});
  }
  columns.push_back({origin.x, origin.y, origin.z});
  return columns;
}

void write_setting(const fs::path& folder, const Request& request, const Response& response, bool routed) {
  fs::create_directories(folder);
  Json parts = Json::array(), mates = Json::array();
  for (std::size_t i = 0; i < response.parts.size(); ++i) {
    const ResponsePart& part = response.parts[i];
    const auto file = std::find_if(response.files.begin(), response.files.end(),
                                   [&](const FileBytes& one) { return one.part == part.built.name; });
    REQUIRE(file != response.files.end());
    const std::string name = std::to_string(i) + ".dxf";
    REQUIRE(write_file_atomic(folder / name, file->bytes));
    Json poses = Json::array();
    for (const Placement& pose : part.assembled) poses.push_back(pose_json(pose));
    const Box3& box = part.built.box;
    parts.push_back({{"name", part.built.name},
                     {"file", name},
                     {"corner", {box.min.x, box.min.y}},
                     {"z", {box.min.z, box.max.z}},
                     {"poses", poses}});
  }
  for (const Mate& mate : response.mates)
    mates.push_back({{"a", mate.a}, {"b", mate.b}, {"clearance", mate.clearance}});
  const Json all{{"product", response.about.id},
                 {"kerf", request.wants.exports[0].flat.kerf},
                 {"round_bit", routed},
                 {"parts", parts},
                 {"mates", mates}};
  REQUIRE(write_file_atomic(folder / "setting.json", all.dump()));
}

SubjectPtr subject(const std::string& id) {
  TemplateScript script = product_script(id);
  Template about = script.describe().value();
  return std::make_shared<const Subject>(Subject{std::move(script), std::move(about)});
}

/// Exports `count` settings of a product, the ways of making in turn, and lets the script judge them all at once.
void refold(const std::string& id, int count) {
  const fs::path folder = fs::temp_directory_path() / ("fitwright-refold-" + id + "-" + std::to_string(getpid()));
  const auto settings = legal_settings(subject(id));
  rc::Random random(seed);
  const std::string source = read_file(FITWRIGHT_SOURCE_DIR "/templates/products/" + id + "/template.lua").value();
  for (int i = 0; i < count; ++i) {
    const Way& way = ways[static_cast<std::size_t>(i) % ways.size()];
    Setting setting = settings(random.split(), 100).value();
    const bool routed = way.bit_over_board > 0;
    // No bit fits into a living hinge.
    if (routed && id == "finger_box" && setting.values.at("lid") == ParameterValue(std::string("hinged")))
      setting.values["lid"] = std::string("open");
    Request request;
    request.source = source;
    request.modules = shipped_modules();
    request.values = setting.values;
    request.process = way.process;
    request.wants.force = true;
    request.wants.exports = {{"dxf", {}, true, cutting(way, std::get<double>(setting.values.at("board")))}};
    const Response response = engine().handle(request);
    INFO(setting << " --process " << way.process);
    if (response.error) FAIL(describe(*response.error));
    const fs::path place = folder / std::to_string(i);
    write_setting(place, request, response, routed);
    std::ostringstream line;
    line << setting << " --process " << way.process;
    REQUIRE(write_file_atomic(place / "command", line.str()));
  }
  const std::string command =
      "/usr/bin/python3 '" FITWRIGHT_SOURCE_DIR "/tests/property/refold/refold.py' '" + folder.string() + "'";
  CHECK(std::system(command.c_str()) == 0);
  fs::remove_all(folder);
}

}  // namespace

TEST_CASE("refold: some settings of the flat products go together without overlap or undue gap") {
  for (const char* id : {"desk", "finger_box"}) refold(id, std::max(3, 10 / FITWRIGHT_SLOWDOWN));
}

TEST_CASE("refold: 200 settings of each flat product and process go together", "[slow]") {
  for (const char* id : {"desk", "finger_box"}) refold(id, 600);
}

}  // namespace fitwright::test
