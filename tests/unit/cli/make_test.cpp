// make: values in, checked files out, or nothing at all.
#include "templates/schema/design.hpp"
#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;
using Keys = std::set<std::string>;

namespace {

std::string out(const Scratch& scratch, const std::string& name) { return " -o '" + scratch / name + "'"; }

/// A template whose fillet fails when `round` is large, and that prints and warns.
constexpr const char* kFragile = R"lua(return {
  id = "fragile", version = "1.0.0", name = "Fragile", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "round", kind = "length", default = 1, min = 0.5, max = 50, step = 0.5, label = "Rounding" } },
  build = function(p)
    print("round is", p.round)
    return { parts = { { name = "a b", solid = box(10, 10, 10):fillet(edges.parallel("z"), p.round) } } }
  end,
}
)lua";

}  // namespace

TEST_CASE("make reports what it made as JSON") {
  const Scratch scratch;
  const Said said = fitwright_says("make bookshelf --set width=912 --set shelves=4 --json" + out(scratch, "b.stl") +
                                   out(scratch, "b.step") + out(scratch, "b.3mf"));
  INFO(said.err);
  REQUIRE(said.status == 0);
  const Json json = said.json();
  CHECK(keys(json) == Keys{"template", "version", "parameters", "process", "parts", "outputs", "sheets", "findings",
                           "undecided", "timings_ms"});
  CHECK(json["template"] == "bookshelf");
  CHECK(json["parameters"]["width"] == 912);
  CHECK(json["parameters"]["shelves"] == 4);
  CHECK(json["parameters"]["height"] == 1800);
  CHECK(keys(json["timings_ms"]) == Keys{"script", "plan", "build", "tessellate", "check", "write", "total"});
  CHECK(json["outputs"].size() == 3);
  std::size_t shelves = 0;
  for (const Json& part : json["parts"]) {
    CHECK(keys(part) ==
          Keys{"name", "quantity", "volume_mm3", "area_mm2", "bbox_mm", "faces", "triangles", "watertight"});
    CHECK(part["watertight"] == true);
    CHECK(part["volume_mm3"] > 0);
    if (part["name"] == "shelf") shelves = part["quantity"];
    for (int axis = 0; axis < 3; ++axis) CHECK(part["bbox_mm"][0][axis] < part["bbox_mm"][1][axis]);
  }
  CHECK(shelves == 4);
  CHECK(scratch.names() == Keys{"b.stl", "b.step", "b.3mf"});
  CHECK(slurp(scratch / "b.step").rfind("ISO-10303-21", 0) == 0);
}

TEST_CASE("lengths are taken in other units, and a shelf keeps its closed form") {
  // A shelf sits 6 mm deep in each side: width - 2*18 + 2*6, by 294, by 18.
  const Json json = fitwright_says("make bookshelf --set width='31.5 in' --json").json();
  CHECK(json["parameters"]["width"].get<double>() == Approx(800.1));
  for (const Json& part : json["parts"])
    if (part["name"] == "shelf")
      CHECK(part["volume_mm3"].get<double>() == Approx((800.1 - 24) * 294 * 18).epsilon(1e-9));
}

TEST_CASE("without -o nothing is written and the report is short") {
  const Said said = fitwright_says("make organiser");
  CHECK(said.status == 0);
  CHECK(contains(said.out, "checks: clean"));
  CHECK(std::count(said.out.begin(), said.out.end(), '\n') <= 6);
  CHECK(said.err.empty());
}

TEST_CASE("values and rules refuse with exit 2") {
  const Said name = fitwright_says("make bookshelf --set widht=900 --json");
  CHECK(refused(name, 2));
  CHECK(contains(name.err, "did you mean width?"));
  CHECK(refused(fitwright_says("make bookshelf --set width=9m"), 2));
  CHECK(refused(fitwright_says("make bookshelf --set width=wide"), 2));
  CHECK(refused(fitwright_says("make bookshelf --set shelves=2.5"), 2));
  CHECK(refused(fitwright_says("make bookshelf --set height=400 --set shelves=12"), 2));
  CHECK(refused(fitwright_says("make bookshelf --preset nonesuch"), 2));
  CHECK(refused(fitwright_says("make bookshelf --process nonesuch"), 2));
  CHECK(refused(fitwright_says("make bookshelf --material nonesuch"), 2));
}

TEST_CASE("usage and file faults end with exit 1 before anything is built") {
  const Scratch scratch;
  CHECK(refused(fitwright_says("make bookshelf --set width"), 1));
  CHECK(refused(fitwright_says("make bookshelf -o a.docx"), 1));
  CHECK(refused(fitwright_says("make bookshelf -o ''"), 1));
  CHECK(refused(fitwright_says("make bookshelf --pose sideways" + out(scratch, "a.stl")), 1));
  CHECK(refused(fitwright_says("make bookshelf" + out(scratch, "nowhere/a.stl")), 1));
  CHECK(refused(fitwright_says("make bookshelf" + out(scratch, "a.stl") + out(scratch, "./a.stl")), 1));
  spill(scratch / "t.lua", "return {");
  CHECK(refused(fitwright_says("make '" + scratch / "t.lua" + "'"), 1));
  CHECK(scratch.names() == Keys{"t.lua"});
}

TEST_CASE("a blocking finding writes nothing, --force does") {
  const Scratch scratch;
  const std::string command = "make bookshelf --process fdm --json" + out(scratch, "a.stl");
  const Said held = fitwright_says(command);
  CHECK(held.status == 3);
  CHECK(held.err.rfind("error: ", 0) == 0);
  CHECK(held.json()["outputs"].empty());
  CHECK_FALSE(held.json()["findings"].empty());
  CHECK(scratch.names().empty());
  const Said forced = fitwright_says(command + " --force");
  CHECK(forced.status == 0);
  CHECK(forced.json()["outputs"].size() == 1);
  CHECK(scratch.names() == Keys{"a.stl"});
}

TEST_CASE("failed geometry ends with exit 4 and says which line and parameter") {
  const Scratch scratch;
  spill(scratch / "template.lua", kFragile);
  const Said said = fitwright_says("make '" + scratch / "template.lua" + "' --set round=30" + out(scratch, "a.stl"));
  CHECK(refused(said, 4));
  CHECK(contains(said.err, "round"));
  CHECK(contains(said.err, "template.lua:7"));
  CHECK(contains(said.err, "template: round is"));
  CHECK(scratch.names() == Keys{"template.lua"});
}

TEST_CASE("one file for each part, with names that are safe") {
  const Scratch scratch;
  spill(scratch / "template.lua", kFragile);
  const Said said = fitwright_says("make '" + scratch.path().string() + "' --per-part --json" + out(scratch, "x.stl"));
  INFO(said.err);
  REQUIRE(said.status == 0);
  CHECK(scratch.names() == Keys{"template.lua", "x-a-b.stl"});
  const Said enclosure = fitwright_says("make enclosure --per-part" + out(scratch, "e.3mf"));
  REQUIRE(enclosure.status == 0);
  CHECK(scratch.names().count("e-body.3mf") + scratch.names().count("e-lid.3mf") == 2);
}

TEST_CASE("all outputs or none") {
  const Scratch scratch;
  spill(scratch / "old.stl", "old");
  fs::create_directories(scratch.path() / "folder.step");
  CHECK(refused(fitwright_says("make organiser" + out(scratch, "old.stl") + out(scratch, "folder.step")), 1));
  CHECK(slurp(scratch / "old.stl") == "old");
  CHECK(scratch.names() == Keys{"old.stl", "folder.step"});
  // A device that is always full takes the second file: the first is not left behind.
  if (::access("/proc/self", W_OK) != 0 || ::geteuid() == 0) {
    CHECK(refused(fitwright_says("make organiser" + out(scratch, "new.stl") + " -o /proc/x.step"), 1));
    CHECK(scratch.names() == Keys{"old.stl", "folder.step"});
  }
}

TEST_CASE("the pose decides where parts stand") {
  const Scratch scratch;
  REQUIRE(fitwright_says("make enclosure" + out(scratch, "made.stl")).status == 0);
  REQUIRE(fitwright_says("make enclosure --pose assembled" + out(scratch, "assembled.stl")).status == 0);
  CHECK(slurp(scratch / "made.stl") != slurp(scratch / "assembled.stl"));
  CHECK(fs::file_size(scratch / "made.stl") == fs::file_size(scratch / "assembled.stl"));
}

TEST_CASE("two runs give the same bytes") {
  const Scratch scratch;
  for (const char* name : {"a", "b"})
    REQUIRE(fitwright_says("make enclosure" + out(scratch, name + std::string(".stl")) +
                           out(scratch, name + std::string(".3mf")) + out(scratch, name + std::string(".step")))
                .status == 0);
  for (const char* extension : {".stl", ".3mf", ".step"})
    CHECK(slurp(scratch / ("a" + std::string(extension))) == slurp(scratch / ("b" + std::string(extension))));
}

TEST_CASE("a finer mesh is asked for by deflection") {
  const auto triangles = [](const std::string& deflection) {
    return fitwright_says("make knob --set grooves=12 --json --deflection '" + deflection + "'")
        .json()["parts"][0]["triangles"]
        .get<int>();
  };
  CHECK(triangles("0.02 mm") > triangles("0.5"));
  CHECK(refused(fitwright_says("make knob --deflection 0"), 2));
  CHECK(refused(fitwright_says("make knob --deflection fine"), 2));
}

TEST_CASE("a saved design is made without its template") {
  const Scratch scratch;
  Design design;
  design.name = "Mine";
  design.template_id = "fragile";
  design.template_version = "1.0.0";
  design.source = kFragile;
  design.values = {{"round", 2.0}};
  REQUIRE(save_design(design, scratch / "mine.fitwright"));
  const std::string subject = "'" + scratch / "mine.fitwright" + "' --json";
  CHECK(fitwright_says("make " + subject).json()["parameters"]["round"] == 2);
  CHECK(fitwright_says("make " + subject + " --set round=3").json()["parameters"]["round"] == 3);
  // Four quarter cylinders of the rounding replace four square edges: 1000 - (4 - pi) r^2 10.
  CHECK(fitwright_says("make " + subject).json()["parts"][0]["volume_mm3"].get<double>() ==
        Approx(1000 - (4 - 3.14159265358979) * 4 * 10));
  CHECK(fitwright_says("check " + subject).json()["verdict"] == "clean");
}

TEST_CASE("a setting is saved as a design, which keeps what it held") {
  const Scratch scratch;
  spill(scratch / "template.lua", kFragile);
  const std::string mine = scratch / "mine.fitwright";
  REQUIRE(fitwright_says("make '" + scratch / "template.lua" + "' --set round=2 -o '" + mine + "'").status == 0);
  fs::remove(scratch / "template.lua");
  CHECK(fitwright_says("make '" + mine + "' --json").json()["parameters"]["round"] == 2);
  Design design = load_design(mine).value();
  CHECK(design.template_id == "fragile");
  design.variants = {{"small", {{"round", 1.0}}}};
  REQUIRE(save_design(design, mine));
  REQUIRE(fitwright_says("make '" + mine + "' --set round=3 -o '" + mine + "'").status == 0);
  const Design again = load_design(mine).value();
  CHECK(again.values.at("round") == ParameterValue(3.0));
  CHECK(again.variants == design.variants);
}

TEST_CASE("a file size limit and a link are met by name, and nothing is left behind") {
  const Scratch scratch;
  const std::string options = "-o '" + scratch / "a.stl" + "' -o '" + scratch / "b.step" + "'";
  const Said said = fitwright_says("make knob " + options, "ulimit -f 8 &&");
  CHECK(refused(said, 1));
  CHECK(contains(said.err, "a.stl"));
  CHECK(scratch.names().empty());
  spill(scratch / "real.stl", "old");
  fs::create_symlink("real.stl", scratch / "a.stl");
  REQUIRE(fitwright_says("make knob " + options).status == 0);
  CHECK(fs::is_symlink(scratch / "a.stl"));
  CHECK(slurp(scratch / "real.stl").size() > 1000);
}
