// Tier A (profiles first) is held to tier C (general booleans): same volume, same origins, kind and area of
// every face, closed.
#include <random>

#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

void check_same(const NodePtr& solid) {
  CHECK(held_to_general(product_of(solid)) == "A");
  CHECK(faults_text(build(solid).mesh) == "");
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

TEST_CASE("prisms of different heights become a stack of layers") {
  const auto check = [](const NodePtr& solid, double volume) {
    check_same(solid);
    CHECK(build(solid).volume == Approx(volume).epsilon(1e-12));
  };
  const auto block = op("box", {40.0, 30.0, 10.0});
  check(op("cut", {block, Nodes{hole(10, 10, 3, 6, 11)}}), 12000 - pi * 9 * 4);
  check(op("cut", {block, Nodes{hole(10, 10, 3, 6, 11), hole(20, 10, 3, 5, 10), hole(10, 20, 2, -1, 3)}}),
        12000 - pi * (9 * 4 + 9 * 5 + 4 * 3));
  check(op("cut", {block, Nodes{hole(10, 10, 3, 6, 11), hole(10, 10, 1, -1, 7)}}), 12000 - pi * (9 * 4 + 6));
  check(op("cut", {block, Nodes{hole(0, 10, 3, 6, 11)}}), 12000 - pi * 9 * 4 / 2);  // over the edge
  check(op("cut", {block, Nodes{hole(0, 0, 3, 6, 11)}}), 12000 - pi * 9 * 4 / 4);   // over the corner
  check(op("cut", {block, Nodes{hole(10, 10, 3, 6, 11), hole(13, 10, 3, 6, 11)}}),
        12000 - 4 * (2 * pi * 9 - (6 * pi - 9 * std::sqrt(3.0) / 2)));  // two that cross: minus their lens
  check(op("union", {Nodes{block, hole(10, 10, 3, 8, 15)}}), 12000 + pi * 9 * 5);
  check(op("union", {Nodes{block, hole(10, 10, 3, -5, 15)}}), 12000 + pi * 9 * 10);
  check(op("union", {Nodes{block, hole(40, 15, 3, 10, 15)}}), 12000 + pi * 9 * 5);  // overhangs by half
  check(op("union", {Nodes{block, hole(40, 15, 3, 4, 15)}}), 12000 + pi * 9 * (5 + 3));
  // A dado across, a rabbet along the edge, both flush with the faces that they end on.
  check(op("cut", {block, Nodes{op("move", {op("box", {5.0, 32.0, 9.0}), 10.0, -1.0, 7.0}),
                                op("move", {op("box", {40.0, 4.0, 3.0}), 0.0, 26.0, 7.0})}}),
        12000 - 3 * (5 * 30 + 40 * 4 - 5 * 4));
  // A slot in the middle of the wall leaves a window.
  check(op("cut", {block, Nodes{op("move", {op("box", {5.0, 10.0, 3.0}), 10.0, -1.0, 4.0})}}), 12000 - 5 * 9 * 3);
  // A groove around a cylinder's foot tears no tube; a step across one does.
  const auto round = op("cylinder", {10.0, 20.0});
  check(op("cut", {round, Nodes{op("move", {op("box", {30.0, 30.0, 20.0}), 0.0, -15.0, 12.0})}}),
        pi * 100 * 20 - pi * 50 * 8);
  check(
      op("cut",
         {round,
          Nodes{op("move", {op("extrude", {op("profile_cut", {op("circle", {12.0}), Nodes{op("circle", {8.0})}}), 4.0}),
                            0.0, 0.0, 8.0})}}),
      pi * 100 * 16 + pi * 64 * 4);
  // Along x: an L of two boards.
  check(op("union", {Nodes{op("box", {30.0, 20.0, 2.0}), op("box", {2.0, 20.0, 25.0})}}), 30 * 20 * 2 + 2 * 20 * 23);
}

TEST_CASE("a hole whose middle lies level with the ends of the arcs around it") {
  // A ray from the hole's outermost points runs exactly through the tangent points of the ring's corners.
  const auto tray = [](double x, double y, double r, double hole_r) {
    const auto ring = op("profile_cut", {op("rounded_rectangle", {x, y, r, true}),
                                         Nodes{op("rounded_rectangle", {x - 2.4, y - 2.4, r - 1.2, true})}});
    Nodes holes;
    for (const double sx : {-1.0, 1.0})
      for (const double sy : {-1.0, 1.0}) holes.push_back(hole(sx * (x / 2 - r), sy * (y / 2 - r), hole_r, -1, 3));
    return op("union", {Nodes{op("cut", {op("box", {x + 9, y + 9, 2.0, true}), holes}),
                              op("move", {op("extrude", {ring, 4.0}), 0.0, 0.0, 2.0})}});
  };
  for (const double r : {4.8, 5.1, 6.37, 7.0, 8.3}) {
    check_same(tray(115.6, 75.6, r, 1.7));
    const auto rounded = [&](double x, double y, double c) { return x * y - (4 - pi) * c * c; };
    CHECK(
        build(tray(115.6, 75.6, r, 1.7)).volume ==
        Approx(2 * (124.6 * 84.6 - 4 * pi * 1.7 * 1.7) + 4 * (rounded(115.6, 75.6, r) - rounded(113.2, 73.2, r - 1.2)))
            .epsilon(1e-12));
  }
}

TEST_CASE("what is no stack of prisms takes another tier") {
  const auto plate = op("box", {40.0, 30.0, 4.0});
  const auto ball = op("revolve", {op("polygon", {std::vector<Vec2>{{0, 0}, {5, 0}, {3, 9}, {0, 9}}})});
  CHECK(tier_of(op("cut", {plate, Nodes{op("move", {ball, 20.0, 15.0, 1.0})}})) == "C");
  // Two bars that touch in an edge only: no manifold, and the general tier says so or keeps them apart.
  const auto a = op("box", {10.0, 10.0, 4.0}), b = op("move", {a, 10.0, 10.0, 0.0});
  CHECK(tier_of(op("union", {Nodes{a, b}})) == "C");
}

TEST_CASE("random stacks of prisms: A equals C") {
  std::mt19937 random(17);
  const auto pick = [&](double a, double b) {
    return std::round(std::uniform_real_distribution<double>(a, b)(random) * 2) / 2;
  };
  int layered = 0;
  for (int round = 0; round < 80; ++round) {
    const auto some = [&] {
      const double low = pick(-2, 6), high = low + pick(1, 8);
      const double x = pick(-2, 32), y = pick(-2, 22);
      if (random() % 3 == 0) return hole(x, y, pick(1, 6), low, high);
      if (random() % 2)
        return op("move", {op("extrude", {op("slot", {pick(8, 12), pick(2, 6)}), high - low}), x, y, low});
      return op("move", {op("box", {pick(1, 12), pick(1, 12), high - low}), x, y, low});
    };
    Nodes members{op("box", {30.0, 20.0, 6.0})}, tools;
    for (std::size_t i = random() % 4; i > 0; --i) members.push_back(some());
    for (std::size_t i = 1 + random() % 3; i > 0; --i) tools.push_back(some());
    const auto solid = op("cut", {op("union", {members}), tools});
    INFO("round " << round);
    layered += held_to_general(product_of(solid)) == "A";
  }
  CHECK(layered >= 60);
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
    INFO("round " << round);
    held_to_general(product_of(solid));
  }
}
