#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Shelf {
  double width = 800, depth = 300, height = 1800, shelves = 5, board = 18, dado = 6, play = 0, back = 6, plinth = 0;
  bool screwed = false;
  double hole = 4.5;
};

// Every piece is a box less boxes that do not overlap, so the volume is a sum of products:
// side        board x depth x height, less a dado (board + play) wide, `dado` deep and depth - back long for
//             each shelf, less the rabbet `back` x `dado` from `board - dado` above the plinth to as much below
//             the top; when screwed, no dados but three holes through the board at top, bottom and each shelf
// top, bottom between the sides, less a rabbet of full length
// shelves     between the sides, reaching `dado` into each unless screwed, as deep as the back leaves
// back        reaches `dado` into the boards on all four sides
// plinth      between the sides
double closed_form(const Shelf& s) {
  const double span = s.width - 2 * s.board;
  const double back_height = s.height - s.plinth - 2 * (s.board - s.dado);
  const double room = s.depth - s.back;
  const double dados = s.screwed ? 0 : s.shelves * (s.board + s.play) * s.dado * room;
  const double holes = s.screwed ? 3 * (s.shelves + 2) * disc(s.hole) * s.board : 0;
  const double side = s.board * s.depth * s.height - dados - holes - s.back * s.dado * back_height;
  const double end = span * (s.depth * s.board - s.back * s.dado);
  const double shelf = (span + (s.screwed ? 0 : 2 * s.dado)) * room * s.board;
  const double back = (span + 2 * s.dado) * back_height * s.back;
  return 2 * side + 2 * end + s.shelves * shelf + back + span * s.plinth * s.board;
}

// The corners of every dado and of the rabbet, where the shelves and the back stand.
void check_grooves(const std::vector<Vec3>& side, double inner, double deep) {
  const double gap = (1800 - 7 * 18) / 6.0;
  for (int i = 0; i < 5; ++i) {
    const double z = 18 + gap * (i + 1) + 18 * i;
    for (double x : {inner, deep})
      for (double y : {0.0, 294.0})
        for (double at : {z, z + 18}) CHECK(has_vertex(side, {x, y, at}));
  }
  for (double x : {inner, deep})
    for (double y : {294.0, 300.0})
      for (double z : {12.0, 1788.0}) CHECK(has_vertex(side, {x, y, z}));
}

}  // namespace

TEST_CASE("bookshelf: volume and pieces at the defaults") {
  const Made made = make("bookshelf");
  // 2 x 9497304 (sides) + 2 x 4098096 (top, bottom) + 5 x 4106592 (shelves) + 8269056 (back)
  CHECK(closed_form({}) == Approx(55992816.0).epsilon(1e-12));
  CHECK(made.volume() == Approx(55992816.0).epsilon(1e-6));
  CHECK(made.pieces() == 10);
  CHECK(made.design("shelf").quantity() == 5);
  CHECK(made.design("top_bottom").quantity() == 2);
  CHECK(near(made.part("shelf").box.size(), {776, 294, 18}));
  CHECK(near(made.part("back").box.size(), {776, 1776, 6}));
  CHECK(near(made.part("side_left").box.size(), {1800, 300, 18}));
  CHECK(near(made.part("top_bottom").box.size(), {764, 300, 18}));
}

TEST_CASE("bookshelf: pieces meet when assembled") {
  const Made made = make("bookshelf");
  const Box3 box = made.assembled_box();
  CHECK(near(box.min, {0, 0, 0}));
  CHECK(near(box.max, {800, 300, 1800}));
  check_grooves(made.assembled_vertices("side_left"), 18, 12);
  check_grooves(made.assembled_vertices("side_right"), 782, 788);
  const auto back = made.assembled_vertices("back");
  CHECK(has_vertex(back, {12, 294, 12}));
  CHECK(has_vertex(back, {788, 300, 1788}));
  const auto shelf = made.assembled_vertices("shelf");
  CHECK(has_vertex(shelf, {12, 0, 18 + 279}));
  CHECK(has_vertex(shelf, {788, 294, 18 + 279 + 18}));
  // The rabbets of top and bottom face each other.
  const auto ends = made.assembled_vertices("top_bottom");
  CHECK(has_vertex(ends, {18, 294, 12}));
  CHECK(has_vertex(ends, {782, 294, 1788}));
  CHECK(has_vertex(ends, {18, 0, 0}));
  CHECK(has_vertex(ends, {782, 0, 1800}));
}

TEST_CASE("bookshelf: volume with plinth, loose dados, other board") {
  const Made made = make("bookshelf", {{"width", 912.0},
                                       {"depth", 250.0},
                                       {"height", 1500.5},
                                       {"shelves", 3.0},
                                       {"board", 21.3},
                                       {"dado", 7.5},
                                       {"dado_play", 0.2},
                                       {"back_thickness", 4.0},
                                       {"plinth", true},
                                       {"plinth_height", 60.0}});
  const double expected = closed_form({.width = 912,
                                       .depth = 250,
                                       .height = 1500.5,
                                       .shelves = 3,
                                       .board = 21.3,
                                       .dado = 7.5,
                                       .play = 0.2,
                                       .back = 4,
                                       .plinth = 60});
  CHECK(made.volume() == Approx(expected).epsilon(1e-6));
  CHECK(made.pieces() == 9);
  CHECK(near(made.assembled_box().max, {912, 250, 1500.5}));
}

TEST_CASE("bookshelf: volume when screwed, without a back") {
  const Made made = make("bookshelf", {{"width", 640.0},
                                       {"depth", 200.0},
                                       {"height", 900.0},
                                       {"shelves", 2.0},
                                       {"board", 15.0},
                                       {"joint", std::string("screwed")},
                                       {"screw_hole", 5.0},
                                       {"back", false}});
  const double expected = closed_form(
      {.width = 640, .depth = 200, .height = 900, .shelves = 2, .board = 15, .back = 0, .screwed = true, .hole = 5});
  CHECK(made.volume() == Approx(expected).epsilon(1e-6));
  CHECK(made.pieces() == 6);
  CHECK(near(made.part("shelf").box.size(), {610, 200, 15}));
}

TEST_CASE("bookshelf: dowels and confirmat screws at both ends of every board") {
  // Without dados the boards are as in the screwed one; each of seven boards has three holes in either end, and each
  // side as many for them. Dowels of 35 mm stand a third in the side, with 1 mm for glue on both sides.
  const double plain = closed_form({.screwed = true, .hole = 0});
  const Made dowelled = make("bookshelf", {{"joint", std::string("dowels")}});
  CHECK(dowelled.volume() == Approx(plain - 42 * disc(8) * (35 + 2)).epsilon(1e-6));
  CHECK(dowelled.product.hardware == std::vector<HardwareItem>{{"dowel_8x35", 42}});
  // Through 18 mm of the side, and 34 into the boards.
  const Made screwed = make("bookshelf", {{"joint", std::string("confirmat")}, {"fasteners", 2.0}});
  CHECK(screwed.volume() == Approx(plain - 28 * (disc(7) * 18 + disc(5) * 34)).epsilon(1e-6));
  CHECK(screwed.product.hardware == std::vector<HardwareItem>{{"confirmat_7x50", 28}});
  // A hole in the left side's outer face at the first shelf's middle, 18 + 279 + 9 up and 50 from the front.
  const auto side = screwed.assembled_vertices("side_left");
  CHECK(std::count_if(side.begin(), side.end(), [](Vec3 v) {
          return std::abs(v.x) < 1e-6 && std::abs(std::hypot(v.y - 50, v.z - 306) - 3.5) < 1e-6;
        }) > 6);
}

}  // namespace fitwright::test
