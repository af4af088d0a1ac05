// Blends of whole outlines are held to the kernel's general blends, and to hand-derived volumes.
#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

void check_rim(const NodePtr& solid, double volume) {
  CHECK(held_to_general(product_of(solid), nullptr, 1e-6) == "B");
  const BuiltPart part = build(solid);
  CHECK(faults_text(part.mesh) == "");
  CHECK(part.volume == Approx(volume).epsilon(1e-9));
}

NodePtr around(const char* direction) { return op("edges.of", {op("faces.extreme", {s(direction)})}); }

/// What a blend of size r takes from a square edge: its section, and how far the section's middle lies from the faces.
struct Section {
  double area, depth;
  /// Along straight edges, and around an arc of this radius and angle: Pappus, `sense` 1 for an edge around material.
  double straight(double length) const { return area * length; }
  double turned(double radius, double sense, double angle = 2 * pi) const {
    return area * angle * (radius - sense * depth);
  }
};
Section section(const std::string& blend, double r) {
  if (blend == "chamfer") return {r * r / 2, r / 3};
  const double area = r * r * (1 - pi / 4);
  return {area, (r * r * r / 2 - pi * r * r / 4 * (r - 4 * r / (3 * pi))) / area};
}

const auto both = {std::string("fillet"), std::string("chamfer")};

}  // namespace

TEST_CASE("the rim of a block with rounded corners") {
  const auto block = op("extrude", {op("rounded_rectangle", {40.0, 30.0, 6.0, true}), 10.0});
  const double plain = 10 * (1200 - (4 - pi) * 36);
  for (const auto& blend : both)
    for (const double r : {0.5, 2.0, 5.5}) {
      const Section cut = section(blend, r);
      const double rim = cut.straight(2 * (28 + 18)) + cut.turned(6, 1);
      check_rim(op(blend, {block, around("+z"), r, 8.0}), plain - rim);
      check_rim(op(blend, {block, around("-z"), r, 8.0}), plain - rim);
      check_rim(op(blend, {op("rotate", {block, s("y"), 90.0}), around("+x"), r, 8.0}), plain - rim);
      check_rim(op(blend, {op("rotate", {block, s("y"), 30.0, Vec3{1, 2, 3}}),
                           op("edges.of", {op("faces.role", {s("top")})}), r, 8.0}),
                plain - rim);
    }
  // Both ends at once: the walls are shortened twice.
  const Section cut = section("fillet", 2);
  const auto ends =
      op("edges.of", {op("faces.either", {op("faces.role", {s("top")}), op("faces.role", {s("bottom")})})});
  check_rim(op("fillet", {block, ends, 2.0, 16.0}), plain - 2 * (cut.straight(92) + cut.turned(6, 1)));
}

TEST_CASE("rims of neighbours that stand nearer to each other than the blends are wide") {
  // Four feet, half a millimetre apart, under a plate that covers them all.
  const auto foot = op("extrude", {op("rounded_rectangle", {20.0, 16.0, 4.0, true}), 6.0});
  Nodes all;
  for (const double x : {-10.25, 10.25})
    for (const double y : {-8.25, 8.25}) all.push_back(op("move", {foot, x, y, 0.0}));
  const auto plate =
      op("move", {op("extrude", {op("rounded_rectangle", {40.5, 32.5, 4.0, true}), 3.0}), 0.0, 0.0, 6.0});
  all.insert(all.begin(), plate);
  const double plain = 4 * 6 * (320 - (4 - pi) * 16) + 3 * (40.5 * 32.5 - (4 - pi) * 16);
  for (const auto& blend : both) {
    const Section cut = section(blend, 2);
    check_rim(op(blend, {op("union", {all}), around("-z"), 2.0, 32.0}),
              plain - 4 * (cut.straight(2 * (12 + 8)) + cut.turned(4, 1)));
  }
}

TEST_CASE("round rims: posts, holes, slots, and the foot of a boss") {
  const auto post = op("cylinder", {10.0, 8.0});
  const auto plate = op("extrude", {op("rounded_rectangle", {60.0, 40.0, 8.0, true}), 6.0});
  const double plate_volume = 6 * (2400 - (4 - pi) * 64);
  for (const auto& blend : both) {
    const Section cut = section(blend, 1.5);
    check_rim(op(blend, {post, around("+z"), 1.5}), pi * 800 - cut.turned(10, 1));
    check_rim(op(blend, {post, op("edges.kind", {s("circle")}), 1.5, 2.0}), pi * 800 - 2 * cut.turned(10, 1));
    const auto pierced = op("cut", {plate, Nodes{op("move", {op("cylinder", {5.0, 20.0}), 3.0, 2.0, -1.0})}});
    check_rim(op(blend, {pierced, around("+z"), 1.5, 9.0}),
              plate_volume - pi * 25 * 6 - (cut.straight(2 * (44 + 24)) + cut.turned(8, 1)) - cut.turned(5, -1));
    const auto boss =
        op("union", {Nodes{plate, op("move", {op("tag", {op("cylinder", {6.0, 10.0}), s("boss")}), -5.0, 0.0, 0.0})}});
    const auto foot_and_top = op("edges.between", {op("faces.role", {s("round")}), op("faces.facing", {s("+z")})});
    check_rim(op(blend, {boss, foot_and_top, 1.5, 2.0}),
              plate_volume + pi * 36 * 4 + cut.turned(6, -1) - cut.turned(6, 1));
    const auto oblong = op("extrude", {op("slot", {30.0, 12.0}), 9.0});
    check_rim(op(blend, {oblong, around("+z"), 1.5, 4.0}),
              9 * (18 * 12 + pi * 36) - cut.straight(36) - cut.turned(6, 1));
  }
}

TEST_CASE("what is no plain rim takes the general blend") {
  const auto block = op("box", {40.0, 30.0, 10.0});
  CHECK(tier_of(op("fillet", {block, around("+z"), 2.0, 4.0})) == "C");  // sharp corners
  CHECK(tier_of(op("fillet", {block, op("edges.parallel", {s("z")}), 2.0, 4.0})) == "C");
  // A cross hole through the wall, too near to the rim for the band to be known free.
  const auto round = op("extrude", {op("rounded_rectangle", {40.0, 30.0, 6.0, true}), 10.0});
  const auto drill = [&](double z) {
    return op("cut",
              {round, Nodes{op("move", {op("rotate", {op("cylinder", {1.0, 60.0}), s("x"), 90.0}), 0.0, 30.0, z})}});
  };
  CHECK(tier_of(op("fillet", {drill(5), around("+z"), 2.0, 8.0})) == "B");
  CHECK(tier_of(op("fillet", {drill(7.5), around("+z"), 2.0, 8.0})) == "C");
  // A hole between the old outline and the new one: clear of both, and in the way.
  const auto pierced = op("cut", {round, Nodes{op("move", {op("cylinder", {1.0, 12.0}), 0.0, -12.5, -1.0})}});
  const auto outer_rim = op("edges.between", {op("faces.role", {s("top")}),
                                              op("faces.except", {op("faces.all"), op("faces.role", {s("round")})})});
  BuildStats stats;
  const auto built = Evaluator().build(product_of(op("fillet", {pierced, outer_rim, 5.0, 8.0})), {}, {}, &stats);
  CHECK(to_string(stats.tier) == "C");
  if (built) CHECK(faults_text(built->front().mesh) == "");
  CHECK_FALSE(Evaluator().build(product_of(op("fillet", {round, around("+z"), 12.0, 8.0})), {}));
}

TEST_CASE("later operations work on a blended rim") {
  const auto block = op("extrude", {op("rounded_rectangle", {40.0, 30.0, 6.0, true}), 10.0});
  const auto soft = op("fillet", {block, around("+z"), 2.0, 8.0});
  const double volume = build(soft).volume;
  const BuiltPart sawn = build(op("cut", {soft, Nodes{op("move", {op("box", {40.0, 40.0, 30.0}), 0.0, -20.0, -1.0})}}));
  CHECK(sawn.volume == Approx(volume / 2).epsilon(1e-7));
  CHECK(faults_text(sawn.mesh) == "");
  const BuiltPart drilled = build(op("cut", {soft, Nodes{op("move", {op("cylinder", {3.0, 20.0}), 0.0, 0.0, -1.0})}}));
  CHECK(drilled.volume == Approx(volume - pi * 9 * 10).epsilon(1e-9));
  CHECK(faults_text(drilled.mesh) == "");
}
