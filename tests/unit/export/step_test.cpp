#include <BRepPrimAPI_MakeBox.hxx>
#include <BRepPrimAPI_MakeCylinder.hxx>
#include <BRep_Builder.hxx>
#include <TopoDS_Compound.hxx>
#include <gp_Pnt.hxx>

#include <algorithm>
#include <cstdlib>
#include <numbers>
#include <regex>

#include "geometry/core/file_io.hpp"
#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/kernel.hpp"
#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

ScenePart exact_part(const std::string& name, const TopoDS_Shape& shape) {
  const auto solid = std::make_shared<const ExactSolid>(shape);
  const auto built = tessellate(solid, name, {});
  REQUIRE(built);
  ScenePart part;
  part.name = name;
  part.mesh = built->mesh;
  part.solid = solid;
  return part;
}

TopoDS_Shape two_boxes() {
  TopoDS_Compound two;
  BRep_Builder builder;
  builder.MakeCompound(two);
  builder.Add(two, BRepPrimAPI_MakeBox(10, 10, 10).Shape());
  builder.Add(two, BRepPrimAPI_MakeBox(gp_Pnt(20, 0, 0), 5, 5, 5).Shape());
  return two;
}

// A board of 800 x 300 x 18 three times, once mirrored, and a pin of radius 4 and height 30.
Scene shelf() {
  Scene scene;
  scene.parts = {exact_part("shelf board", BRepPrimAPI_MakeBox(800, 300, 18).Shape()),
                 exact_part("pin B\xC3\xB6 'x' \xF0\x9F\x94\xA7 a/b\\c", BRepPrimAPI_MakeCylinder(4, 30).Shape())};
  scene.parts[0].colour = {0.8, 0.6, 0.2};
  scene.parts[0].assembled = {Placement{}, Placement::translation({0, 0, 400}),
                              Placement::reflection({1, 0, 0}, {900, 0, 0})};
  scene.parts[1].assembled = {Placement::translation({10, 10, 18}) * Placement::rotation({0, 1, 0}, 30)};
  scene.metadata.title = "A shelf";
  scene.metadata.template_id = "shelf";
  scene.metadata.template_version = "1.0.0";
  return scene;
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("STEP says AP242, millimetres, names, colours; copies share one product") {
  const std::string step = written("x.step", shelf());
  CHECK(step.starts_with("ISO-10303-21;"));
  CHECK(step.find("AP242_MANAGED_MODEL_BASED_3D_ENGINEERING") != std::string::npos);
  CHECK(step.find("SI_UNIT(.MILLI.,.METRE.)") != std::string::npos);
  CHECK(step.find("'1980-01-01T00:00:00'") != std::string::npos);
  CHECK(step.find("COLOUR_RGB") != std::string::npos);
  // The assembly, the board, its mirror image, the pin.
  CHECK(count_of(step, "= PRODUCT(") == 4);
  CHECK(count_of(step, "= PRODUCT('shelf board'") == 1);
  CHECK(count_of(step, "NEXT_ASSEMBLY_USAGE_OCCURRENCE(") == 4);
  CHECK(count_of(step, "= MANIFOLD_SOLID_BREP(") == 3);
}

TEST_CASE("a STEP file is ASCII, whatever the names") {
  const std::string step = written("x.step", shelf());
  CHECK(std::all_of(step.begin(), step.end(), [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7F); }));
}

TEST_CASE("STEP read again has the same names, volumes and places") {
  const TemporaryFolder folder;
  const Scene scene = shelf();
  const ImportedModel model = read_back(folder.put("x.stp", written("x.stp", scene)));
  REQUIRE(model.parts.size() == 4);
  CHECK(model.format == "step");
  CHECK(model.parts[0].name == "shelf board");
  CHECK(model.parts[1].name == "shelf board");
  CHECK(model.parts[2].name == "shelf board (mirrored)");
  CHECK(model.parts[3].name == scene.parts[1].name);
  for (int i = 0; i < 3; ++i) {
    CHECK(exact_volume(*model.parts[i].solid) == Approx(800.0 * 300 * 18).epsilon(1e-9));
    const Box3 expected = bounds(placed(scene.parts[0].mesh, scene.parts[0].assembled[i]));
    CHECK(length(bounds(model.parts[i].mesh).min - expected.min) < 1e-6);
    CHECK(length(bounds(model.parts[i].mesh).max - expected.max) < 1e-6);
  }
  CHECK(exact_volume(*model.parts[3].solid) == Approx(std::numbers::pi * 16 * 30).epsilon(1e-9));
  for (const ImportedPart& part : model.parts) CHECK(mesh_faults(part.mesh).empty());
}

TEST_CASE("a single part needs no assembly, and several bodies of one part stay one product") {
  const TemporaryFolder folder;
  Scene scene;
  scene.parts = {exact_part("pair", two_boxes())};
  const std::string step = written("x.step", scene);
  CHECK(count_of(step, "= PRODUCT(") == 1);
  const ImportedModel model = read_back(folder.put("x.step", step));
  REQUIRE(model.parts.size() == 1);
  CHECK(model.parts[0].name == "pair");
  CHECK(exact_volume(*model.parts[0].solid) == Approx(1125));
}

TEST_CASE("parts without an exact shape cannot be STEP") {
  const auto bytes = write_scene(format_of("x.step"), plates_and_ball());
  REQUIRE_FALSE(bytes);
  CHECK(bytes.error().part == "plate");
}

// Many colours and a part of two bodies: what the kernel keeps in tables of addresses.
Scene colourful() {
  Scene scene = shelf();
  for (int i = 0; i < 12; ++i) {
    scene.parts.push_back(
        exact_part("box " + std::to_string(i), i % 3 ? BRepPrimAPI_MakeBox(1 + i, 2, 3).Shape() : two_boxes()));
    scene.parts.back().colour = {i % 5 / 5.0, i % 3 / 3.0, 0.5};
  }
  return scene;
}

// Run by the next test in a process of its own.
TEST_CASE("write a shelf where the environment says", "[.child]") {
  const char* path = std::getenv("FITWRIGHT_TEST_OUTPUT");
  REQUIRE(path != nullptr);
  REQUIRE(write_file_atomic(path, written("x.step", colourful())));
}

TEST_CASE("STEP bytes are equal on every write, in one process and in two") {
  const std::string first = written("x.step", colourful());
  written("x.step", single_part(shelf(), 1));
  CHECK((written("x.step", colourful()) == first));

  const TemporaryFolder folder;
  const auto path = folder / "other.step";
  const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
  const CommandOutput other = run_command("FITWRIGHT_TEST_OUTPUT=" + path.string() + " " + self + " '[.child]'");
  INFO(other.text);
  REQUIRE(other.status == 0);
  CHECK((read_file(path).value() == first));
}

TEST_CASE("writing and reading STEP prints nothing") {
  const TemporaryFolder folder;
  const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
  const CommandOutput output = run_command(self + " 'STEP read again*'");
  CHECK(output.status == 0);
  CHECK(output.text.find("****") == std::string::npos);  // how OpenCASCADE begins its reports
  CHECK(output.text.find("Statistics") == std::string::npos);
}

TEST_CASE("a damaged STEP file is refused") {
  const TemporaryFolder folder;
  const std::string step = written("x.step", shelf());
  // An entity that others need is gone.
  std::string holes = step;
  for (std::size_t at = holes.find("= ADVANCED_FACE("); at != std::string::npos; at = holes.find("= ADVANCED_FACE("))
    holes.replace(at, 16, "= NO_SUCH_THING(");
  const auto without_faces = read_model(folder.put("a.step", holes));
  REQUIRE_FALSE(without_faces);
  CHECK(without_faces.error().kind == ErrorKind::file);

  const auto cut = read_model(folder.put("b.step", step.substr(0, step.size() / 2)));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().message.find("cut off") != std::string::npos);
}
