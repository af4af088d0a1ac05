// new and test: starting a template and seeing where it breaks.
#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;
using Keys = std::set<std::string>;

TEST_CASE("a new template builds, checks and passes its own test") {
  const Scratch scratch;
  const std::string folder = "'" + scratch / "My Spacer 2" + "'";
  REQUIRE(fitwright_says("new " + folder).status == 0);
  const Json about = fitwright_says("show " + folder + " --json").json();
  CHECK(about["id"] == "my-spacer-2");
  CHECK(about["presets"].size() == 2);
  CHECK(contains(slurp(scratch / "My Spacer 2/README.md"), "fitwright make"));
  // A sleeve: pi * (R^2 - r^2) * h with R = 6, r = 2.5 + 0.2 of sliding fit, h = 10. Its top loses two rings, triangles
  // of 0.5 x 0.5 that go round at R - 0.5 / 3 and r + 0.5 / 3.
  const double rings = 2 * 0.125 * (6 - 0.5 / 3 + 2.7 + 0.5 / 3);
  const Json made = fitwright_says("make " + folder + " --json").json();
  CHECK(made["parts"][0]["volume_mm3"].get<double>() == Approx(3.14159265358979 * ((36 - 2.7 * 2.7) * 10 - rings)));
  const Said tested = fitwright_says("test " + folder + " --count 5");
  INFO(tested.err);
  CHECK(tested.status == 0);
  CHECK(contains(tested.out, " 0 failed"));
  CHECK(contains(tested.out, "5 random"));
}

TEST_CASE("the vocabulary is called as the reference says") {
  const Scratch scratch;
  spill(scratch / "logo.svg", "<svg width='40mm' viewBox='0 0 40 20'><circle cx='10' cy='10' r='5'/></svg>");
  spill(scratch / "template.lua", R"lua(
    local function build(p)
      local square, disc = rectangle(20, 20, true), circle(5)
      local tube = disc:cut(circle(4))
      local solids = {
        loft({ square, disc }, { 0, 12 }),
        square:loft({ disc, square }, { 0, 12, 20 }, true),
        loft { { square, disc }, heights = { 0, 12 }, ruled = true },
        tube:sweep(path({ { 0, 0, 0 }, { 50, 0, 0 }, { 50, 40, 0 } }, 8)),
        disc:sweep(spline_path { { 0, 0, 0 }, { 20, 0, 5 }, { 40, 10, 0 } }, "upright"),
        circle(1):sweep(helix(10, 5, 4)),
        gear { module = 2, teeth = 20 }:extrude { h = 8, twist = 20 },
        box(30, 20, 10):shell(1.5, faces.role("top")),
        box(30, 20, 10):shell { wall = 2 },
        sphere(10):split("z", 2, "above"):union(cone(12, 5, 4)),
        torus(10, 3):split { axis = "x", at = 0, keep = "below" },
        regular_polygon(6, 8, "flats"):fillet(1):extrude { h = 5, taper = 3 },
        ellipse(9, 4):cut(spline { { -3, 0 }, { 0, -2 }, { 3, 0 }, { 0, 2 } }):extrude(2),
        thread { d = 8, pitch = 1.25, h = 12, play = 0.1, lead_in = 1 },
        svg { p.logo, width = 80, centered = true }:extrude(1),
      }
      local parts = {}
      for i, solid in ipairs(solids) do parts[i] = { name = "part" .. i, solid = solid } end
      return { parts = parts }
    end
    return { id = "words", version = "1.0.0", name = "Words", licence = "CC0", processes = { "fdm" },
             parameters = { { "logo", kind = "file" } }, build = build })lua");
  const Said said = fitwright_says("make '" + scratch / "template.lua" + "' --set 'logo=" + scratch / "logo.svg" +
                                   "' --force --json -o '" + scratch / "all.step" + "'");
  INFO(said.err);
  REQUIRE(said.status == 0);
  const Json parts = said.json()["parts"];
  REQUIRE(parts.size() == 15);
  for (const Json& part : parts) CHECK(part["watertight"] == true);
  CHECK(parts[14]["volume_mm3"].get<double>() == Approx(3.14159265358979 * 100));  // the page twice its size
}

TEST_CASE("somebody else's STEP part is drilled, engraved and exported again") {
  const Scratch scratch;
  const std::string knob = scratch / "knob.step";
  REQUIRE(fitwright_says("make knob -o '" + knob + "'").status == 0);
  const double before = fitwright_says("make knob --json").json()["parts"][0]["volume_mm3"];
  spill(scratch / "template.lua", R"lua(
    local function build(p)
      local part = step(p.model)
      local drilled = part:cut(cylinder(1, 40):move { x = 8, y = 8, z = -10 })
      return { parts = { { name = "drilled", solid = drilled } } }
    end
    return { id = "drill", version = "1.0.0", name = "Drill", licence = "CC0", processes = { "fdm" },
             parameters = { { "model", kind = "file" } }, build = build })lua");
  const std::string command = "make '" + scratch / "template.lua" + "' --json --set 'model=";
  const Said said = fitwright_says(command + knob + "' -o '" + scratch / "drilled.step" + "'");
  INFO(said.err);
  REQUIRE(said.status == 0);
  // Through all of the knob's 18 mm: pi r^2 h less.
  CHECK(said.json()["parts"][0]["volume_mm3"].get<double>() == Approx(before - 3.14159265358979 * 18).epsilon(1e-6));
  spill(scratch / "junk.step", "ISO-10303-21; junk");
  CHECK(refused(fitwright_says(command + scratch / "junk.step" + "'"), 1));
  CHECK(refused(fitwright_says(command + "none.step'"), 1));
}

TEST_CASE("a new template's commands work as they are printed") {
  const Scratch scratch;
  for (const std::string name : {"knob", "My Thing!"}) {
    const Said said = fitwright_says("new '" + name + "'", "cd '" + scratch.path().string() + "' &&");
    REQUIRE(said.status == 0);
    const std::string mark = "next: fitwright ";
    const std::size_t at = said.out.find(mark);
    REQUIRE(at != std::string::npos);
    const std::string command = said.out.substr(at + mark.size(), said.out.find('\n', at) - at - mark.size());
    const Said made = fitwright_says(command, "cd '" + scratch.path().string() + "' &&");
    INFO(made.err);
    CHECK(made.status == 0);
    CHECK(contains(made.out, "spacer"));
    CHECK(command.ends_with(name == "knob" ? "-o knob.stl" : "-o my-thing.stl"));
  }
}

TEST_CASE("new leaves what is there alone") {
  const Scratch scratch;
  spill(scratch / "mine.txt", "mine");
  CHECK(refused(fitwright_says("new '" + scratch.path().string() + "'"), 1));
  CHECK(refused(fitwright_says("new '" + scratch / "mine.txt" + "'"), 1));
  CHECK(scratch.names() == Keys{"mine.txt"});
  fs::create_directories(scratch.path() / "empty");
  CHECK(fitwright_says("new '" + scratch / "empty" + "'").status == 0);
}

TEST_CASE("test finds the settings that fail and says how to see them") {
  const Scratch scratch;
  spill(scratch / "template.lua", R"lua(return {
  id = "fragile", version = "1.0.0", name = "Fragile", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "round", kind = "length", default = 1, min = 0.5, max = 50, step = 0.5, label = "Rounding" },
    { "size", kind = "length", default = 10, min = 10, max = 20, step = 1, label = "Size" } },
  rules = { { check = function(p) return p.size < 19 end, message = "Too large.", parameters = { "size" } } },
  build = function(p)
    return { parts = { { name = "a", solid = box(p.size, 10, 10):fillet(edges.parallel("z"), p.round) } } }
  end,
}
)lua");
  const std::string subject = "'" + scratch.path().string() + "'";
  const Said said = fitwright_says("test " + subject + " --count 0");
  CHECK(said.status == 4);
  CHECK(said.err.rfind("error: 1 of ", 0) == 0);
  CHECK(contains(said.err, "--set round=50"));
  CHECK(contains(said.out, "1 settings were refused by rules"));
  CHECK(fitwright_says("make " + subject + " --set round=50").status == 4);
  // A wrong option is told once, not for every setting.
  const Said mistyped = fitwright_says("test " + subject + " --process fmd");
  CHECK(mistyped.status == 2);
  CHECK(mistyped.err.find("fmd") == mistyped.err.rfind("fmd"));
  // The same seed draws the same settings.
  CHECK(fitwright_says("test " + subject + " --count 8").err == fitwright_says("test " + subject + " --count 8").err);
}

TEST_CASE("test tells failures alike once, results thrown away, and handles that cannot be dragged") {
  const Scratch scratch;
  spill(scratch / "template.lua", R"lua(return {
  id = "alike", version = "1.0.0", name = "Alike", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "round", kind = "length", default = 1, min = 0.5, max = 50, step = 0.5, label = "Rounding" } },
  presets = { { "a", values = { round = 20 } }, { "b", values = { round = 30 } }, { "c", values = { round = 40 } } },
  build = function(p)
    local body = box(10, 10, 10)
    body:cut(cylinder(2, 30))
    return { parts = { { name = "a", solid = body:fillet(edges.parallel("z"), p.round) } },
      handles = { { parameter = "round", at = { 0, 0, 0 }, direction = "+x" } } }
  end,
}
)lua");
  const std::string subject = "'" + scratch.path().string() + "'";
  const Said said = fitwright_says("test " + subject + " --count 0");
  INFO(said.err);
  CHECK(said.status == 4);
  // Presets a, b, c and the range's end 50.
  CHECK(contains(said.err, "4 of 6 settings of alike failed"));
  CHECK(contains(said.err, "4 settings:\nfitwright make"));
  CHECK(contains(said.err, "--preset a\n"));
  CHECK(contains(said.err, "--preset c\n"));
  CHECK_FALSE(contains(said.err, "round=50"));
  CHECK(contains(said.err, "and 1 more"));
  const std::string dropped = "the result of cut in";
  CHECK(said.err.find(dropped) != std::string::npos);
  CHECK(said.err.find(dropped) == said.err.rfind(dropped));
  CHECK(contains(said.err, "template.lua:8 is used by nothing"));
  CHECK(contains(said.err, "handle of round does not move"));
  CHECK(contains(fitwright_says("make " + subject).err, "is used by nothing"));
}

TEST_CASE("characters that the font lacks are named") {
  const Scratch scratch;
  spill(scratch / "template.lua", R"lua(return {
  id = "plate", version = "1.0.0", name = "Plate", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "label", kind = "text", default = "AB", max = 12, label = "Label" } },
  build = function(p)
    return { parts = { { name = "a", solid = box(80, 20, 4):union(text(p.label, 8):extrude(5):move(5, 5, 0)) } } }
  end,
}
)lua");
  const std::string subject = "'" + scratch.path().string() + "'";
  CHECK(fitwright_says("make " + subject).err.empty());
  const Said said = fitwright_says("make " + subject + " --set label=a\xE6\x97\xA5");
  CHECK(said.status == 0);
  CHECK(contains(said.err, "\xE6\x97\xA5"));
}

TEST_CASE("a template that names an unknown process is a faulty template") {
  const Scratch scratch;
  spill(scratch / "template.lua", R"lua(return {
  id = "odd", version = "1.0.0", name = "Odd", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fmd" }, parameters = {},
  build = function() return { parts = { { name = "a", solid = box(1, 1, 1) } } } end,
}
)lua");
  CHECK(refused(fitwright_says("make '" + scratch.path().string() + "'"), 1));
}
