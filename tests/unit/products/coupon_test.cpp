#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

/// Area of digits of seven bars of height 3, by counting: four corners and eight halves of bars, each 0.16 of the
/// height wide, in a figure 0.5 wide.
double bars(int across, int upright, int corners, double high) {
  const double w = 0.16 * high, across_gap = (0.5 - 2 * 0.16) * high, up_gap = (0.5 - 1.5 * 0.16) * high;
  return across * across_gap * w + upright * up_gap * w + corners * w * w;
}

}  // namespace

TEST_CASE("coupon: slats tell the kerf, notches are as wide as they say") {
  const Made made = make("coupon", {{"board", 4.0}, {"first", 0.1}, {"step", 0.1}, {"steps", 2.0}, {"slats", 12.0}});
  CHECK(made.design("slat").quantity() == 12);
  CHECK(near(made.part("slat").box.size(), {10, 40, 4}));
  // Teeth of 8, notches of 4.2 and 4.4, 14 deep from 3 + 6 + 14.
  const auto& comb = made.part("comb").mesh.vertices;
  CHECK(near(made.part("comb").box.size(), {8 + 4.2 + 8 + 4.4 + 8, 23, 4}));
  for (double x : {8.0, 12.2, 20.2, 24.6}) CHECK(has_vertex(comb, {x, 9, 0}));
  // The labels 0.10 and 0.20. Corner squares: nought has 6, one 3, two 6; the point is one.
  const double nought = bars(2, 4, 6, 3), one = bars(0, 2, 3, 3), two = bars(3, 2, 6, 3), point = 0.48 * 0.48;
  const double letters = 4 * nought + one + two + 2 * point;
  CHECK(made.volume() == Approx(12 * 10 * 40 * 4 + 4 * (32.6 * 23 - 14 * (4.2 + 4.4)) - 0.4 * letters).epsilon(1e-6));
}

TEST_CASE("coupon: the printed block's holes are a pin's with room on each side") {
  const Made made = make("coupon", {{"kind", std::string("printed")}, {"pin", 10.0}, {"first", 0.05}, {"steps", 3.0}});
  const auto& block = made.part("block").mesh.vertices;
  // Pitch 10 + 2 x 0.15 + 6; middles half a pitch from the ends, (10 + 12) / 2 + 3 + 4 from the front.
  for (int i = 0; i < 3; ++i) {
    const double x = (i + 0.5) * 16.3, r = 5 + 0.05 + 0.05 * i;
    CHECK(std::count_if(block.begin(), block.end(),
                        [&](Vec3 v) { return std::abs(std::hypot(v.x - x, v.y - 18) - r) < 1e-6; }) > 6);
  }
  // The pin: 23 high, its edge taken off by 0.6, and a grip of 18 mm and 4.
  const double bevel = pi * (25 * 0.6 - 0.6 / 3 * (25 + 5 * 4.4 + 4.4 * 4.4));
  CHECK(exact_volume(*made.part("pin").solid, 1e-8) ==
        Approx(disc(10) * 23 - bevel + (disc(18) - disc(10)) * 4).epsilon(1e-6));
}

}  // namespace fitwright::test
