// Blocks, pockets, T-slots and drillings for a three-axis mill, swept through the limits.
#include <algorithm>
#include <bit>

#include "geometry/checks/reach.hpp"
#include "tests/unit/checks/families.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

CheckReport report_on(const TriangleMesh& mesh, const BuiltPart* built, bool metal = true) {
  static const Process process = test_mill();
  CheckInput input{"part", &mesh, built, &process};
  input.metal = metal;
  auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  return *report;
}

std::vector<Finding> findings(const NodePtr& solid, std::string_view check, bool exact = true, bool metal = true) {
  const BuiltPart part = build(solid);
  CheckReport report = report_on(part.mesh, exact ? &part : nullptr, metal);
  std::erase_if(report.findings, [&](const Finding& finding) { return finding.check != check; });
  return report.findings;
}

// A pocket with round corners, from above.
NodePtr pocket(double x, double y, double r, double depth) {
  const NodePtr cutter = op("extrude", {op("rounded_rectangle", {x, y, r}), depth + 1});
  return without(block(100, 80, 40), {moved(cutter, 20, 20, 40 - depth)});
}

// A T-slot along y: a neck of 8 and a foot of `foot`.
NodePtr t_slot(double foot) {
  return without(block(60, 50, 30),
                 {moved(block(8, 52, 30), 26, -1, 15), moved(block(foot, 52, 8), 30 - foot / 2, -1, 10)});
}

int ways(std::uint8_t set) { return std::popcount(set); }

}  // namespace

TEST_CASE("a milled block is clean, and needs the set-ups that its shape needs") {
  const BuiltPart plain = build(block(40, 30, 20));
  const CheckReport report = report_on(plain.mesh, &plain);
  CHECK(report.verdict() == Verdict::clean);
  CHECK(report.unchecked.empty());
  const auto count = [](const NodePtr& solid) {
    const BuiltPart part = build(solid);
    const Surface surface(part.mesh);
    const auto reach = reachable(surface);
    REQUIRE(reach);
    return ways(enough(*reach));
  };
  CHECK(count(block(40, 30, 20)) == 2);  // top and bottom; sides stand along both
  const NodePtr from_above = without(block(40, 30, 20), {moved(rod(4, 10), 10, 10, 12)});
  CHECK(count(from_above) == 2);
  const NodePtr and_side = without(from_above, {moved(turned(rod(3, 10), "y", 90), 32, 15, 10)});
  CHECK(count(and_side) == 2);  // what lies underneath stands along the way from the right
  const NodePtr and_front = without(and_side, {moved(turned(rod(3, 8), "x", -90), 20, -1, 10)});
  CHECK(count(and_front) == 3);
}

TEST_CASE("a T-slot is open along its length, and undercut when it ends inside") {
  CHECK(findings(t_slot(20), "undercut").empty());
  const NodePtr closed =
      without(block(60, 50, 30), {moved(block(8, 30, 30), 26, 10, 15), moved(block(20, 30, 8), 20, 10, 10)});
  for (const bool exact : {true, false}) {
    const auto found = findings(closed, "undercut", exact);
    REQUIRE(!found.empty());
    CHECK(found[0].severity == Severity::blocks);
    double area = 0;
    for (const Finding& one : found) area += one.measured.value_or(0);
    // Two ceilings of 6 x 30 and, below them, the parts of floor and end walls that the neck does not show.
    CHECK(area >= 2 * 6 * 30);
    CHECK(area <= 2 * 6 * 30 + 20 * 30 + 2 * 20 * 8 + 2 * 30 * 8 + 1);
  }
  // A foot just as wide as the neck is a plain slot.
  CHECK(findings(t_slot(8), "undercut").empty());
}

TEST_CASE("a closed cavity and a ball under a roof are undercut from everywhere") {
  CHECK_FALSE(findings(without(block(40, 40, 40), {moved(op("sphere", {8.0}), 20, 20, 20)}), "undercut").empty());
  CHECK(findings(op("sphere", {20.0}), "undercut").empty());
}

TEST_CASE("the radius of a pocket's corners is held to what a tool of its depth leaves") {
  // 20 mm deep: a tool of 5 mm, which leaves 1.3 times 2.5 mm.
  const double needed = 1.3 * 20 / 4 / 2;
  for (const double r : {0.6 * needed, 0.95 * needed, needed, 1.05 * needed, 2 * needed}) {
    const auto found = findings(pocket(40, 30, r, 20), "mill_corner");
    CHECK(found.size() == (r < needed - 1e-9 ? 4u : 0u));
    if (found.empty()) continue;
    CHECK(*found[0].measured == Approx(r));
    CHECK(*found[0].required == Approx(needed));
  }
  // The smallest tool is 1 mm: in a shallow pocket 0.65 mm is enough.
  CHECK(findings(pocket(40, 30, 0.65, 2), "mill_corner").empty());
  CHECK(findings(pocket(40, 30, 0.6, 2), "mill_corner").size() == 4);
}

TEST_CASE("sharp upright corners cannot be milled; a floor's rim and a groove open at its ends can") {
  const NodePtr square = without(block(60, 50, 30), {moved(block(20, 20, 20), 20, 15, 18)});
  for (const bool exact : {true, false}) {
    const auto found = findings(square, "mill_corner", exact);
    CHECK(found.size() == 4);
    for (const Finding& one : found) {
      CHECK(one.severity == Severity::blocks);
      CHECK(*one.measured == 0);
    }
    CHECK(findings(without(block(60, 50, 30), {moved(block(20, 52, 20), 20, -1, 18)}), "mill_corner", exact).empty());
    CHECK(findings(without(block(60, 50, 30), {moved(rod(10, 20), 30, 25, 18)}), "mill_corner", exact).empty());
  }
}

TEST_CASE("depth over width of slots, and depth over diameter of holes, to the limit") {
  for (const double ratio : {2.0, 3.9, 4.0, 4.1, 6.0}) {
    const NodePtr slot = without(block(60, 50, 40), {moved(block(5, 52, 40), 26, -1, 40 - 5 * ratio)});
    // Open at its ends it can be cut from the front as well, where it is long: depth counts from above.
    const auto found = findings(slot, "mill_pocket");
    CHECK(found.size() == (ratio > 4 ? 1u : 0u));
    if (!found.empty()) CHECK(*found[0].measured == Approx(ratio));
  }
  for (const double ratio : {3.0, 4.0, 4.1, 9.9, 10.0, 10.1}) {
    const NodePtr hole = without(block(60, 50, 60), {moved(rod(2, 60), 30, 25, 60 - 4 * ratio)});
    const auto found = findings(hole, "mill_hole");
    CHECK(found.size() == (ratio > 4 ? 1u : 0u));
    if (found.empty()) continue;
    CHECK(*found[0].measured == Approx(ratio));
    CHECK(found[0].severity == (ratio > 10 ? Severity::risk : Severity::advice));
  }
}

TEST_CASE("walls and floors under the cutter: metal bears more than plastic") {
  const auto walled = [](double t) {
    return without(block(60, 50, 30),
                   {moved(block(60, 60, 30), 10 + t, -5, 18), moved(block(21, 60, 30), -11, -5, 18)});
  };
  for (const double t : {0.7, 0.79, 0.8, 1.2, 1.49, 1.5, 2.0}) {
    CHECK(findings(walled(t), "mill_wall", true, true).size() == (t < 0.8 ? 1u : 0u));
    CHECK(findings(walled(t), "mill_wall", true, false).size() == (t < 1.5 ? 1u : 0u));
    CHECK(findings(pocket(40, 30, 5, 40 - t), "mill_wall", true, true).size() == (t < 0.8 ? 1u : 0u));
  }
}
