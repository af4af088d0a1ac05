// Sheets, beds, estimates and order packages as a user gets them, opened by other programs.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;

namespace {

int shell(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()); }

Json measured(const std::string& path) {
  const Scratch scratch;
  REQUIRE(std::system(("/usr/bin/python3 '" FITWRIGHT_SOURCE_DIR "/tests/unit/cli/read_flat.py' '" + path + "' > '" +
                       scratch / "out" + "'")
                          .c_str()) == 0);
  return Json::parse(slurp(scratch / "out"));
}

double sum(const Json& drawing, const std::string& layer) {
  double total = 0;
  for (const Json& shape : drawing["shapes"])
    if (shape["layer"] == layer) total += shape["area"].get<double>();
  return total;
}

/// Packs, unpacks beside, and checks what `sha256sum` says of it.
void packed(const std::string& arguments, const Scratch& scratch) {
  const Said said = fitwright_says("pack " + arguments + " -o " + scratch / "order.zip");
  INFO(said.err);
  REQUIRE(said.status == 0);
  REQUIRE(shell("cd '" + scratch.path().string() + "' && unzip -q order.zip && sha256sum -c --strict SHA256SUMS") == 0);
  for (const char* name : {"README.txt", "order.csv", "settings.json", "LICENCE.txt"})
    CHECK(scratch.names().count(name) == 1);
}

std::vector<fs::path> files_in(const Scratch& scratch) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(scratch.path() / "files")) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("a file a sheet holds every part once, told by its areas, and says how much is used") {
  const Scratch scratch;
  const Said said =
      fitwright_says("make bookshelf --per-sheet --process cnc_router_sheet --json -o " + scratch / "b.dxf");
  REQUIRE(said.status == 0);
  const Json told = said.json();
  double area = 0, used = 0;
  std::size_t parts = 0;
  for (const Json& sheet : told["sheets"]) {
    const Json drawing = measured(scratch / "b-" + sheet["name"].get<std::string>() + ".dxf");
    CHECK(drawing["errors"] == 0);
    std::string layer;
    for (const Json& name : drawing["layers"])
      if (name.get<std::string>().find("CUT_OUTSIDE") == 0) layer = name;
    area += sum(drawing, layer);
    used += sheet["used_percent"].get<double>() / 100 * sheet["size_mm"][0].get<double>() *
            sheet["size_mm"][1].get<double>();
    parts += sheet["parts"].size();
    for (const Json& shape : drawing["shapes"])
      if (shape["layer"] == layer) CHECK(shape["area"].get<double>() > 0);
  }
  std::size_t copies = 0;
  for (const Json& part : told["parts"]) copies += part["quantity"].get<std::size_t>();
  CHECK(parts == copies);
  CHECK(area == Approx(used).epsilon(0.001));
  // The same bytes once more.
  const std::string first = told["outputs"][0];
  const std::string bytes = slurp(first);
  REQUIRE(fitwright_says("make bookshelf --per-sheet --process cnc_router_sheet -o " + scratch / "b.dxf").status == 0);
  CHECK((slurp(first) == bytes));
  CHECK(refused(fitwright_says("make bookshelf --per-sheet --sheet 600x400 --json -o " + scratch / "c.dxf"), 4));
  CHECK(refused(fitwright_says("make bookshelf --per-sheet --per-part -o " + scratch / "c.dxf"), 1));
}

TEST_CASE("a 3MF a print bed is read by the slicer; the panel plan lists cuts") {
  const Scratch scratch;
  REQUIRE(fitwright_says("make enclosure --per-plate --sheet 130x130 -o " + scratch / "e.3mf").status == 0);
  const std::set<std::string> names = scratch.names();
  CHECK(names.count("e-plate-1.3mf") == 1);
  for (const std::string& name : names) CHECK(shell("prusa-slicer --info '" + scratch / name + "'") == 0);
  REQUIRE(fitwright_says("make bookshelf --process panel_saw -o " + scratch / "plan.html").status == 0);
  const std::string plan = slurp(scratch / "plan.html");
  CHECK(contains(plan, "Rip board 1 at"));
  // Boards are numbered through all materials, and all things have their names.
  CHECK_FALSE(contains(plan.substr(plan.find("<h3>Board 1</h3>") + 10), "<h3>Board 1</h3>"));
  CHECK(contains(plan, "Left side"));
  // Sides are grooved for their shelves and the back, and their front edges show.
  CHECK(contains(plan, "<td>1 groove or pocket, edge banding: front</td>"));
  CHECK(contains(plan, "Birch plywood, 6 mm"));
  CHECK_FALSE(contains(plan, "side_left"));
  CHECK(contains(plan, "Cross-cut"));
  CHECK(contains(plan, "<svg"));
}

TEST_CASE("quotes are ranges with sources, for processes, materials and services side by side") {
  const Json quote = fitwright_says("quote enclosure --json").json();
  REQUIRE(quote["estimates"].size() > 3);
  bool at_home = false, by_service = false;
  for (const Json& one : quote["estimates"]) {
    if (one.contains("impossible")) continue;
    INFO(one.dump());
    CHECK(one["eur"]["low"] <= one["eur"]["likely"]);
    CHECK(one["eur"]["likely"] <= one["eur"]["high"]);
    CHECK(one["eur"]["low"].get<double>() > 0);
    for (const Json& line : one["lines"]) CHECK(line["source"].get<std::string>().size() > 4);
    (one["service"].is_null() ? at_home : by_service) = true;
  }
  CHECK(at_home);
  CHECK(by_service);
  CHECK(contains(fitwright_says("quote bookshelf").out, "about"));
}

TEST_CASE("boards are bought whole, and thin plywood costs less than thick") {
  const Json quote = fitwright_says("quote bookshelf --process panel_saw --material birch_plywood --json").json();
  const Json& one = quote["estimates"].at(0);
  std::map<std::string, double> eur;
  for (const Json& line : one["lines"]) eur[line["what"]] = line["eur"]["likely"];
  CHECK(eur.contains("machine time"));
  CHECK(eur.contains("electricity"));
  // Prices are proportional to the thickness, from a yard that sells 18 mm for 48 EUR a square metre; what is bought
  // are whole sheets of a size that is sold.
  const auto sheets = [](double area) {
    for (const double size : {1.525 * 1.525, 2.44 * 1.22, 2.5 * 1.25, 2.44 * 1.525, 3.05 * 1.525})
      if (std::abs(area / size - std::round(area / size)) < 1e-6) return true;
    return false;
  };
  CHECK(sheets(eur["sheet, 18 mm"] / 48));
  CHECK(sheets(eur["sheet, 6 mm"] / 16));
  CHECK(one["sheets_m2"].get<double>() == Approx(eur["sheet, 18 mm"] / 48 + eur["sheet, 6 mm"] / 16));
}

TEST_CASE("an order of flat parts: a DXF a part, read by ezdxf, with everything that goes with it") {
  const Scratch scratch;
  packed("bookshelf --set width=700 --set height=700 --set shelves=2 --process cnc_router_sheet --service sendcutsend",
         scratch);
  const auto files = files_in(scratch);
  CHECK(files.size() >= 3);
  for (const fs::path& file : files) {
    const Json drawing = measured(file.string());
    CHECK(drawing["errors"] == 0);
    CHECK(drawing["insunits"] == 4);
    CHECK(std::count_if(drawing["shapes"].begin(), drawing["shapes"].end(),
                        [](const Json& shape) { return shape["layer"] == "CUT_OUTSIDE"; }) == 1);
  }
  const std::string readme = slurp(scratch / "README.txt");
  CHECK(contains(readme, "sendcutsend.com"));
  CHECK(contains(slurp(scratch / "LICENCE.txt"), "CC-BY-4.0"));
  CHECK(contains(slurp(scratch / "order.csv"), "birch_plywood"));
  const std::string first = slurp(scratch / "order.zip");
  const Scratch again;
  packed("bookshelf --set width=700 --set height=700 --set shelves=2 --process cnc_router_sheet --service sendcutsend",
         again);
  CHECK((slurp(again / "order.zip") == first));
}

TEST_CASE("an order for one's own router has room for the bit where parts meet, and speaks of no options") {
  const Scratch usual, given;
  packed("desk --service own_router", usual);
  packed("desk --service own_router --relief none", given);
  const auto cut = [](const Scratch& scratch) {
    double area = 0;
    for (const fs::path& file : files_in(scratch)) area += sum(measured(file.string()), "CUT_INSIDE");
    return area;
  };
  // A round of a 1/8 inch bit reaches into each corner that is met: the top alone has six slots of four.
  constexpr double radius = 25.4 / 16;
  const double bones = (cut(usual) - cut(given)) / (radius * radius * (std::numbers::pi / 2 - 1));
  CHECK(bones == Approx(std::round(bones)).epsilon(1e-6));
  CHECK(bones >= 6 * 4);
  const std::string readme = slurp(usual / "README.txt");
  CHECK_FALSE(contains(readme, "--"));
  CHECK_FALSE(contains(readme, "cnc_router_sheet"));
  CHECK(contains(readme, "plywood"));
}

TEST_CASE("an order for one's own laser keeps the beam's width from the parts") {
  const Scratch usual;
  packed("finger_box --service own_laser", usual);
  CHECK_FALSE(contains(slurp(usual / "README.txt"), "--"));
  const Scratch given;
  packed("finger_box --service own_laser --kerf 0.2", given);
  for (const fs::path& file : files_in(usual))
    CHECK((slurp(file.string()) == slurp(given / ("files/" + file.filename().string()))));
}

TEST_CASE("an order of printed parts: STEP files that gmsh reads, 3MF plates that the slicer reads") {
  const Scratch steps, plates;
  packed("knob --process sls_mjf --service xometry", steps);
  for (const fs::path& file : files_in(steps)) {
    CHECK(file.extension() == ".step");
    CHECK(shell("gmsh -0 '" + file.string() + "' -o '" + steps / "x.brep'") == 0);
  }
  packed("enclosure --service home_fdm", plates);
  for (const fs::path& file : files_in(plates)) CHECK(shell("prusa-slicer --info '" + file.string() + "'") == 0);
}

TEST_CASE("a service that is a data file alone works; what it refuses is refused with status 3") {
  const Scratch scratch;
  const std::string assets = scratch / "share";
  fs::copy(FITWRIGHT_BINARY_DIR "/share/fitwright", assets, fs::copy_options::recursive);
  spill(assets + "/data/shops/corner_shop.toml", R"(schema_version = 1
[shop]
name = "Corner shop"
processes = ["fdm"]
formats = ["stl"]
one_file_for = "part"
steps = ["Bring it on a stick."]
seen = "yesterday"
source = "a note in its window"
status = "sourced"
[[rule]]
process = "fdm"
seen = "yesterday"
max_part_mm = [100, 100, 50]
source = "a note in its window"
status = "sourced"
)");
  const std::string before = "FITWRIGHT_ASSETS='" + assets + "'";
  const Said listed = fitwright_says("pack", before);
  CHECK(contains(listed.out, "Corner shop (unverified)"));
  CHECK(contains(listed.out, "100 x 100 x 50 mm"));
  CHECK(fitwright_says("pack knob --process fdm --service corner_shop -o " + scratch / "k.zip", before).status == 0);
  CHECK(scratch.names().count("k.zip") == 1);
  const Said large = fitwright_says("pack organiser --service corner_shop -o " + scratch / "o.zip", before);
  CHECK(refused(large, 3));
  CHECK(contains(large.err, "too large for Corner shop"));
  CHECK(scratch.names().count("o.zip") == 0);
}
