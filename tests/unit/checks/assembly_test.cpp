// Parts together: real clearances of what is meant to fit, and nothing running through anything else.
#include "geometry/checks/assembly.hpp"

#include <random>

#include "geometry/checks/interference.hpp"
#include "geometry/checks/mate_clearance.hpp"
#include "tests/unit/checks/families.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

const Process printer = test_printer();

AssemblyInput two(const BuiltPart& a, const BuiltPart& b, const Placement& place_b) {
  AssemblyInput input;
  input.process = &printer;
  input.parts = {{"a", &a.mesh, &a, {Placement{}}}, {"b", &b.mesh, &b, {place_b}}};
  input.fits[FitClass::slide] = {0.2, "mm", "this test", DataStatus::sourced};
  input.fits[FitClass::press] = {0.05, "mm", "this test", DataStatus::sourced};
  return input;
}

CheckReport report_on(const AssemblyInput& input) {
  auto report = run_assembly_checks(input);
  REQUIRE(report);
  return *report;
}

// A box without lid, 60 x 40 x 20 with walls of 2, and a lid of 3 with a lip that leaves `gap` all round.
NodePtr tray() { return without(block(60, 40, 20), {moved(block(56, 36, 20), 2, 2, 2)}); }
NodePtr lid(double gap) {
  return op("union", {Nodes{moved(block(60, 40, 3), 0, 0, 20),
                            moved(block(56 - 2 * gap, 36 - 2 * gap, 5), 2 + gap, 2 + gap, 16)}});
}

}  // namespace

TEST_CASE("a lid's clearance is measured exactly, wherever in its play the lid lies and however it all stands") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> angle(-180, 180), share(-1, 1);
  const BuiltPart box = build(tray());
  for (const double gap : {0.0, 0.1, 0.19, 0.2, 0.25, 0.5}) {
    const BuiltPart cover = build(lid(gap));
    const Placement turn = Placement::rotation({1, 2, 3}, angle(random), {4, 5, 6});
    const Placement shift = Placement::translation({gap * share(random), gap * share(random), 0});
    AssemblyInput input = two(box, cover, turn * shift);
    input.parts[0].assembled = {turn};
    input.mates = {{FitClass::slide, "b", "a", gap}};
    const CheckReport report = report_on(input);
    CHECK(report.unchecked.empty());
    if (gap >= 0.2) {
      CHECK(report.findings.empty());
      continue;
    }
    REQUIRE(report.findings.size() == 1);
    const Finding& found = report.findings[0];
    CHECK(found.check == "clearance");
    CHECK(found.part == "b");
    CHECK(found.severity == (gap == 0 ? Severity::blocks : Severity::risk));
    CHECK(*found.measured == Approx(gap).margin(1e-6));
    CHECK(*found.required == 0.2);
    CHECK(found.source == "this test");
  }
}

TEST_CASE("a pin in a bore has half of the difference in diameter, though both are cut into triangles") {
  const BuiltPart bore = build(without(block(30, 30, 20), {moved(rod(6, 22), 15, 15, -1)}));
  for (const double gap : {0.1, 0.2, 0.3}) {
    const BuiltPart pin = build(rod(6 - gap, 40));
    AssemblyInput input = two(bore, pin, Placement::translation({15, 15, -5}));
    input.mates = {{FitClass::slide, "a", "b", gap}};
    const CheckReport report = report_on(input);
    CHECK(report.findings.size() == (gap < 0.2 ? 1u : 0u));
    if (gap < 0.2) CHECK(*report.findings[0].measured == Approx(gap).margin(1e-6));
  }
}

TEST_CASE("a press fit may be loose by no more than a slide; rest means touching; what is far apart is told") {
  const BuiltPart slot = build(without(block(60, 40, 20), {moved(block(10, 42, 20), 20, -1, 10)}));
  const auto board = [&](double thickness) { return build(block(thickness, 40, 30)); };
  for (const double play : {0.1, 0.4, 0.6}) {
    const BuiltPart shelf = board(10 - play);
    AssemblyInput input = two(slot, shelf, Placement::translation({20 + play / 3, 0, 10}));
    input.mates = {{FitClass::press, "b", "a", play / 2}};
    const CheckReport report = report_on(input);
    CHECK(report.findings.size() == (play > 0.4 ? 1u : 0u));
    if (play > 0.4) CHECK(report.findings[0].severity == Severity::advice);
  }
  const BuiltPart stone = build(block(10, 10, 10));
  for (const double height : {0.0, 0.005, 0.5, 30.0}) {
    AssemblyInput input = two(stone, stone, Placement::translation({2, 3, 10 + height}));
    input.parts[1].name = "b";
    input.mates = {{FitClass::rest, "b", "a", 0}};
    CHECK(report_on(input).findings.size() == (height > 0.1 ? 1u : 0u));
  }
}

TEST_CASE("interference is found with its depth wherever it hides, and touching is none") {
  const TriangleMesh cube = box_mesh({0, 0, 0}, {10, 10, 10});
  const Surface cube_surface(cube);
  const ShrunkBody still(cube_surface, 0.01);
  const auto depth = [&](const TriangleMesh& mesh, Vec3 by) {
    const Surface surface(mesh);
    const ShrunkBody moving(surface, 0.01);
    const auto found = find_interference(still, moving, Placement::translation(by));
    REQUIRE(found);
    return *found ? (*found)->depth : 0.0;
  };
  CHECK(depth(cube, {10, 0, 0}) == 0);    // face on face
  CHECK(depth(cube, {10, 10, 10}) == 0);  // corner on corner
  CHECK(depth(cube, {10.001, 0, 0}) == 0);
  CHECK(depth(cube, {9.5, 0, 0}) == Approx(0.5).epsilon(0.1));
  CHECK(depth(cube, {9.5, 9.8, 3}) == Approx(0.2).epsilon(0.1));
  CHECK(depth(cube, {9.98, 0, 0}) == Approx(0.02).epsilon(0.15));
  CHECK(depth(cube, {0, 0, 0}) > 3);                                 // the same place twice
  CHECK(depth(box_mesh({0, 0, 0}, {2, 2, 2}), {4, 4, 4}) > 3.5);     // wholly inside
  CHECK(depth(box_mesh({-5, 4, 0}, {15, 6, 10}), {0, 0, 0}) > 0.9);  // two bars that cross in one plane
  CHECK(depth(box_mesh({-5, 4, 4}, {15, 6, 6}), {0, 0, 0}) > 3.5);   // a bar run through
  // A thin fin that dips in between all corners.
  CHECK(depth(box_mesh({7.31, 2.17, 9.7}, {7.33, 2.19, 20}), {0, 0, 0}) == Approx(0.3).epsilon(0.15));
  const auto volume = find_interference(still, still, Placement::translation({5, 5, 0}));
  REQUIRE(volume);
  REQUIRE(*volume);
  CHECK((*volume)->volume == Approx(250).epsilon(0.05));
}

TEST_CASE("round surfaces that fit do not interfere by their facets, and do when pushed in") {
  const BuiltPart bore = build(without(block(30, 30, 20), {moved(rod(6, 22), 15, 15, -1)}), true, {.linear = 0.2});
  const BuiltPart pin = build(rod(5.98, 40), true, {.linear = 0.05});
  const auto pushed = [&](double by) { return report_on(two(bore, pin, Placement::translation({15 + by, 15, -5}))); };
  CHECK(pushed(0).findings.empty());
  const CheckReport report = pushed(0.6);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].check == "interference");
  CHECK(report.findings[0].severity == Severity::blocks);
  CHECK(*report.findings[0].measured == Approx(0.58).margin(0.15));
}

TEST_CASE("copies are compared with each other, unsound parts are said to be left out") {
  const BuiltPart plate = build(block(50, 30, 5));
  AssemblyInput input;
  input.parts = {{"plate", &plate.mesh, &plate, {}}};
  for (int i = 0; i < 4; ++i) input.parts[0].assembled.push_back(Placement::translation({0, 0, 5.0 * i}));
  CHECK(report_on(input).findings.empty());
  input.parts[0].assembled.push_back(Placement::translation({0, 0, 18}));
  const CheckReport report = report_on(input);
  REQUIRE(!report.findings.empty());
  CHECK(report.findings[0].message.find("two of plate") != std::string::npos);
  TriangleMesh open = plate.mesh;
  open.triangles.pop_back();
  input.parts.push_back({"open", &open, nullptr, {Placement{}}});
  CHECK(report_on(input).unchecked.size() == 1);
}

TEST_CASE("an assembly that is cancelled says so") {
  const BuiltPart plate = build(block(50, 30, 5));
  std::stop_source source;
  source.request_stop();
  const auto report = run_assembly_checks(two(plate, plate, {}), source.get_token());
  REQUIRE(!report);
  CHECK(report.error().kind == ErrorKind::cancelled);
}
