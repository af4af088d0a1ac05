// A sector cut and repeated is held to the general boolean of all tools at once.
#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

NodePtr turned(std::vector<Vec2> outline) { return op("revolve", {op("polygon", {std::move(outline)})}); }

NodePtr grooves(int n, double r, double at, double from, double to) {
  const auto ring = op("profile_polar_pattern", {op("profile_move", {op("circle", {r}), at, 0.0}), double(n)});
  return op("move", {op("extrude", {ring, to - from}), 0.0, 0.0, from});
}

// Knob-like: a cylinder of 20 x 12 with a chamfered top edge.
NodePtr chamfered(double c) { return turned({{0, 0}, {20, 0}, {20, 12 - c}, {20 - c, 12}, {0, 12}}); }

void check_same(const NodePtr& solid, const char* tier = "C/n") {
  CHECK(held_to_general(product_of(solid), nullptr, 1e-6) == tier);
  CHECK(faults_text(build(solid).mesh) == "");
}

// Area that two circles have in common: radii a and b, middles d apart (elementary; two circular segments).
double lens(double a, double b, double d) {
  const double x = (d * d + a * a - b * b) / (2 * d), y = std::sqrt(a * a - x * x);
  return a * a * std::acos(x / a) + b * b * std::acos((d - x) / b) - d * y;
}

}  // namespace

TEST_CASE("grooves around a chamfered cylinder") {
  check_same(op("cut", {chamfered(2), Nodes{grooves(7, 1.5, 20, 3, 13)}}));  // start above the floor
  check_same(op("cut", {chamfered(2), Nodes{grooves(6, 1.5, 19, 4, 13)}}));
  check_same(op("cut", {chamfered(2), Nodes{grooves(9, 0.7, 14, 8, 13)}}), "B");  // blind holes in the top are stamps
  // Through all, but with a shoulder.
  check_same(op("cut", {turned({{0, 0}, {20, 0}, {20, 8}, {17, 8}, {17, 9}, {16, 12}, {0, 12}}),
                        Nodes{grooves(8, 2, 20, -1, 13)}}));
}

TEST_CASE("volume of a grooved shaft, closed form") {
  // Its ends chamfered by 0.5 on a stretch that the grooves do not reach, so that it is no plain prism.
  const auto shaft = turned({{0, 0}, {9.5, 0}, {10, 0.5}, {10, 30}, {0, 30}});
  const auto solid = op("cut", {shaft, Nodes{grooves(24, 0.8, 10, 5, 31)}});
  const double plain = pi * 100 * 29.5 + pi * 0.5 / 3 * (100 + 95 + 90.25);
  CHECK(tier_of(solid) == "C/n");
  CHECK(build(solid).volume == Approx(plain - 24 * 25 * lens(10, 0.8, 10)).epsilon(1e-7));
  CHECK(faults_text(build(solid).mesh) == "");
}

TEST_CASE("later operations work on a repeated sector") {
  const auto knob = op("cut", {chamfered(2), Nodes{grooves(12, 1, 20, 4, 13)}});
  const double volume = build(knob).volume;
  const BuiltPart bored = build(op("cut", {knob, Nodes{op("move", {op("cylinder", {3.0, 9.0}), 0.0, 0.0, -1.0})}}));
  CHECK(bored.volume == Approx(volume - pi * 9 * 8).epsilon(1e-9));
  CHECK(faults_text(bored.mesh) == "");
  const BuiltPart halved =
      build(op("cut", {knob, Nodes{op("move", {op("box", {50.0, 50.0, 30.0}), 0.0, -25.0, -1.0})}}));
  CHECK(halved.volume == Approx(volume / 2).epsilon(1e-6));
  CHECK(faults_text(halved.mesh) == "");
  const BuiltPart moved = build(op("rotate", {op("mirror", {knob, s("x"), 3.0}), s("y"), 40.0}));
  CHECK(moved.volume == Approx(volume).epsilon(1e-9));
  CHECK(faults_text(moved.mesh) == "");
}
