// Where a finding turns from advice into a risk: just below and just above each figure of our own.
#include <cmath>
#include <numbers>

#include "geometry/checks/check.hpp"
#include "tests/catch.hpp"
#include "tests/unit/checks/bodies.hpp"
#include "tests/unit/checks/printers.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

constexpr double detail = 0.6;  // mm, finest engraved and raised

// The severity of the only finding of a check on a prism.
Severity severity(std::string_view check, const std::vector<Vec2>& outline, double depth) {
  const TriangleMesh mesh = prism_mesh(outline, depth);
  Process process = test_printer();
  for (const char* key : {"min_engrave_width_mm", "min_emboss_width_mm"})
    process.facts[key] = {detail, "mm", "this test", DataStatus::sourced};
  const CheckInput input{"part", &mesh, nullptr, &process};
  const auto report = run_checks(std::span(&input, 1), {}, std::span(&check, 1));
  REQUIRE(report);
  REQUIRE(report->findings.size() == 1);
  UNSCOPED_INFO(report->findings[0].message << " " << report->findings[0].detail);
  return report->findings[0].severity;
}

// A block with a groove from above, `width` at its bottom and opening by an angle.
std::vector<Vec2> grooved(double width, double deep, double opening_deg) {
  const double low = width / 2, high = low + deep * std::tan(opening_deg / 2 * std::numbers::pi / 180);
  return {{-20, 0}, {20, 0}, {20, 12}, {high, 12}, {low, 12 - deep}, {-low, 12 - deep}, {-high, 12}, {-20, 12}};
}

}  // namespace

TEST_CASE("sharp edges up to 3 mm are points, longer ones are knives") {
  const std::vector<Vec2> wedge{{0, 0}, {30, 0}, {30, 25}};  // 39.8 and 50.2 degrees at its ends
  CHECK(severity("knife_edge", wedge, 2.9) == Severity::advice);
  CHECK(severity("knife_edge", wedge, 3.1) == Severity::risk);
}

TEST_CASE("a ledge up to 2 mm comes out rough, a wider one needs support") {
  const auto ledge = [](double out) {
    return std::vector<Vec2>{{0, 0}, {10, 0}, {10, 10}, {10 + out, 10}, {10 + out, 14}, {0, 14}};
  };
  CHECK(severity("overhang", ledge(1.9), 20) == Severity::advice);
  CHECK(severity("overhang", ledge(2.1), 20) == Severity::risk);
}

TEST_CASE("a gap that opens by more than 20 degrees is a crevice") {
  CHECK(severity("gap", grooved(0.2, 6, 19), 20) == Severity::risk);
  CHECK(severity("gap", grooved(0.2, 6, 21), 20) == Severity::advice);
}

TEST_CASE("engraved and raised detail that keeps half of its limit is advice") {
  const auto raised = [](double wide) {
    return std::vector<Vec2>{{-20, 0},         {20, 0},           {20, 10},        {wide / 2, 10},
                             {wide / 2, 10.6}, {-wide / 2, 10.6}, {-wide / 2, 10}, {-20, 10}};
  };
  for (const auto& [share, expected] : {std::pair{0.55, Severity::advice}, std::pair{0.45, Severity::risk}}) {
    CHECK(severity("gap", grooved(share * detail, 0.6, 0), 20) == expected);
    CHECK(severity("wall_thickness", raised(share * detail), 20) == expected);
  }
}
