#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Tray {
  double width = 240, depth = 200, height = 50, columns = 4, rows = 3, corner = 3, wall = 2, floor = 2, drop = 0;
  double notch_width = 0, notch_depth = 0;
};

// Block less pockets; where the dividers are lower, less everything inside the outer wall; a notch is a
// rectangle above half a disc, cut through the front wall once a column.
double closed_form(const Tray& t) {
  const double x = (t.width - (t.columns + 1) * t.wall) / t.columns;
  const double y = (t.depth - (t.rows + 1) * t.wall) / t.rows;
  const double block = rounded_rectangle(t.width, t.depth, t.corner + t.wall) * t.height;
  const double pockets = t.columns * t.rows * rounded_rectangle(x, y, t.corner);
  const double inside = rounded_rectangle(t.width - 2 * t.wall, t.depth - 2 * t.wall, t.corner);
  const double notch = t.notch_width * (t.notch_depth - t.notch_width / 2) + disc(t.notch_width) / 2;
  return block - pockets * (t.height - t.floor - t.drop) - inside * t.drop - t.columns * notch * t.wall;
}

}  // namespace

TEST_CASE("organiser: volume and size at the defaults") {
  const Made made = make("organiser");
  // 240 x 200 with corners of 5, 50 high, less 12 pockets 57.5 x 64 with corners of 3, 48 deep.
  CHECK(closed_form({}) == Approx(50 * (240 * 200 - (4 - pi) * 25) - 12 * 48 * (57.5 * 64 - (4 - pi) * 9)));
  // An independent kernel's model of the same drawing, 300 mm wide, has 330737.0 mm3.
  CHECK(closed_form({.width = 300}) == Approx(330736.9745).epsilon(1e-9));
  CHECK(made.volume() == Approx(closed_form({})).epsilon(1e-6));
  CHECK(made.pieces() == 1);
  CHECK(near(made.part("tray").box.min, {-120, -100, 0}));
  CHECK(near(made.part("tray").box.max, {120, 100, 50}));
}

TEST_CASE("organiser: volume with lower dividers") {
  const Made made = make("organiser", {{"width", 287.5},
                                       {"depth", 143.0},
                                       {"height", 41.0},
                                       {"columns", 3.0},
                                       {"rows", 2.0},
                                       {"corner", 6.0},
                                       {"wall", 1.6},
                                       {"floor", 1.2},
                                       {"divider_drop", 12.0}});
  CHECK(made.volume() == Approx(closed_form({.width = 287.5,
                                             .depth = 143,
                                             .height = 41,
                                             .columns = 3,
                                             .rows = 2,
                                             .corner = 6,
                                             .wall = 1.6,
                                             .floor = 1.2,
                                             .drop = 12}))
                             .epsilon(1e-6));
}

TEST_CASE("organiser: volume with finger notches") {
  const Made made = make("organiser", {{"width", 210.0},
                                       {"depth", 100.0},
                                       {"height", 60.0},
                                       {"columns", 3.0},
                                       {"rows", 1.0},
                                       {"corner", 2.5},
                                       {"notch", true},
                                       {"notch_width", 30.0},
                                       {"notch_depth", 40.0}});
  CHECK(made.volume() == Approx(closed_form({.width = 210,
                                             .depth = 100,
                                             .height = 60,
                                             .columns = 3,
                                             .rows = 1,
                                             .corner = 2.5,
                                             .notch_width = 30,
                                             .notch_depth = 40}))
                             .epsilon(1e-6));
}

}  // namespace fitwright::test
