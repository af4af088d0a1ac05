#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Hook {
  double load = 8, reach = 35, tip = 18, width = 20, plate = 6, above = 0, below = 0, inside = 6, rounding = 1.5;
};

double arm(const Hook& k) { return std::sqrt(6 * k.load * 9.81 * (k.reach + k.plate / 2) / (k.width * 12)); }

/// Plate, arm and tip as rectangles; seven corners lose and three gain what a quarter circle leaves of its square.
double side_area(const Hook& k) {
  const double t = arm(k), tip = std::max(4.0, 0.7 * t), corner = 1 - pi / 4;
  return k.plate * (k.above + t + k.tip + k.below) + k.reach * t + tip * (t + k.tip) - 7 * corner * square(k.rounding) +
         3 * corner * square(k.inside);
}

}  // namespace

TEST_CASE("wall hook: volume with screws, and thickness by the beam formula") {
  const Made made = make("wall_hook", {{"edge", 0.0}, {"head", std::string("round")}});
  // A 4 mm screw: a head of at most 8.1 mm, 4 mm of plate beyond it, 2 mm to the tip and 1 mm to the fillet below.
  const Hook k{.above = 4.05 + 2 + 4.05 + 4, .below = 6 + 4.05 + 1 + 4.05 + 4};
  CHECK(made.part("hook").volume == Approx(20 * side_area(k) - 2 * 6 * disc(4.5)).epsilon(1e-6));
  CHECK(arm(k) == Approx(8.63).margin(0.01));
  // As it hangs, it stands out from the wall by plate, reach and tip.
  CHECK(made.assembled_box().size().y == Approx(6 + 35 + 0.7 * arm(k)).margin(1e-6));
}

TEST_CASE("wall hook: volume with tape, twice the load asks for 1.41 times the thickness") {
  const Values values{
      {"mount", std::string("tape")}, {"load", 2.0}, {"edge", 0.0}, {"width", 15.0}, {"reach", 60.0}, {"tape", 40.0}};
  const Hook k{.load = 2, .reach = 60, .width = 15, .above = 20, .below = 6 + 20};
  CHECK(make("wall_hook", values).part("hook").volume == Approx(15 * side_area(k)).epsilon(1e-6));
  CHECK(arm({.load = 16}) == Approx(std::sqrt(2.0) * arm({})));
}

}  // namespace fitwright::test
