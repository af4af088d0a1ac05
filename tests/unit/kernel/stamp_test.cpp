// Tier B (stamping) is held to tier C (general booleans), and to hand-derived volumes.
#include <random>

#include "geometry/core/file_io.hpp"
#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

NodePtr post(double x, double y, double r, double from, double to) {
  return op("move", {op("cylinder", {r, to - from}), x, y, from});
}

// No prism to the planner, or it would need no stamp.
const NodePtr& block() {
  static const NodePtr solid = op("intersect", {op("box", {40.0, 30.0, 10.0}), Nodes{op("box", {40.0, 30.0, 10.0})}});
  return solid;
}

// Of what comes on top of the block.
std::string held(const NodePtr& solid) { return held_to_general(product_of(solid), block()); }

void check_stamped(const NodePtr& solid, double volume) {
  CHECK(held(solid) == "B");
  const BuiltPart part = build(solid);
  CHECK(faults_text(part.mesh) == "");
  CHECK(part.volume == Approx(volume).epsilon(1e-9));
}

}  // namespace

TEST_CASE("pockets, bosses and holes on the faces of a block") {
  check_stamped(op("cut", {block(), Nodes{post(10, 10, 3, 6, 11)}}), 12000 - pi * 9 * 4);
  check_stamped(op("cut", {block(), Nodes{post(10, 10, 3, 6, 10)}}), 12000 - pi * 9 * 4);  // flush with the face
  check_stamped(op("cut", {block(), Nodes{post(10, 10, 3, -1, 4)}}), 12000 - pi * 9 * 4);  // from below
  check_stamped(op("cut", {block(), Nodes{post(10, 10, 3, 6, 11), post(20, 10, 3, 5, 11), post(10, 20, 2, -1, 3)}}),
                12000 - pi * (9 * 4 + 9 * 5 + 4 * 3));
  check_stamped(op("union", {Nodes{block(), post(10, 10, 3, 10, 15)}}), 12000 + pi * 9 * 5);
  check_stamped(op("union", {Nodes{block(), post(10, 10, 3, 8, 15)}}), 12000 + pi * 9 * 5);  // rooted inside
  check_stamped(op("union", {Nodes{block(), post(10, 10, 3, -5, 15)}}),
                12000 + pi * 9 * 10);                                                        // sticks out on both sides
  check_stamped(op("union", {Nodes{post(10, 10, 3, 8, 15), block()}}), 12000 + pi * 9 * 5);  // any order
  const auto sideways = op("move", {op("rotate", {op("cylinder", {2.0, 6.0}), s("y"), 90.0}), 36.0, 15.0, 5.0});
  check_stamped(op("cut", {block(), Nodes{sideways}}), 12000 - pi * 4 * 4);
  check_stamped(op("cut", {block(), Nodes{op("linear_pattern", {post(5, 5, 1, 6, 11), 4.0, 8.0})}}),
                12000 - 4 * pi * 4);
}

TEST_CASE("stamps on stamps: a blind hole in a boss, through walls of a hollow") {
  check_stamped(op("cut", {block(), Nodes{post(10, 10, 3, 6, 11), post(10, 10, 1, 3, 7)}}), 12000 - pi * (9 * 4 + 3));
  const auto boss = op("union", {Nodes{block(), post(20, 15, 5, 10, 20)}});
  check_stamped(op("cut", {boss, Nodes{post(20, 15, 2, 12, 21)}}), 12000 + pi * 25 * 10 - pi * 4 * 8);
  check_stamped(op("cut", {boss, Nodes{post(20, 15, 2, -1, 21)}}), 12000 + pi * 25 * 10 - pi * 4 * 20);
  const auto cavity = op("move", {op("box", {36.0, 26.0, 9.0}), 2.0, 2.0, 2.0});
  const auto tray = op("cut", {block(), Nodes{cavity}});
  check_stamped(tray, 12000 - 36 * 26 * 8);
  const auto through_both_walls =
      op("move", {op("rotate", {op("cylinder", {2.0, 60.0}), s("y"), 90.0}), -5.0, 15.0, 6.0});
  check_stamped(op("cut", {tray, Nodes{through_both_walls}}), 12000 - 36 * 26 * 8 - 2 * pi * 4 * 2);
  const auto one_wall = op("move", {op("rotate", {op("cylinder", {2.0, 10.0}), s("y"), 90.0}), -5.0, 15.0, 6.0});
  check_stamped(op("cut", {tray, Nodes{one_wall}}), 12000 - 36 * 26 * 8 - pi * 4 * 2);
  check_stamped(op("union", {Nodes{tray, post(20, 15, 3, 2, 9), post(10, 15, 3, 1, 12)}}),
                12000 - 36 * 26 * 8 + pi * 9 * 7 + pi * 9 * 10);
  // A bar across the hollow joins two walls.
  const auto bar = op("move", {op("rotate", {op("cylinder", {2.0, 38.0}), s("y"), 90.0}), 1.0, 15.0, 6.0});
  check_stamped(op("union", {Nodes{tray, bar}}), 12000 - 36 * 26 * 8 + pi * 4 * 36);
}

TEST_CASE("a ring leaves an island, and later operations work on it") {
  const auto ring = op("extrude", {op("profile_cut", {op("circle", {6.0}), Nodes{op("circle", {3.0})}}), 5.0});
  const auto engraved = op("cut", {block(), Nodes{op("move", {ring, 20.0, 15.0, 7.0})}});
  check_stamped(engraved, 12000 - pi * 27 * 3);
  const BuiltPart soft = build(op("fillet", {engraved, op("edges.parallel", {s("z")}), 2.0, 4.0}));
  CHECK(soft.volume == Approx(12000 - pi * 27 * 3 - (4 - pi) * 4 * 10).epsilon(1e-9));
  const BuiltPart sawn = build(op("cut", {engraved, Nodes{op("box", {20.0, 30.0, 30.0})}}));
  CHECK(sawn.volume == Approx((12000 - pi * 27 * 3) / 2).epsilon(1e-9));
  CHECK(faults_text(sawn.mesh) == "");
}

TEST_CASE("what is not certain takes the general tier and stays right") {
  const auto general = [](const NodePtr& solid, double volume) {
    CHECK(held(solid) == "C");
    const BuiltPart part = build(solid);
    CHECK(part.volume == Approx(volume).epsilon(1e-9));
    CHECK(faults_text(part.mesh) == "");
  };
  general(op("cut", {block(), Nodes{post(0, 10, 3, 6, 11)}}), 12000 - pi * 9 * 4 / 2);  // over the edge
  general(op("cut", {block(), Nodes{post(10, 10, 3, 6, 11), post(13, 10, 3, 6, 11)}}),
          12000 - 4 * (2 * pi * 9 - (6 * pi - 9 * std::sqrt(3.0) / 2)));  // two that cross: minus their lens
  general(op("union", {Nodes{block(), post(38, 15, 3, 10, 15)}}), 12000 + pi * 9 * 5);  // overhangs
}

TEST_CASE("engraved text equals the general boolean") {
  const std::string font = read_file("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").value();
  const std::string hash = to_hex(hash_bytes(font));
  const auto letters = op("move", {op("extrude", {op("text", {s("BaO8"), 8.0, hash}), 3.0}), 4.0, 10.0, 8.0});
  Product product = product_of(op("cut", {block(), Nodes{letters}}));
  product.blobs[hash] = font;
  CHECK(held_to_general(product, block()) == "B");
  CHECK(faults_text(Evaluator().build(product, {})->front().mesh) == "");
}

TEST_CASE("random stamps on a tray: B equals C") {
  std::mt19937 random(11);
  const auto pick = [&](double a, double b) {
    return std::round(std::uniform_real_distribution<double>(a, b)(random) * 4) / 4;
  };
  const auto tray = op("cut", {op("intersect", {op("box", {60.0, 50.0, 20.0}), Nodes{op("box", {60.0, 50.0, 20.0})}}),
                               Nodes{op("move", {op("box", {54.0, 44.0, 30.0}), 3.0, 3.0, 4.0})}});
  int stamped = 0;
  for (int round = 0; round < 60; ++round) {
    Nodes tools;
    const int n = 1 + static_cast<int>(random() % 5);
    for (int i = 0; i < n; ++i) {
      const double r = pick(0.5, 4), from = pick(-5, 18), to = from + pick(1, 30);
      const auto upright = op("cylinder", {r, to - from});
      switch (random() % 3) {
        case 0: tools.push_back(op("move", {upright, pick(0, 60), pick(0, 50), from})); break;
        case 1:
          tools.push_back(op("move", {op("rotate", {upright, s("y"), 90.0}), from * 3, pick(0, 50), pick(0, 20)}));
          break;
        default:
          tools.push_back(op("move", {op("box", {pick(1, 8), pick(1, 8), to - from}), pick(0, 55), pick(0, 45), from}));
      }
    }
    NodePtr solid;
    if (round % 2) {
      solid = op("cut", {tray, tools});
    } else {
      tools.insert(tools.begin(), tray);
      solid = op("union", {tools});
    }
    INFO("round " << round);
    stamped += held_to_general(product_of(solid), tray) == "B";
  }
  CHECK(stamped >= 5);
}
