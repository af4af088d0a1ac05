#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Desk {
  double width = 1200, depth = 650, height = 740, board = 18, frame = 90, stretcher = 260, overhang = 100, setback = 35,
         tab = 80, stretcher_tab = 70, cable_length = 160, cable_width = 50, top_tabs = 2;
  bool wedged = true, framed = true, cable = true;
};

// All boards are flat figures times the thickness; slots are tabs grown by the clearance of a press fit on all sides.
//   top        rectangle, less four slots of the legs, the stretcher's, and a stadium
//   leg        rectangle with two tabs, less two slots and a rectangle with corners of 40
//   stretcher  rectangle with tabs above and four at its ends, which stand out by 50 mm more and have slots of 32 mm
//              when they take wedges
//   wedge      trapezoid from 35 mm before the tab to 30 behind it, 30 wide at the tab's front, 8 in 100
double closed_form(const Desk& d) {
  const double g = 0.05, t = d.board, slot = (t + 2 * g);
  const double clear = d.width - 2 * d.overhang - 2 * t, leg_depth = d.depth - 2 * d.setback, leg_height = d.height - t;
  const double top = d.width * d.depth - (4 + d.top_tabs) * (d.tab + 2 * g) * slot -
                     (d.cable ? stadium(d.cable_length, d.cable_width) : 0);
  const double wide = leg_depth - 2 * d.frame, high = leg_height - d.stretcher - 2 * d.frame;
  const double leg = leg_depth * leg_height + 2 * d.tab * t - 2 * (d.stretcher_tab + 2 * g) * slot -
                     (d.framed ? rounded_rectangle(wide, high, 40) : 0);
  const double stretcher = clear * d.stretcher + d.top_tabs * d.tab * t +
                           4 * d.stretcher_tab * (t + (d.wedged ? 50 : 0)) - (d.wedged ? 4 * 32 * slot : 0);
  const double wedge = (35 + t + 30) * (30 + (35 - (t + 30)) / 2 * 0.08);
  return t * (top + 2 * leg + stretcher + (d.wedged ? 4 * wedge : 0));
}

}  // namespace

TEST_CASE("desk: volume and pieces at the defaults") {
  const Made made = make("desk");
  CHECK(made.volume() == Approx(closed_form({})).epsilon(1e-6));
  CHECK(made.pieces() == 8);
  const Box3 box = made.assembled_box();
  CHECK(near(box.min, {0, 0, 0}));
  CHECK(near(box.max, {1200, 650, 740}));
  // Boards with their tabs: 18 mm up, and 18 + 50 out on both sides.
  CHECK(near(made.part("leg").box.size(), {580, 740, 18}));
  CHECK(near(made.part("stretcher").box.size(), {964 + 2 * 68, 278, 18}));
}

TEST_CASE("desk: volume without wedges, frames and cable slot, of another board") {
  const Made made = make("desk", {{"width", 1640.0},
                                  {"depth", 800.0},
                                  {"height", 1050.0},
                                  {"board", 23.4},
                                  {"knee_depth", 500.0},
                                  {"joint", std::string("friction")},
                                  {"legs", std::string("panel")},
                                  {"cable", std::string("none")},
                                  {"tab", 100.0},
                                  {"overhang", 80.0}});
  const Desk desk{.width = 1640,
                  .depth = 800,
                  .height = 1050,
                  .board = 23.4,
                  .overhang = 80,
                  .tab = 100,
                  .top_tabs = 3,
                  .wedged = false,
                  .framed = false,
                  .cable = false};
  CHECK(made.volume() == Approx(closed_form(desk)).epsilon(1e-6));
  CHECK(made.pieces() == 4);
}

TEST_CASE("desk: slots lie where the tabs stand") {
  const Made made = make("desk");
  // A leg's slot in the top begins at 35 + 60 and is 80 long, about the leg's middle at 100 + 9.
  const auto top = made.assembled_vertices("top");
  for (double x : {100 - 0.05, 118 + 0.05})
    for (double y : {95 - 0.05, 175 + 0.05}) CHECK(has_vertex(top, {x, y, 740}));
  const auto leg = made.assembled_vertices("leg");
  CHECK(has_vertex(leg, {100, 95, 740}));
  CHECK(has_vertex(leg, {1100, 175, 740}));
  // The stretcher's tabs are 70 high about a quarter and three quarters of 260, from 462 up; it stands at 430.
  const auto stretcher = made.assembled_vertices("stretcher");
  for (double z : {462 + 65 - 35.0, 462 + 65 + 35.0, 462 + 195 - 35.0, 462 + 195 + 35.0}) {
    CHECK(has_vertex(stretcher, {100 - 50, 430, z}));
    CHECK(has_vertex(stretcher, {1100 + 50, 448, z}));
  }
  CHECK(has_vertex(leg, {100, 430 - 0.05, 462 + 65 - 35 - 0.05}));
  CHECK(has_vertex(leg, {1100, 448 + 0.05, 462 + 195 + 35 + 0.05}));
  // A wedge's straight back lies on the leg's outer face.
  const auto wedge = made.assembled_vertices("wedge");
  CHECK(has_vertex(wedge, {100, 430 - 35, 462 + 65 - 9}));
  CHECK(has_vertex(wedge, {1100, 430 + 18 + 30, 462 + 195 + 9}));
}

TEST_CASE("desk: the cut list's fields") {
  const Made made = make("desk");
  CHECK(made.design("top").grain == Grain::length);
  CHECK(made.design("leg").grain == Grain::length);
  CHECK(make("desk", {{"height", 560.0}, {"stretcher_height", 220.0}, {"frame", 70.0}}).design("leg").grain ==
        Grain::width);
  CHECK(made.design("top").edges.size() == 4);
}

}  // namespace fitwright::test
