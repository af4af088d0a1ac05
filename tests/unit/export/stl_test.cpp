#include <cstring>
#include <numbers>
#include <regex>

#include "geometry/core/file_io.hpp"
#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

// A number from admesh's report, e.g. after "Number of facets                 :".
int reported(const std::string& report, const std::string& label) {
  std::smatch match;
  REQUIRE(std::regex_search(report, match, std::regex(label + "\\s*:\\s*(\\d+)")));
  return std::stoi(match[1]);
}

const char* const text_cube_corner =
    "solid  My tetra \r\n"
    "  facet normal 0 0 -1\r\n outer loop\r\n vertex 0 0 0\r\n vertex 0 1 0\r\n vertex 1 0 0\r\n endloop\r\n "
    "endfacet\r\n"
    "  FACET NORMAL 0 -1 0 OUTER LOOP VERTEX 0 0 0 VERTEX +1.0 0 0 VERTEX 0 0 1e0 ENDLOOP ENDFACET\n"
    "  facet normal -1 0 0 outer loop vertex 0 0 0 vertex 0 0 1 vertex 0 1 0 endloop endfacet\n"
    "  facet normal nan nan nan outer loop vertex 1 0 0 vertex 0 1 0 vertex 0 0 1 endloop endfacet\n"
    "endsolid My tetra\n";

}  // namespace

TEST_CASE("STL bytes follow the format: header, count, 50 bytes a triangle") {
  const Scene scene = plates_and_ball();
  const std::string bytes = written("x.stl", scene);
  const std::size_t triangles = 2 * 12 + 8 * 64;
  REQUIRE(bytes.size() == 84 + 50 * triangles);
  std::uint32_t count;
  std::memcpy(&count, bytes.data() + 80, 4);
  CHECK(count == triangles);
  CHECK(bytes.starts_with("Fitwright"));
  CHECK(bytes == written("x.stl", scene));

  Scene long_title = scene;
  long_title.metadata.title.assign(500, 'x');
  CHECK(written("x.stl", long_title).size() == bytes.size());
}

TEST_CASE("admesh finds nothing to repair in what we write") {
  const TemporaryFolder folder;
  Scene scene = plates_and_ball();
  scene.parts[1].mesh = sphere_mesh({1000.1, -777.7, 333.3}, 25.4, 5);
  for (const Pose pose : {Pose::made, Pose::assembled}) {
    const auto path = folder.put("scene.stl", written("scene.stl", scene, pose));
    const CommandOutput admesh = run_command("admesh " + path.string());
    INFO(admesh.text);
    REQUIRE(admesh.status == 0);
    CHECK(reported(admesh.text, "Number of parts") == 3);
    for (const char* repair : {"Degenerate facets", "Edges fixed", "Facets removed", "Facets added", "Facets reversed",
                               "Backwards edges", "Normals fixed"})
      CHECK(reported(admesh.text, repair) == 0);
    std::smatch match;
    REQUIRE(std::regex_search(admesh.text, match, std::regex("Total disconnected facets\\s*:\\s*(\\d+)\\s+(\\d+)")));
    CHECK(match[1] == "0");
    REQUIRE(std::regex_search(admesh.text, match, std::regex("Volume\\s*:\\s*([0-9.]+)")));
    CHECK(std::stod(match[1]) == Approx(2 * 40 * 20 * 5 + volume(scene.parts[1].mesh)).epsilon(1e-4));
  }
}

TEST_CASE("our own STL comes back with the same surface") {
  const TemporaryFolder folder;
  const Scene scene = single_part(plates_and_ball(), 0);
  const ImportedModel model = read_back(folder.put("plate one.STL", written("x.stl", scene)));
  REQUIRE(model.parts.size() == 1);
  CHECK(model.format == "stl");
  CHECK(model.parts[0].name == "plate one");
  CHECK(model.parts[0].mesh.vertices.size() == 8);
  CHECK(mesh_faults(model.parts[0].mesh).empty());
  CHECK(volume(model.parts[0].mesh) == Approx(4000));
  CHECK(model.notes.empty());
}

TEST_CASE("text STL is read in any case and line ending, each solid a part") {
  const TemporaryFolder folder;
  const ImportedModel model = read_back(folder.put("t.stl", text_cube_corner + std::string(text_cube_corner)));
  REQUIRE(model.parts.size() == 2);
  CHECK(model.parts[0].name == "My tetra");
  CHECK(mesh_faults(model.parts[0].mesh).empty());
  CHECK(volume(model.parts[0].mesh) == Approx(1.0 / 6));
}

TEST_CASE("a binary STL whose header starts with solid is read as binary") {
  const TemporaryFolder folder;
  std::string bytes = written("x.stl", single_part(plates_and_ball(), 0));
  std::memcpy(bytes.data(), "solid x", 7);
  CHECK(read_back(folder.put("t.stl", bytes)).parts[0].mesh.triangles.size() == 12);
  // Data of another program behind the triangles is noted, not fatal.
  const ImportedModel model = read_back(folder.put("t.stl", bytes + "COLOR=1"));
  CHECK(model.parts[0].mesh.triangles.size() == 12);
  CHECK(model.notes.size() == 1);
}
