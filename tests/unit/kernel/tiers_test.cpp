// Tier A (profiles first) is held to tier C (general booleans): same volume, same origins, kind and area of
// every face, closed.
#include <random>

#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

Tier tier_of(const NodePtr& solid) {
  Evaluator evaluator;
  BuildStats stats;
  auto built = evaluator.build(product_of(solid), {}, {}, &stats);
  REQUIRE(built);
  return stats.tier;
}

void check_same(const NodePtr& solid) {
  CHECK(tier_of(solid) == Tier::profiles);
  const BuiltPart a = build(solid, true), c = build(solid, false);
  CHECK(difference(a, c) == "");
  CHECK(faults_text(a.mesh) == "");
}

NodePtr hole(double x, double y, double r, double from, double to) {
  return op("move", {op("cylinder", {r, to - from}), x, y, from});
}
std::string s(const char* text) { return text; }

}  // namespace

TEST_CASE("holes through a plate become inner wires") {
  const auto plate = op("box", {40.0, 30.0, 4.0});
  check_same(op("cut", {plate, Nodes{hole(10, 10, 3, -1, 5)}}));
  check_same(op("cut", {plate, Nodes{hole(10, 10, 3, -1, 5), hole(30, 20, 2, 0, 4)}}));   // flush ends
  check_same(op("cut", {plate, Nodes{hole(10, 10, 3, -1, 5), hole(12, 10, 3, -2, 9)}}));  // tools that overlap
  check_same(op("cut", {plate, Nodes{hole(0, 10, 3, -1, 5)}}));                           // crosses the rim
  check_same(op("cut", {op("cut", {plate, Nodes{hole(10, 10, 3, -1, 5)}}), Nodes{hole(12, 10, 3, -1, 5)}}));
  check_same(op("cut", {plate, Nodes{op("linear_pattern", {hole(5, 15, 2, -1, 5), 4.0, 10.0})}}));
  check_same(op("cut", {plate, Nodes{op("grid_pattern", {hole(5, 5, 1, -1, 5), 4.0, 3.0, 10.0, 10.0})}}));
}

TEST_CASE("the axis may be any of the three, and prisms may be turned and mirrored") {
  const auto plate = op("box", {40.0, 30.0, 4.0});
  const auto through_x = op("rotate", {op("cylinder", {1.0, 60.0}), s("y"), 90.0});
  check_same(op("cut", {plate, Nodes{op("move", {through_x, -5.0, 10.0, 2.0})}}));
  const auto through_y = op("rotate", {op("cylinder", {1.0, 60.0}), s("x"), -90.0});
  check_same(op("cut", {plate, Nodes{op("move", {through_y, 12.0, -5.0, 2.0})}}));
  const auto wedge = op("extrude", {op("polygon", {std::vector<Vec2>{{2, 2}, {9, 2}, {2, 7}}}), 4.0});
  check_same(op("cut", {plate, Nodes{op("mirror", {wedge, s("x"), 10.0})}}));
  check_same(op("cut", {plate, Nodes{op("mirror", {wedge, s("z"), 2.0})}}));
  check_same(op("cut", {op("mirror", {plate, s("z"), 1.0}), Nodes{op("move", {wedge, 0.0, 0.0, -2.0})}}));
  check_same(op("cut", {op("rotate", {plate, s("z"), 30.0}), Nodes{op("rotate", {wedge, s("z"), 30.0})}}));
  check_same(
      op("cut", {op("rotate", {plate, s("x"), 180.0, Vec3{0, 0, 2}}), Nodes{op("move", {wedge, 0.0, -20.0, 0.0})}}));
}

TEST_CASE("unions of level prisms") {
  const auto a = op("box", {10.0, 10.0, 5.0}), b = op("move", {op("box", {10.0, 10.0, 5.0}), 5.0, 5.0, 0.0});
  check_same(op("union", {Nodes{a, b}}));
  check_same(op("union", {Nodes{a, op("move", {a, 10.0, 0.0, 0.0})}}));  // share a whole face
  check_same(op("union", {Nodes{a, op("move", {a, 30.0, 0.0, 0.0})}}));  // apart
  check_same(op("union", {Nodes{a, op("move", {op("cylinder", {3.0, 5.0}), 10.0, 5.0, 0.0})}}));
  check_same(op("union", {Nodes{a, op("move", {op("cylinder", {3.0, 5.0}), 5.0, 5.0, 0.0})}}));  // swallowed
  check_same(op("cut", {op("union", {Nodes{a, b}}), Nodes{hole(7, 7, 1, -1, 6), hole(2, 2, 1, -1, 6)}}));
  check_same(op("cut", {a, Nodes{op("union", {Nodes{hole(3, 3, 1, -1, 6), hole(4, 3, 1, -2, 7)}})}}));
  check_same(op("polar_pattern", {op("move", {op("box", {10.0, 2.0, 3.0}), 0.0, -1.0, 0.0}), 6.0}));
  check_same(op(
      "tag", {op("cut", {op("tag", {a, s("body")}), Nodes{op("tag", {hole(5, 5, 2, -1, 6), s("bore")})}}), s("all")}));
}

TEST_CASE("what is no through prism takes another tier") {
  const auto plate = op("box", {40.0, 30.0, 4.0});
  CHECK(tier_of(op("cut", {plate, Nodes{hole(10, 10, 3, 2, 5)}})) == Tier::stamped);
  CHECK(tier_of(op("union", {Nodes{plate, op("move", {op("cylinder", {3.0, 9.0}), 10.0, 10.0, 0.0})}})) ==
        Tier::general);
}

TEST_CASE("random plates with random through tools: A equals C") {
  std::mt19937 random(7);
  const auto pick = [&](double a, double b) {
    return std::round(std::uniform_real_distribution<double>(a, b)(random) * 4) / 4;
  };
  for (int round = 0; round < 60; ++round) {
    Nodes tools;
    const int n = 1 + static_cast<int>(random() % 5);
    for (int i = 0; i < n; ++i) {
      const double x = pick(-2, 42), y = pick(-2, 32);
      if (random() % 2)
        tools.push_back(hole(x, y, pick(0.5, 6), -1, 5));
      else
        tools.push_back(
            op("move",
               {op("rotate", {op("box", {pick(1, 9), pick(1, 9), 6.0, true}), s("z"), pick(0, 8) * 15}), x, y, -1.0}));
    }
    const auto solid = op("cut", {op("box", {40.0, 30.0, 4.0}), tools});
    const BuiltPart a = build(solid, true), c = build(solid, false);
    INFO("round " << round);
    CHECK(difference(a, c) == "");
    CHECK(faults_text(a.mesh) == faults_text(c.mesh));
  }
}
