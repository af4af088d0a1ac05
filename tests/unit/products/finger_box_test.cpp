#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

constexpr double press = 0.05, slide = 0.25;

/// Fingers along an edge: an odd number, of about the width asked for. What the notches between take of the board with
/// the fingers at both ends (`first`) and of the other, per mm of depth.
struct Fingers {
  int count;
  double pitch;
  Fingers(double length, double width) {
    count = std::max(3, 2 * static_cast<int>((length / width - 1) / 2 + 0.5) + 1);
    pitch = length / count;
  }
  double first() const { return (count - 1) / 2 * (pitch + press); }
  double second() const { return (count + 1) / 2 * (pitch + press) - press; }
};

struct Outer {
  double x, y, wall, front, t, finger;
};

double bottom(const Outer& o) {
  return o.x * o.y - 2 * o.t * (Fingers(o.x, o.finger).first() + Fingers(o.y, o.finger).first());
}
double wall(const Outer& o, double height) {
  return o.x * height - o.t * (Fingers(o.x, o.finger).second() + 2 * Fingers(height, o.finger).first());
}
// Both corners at the bottom are taken by notches of two edges.
double side(const Outer& o) {
  return o.y * o.wall -
         o.t * (Fingers(o.y, o.finger).second() + Fingers(o.wall, o.finger).second() +
                Fingers(o.front, o.finger).second()) +
         2 * o.t * o.t;
}

}  // namespace

TEST_CASE("finger box: fingers and volume at the defaults") {
  const Made made = make("finger_box");
  const Outer o{.x = 126, .y = 86, .wall = 53, .front = 53, .t = 3, .finger = 12};
  // 126 / 12 = 10.5, nearest odd 11; 86 / 12 = 7.2, nearest 7; 53 / 12 = 4.4, nearest 5.
  CHECK(Fingers(126, 12).count == 11);
  CHECK(Fingers(86, 12).count == 7);
  CHECK(Fingers(53, 12).count == 5);
  CHECK(made.volume() == Approx(3 * (bottom(o) + 2 * wall(o, 53) + 2 * side(o))).epsilon(1e-9));
  CHECK(made.pieces() == 5);
  CHECK(near(made.assembled_box().min, {0, 0, 0}));
  CHECK(near(made.assembled_box().max, {126, 86, 53}));
  // The second finger of the front begins after the first of the side, half the clearance early.
  CHECK(has_vertex(made.part("side").mesh.vertices, {0, 53.0 / 5 + press / 2, 0}));
  CHECK(has_vertex(made.part("front").mesh.vertices, {0, 53.0 / 5 - press / 2, 0}));
}

TEST_CASE("finger box: the bin for a Kallax niche goes in and does not rattle") {
  const auto about = product_script("finger_box").describe();
  REQUIRE(about.has_value());
  const Preset* preset = about->find_preset("kallax");
  REQUIRE(preset != nullptr);
  const Box3 box = make("finger_box", preset->values).assembled_box();
  // furniture.toml, [niche.kallax]: 330 wide, 330 high, 380 deep. The back may stand against a wall, so it may stay
  // short.
  CHECK(box.max.x - box.min.x == Approx(326).epsilon(1e-9));
  CHECK(330 - (box.max.x - box.min.x) >= 2);
  CHECK(330 - (box.max.x - box.min.x) <= 6);
  CHECK(330 - (box.max.z - box.min.z) >= 5);
  CHECK(330 - (box.max.z - box.min.z) <= 12);
  CHECK(380 - (box.max.y - box.min.y) >= 0);
  CHECK(380 - (box.max.y - box.min.y) <= 10);
}

TEST_CASE("finger box: a sliding lid between ledges, compartments") {
  const Made made = make("finger_box", {{"width", 150.0},
                                        {"depth", 110.0},
                                        {"height", 40.0},
                                        {"board", 4.0},
                                        {"finger", 14.0},
                                        {"lid", std::string("sliding")},
                                        {"columns", 2.0},
                                        {"rows", 2.0},
                                        {"divider_height", 36.0}});
  const double t = 4, g = press;
  // 4 + 40 up to the lower ledge, 4 of it, the lid with its play above and below, the upper ledge, 4 above.
  const double wall_height = 44 + 4 + (4 + 2 * slide) + 4 + 4;
  const Outer o{.x = 158, .y = 118, .wall = wall_height, .front = 48, .t = t, .finger = 14};
  const double slot = (12 + 2 * g) * (t + 2 * g);  // a divider's tab is a third of 36
  const double ledge = (110 - 2 * g) * 8 + 2 * 14 * t;
  const double ledge_slot = (14 + 2 * g) * (t + 2 * g);
  const double lid = (150 - 2 * slide) * (118 - t - slide) - disc(18);
  const double lap = (t + 2 * g) * 18;
  const double deep = 110 * 36 + 2 * 12 * t - lap, wide = 150 * 36 + 2 * 12 * t - lap;
  CHECK(made.volume() == Approx(t * (bottom(o) + wall(o, 48) + wall(o, wall_height) - 2 * slot +
                                     2 * (side(o) - slot - 4 * ledge_slot) + 4 * ledge + lid + deep + wide))
                             .epsilon(1e-6));
  CHECK(made.pieces() == 12);
  // The lid lies its play above the lower ledges and the front.
  const auto vertices = made.assembled_vertices("lid");
  CHECK(has_vertex(vertices, {t + slide, 0, 48 + slide}));
  CHECK(has_vertex(vertices, {t + 150 - slide, 118 - t - slide, 48 + slide + t}));
  // Two compartments of 73 and 53 mm.
  CHECK(has_vertex(made.assembled_vertices("divider_deep"), {4 + 73, 4, 4}));
  CHECK(has_vertex(made.assembled_vertices("divider_wide"), {4, 4 + 53, 4}));
}

TEST_CASE("finger box: a lid that bends has the length of the bend") {
  const Made made = make(
      "finger_box",
      {{"width", 100.0}, {"depth", 80.0}, {"height", 60.0}, {"lid", std::string("hinged")}, {"hinge_radius", 14.0}});
  // Straight to 63 - 14, a quarter of a circle along the board's middle, and 86 - 3 - 14 over the box.
  const double bend = (14 + 1.5) * pi / 2;
  CHECK(near(made.part("back").box.size(), {106, 49 + bend + 69, 3}));
  // 24.3 / 1.8 gives 13 rows; 106 mm take two slits of 47 between links of 4, or a whole one and two half ones.
  const Fingers x(106, 12), z(63, 12), low(49, 12);
  const double back =
      106 * (49 + bend + 69) - 3 * (x.second() + 2 * low.first()) - 7 * 2 * 47 * 0.5 - 6 * (47 + 2 * 25.5) * 0.5;
  CHECK(exact_volume(*made.part("back").solid, 1e-8) == Approx(3 * back).epsilon(1e-6));
  // The sides end in a quarter of a circle, 3 mm inside their rear edge.
  const Fingers y(86, 12);
  const double plain = 86 * 63 - 3 * (y.second() + z.second() + low.second()) + 2 * 9;
  const double bent = plain - 14 * 3 - (14 * 14 - pi * 14 * 14 / 4);
  CHECK(exact_volume(*made.part("side").solid, 1e-8) == Approx(3 * bent).epsilon(1e-6));
}

}  // namespace fitwright::test
