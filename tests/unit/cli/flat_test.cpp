// Drawings of flat parts and cut lists, measured by other programs.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
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
  author = "Tester", processes = { "fdm" },
  parameters = { { "deep", kind = "length", default = 0, min = 0, max = 5, step = 0.5, label = "Deep" } },
  build = function(p)
    local l = polygon { { 20, 20 }, { 60, 20 }, { 60, 30 }, { 40, 30 }, { 40, 50 }, { 20, 50 } }
    local plate = rounded_rectangle(100, 80, 10):cut { l, circle(6):move(80, 60) }:extrude(6)
    if p.deep > 0 then plate = plate:cut(box(20, 10, 10):move(60, 5, 6 - p.deep)) end
    return { parts = {
      { name = "the plate", solid = plate, role = "plate", up = "+z", sheet = "+z", at = { {}, { x = 200 } } },
      { name = "the foot", solid = cylinder(5, 20), role = "foot", at = { { x = -50 } } },
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

TEST_CASE("a browser draws an SVG in real size, in the profile's colours, with outlines as long as the part's") {
  const std::string browser = "/usr/bin/chromium-headless-shell";
  if (!std::filesystem::exists(browser)) {
    const bool packaged = contains("\n" + slurp("/etc/os-release"), "\nID=debian\n");
    REQUIRE_FALSE(packaged);
    WARN("not measured by a browser: " << browser << " is not installed");
    return;
  }
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  make(scratch / "template.lua" + " --per-part --kerf 0.2 --profile red_cut_black_engrave -o " + scratch / "p.svg");
  const std::string command = "/usr/bin/python3 '" FITWRIGHT_SOURCE_DIR "/tests/unit/cli/measure_svg.py' " + browser +
                              " '" + scratch / "p-the-plate.svg" + "' > '" + scratch / "out" + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  const Json drawing = Json::parse(slurp(scratch / "out"));
  // A browser lays out in 64ths of a pixel and measures paths in single precision.
  CHECK(drawing["size_mm"][0].get<double>() == Approx(100.2).margin(25.4 / 96 / 32));
  CHECK(drawing["size_mm"][1].get<double>() == Approx(80.2).margin(25.4 / 96 / 32));
  std::map<std::string, double> lengths;
  for (const Json& shape : drawing["shapes"]) {
    lengths[shape["stroke"]] += shape["length"].get<double>();
    CHECK(shape["fill"] == "none");
  }
  // It measures lines to seven digits, and arcs, which it draws as splines, to four.
  // Outside, red: the corners' radius grows by half the kerf. Inside, blue: the L loses 0.2 for each of its six
  // corners' turns that add up to one, and the round opening is cut.
  CHECK(lengths["rgb(255, 0, 0)"] == Approx(plate_length + 2 * pi * 0.1).margin(2e-4 * 2 * pi * 10.1));
  CHECK(lengths["rgb(0, 0, 255)"] == Approx(140 - 8 * 0.1 + 2 * pi * 5.9).margin(2e-4 * 2 * pi * 5.9));
}

TEST_CASE("what a drawing leaves out is said") {
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  const Said said = fitwright_says("make " + scratch / "template.lua" + " -o " + scratch / "p.dxf");
  CHECK(contains(said.err, "not cut from sheet: the foot"));
  CHECK_FALSE(contains(fitwright_says("make bookshelf -o " + scratch / "b.dxf").err, "not cut from sheet"));
  CHECK_FALSE(contains(fitwright_says("make " + scratch / "template.lua" + " -o " + scratch / "p.csv").err, "sheet"));
}

TEST_CASE("holding tabs interrupt outlines and leave the kerf's share") {
  const Scratch scratch;
  spill(scratch / "template.lua", kPlate);
  make(scratch / "template.lua" + " --per-part --kerf 0.2 --tabs 1.5 -o " + scratch / "p.dxf");
  const Json drawing = measured(scratch / "p-the-plate.dxf");
  // 342 mm of outline take two tabs of 1.5 and a kerf.
  CHECK(sum(drawing, "CUT_OUTSIDE", "length") == Approx(plate_length + 0.2 * pi - 2 * 1.7).epsilon(1e-9));
  int paths = 0;
  for (const Json& shape : drawing["shapes"]) {
    if (shape["layer"] != "CUT_OUTSIDE") continue;
    ++paths;
    CHECK(shape["closed"] == false);
  }
  CHECK(paths == 2);
  CHECK(fitwright_says("make " + scratch / "template.lua" + " --tabs 60 -o " + scratch / "p.dxf").status == 1);
  CHECK(fitwright_says("make knob --tabs 1 -o " + scratch / "p.dxf").status != 0);
}

TEST_CASE("a bit gets room only in corners into which another part comes") {
  const Scratch scratch;
  make("desk --per-part --relief dogbone --bit 3 -o " + scratch / "d.dxf");
  const auto arcs = [&](const char* part, const char* layer) {
    return sum(measured(scratch / ("d-" + std::string(part) + ".dxf")), layer, "arcs");
  };
  // Four corners for each of six tabs, and the cable slot's two ends.
  CHECK(arcs("top", "CUT_INSIDE") == 6 * 4 + 2);
  // Both sides of the roots of two tabs, where the edges of the top's slots come; of four and two with the stretcher.
  CHECK(arcs("leg", "CUT_OUTSIDE") == 2 * 2);
  CHECK(arcs("stretcher", "CUT_OUTSIDE") == (4 + 2) * 2);
  // A wedge fills the outer end of its slot; the other end lies free inside the leg, by more than the bit rounds.
  CHECK(arcs("stretcher", "CUT_INSIDE") == 4 * 2);
}

TEST_CASE("banded edges are called by the finished product: a desk's legs have theirs in front and behind") {
  const Scratch scratch;
  make("desk -o " + scratch / "l.json");
  for (const Json& row : Json::parse(slurp(scratch / "l.json"))["parts"])
    if (row["label"] == "leg") CHECK(row["edge_banding"] == Json{"front", "back"});
}

TEST_CASE("a cut list says grain, banding and what to buy, under the names that the files have") {
  const Scratch scratch;
  make("bookshelf --set joint=confirmat --per-part -o " + scratch / "b.dxf" + " -o " + scratch / "l.csv" + " -o " +
       scratch / "l.json");
  const Json list = Json::parse(slurp(scratch / "l.json"));
  std::map<std::string, Json> rows;
  for (const Json& row : list["parts"]) {
    rows[row["label"]] = row;
    CHECK(scratch.names().contains("b-" + row["label"].get<std::string>() + ".dxf"));
  }
  CHECK(rows["shelf"]["grain"] == "length");
  CHECK(rows["shelf"]["quantity"] == 5);
  // The front edge of 764 mm, and both sides' of 1800.
  CHECK(rows["shelf"]["edge_banding"] == Json{"front"});
  CHECK(rows["shelf"]["banding_mm"] == Approx(764));
  CHECK(rows["side_left"]["banding_mm"] == Approx(1800));
  // The left side is drawn with its front edge above: what counts is where the edge is in the shelf.
  for (const char* part : {"side_left", "side_right", "top_bottom"}) CHECK(rows[part]["edge_banding"] == Json{"front"});
  CHECK(rows["back"]["banding_mm"] == 0);
  // Seven boards with three screws at both ends.
  CHECK(list["hardware"] == Json::parse(R"([{"item": "confirmat_7x50", "quantity": 42}])"));
  const std::string csv = slurp(scratch / "l.csv");
  CHECK(contains(csv, "shelf,shelf,shelf,5,764,294,18,birch_plywood,yes,224616,length,front,764\n"));
  CHECK(contains(csv, "confirmat_7x50,confirmat_7x50,hardware,42,"));
  // The holes: in the shelf's edges on a layer of their own, in the sides through.
  const Json shelf = measured(scratch / "b-shelf.dxf");
  CHECK(sum(shelf, "EDGE_DRILL_5MM_34MM_DEEP", "area") == Approx(6 * 5 * 34));
  CHECK(sum(measured(scratch / "b-side_left.dxf"), "DRILL_7MM", "length") == Approx(21 * 7 * pi));
}
