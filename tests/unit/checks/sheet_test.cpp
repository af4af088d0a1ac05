// Parts cut from sheets, swept through the limits of routers, lasers and saws.
#include "geometry/kernel/sheet_outline.hpp"
#include "tests/unit/checks/families.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

const Process router = test_router(), laser = test_laser(), saw = test_saw();

CheckReport report_on(const NodePtr& solid, const Process& process, bool metal = false) {
  const BuiltPart part = build(solid);
  const FlatPart flat{sheet_outline(part, {0, 0, 1}), {}, {{18, 17.1, 18.1, "this test", DataStatus::sourced}}};
  const CheckInput input{"part", &part.mesh, &part, &process, &flat, metal};
  auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  return *report;
}

std::vector<Finding> findings(const NodePtr& solid, const Process& process, std::string_view check,
                              bool metal = false) {
  CheckReport report = report_on(solid, process, metal);
  std::erase_if(report.findings, [&](const Finding& finding) { return finding.check != check; });
  return report.findings;
}

NodePtr board(double x, double y, double t = 18) { return block(x, y, t); }
NodePtr through(double d, double x, double y) { return moved(rod(d / 2, 40), x, y, -1); }

}  // namespace

TEST_CASE("a plain board is clean for every way of cutting, and its exact limits pass") {
  for (const Process* process : {&router, &laser, &saw}) {
    const CheckReport report = report_on(board(400, 300), *process);
    CHECK(report.verdict() == Verdict::clean);
    for (const Unchecked& one : report.unchecked) UNSCOPED_INFO(one.check + ": " + one.reason);
    CHECK(report.unchecked.empty());
  }
}

TEST_CASE("a thickness that nobody sells is told with the nearest that is sold") {
  for (const double t : {17.1, 17.7, 18.0, 18.1})
    CHECK(findings(board(200, 100, t), router, "sheet_thickness").empty());
  for (const double t : {17.09, 18.11, 12.0}) {
    const auto found = findings(board(200, 100, t), router, "sheet_thickness");
    REQUIRE(found.size() == 1);
    CHECK(*found[0].measured == Approx(t));
    CHECK(*found[0].required == 18);
  }
}

TEST_CASE("a wall that leans or a ball is no flat part, and the face is named") {
  const NodePtr wedge = profile({{0, 0}, {100, 0}, {90, 18}, {0, 18}}, 60);
  const auto found = findings(wedge, laser, "flat_part");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::blocks);
  CHECK_FALSE(found[0].message.empty());
  CHECK(findings(op("sphere", {9.0}), router, "flat_part").size() == 1);
}

TEST_CASE("holes, slots, notches and webs are measured in closed form up to their limits") {
  for (const double off : {-0.3, -0.01, 0.0, 0.01, 0.3}) {
    const bool wrong = off < 0;
    const auto hole = findings(without(board(100, 80), {through(3 + off, 30, 40)}), router, "sheet_opening");
    CHECK(hole.size() == (wrong ? 1u : 0u));
    if (wrong) CHECK(*hole[0].measured == Approx(3 + off));
    if (wrong) CHECK(length(*hole[0].at - Vec3{30, 40, 9}) < 0.1);
    const auto slot =
        findings(without(board(100, 80), {moved(block(40, 6 + off, 40), 30, 33, -1)}), router, "sheet_opening");
    CHECK(slot.size() == (wrong ? 1u : 0u));
    if (wrong) CHECK(*slot[0].measured == Approx(6 + off));
    const auto notch =
        findings(without(board(100, 80), {moved(block(6 + off, 30, 40), 33, -5, -1)}), router, "sheet_opening");
    CHECK(notch.size() == (wrong ? 1u : 0u));
    const auto edge = findings(without(board(100, 80), {through(10, 10 + off, 40)}), router, "sheet_web");
    CHECK(edge.size() == (wrong ? 1u : 0u));
    if (wrong) CHECK(*edge[0].measured == Approx(5 + off));
    if (wrong) CHECK(length(*edge[0].at - Vec3{(5 + off) / 2, 40, 9}) < 0.1);
    const auto between =
        findings(without(board(100, 80), {through(10, 30, 40), through(10, 30 + 15 + off, 40)}), router, "sheet_web");
    CHECK(between.size() == (wrong ? 1u : 0u));
    // The sharp end of a triangular notch against a hole.
    const NodePtr notched = op(
        "extrude",
        {op("polygon", {std::vector<Vec2>{{0, 0}, {45, 0}, {50, 20}, {55, 0}, {100, 0}, {100, 80}, {0, 80}}}), 18.0});
    const auto tip = findings(without(notched, {through(10, 50, 30 + off)}), router, "sheet_web");
    CHECK(tip.size() == (wrong ? 1u : 0u));
    if (wrong) CHECK(*tip[0].measured == Approx(5 + off));
  }
}

TEST_CASE("what a laser asks depends on thickness and metal") {
  // 0.5 x 18 = 9 mm in wood, 0.7 x 18 = 12.6 mm in steel.
  const auto drilled = [](double d) { return without(board(100, 80), {through(d, 50, 40)}); };
  CHECK(findings(drilled(9), laser, "sheet_opening").empty());
  CHECK(findings(drilled(8.9), laser, "sheet_opening").size() == 1);
  CHECK(findings(drilled(12.5), laser, "sheet_opening", true).size() == 1);
  CHECK(findings(drilled(12.6), laser, "sheet_opening", true).empty());
  const NodePtr grooved = without(board(100, 80), {moved(block(20, 82, 18), 40, -1, 12)});
  const auto pocket = findings(grooved, laser, "sheet_pocket");
  REQUIRE(pocket.size() == 1);
  CHECK(*pocket[0].measured == Approx(6));
  CHECK(pocket[0].severity == Severity::blocks);
  CHECK(findings(grooved, router, "sheet_pocket").empty());
}

TEST_CASE("inside corners tighter than the bit are advice, with their number") {
  const NodePtr window = without(board(100, 80), {moved(block(30, 20, 40), 30, 30, -1)});
  const auto found = findings(window, router, "inside_corner");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::advice);
  CHECK(found[0].message.find("4 inside corners") != std::string::npos);
  const auto rounded = [](double r) {
    return without(board(100, 80),
                   {moved(op("extrude", {op("rounded_rectangle", {30.0, 20.0, r}), 40.0}), 30, 30, -1)});
  };
  CHECK(findings(rounded(3), router, "inside_corner").empty());
  CHECK(findings(rounded(2.9), router, "inside_corner").size() == 1);
  CHECK(findings(window, laser, "inside_corner").empty());
  // Outside corners are cut by going round.
  CHECK(findings(board(100, 80), router, "inside_corner").empty());
}

TEST_CASE("a saw makes rectangles with grooves; curves and windows need more") {
  const NodePtr dado = without(board(300, 200), {moved(block(18, 202, 18), 100, -1, 12), through(8, 40, 40)});
  CHECK(findings(dado, saw, "saw_cut").empty());
  CHECK(findings(without(board(300, 200), {moved(block(30, 20, 40), 30, 30, -1)}), saw, "saw_cut").size() == 1);
  CHECK(findings(without(board(300, 200), {moved(block(30, 20, 40), -1, -1, -1)}), saw, "saw_cut").size() == 1);
}
