// The joints module against figures derived by hand: where teeth, slots and holes lie, and how much wood they take.
#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

/// What `body` builds, in which J is the module; it ends with a list of boards.
Result<ScriptRun> run_body(const std::string& body) {
  const std::string source =
      "local joints = require 'joints@1'\n"
      "return { id = 'trial', version = '1.0.0', name = 'Trial', summary = 's', description = 'd',\n"
      "  licence = 'CC0-1.0', author = 'Tester', processes = { 'laser_sheet' }, parameters = {},\n"
      "  build = function(p, ctx)\n    local J = joints.using(ctx)\n" +
      body +
      "\n    return { parts = J.parts(boards), mates = J.mates(boards), hardware = J.hardware(boards) }\n  end }";
  return TemplateScript(source, "trial", shipped_modules(), operations()).run({}, test_environment());
}

Made build(const std::string& body) {
  auto run = run_body(body);
  if (!run) throw std::runtime_error(describe(run.error()));
  auto parts = workshop().build(run->product, Deflection{});
  if (!parts) throw std::runtime_error(describe(parts.error()));
  for (const BuiltPart& part : *parts) CHECK(mesh_faults(part.mesh).empty());
  return Made{std::move(run->product), std::move(*parts)};
}

void check_accepted(const std::string& body) {
  const auto run = run_body(body);
  INFO((run ? "" : describe(run.error())));
  CHECK(run);
}

void check_refused(const std::string& body, const std::string& reason) {
  const auto run = run_body(body);
  INFO(reason);
  REQUIRE_FALSE(run);
  INFO(run.error().message);
  CHECK(run.error().message.find(reason) != std::string::npos);
}

void check_corners(const Made& made, const std::string& part, const std::vector<Vec3>& corners) {
  for (const Vec3& at : corners) {
    INFO(part << " " << at.x << " " << at.y << " " << at.z);
    CHECK(has_vertex(made.part(part).mesh.vertices, at));
  }
}

double volume_of(const Made& made, const std::string& part) { return exact_volume(*made.part(part).solid, 1e-8); }

}  // namespace

TEST_CASE("joints: fingers share an edge in odd equal parts, each tooth with the clearance on both sides") {
  // 40 mm in fingers of about 9 are 5 of 8. Slide is 0.25 a side here, so every notch grows by 0.125 at either end.
  const Made made = build(R"(
    local a = J.board { name = "a", x = 100, y = 40, thickness = 4 }
    local b = J.board { name = "b", x = 60, y = 40, thickness = 5 }
    local count, pitch = J.finger(a, "left", b, "right", { width = 9, fit = "slide" })
    assert(count == 5 and pitch == 8)
    local boards = { a, b })");
  check_corners(made, "a",
                {{0, 7.875, 0},
                 {5, 7.875, 4},
                 {5, 16.125, 0},
                 {0, 16.125, 4},
                 {5, 23.875, 0},
                 {5, 32.125, 0},
                 {0, 0, 0},
                 {0, 40, 4}});
  check_corners(made, "b",
                {{56, 0, 0},
                 {56, 8.125, 0},
                 {60, 8.125, 5},
                 {60, 15.875, 0},
                 {56, 15.875, 5},
                 {56, 24.125, 0},
                 {60, 31.875, 0},
                 {56, 40, 5}});
  CHECK(volume_of(made, "a") == Approx(4 * (100 * 40 - 2 * 8.25 * 5)).epsilon(1e-9));
  CHECK(volume_of(made, "b") == Approx(5 * (60 * 40 - (8.125 + 8.25 + 8.125) * 4)).epsilon(1e-9));
  REQUIRE(made.product.mates.size() == 1);
  const Mate& mate = made.product.mates[0];
  CHECK((mate.kind == MateKind::slide && mate.a == "a" && mate.b == "b" && mate.clearance == 0.25));
}

TEST_CASE("joints: three boards meet in a corner without taking it twice") {
  // Each of the three edges is 24 or 40 mm long; the corner cube belongs to c alone.
  const Made made = build(R"(
    local a = J.board { name = "a", x = 40, y = 24, thickness = 3 }
    local b = J.board { name = "b", x = 40, y = 24, thickness = 3 }
    local c = J.board { name = "c", x = 40, y = 40, thickness = 3 }
    J.finger(c, "front", a, "front", { width = 8, fit = "rest" })
    J.finger(c, "left", b, "front", { width = 8, fit = "rest" })
    J.finger(a, "left", b, "left", { width = 8, fit = "rest" })
    local boards = { a, b, c })");
  // Of the vertical edge's three fingers the first and last are a's; c takes 3 mm off the bottom of both.
  check_corners(made, "a", {{0, 3, 0}, {8, 3, 0}, {8, 0, 0}, {0, 8, 0}, {3, 8, 0}, {3, 16, 0}, {0, 24, 0}});
  check_corners(made, "b", {{3, 3, 0}, {8, 3, 0}, {3, 8, 0}, {0, 8, 0}, {0, 16, 0}, {3, 24, 0}});
  check_corners(made, "c", {{0, 0, 0}, {8, 0, 0}, {8, 3, 0}, {0, 8, 0}, {3, 8, 0}});
}

TEST_CASE("joints: tabs stand through slots") {
  // 100 mm in two shares: middles at 25 and 75; the tab is 20 wide, the slot 20.5 by 4.5, its middle line at y = 30.
  const Made made = build(R"(
    local a = J.board { name = "a", x = 100, y = 30, thickness = 4 }
    local b = J.board { name = "b", x = 120, y = 50, thickness = 6 }
    local middles = J.tabs(a, "front", b, { x = 10, y = 30, along = "x" }, { count = 2, width = 20, fit = "slide" })
    assert(middles[1] == 25 and middles[2] == 75)
    local boards = { a, b })");
  check_corners(made, "a", {{15, 0, 0}, {15, -6, 0}, {35, -6, 4}, {35, 0, 0}, {65, -6, 0}, {85, -6, 0}, {0, 0, 0}});
  check_corners(made, "b",
                {{24.75, 27.75, 0},
                 {45.25, 27.75, 6},
                 {45.25, 32.25, 0},
                 {24.75, 32.25, 0},
                 {74.75, 27.75, 0},
                 {95.25, 32.25, 6}});
  CHECK(volume_of(made, "a") == Approx(4 * (100 * 30 + 2 * 20 * 6)).epsilon(1e-9));
  CHECK(volume_of(made, "b") == Approx(6 * (120 * 50 - 2 * 20.5 * 4.5)).epsilon(1e-9));
}

TEST_CASE("joints: dados, open and stopped, and rabbets") {
  const Made made = build(R"(
    local shelf = J.board { name = "shelf", x = 80, y = 50, thickness = 5 }
    local side = J.board { name = "side", x = 200, y = 50, thickness = 8 }
    local back = J.board { name = "back", x = 60, y = 50, thickness = 4 }
    J.dado(shelf, "left", side, { { x = 60, y = 0, along = "y" }, { x = 120, y = 0, along = "y" } },
      { depth = 3, fit = "slide" })
    J.dado(shelf, "right", side, { x = 160, y = 0, along = "y" }, { depth = 2, from = 10, to = 40, fit = "slide" })
    J.rabbet(back, "left", side, "right", { depth = 3, fit = "slide" })
    local boards = { shelf, side, back })");
  CHECK(near(made.part("shelf").box.size(), {85, 50, 5}));
  CHECK(near(made.part("shelf").box.min, {-3, 0, 0}));
  // Grooves 5.5 wide about x = 60 and 120, 3 deep, over the whole width; the stopped one 30.5 long about x = 160.
  check_corners(made, "side",
                {{57.25, 0, 5},
                 {62.75, 50, 5},
                 {57.25, 0, 8},
                 {117.25, 0, 5},
                 {122.75, 50, 8},
                 {157.25, 9.75, 6},
                 {162.75, 40.25, 6},
                 {157.25, 9.75, 8}});
  // The rabbet is 4 wide and 0.25 more, at the right end.
  check_corners(made, "side", {{195.75, 0, 5}, {195.75, 50, 8}, {200, 0, 5}});
  CHECK(volume_of(made, "side") ==
        Approx(200 * 50 * 8 - 2 * 5.5 * 50 * 3 - 5.5 * 30.5 * 2 - 4.25 * 50 * 3).epsilon(1e-9));
  CHECK(volume_of(made, "shelf") == Approx(5 * (80 * 50 + 3 * 50 + 2 * 30)).epsilon(1e-9));
}

TEST_CASE("joints: crossing boards each give half their height") {
  const Made made = build(R"(
    local a = J.board { name = "a", x = 90, y = 40, thickness = 3 }
    local b = J.board { name = "b", x = 70, y = 40, thickness = 4 }
    J.cross_lap(a, "back", { 30, 60 }, b, "front", 35, { fit = "slide", share = 0.25 })
    local boards = { a, b })");
  check_corners(made, "a", {{27.75, 40, 0}, {27.75, 30, 0}, {32.25, 30, 3}, {57.75, 30, 0}, {62.25, 40, 0}});
  check_corners(made, "b", {{33.25, 0, 0}, {33.25, 30, 0}, {36.75, 30, 4}, {36.75, 0, 0}});
}

TEST_CASE("joints: dowels stand a third in the face, screws go through it") {
  const Made made = build(R"(
    local shelf = J.board { name = "shelf", x = 300, y = 200, thickness = 18 }
    local side = J.board { name = "side", x = 400, y = 200, thickness = 18 }
    local other = J.board { name = "other", x = 400, y = 200, thickness = 18 }
    local middles = J.dowels(shelf, "left", side, { { x = 100, y = 0, along = "y" }, { x = 300, y = 0, along = "y" } },
      { count = 3, inset = 40 })
    assert(middles[1] == 40 and middles[2] == 100 and middles[3] == 160)
    J.confirmat(shelf, "right", other, { x = 150, y = 0, along = "y" }, { count = 2, inset = 50 })
    local boards = { shelf, side, other })");
  // 35 mm: 11 2/3 in the face and 23 1/3 in the edge, each with 1 mm for glue. Screws of 50 reach 32 beyond 18 mm,
  // and their holes 2 more.
  CHECK(volume_of(made, "side") == Approx(400 * 200 * 18 - 6 * disc(8) * (35.0 / 3 + 1)).epsilon(1e-6));
  CHECK(volume_of(made, "shelf") ==
        Approx(300 * 200 * 18 - 3 * disc(8) * (70.0 / 3 + 1) - 2 * disc(5) * 34).epsilon(1e-6));
  CHECK(volume_of(made, "other") == Approx(400 * 200 * 18 - 2 * disc(7) * 18).epsilon(1e-6));
  const auto& vertices = made.part("side").mesh.vertices;
  for (double x : {100.0, 300.0})
    for (double y : {40.0, 100.0, 160.0})
      CHECK(std::count_if(vertices.begin(), vertices.end(), [&](Vec3 v) {
              return std::abs(std::hypot(v.x - x, v.y - y) - 4) < 1e-6 && std::abs(v.z - (17 - 35.0 / 3)) < 1e-6;
            }) > 6);
  REQUIRE(made.product.hardware.size() == 2);
  CHECK((made.product.hardware[0] == HardwareItem{"dowel_8x35", 6}));
  CHECK((made.product.hardware[1] == HardwareItem{"confirmat_7x50", 2}));
}

TEST_CASE("joints: inserts and hinge cups") {
  const Made made = build(R"(
    local door = J.board { name = "door", x = 400, y = 600, thickness = 18 }
    J.hinge_cup(door, "left", 100)
    J.hinge_cup(door, "left", 500)
    J.insert(door, 300, 50, { size = "insert_M6" })
    local boards = { door })");
  CHECK(volume_of(made, "door") ==
        Approx(400 * 600 * 18 - 2 * (disc(35) + 2 * disc(8)) * 13 - disc(10.5) * 16).epsilon(1e-6));
  // The cup's middle is 5 + 17.5 from the edge, the holes' 9.5 further in and 22.5 to either side.
  const auto& vertices = made.part("door").mesh.vertices;
  const auto round_about = [&](double x, double y, double r) {
    return std::count_if(vertices.begin(), vertices.end(),
                         [&](Vec3 v) { return std::abs(std::hypot(v.x - x, v.y - y) - r) < 1e-6; }) > 6;
  };
  for (double y : {100.0, 500.0}) {
    CHECK(round_about(22.5, y, 17.5));
    CHECK(round_about(32, y - 22.5, 4));
    CHECK(round_about(32, y + 22.5, 4));
  }
  CHECK((made.product.hardware[0] == HardwareItem{"hinge_cup_35", 2}));
}

TEST_CASE("joints: what does not fit is refused in words") {
  const std::string two =
      "local a = J.board { name = 'a', x = 40, y = 24, thickness = 3 }\n"
      "local b = J.board { name = 'b', x = 40, y = 30, thickness = 3 }\nlocal boards = { a, b }\n";
  check_refused(two + "J.finger(a, 'left', b, 'left', { width = 8 })", "differ");
  check_refused(two + "J.finger(a, 'top', b, 'left', { width = 8 })", "no edge top");
  check_refused(two + "J.notch(a, 'front', 30, 50, 3)", "40 mm long");
  check_refused(two + "J.notch(a, 'front', 10, 20, 3) J.notch(a, 'front', 15, 30, 3)", "overlap between 15 and 20");
  check_refused(two + "J.dowels(a, 'left', b, { x = 9, y = 0, along = 'y' }, { count = 1 })", "too thin");
  check_refused(two + "J.insert(a, 9, 9, { size = 'insert_M6' })", "comes out");
  check_refused(two + "J.finger(a, 'front', b, 'front', { width = 8, fit = 'tight' })", "no fit class");
  check_refused(two + "J.finger(a, 'left', b, 'left', { widht = 8 })", "finger has no widht; there are width, fit");
  check_refused(two + "J.finger(a, 'front', b, 'front', { fit = 'press' })", "finger needs a number for width");
  check_refused(two + "J.finger(a, 'front', b, 'front')", "finger needs a table of options");
  check_refused(two + "J.tabs(a, 'left', b, { x = 9, y = 0, along = 'y' }, { count = 1 })", "number for width");
  check_refused(two + "J.tabs(a, 'left', b, { x = 9, y = 0 }, { count = 1, width = 5 })", "a line is {");
  check_refused(two + "J.fingers(a, 'front', b, 'front', { width = 8 })", "no member of joints.using(ctx) \"fingers\"");
  check_refused(two + "joints.finger(a, 'front', b, 'front', { width = 8 })", "no member of joints \"finger\"");
  check_refused(two + "J:finger(a, 'front', b, 'front', { width = 8 })", "with a point");
  check_refused(two + "joints:using(ctx)", "joints.using(ctx), with a point");
  check_refused(two + "joints.using()", "joints.using(ctx)");
  check_refused(two + "J.board { nme = 'c', x = 4, y = 4, thickness = 3 }", "has no nme; there are name");
  check_refused(two + "J.board { x = 4, y = 4, thickness = 3 }", "needs a name");
  check_refused(two + "J.board { name = 'c', x = 4, thickness = 3 }", "board c needs a positive y");
  check_refused(two + "J.rest(a, b)\nboards = { a }", "board a is joined to b, which is not among");
  check_refused(two + "J.rest(a, b)\nboards = { b }", "board b is joined to a, which is not among");
}

TEST_CASE("joints: boards whose places say otherwise than their joint are refused") {
  // The floor lies at z = 8 to 12 and ends at x = 100; the wall stands there, its x along y and its y upwards.
  const auto box = [](const std::string& floor, const std::string& wall, const std::string& joint) {
    return "local floor = J.board { name = 'floor', x = 100, y = 60, thickness = 4, at = " + floor +
           " }\nlocal wall = J.board { name = 'wall', x = 60, y = 40, thickness = 4, at = " + wall +
           " }\nlocal boards = { floor, wall }\n" + joint;
  };
  const std::string flat = "{ z = 8 }", at_end = "{ x = 100, rx = 90, rz = 90 }";
  const std::string tabs = "J.tabs(floor, 'right', wall, { x = 0, y = 10, along = 'x' }, { count = 2, width = 15 })";
  check_accepted(box(flat, at_end, tabs));
  // Within the clearance (press is 0.05), not beyond it; towards each other as well as apart.
  check_accepted(box(flat, "{ x = 100.05, rx = 90, rz = 90 }", tabs));
  check_refused(box(flat, "{ x = 100.1, rx = 90, rz = 90 }", tabs), "0.1 mm apart");
  check_refused(box(flat, "{ x = 98, rx = 90, rz = 90 }", tabs), "right edge of floor and its place on wall are 2 mm");
  check_refused(box("{ z = 5 }", at_end, tabs), "3 mm apart");
  // In one of several places is enough; a wall that looks the other way has its line where it had it.
  check_accepted(box(flat, "{ { x = -4, rx = 90, rz = 90 }, { x = 100, rx = 90, rz = 90 } }", tabs));
  check_accepted(box(flat, "{ x = 104, y = 60, rx = 90, rz = -90 }", tabs));

  const std::string dado =
      "J.dado(floor, 'right', wall, { x = 0, y = 10, along = 'x' }, { depth = 2, face = 'bottom' })";
  check_accepted(box(flat, at_end, dado));
  check_refused(box(flat, "{ x = 96, rx = 90, rz = 90 }", dado), "dado: the right edge of floor");
  // Screws go through: the wall may turn either face to the floor. Dowels stand in one.
  const auto screws = [](const std::string& joint) {
    return "J." + joint + "(floor, 'right', wall, { x = 0, y = 10, along = 'x' }, { count = 2 })";
  };
  check_accepted(box(flat, at_end, screws("confirmat")));
  check_accepted(box(flat, "{ x = 96, rx = 90, rz = 90 }", screws("confirmat")));
  check_refused(box(flat, "{ x = 97, rx = 90, rz = 90 }", screws("confirmat")), "1 mm apart");

  // Both boards of a corner reach to the outside.
  const std::string finger = "J.finger(floor, 'right', wall, 'front', { width = 12 })";
  check_accepted(box("{ z = 0 }", "{ x = 96, rx = 90, rz = 90 }", finger));
  check_refused(box("{ z = 0 }", at_end, finger),
                "finger: the right edge of floor and its place on wall are 4 mm apart");
  const std::string rabbet = "J.rabbet(floor, 'right', wall, 'front', { depth = 2, face = 'bottom' })";
  check_accepted(box("{ z = 0 }", at_end, rabbet));
  check_refused(box("{ z = 1 }", at_end, rabbet), "1 mm apart");
  // The floor's slot at x = 30 takes the wall's, which stands with x from 28 to 32.
  const std::string lap = "J.cross_lap(floor, 'back', 30, wall, 'left', 10, { height = 60 })";
  check_accepted(box(flat, "{ x = 28, rx = 90, rz = 90 }", lap));
  check_refused(box(flat, "{ x = 33, rx = 90, rz = 90 }", lap), "cross_lap: the back edge of floor");
}

TEST_CASE("fasteners: what is called the wrong way is told in words") {
  const std::string with = "local fasteners, boards = require 'fasteners', {}\n";
  check_refused(with + "fasteners:clearance(ctx, 'M4', 6)", "with a point, not a colon");
  check_refused(with + "fasteners.clearance('M4', 6)", "first argument is ctx");
  check_refused(with + "fasteners.hole(ctx, 'M4', 6)", "no member of fasteners \"hole\"");
  check_refused(with + "fasteners.pilot(ctx, 'M44', 6)", "no hardware \"M44\"");
  check_refused("local boards = {} local size = require('bearings').sizes['609']", "no member of bearings.sizes");
}

}  // namespace fitwright::test
