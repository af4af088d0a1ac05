#include <set>

#include "export/clean_text.hpp"
#include "export/float_mesh.hpp"
#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

TEST_CASE("the format table is sound") {
  std::set<std::string_view> ids, extensions;
  for (const Format& format : formats()) {
    CHECK(ids.insert(format.id).second);
    CHECK_FALSE(format.title.empty());
    CHECK_FALSE(format.mime.empty());
    CHECK_FALSE(format.note.empty());
    CHECK((format.writes() || format.read));
    REQUIRE_FALSE(format.extensions.empty());
    for (const std::string_view extension : format.extensions) {
      CHECK(extension.starts_with('.'));
      CHECK(extensions.insert(extension).second);
      const auto found = find_format("some/Thing" + std::string(extension));
      REQUIRE(found);
      CHECK((*found)->id == format.id);
    }
  }
  CHECK(ids == std::set<std::string_view>{"stl", "3mf", "step", "dxf", "svg", "cutlist", "cutlist-json", "panel-plan"});
}

TEST_CASE("formats are found by extension, whatever its case, and unknown ones are refused with what there is") {
  CHECK(format_of("A.STL").id == "stl");
  CHECK(format_of("dir.stl/b.StP").id == "step");
  for (const char* name : {"shelf.obj", "shelf", ".stl", ""}) {
    const auto format = find_format(name);
    REQUIRE_FALSE(format);
    CHECK(format.error().kind == ErrorKind::usage);
    CHECK(format.error().suggestion.find(".3mf") != std::string::npos);
  }
}

TEST_CASE("no format writes an unsound mesh: the error names part and place") {
  Scene scene = plates_and_ball();
  scene.parts[0].mesh.triangles.pop_back();  // in the plane x = 40
  for (const Format& format : formats()) {
    const auto bytes = write_scene(format, scene);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().kind == ErrorKind::geometry);
    CHECK(bytes.error().part == "plate");
    REQUIRE(bytes.error().at);
    CHECK(bytes.error().at->x == 40);
    CHECK(bytes.error().message.find("3 open edges") != std::string::npos);
    CHECK_FALSE(write_scene(format, Scene{}));
  }
}

TEST_CASE("one part alone is one copy in its own coordinates") {
  const Scene scene = plates_and_ball();
  const Scene single = single_part(scene, 1);
  REQUIRE(single.parts.size() == 1);
  CHECK(single.parts[0].name == scene.parts[1].name);
  CHECK(single.parts[0].assembled == std::vector<Placement>{Placement{}});
  CHECK(single.metadata.title == scene.metadata.title);
}

TEST_CASE("rounding to floats joins what becomes equal and stays closed") {
  // Near 1000 floats are 6.1e-5 apart, so a bevel of 1e-6 vanishes: a cube with one corner cut off by it.
  TriangleMesh cube = box_mesh({1000, 1000, 1000}, {1001, 1001, 1001});
  TriangleMesh cut = cube;
  const Vec3 corner = cube.vertices[7];
  cut.vertices[7] = corner - Vec3{1e-6, 0, 0};
  cut.vertices.push_back(corner - Vec3{0, 1e-6, 0});
  cut.vertices.push_back(corner - Vec3{0, 0, 1e-6});
  // Vertex 7 stays on the edges in y and z faces, 8 on those in x and z, 9 on those in x and y.
  cut.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {5, 8, 7}, {0, 1, 4}, {1, 5, 4}, {2, 6, 3},
                   {3, 6, 7}, {3, 7, 9}, {0, 4, 2}, {2, 4, 6}, {1, 3, 9}, {1, 9, 5}, {5, 9, 8}, {7, 8, 9}};
  REQUIRE(mesh_faults(cut).empty());
  const auto rounded = float_mesh(cut, {}, "cube");
  REQUIRE(rounded);
  CHECK(rounded->vertices.size() == 8);
  CHECK(rounded->triangles.size() == 12);

  // The same cube at the origin keeps its bevel.
  const auto fine = float_mesh(cut, Placement::translation({-1001, -1001, -1001}), "cube");
  REQUIRE(fine);
  CHECK(fine->triangles.size() == 16);
}

TEST_CASE("what rounding makes touch itself is an error with part and place") {
  // Two cubes in one mesh, 1e-6 apart along an edge at x = y = 1001.
  const TriangleMesh both =
      together(box_mesh({1000, 1000, 0}, {1001, 1001, 1}), box_mesh({1001 + 1e-6, 1001 + 1e-6, 0}, {1002, 1002, 1}));
  REQUIRE(mesh_faults(both).empty());
  const Placement lifted = Placement::translation({0, 0, 5});
  const auto rounded = float_mesh(both, lifted, "twin");
  REQUIRE_FALSE(rounded);
  CHECK(rounded.error().part == "twin");
  REQUIRE(rounded.error().at);
  CHECK(rounded.error().at->x == Approx(1001));
  CHECK(rounded.error().at->z == Approx(0.5));  // in the part's own coordinates

  // So is what vanishes altogether, and what is too large for a float.
  CHECK_FALSE(float_mesh(box_mesh({1000, 1000, 1000}, {1000 + 1e-6, 1000 + 1e-6, 1000 + 1e-6}), {}, "speck"));
  CHECK_FALSE(float_mesh(box_mesh({0, 0, 0}, {1e39, 1, 1}), {}, "giant"));
}

TEST_CASE("text for files is proper UTF-8 without control characters") {
  CHECK(clean_text("B\xC3\xB6"
                   "den \xF0\x9F\x94\xA7") ==
        "B\xC3\xB6"
        "den \xF0\x9F\x94\xA7");
  CHECK(clean_text("a\nb\tc") == "a b c");
  CHECK(clean_text(std::string_view("\0", 1)) == " ");
  CHECK(clean_text("\xFFx\xC3") == "\xEF\xBF\xBDx\xEF\xBF\xBD");
  CHECK(clean_text("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // half a surrogate pair
  CHECK(clean_text("\xC0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  CHECK(clean_text("a\xC3\xB6", 2) == "a");                                     // not cut inside a character
}
