// Drawings of flat parts and cut lists, measured by other programs.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;

namespace {

constexpr double pi = std::numbers::pi;

/// A plate with round corners, an L-shaped opening, a round one, a pocket on demand, twice; and a part that is not
/// flat.
constexpr const char* kPlate = R"lua(return {
  id = "plate", version = "1.0.0", name = "Plate", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "laser_sheet" },
  parameters = { { "deep", kind = "length", default = 0, min = 0, max = 5, step = 0.5, label = "Deep" } },
  build = function(p)
    local l = polygon { { 20, 20 }, { 60, 20 }, { 60, 30 }, { 40, 30 }, { 40, 50 }, { 20, 50 } }
    local plate = rounded_rectangle(100, 80, 10):cut { l, circle(6):move(80, 60) }:extrude(6)
    if p.deep > 0 then plate = plate:cut(box(20, 10, 10):move(60, 5, 6 - p.deep)) end
    return { parts = {
      { name = "the plate", solid = plate, role = "plate", up = "+z", sheet = "+z", at = { {}, { x = 200 } } },
      { name = "the foot", solid = cylinder(5, 20), role = "foot" },
    } }
  end,
}
)lua";

Json measured(const std::string& path) {
  const Scratch scratch;
  const std::string command = "/usr/bin/python3 '" FITWRIGHT_SOURCE_DIR "/tests/unit/cli/read_flat.py' '" + path +
                              "' > '" + scratch / "out" + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  return Json::parse(slurp(scratch / "out"));
}

/// Sum over the shapes of a layer.
double sum(const Json& drawing, const std::string& layer, const std::string& of) {
  double total = 0;
  for (const Json& shape : drawing["shapes"])
    if (shape["layer"] == layer) total += shape[of].get<double>();
  return total;
}

void make(const std::string& arguments) {
  const Said said = fitwright_says("make " + arguments);
  INFO(said.err);
  REQUIRE(said.status == 0);
}

constexpr double plate_area = 100 * 80 - (4 - pi) * 100, plate_length = 2 * (80 + 60) + 20 * pi;

}  // namespace

TEST_CASE("a DXF holds closed outlines in millimetres, arcs being arcs, on layers by meaning") {
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  make(scratch / "template.lua" + " --set deep=2.5 -o " + scratch / "p.dxf" + " --labels");
  const Json drawing = measured(scratch / "p.dxf");
  CHECK(drawing["insunits"] == 4);
  CHECK(drawing["errors"] == 0);
  const std::string layers = drawing["layers"].dump();
  for (const char* layer : {"CUT_OUTSIDE", "CUT_INSIDE", "DRILL_12MM", "POCKET_2.5MM_DEEP", "TEXT"})
    CHECK(contains(layers, "\"" + std::string(layer) + "\""));
  // Two copies.
  CHECK(sum(drawing, "CUT_OUTSIDE", "area") == Approx(2 * plate_area).epsilon(1e-9));
  CHECK(sum(drawing, "CUT_OUTSIDE", "length") == Approx(2 * plate_length).epsilon(1e-9));
  CHECK(sum(drawing, "CUT_OUTSIDE", "arcs") == 8);
  CHECK(sum(drawing, "CUT_INSIDE", "area") == Approx(2 * 800).epsilon(1e-9));
  CHECK(sum(drawing, "DRILL_12MM", "length") == Approx(2 * 12 * pi).epsilon(1e-9));
  CHECK(sum(drawing, "POCKET_2.5MM_DEEP", "area") == Approx(2 * 200).epsilon(1e-9));
  for (const Json& shape : drawing["shapes"]) {
    CHECK(shape["colour"] == 7);  // nobody named a profile
    if (shape["layer"] != "TEXT") CHECK(shape["closed"] == true);
  }
  // The same bytes again.
  make(scratch / "template.lua" + " --set deep=2.5 -o " + scratch / "q.dxf" + " --labels");
  CHECK(slurp(scratch / "p.dxf") == slurp(scratch / "q.dxf"));
}

TEST_CASE("the drawing of a shipped board has its area, and its volume is the board's") {
  const Scratch scratch;
  const Said said =
      fitwright_says("make bookshelf --per-part --json -o " + scratch / "b.dxf" + " -o " + scratch / "l.json");
  REQUIRE(said.status == 0);
  // No file for what is not flat, one list for all.
  CHECK(scratch.names() == std::set<std::string>{"b-back.dxf", "b-shelf.dxf", "b-side_left.dxf", "b-side_right.dxf",
                                                 "b-top_bottom.dxf", "l.json"});
  const Json list = Json::parse(slurp(scratch / "l.json"));
  for (const Json& part : said.json()["parts"]) {
    const std::string name = part["name"];
    const Json drawing = measured(scratch / ("b-" + name + ".dxf"));
    const auto row =
        std::find_if(list["parts"].begin(), list["parts"].end(), [&](const Json& r) { return r["label"] == name; });
    REQUIRE(row != list["parts"].end());
    CHECK((*row)["quantity"] == part["quantity"]);
    const double thickness = (*row)["thickness_mm"];
    CHECK(sum(drawing, "CUT_OUTSIDE", "area") == Approx((*row)["area_mm2"].get<double>()).epsilon(1e-9));
    CHECK(sum(drawing, "CUT_OUTSIDE", "area") * thickness - sum(drawing, "POCKET_6MM_DEEP", "area") * 6 ==
          Approx(part["volume_mm3"].get<double>()).epsilon(1e-9));
  }
  // 294 wide, 6 mm deep in each side.
  CHECK(contains(list.dump(), R"("length_mm":776.0)"));
}

TEST_CASE("kerf moves the cuts outwards outside and inwards inside, and nothing else") {
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  make(scratch / "template.lua" + " --set deep=2.5 --kerf 0.2 --per-part -o " + scratch / "p.dxf");
  const Json drawing = measured(scratch / "p-the-plate.dxf");
  CHECK(sum(drawing, "CUT_OUTSIDE", "area") == Approx(plate_area + 0.1 * plate_length + pi * 0.01).epsilon(1e-9));
  // The L: length 140, five corners of the void shrink it and one adds; a round opening is cut, no longer drilled.
  CHECK(sum(drawing, "CUT_INSIDE", "area") == Approx(800 - 0.1 * 140 + (5 - 1) * 0.01 + pi * 5.9 * 5.9).epsilon(1e-9));
  CHECK(sum(drawing, "POCKET_2.5MM_DEEP", "area") == Approx(200).epsilon(1e-9));
}

TEST_CASE("an SVG has its real size and the colours of the profile that was named") {
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  const std::string plate = scratch / "template.lua" + " --per-part -o " + scratch / "p.svg";
  make(plate + " --profile ponoko_legacy");
  Json drawing = measured(scratch / "p-the-plate.svg");
  CHECK(drawing["size_mm"] == Json({100.0, 80.0}));
  CHECK(sum(drawing, "cut-outside", "area") == Approx(plate_area).epsilon(1e-9));
  CHECK(sum(drawing, "cut-outside", "arcs") == 4);
  CHECK(sum(drawing, "cut-inside", "area") == Approx(800 + 36 * pi).epsilon(1e-9));
  for (const Json& shape : drawing["shapes"]) {
    CHECK(shape["colour"] == "#0000FF");
    CHECK(shape["stroke_mm"] == 0.01);
  }
  make(plate + " --profile red_cut_black_engrave");
  drawing = measured(scratch / "p-the-plate.svg");
  for (const Json& shape : drawing["shapes"])
    CHECK(shape["colour"] == (shape["layer"] == "cut-outside" ? "#FF0000" : "#0000FF"));
  // Without a profile the file says so.
  make(plate);
  CHECK(contains(slurp(scratch / "p-the-plate.svg"), "No colour profile was asked for"));
  // A mark is filled; a pocket is nothing that a laser drawing can say.
  make(plate + " --profile ponoko_legacy --set deep=0.5");
  drawing = measured(scratch / "p-the-plate.svg");
  CHECK(sum(drawing, "engrave", "area") == Approx(200));
  const Said deep = fitwright_says("make " + plate + " --profile ponoko_legacy --set deep=2");
  CHECK(refused(deep, 4));
  CHECK(contains(deep.err, "2 mm deep"));
}

TEST_CASE("what cannot be drawn is refused and nothing is written") {
  const Scratch scratch;
  const Said none = fitwright_says("make knob -o " + scratch / "k.dxf");
  CHECK(refused(none, 4));
  CHECK(contains(none.err, "no part is cut from sheet"));
  CHECK(refused(fitwright_says("make bookshelf -o " + scratch / "b.svg"), 1));
  const Said profile = fitwright_says("make bookshelf --per-part --profile red -o " + scratch / "b.svg");
  CHECK(refused(profile, 2));
  CHECK(contains(profile.err, "ponoko_legacy"));
  CHECK(refused(fitwright_says("make bookshelf --relief dogbone -o " + scratch / "b.dxf"), 1));
  CHECK(refused(fitwright_says("make bookshelf --relief bone -o " + scratch / "b.dxf"), 1));
  CHECK(refused(fitwright_says("make bookshelf --kerf 30 -o " + scratch / "b.dxf"), 1));
  std::string leaning = kPlate;
  leaning.replace(leaning.find("sheet = \"+z\""), 12, "sheet = \"+x\"");
  spill(scratch / "template.lua", leaning);
  const Said tilted = fitwright_says("make " + scratch / "template.lua" + " -o " + scratch / "t.dxf");
  CHECK(refused(tilted, 4));
  CHECK(contains(tilted.err, "leans 90 degrees"));
  CHECK(scratch.names() == std::set<std::string>{"template.lua"});
}

TEST_CASE("a relief gives each pocket corner the closed form of its bit") {
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  make(scratch / "template.lua" + " --set deep=2.5 --relief dogbone --bit 4 --per-part -o " + scratch / "p.dxf");
  const Json drawing = measured(scratch / "p-the-plate.dxf");
  const double bone = 4 * (pi / 2 - 1);
  CHECK(sum(drawing, "POCKET_2.5MM_DEEP", "area") == Approx(200 + 4 * bone).epsilon(1e-9));
  CHECK(sum(drawing, "CUT_INSIDE", "area") == Approx(800 + 5 * bone).epsilon(1e-9));
  CHECK(sum(drawing, "CUT_OUTSIDE", "area") == Approx(plate_area).epsilon(1e-9));
}
