// What stands, hangs, begins in the air or is closed all round, and which way up is best.
#include <algorithm>

#include "geometry/checks/check.hpp"
#include "geometry/checks/orientation.hpp"
#include "tests/catch.hpp"
#include "tests/unit/checks/bodies.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

Process process_with(std::initializer_list<std::pair<std::string, double>> limits) {
  Process process;
  process.id = process.name = "test";
  process.input_kind = "solid";
  process.needs_supports = true;
  process.facts["needs_supports"] = {true, "", "", DataStatus::sourced};
  for (const auto& [key, value] : limits)
    process.facts[key] = {value, unit_of_key(key).value_or(""), "this test", DataStatus::sourced};
  return process;
}

const Process filament = process_with(
    {{"nozzle_diameter_default_mm", 0.4}, {"layer_height_default_mm", 0.2}, {"max_overhang_from_vertical_deg", 45}});

std::vector<Finding> findings(const TriangleMesh& mesh, std::string_view check, const Process& process = filament) {
  const CheckInput input{"part", &mesh, nullptr, &process};
  auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  std::erase_if(report->findings, [&](const Finding& finding) { return finding.check != check; });
  return report->findings;
}

}  // namespace

TEST_CASE("a leaning bar tips over when its centre of mass leaves its foot") {
  // A parallelogram 10 wide and 20 high that leans by d: its centre lies at (10 + d) / 2, its foot ends at 10.
  const auto bar = [](double d) { return prism_mesh({{0, 0}, {10, 0}, {10 + d, 20}, {d, 20}}, 8); };
  CHECK(findings(bar(9.9), "tipping").empty());
  const auto found = findings(bar(14), "tipping");
  REQUIRE(found.size() == 1);
  CHECK(*found[0].measured == Approx(-2));
  CHECK(found[0].at->x == Approx(12));
}

TEST_CASE("a hook's tip begins in the air, flat or pointed; a pit is no beginning") {
  const TriangleMesh flat =
      prism_mesh({{0, 0}, {20, 0}, {20, 30}, {40, 30}, {40, 10}, {50, 10}, {50, 40}, {0, 40}}, 10);
  const auto found = findings(flat, "island");
  REQUIRE(found.size() == 1);
  CHECK(*found[0].measured == Approx(10));
  CHECK(found[0].at->z == Approx(10));
  // A cone hanging down, steeper than 45 degrees all round.
  TriangleMesh cone;
  cone.vertices = {{40, 5, 10}, {38, 3, 30}, {42, 3, 30}, {42, 7, 30}, {38, 7, 30}};
  cone.triangles = {{0, 2, 1}, {0, 3, 2}, {0, 4, 3}, {0, 1, 4}, {1, 2, 3}, {1, 3, 4}};
  REQUIRE(mesh_faults(cone).empty());
  const auto tips = findings(together(box_mesh({0, 0, 0}, {20, 10, 5}), cone), "island");
  REQUIRE(tips.size() == 1);
  CHECK(tips[0].at->z == Approx(10));
  CHECK(findings(box_mesh({0, 0, 0}, {9, 9, 9}), "island").empty());
  CHECK(findings(prism_mesh({{0, 0}, {30, 0}, {30, 20}, {20, 20}, {15, 5}, {10, 20}, {0, 20}}, 9), "island").empty());
}

TEST_CASE("closed cavities block where resin or powder stays in them, and only there") {
  const TriangleMesh hollow =
      together(box_mesh({0, 0, 0}, {20, 20, 20}), turned_inside_out(box_mesh({5, 5, 5}, {15, 15, 15})));
  const Process resin = process_with({{"escape_hole_diameter_mm", 4}});
  const auto found = findings(hollow, "trapped_cavity", resin);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::blocks);
  CHECK(found[0].source == "this test");
  CHECK(found[0].status == DataStatus::sourced);
  CHECK(found[0].message.find("1 cm3") != std::string::npos);
  CHECK(findings(hollow, "trapped_cavity").empty());
  CHECK(findings(box_mesh({0, 0, 0}, {20, 20, 20}), "trapped_cavity", resin).empty());
}

TEST_CASE("a limit that nobody knows leaves the row undecided, by name") {
  const Process bare = process_with({});
  const TriangleMesh cube = unit_cube();
  const CheckInput input{"part", &cube, nullptr, &bare};
  const auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  CHECK(report->verdict() == Verdict::unverified);
  CHECK(std::any_of(report->unchecked.begin(), report->unchecked.end(), [](const Unchecked& one) {
    return one.check == "wall_thickness" && one.reason == "no smallest wall is known for test";
  }));
}

TEST_CASE("sizes that no part has raise a question about units") {
  CHECK(findings(box_mesh({0, 0, 0}, {0.3, 0.2, 0.1}), "units").size() == 1);
  CHECK(findings(box_mesh({0, 0, 0}, {30000, 200, 100}), "units").size() == 1);
  CHECK(findings(box_mesh({0, 0, 0}, {0.5, 0.2, 0.1}), "units").empty());
}

TEST_CASE("the best way up needs no support when there is one") {
  // A T stands best on its head: the bar's top on the bed, nothing hanging.
  const TriangleMesh tee = prism_mesh({{12, 0}, {18, 0}, {18, 20}, {30, 20}, {30, 26}, {0, 26}, {0, 20}, {12, 20}}, 6);
  const Surface surface(tee);
  const auto ways = rank_orientations(surface);
  REQUIRE(ways);
  const Orientation& best = ways->front();
  CHECK(best.support_area == 0);
  const auto standing = std::find_if(ways->begin(), ways->end(), [](const Orientation& w) { return w.up.z == 1; });
  REQUIRE(standing != ways->end());
  CHECK(standing->support_area == Approx(2 * 12 * 6));
  CHECK(standing->support_volume == Approx(2 * 12 * 6 * 20));
  CHECK(standing->contact_area == Approx(6 * 6));
  CHECK(standing->height == Approx(26));
  CHECK(best.cost < standing->cost);
  // Lying flat is lowest; but when the part is pulled along y, layers along y would be pulled apart.
  CHECK(std::abs(best.up.y) == Approx(1));
  const auto pulled = rank_orientations(surface, {.load = Vec3{0, 1, 0}});
  REQUIRE(pulled);
  CHECK(std::abs(pulled->front().up.y) < 0.5);
}
