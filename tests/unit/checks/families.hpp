// Families of parts, each with one dimension whose true value is known in closed form.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "geometry/checks/check.hpp"
#include "tests/unit/checks/printers.hpp"
#include "tests/unit/kernel/build.hpp"

namespace fitwright::test {

struct Family {
  std::string name;
  std::string check;  ///< the row that must find what is wrong
  double limit = 0;
  bool too_much = false;  ///< wrong above the limit; else below it
  std::function<NodePtr(double)> make;
  std::function<Vec3(double)> place;  ///< where the fault is; empty: anywhere along the part
  bool upright = false;               ///< means something only as it stands
  Vec3 along;                         ///< direction in which the fault stretches; zero: it is in one place
  Process (*process)() = test_printer;
  bool by_mesh = false;  ///< between surfaces whose distance no closed form gives
  bool flat = false;     ///< cut from a sheet of 18 mm: judged by its outline, so only as an exact solid
  bool square = false;   ///< means something only along the axes
};

inline NodePtr moved(const NodePtr& solid, double x, double y, double z) { return op("move", {solid, x, y, z}); }
inline NodePtr block(double x, double y, double z) { return op("box", {x, y, z}); }
inline NodePtr rod(double r, double h) { return op("cylinder", {r, h}); }
inline NodePtr without(const NodePtr& solid, Nodes tools) { return op("cut", {solid, std::move(tools)}); }
inline NodePtr turned(const NodePtr& solid, std::string axis, double degrees) {
  return op("rotate", {solid, std::move(axis), degrees});
}
/// An outline in x and z, from y = 0 to `depth`.
inline NodePtr profile(std::vector<Vec2> outline, double depth) {
  return moved(turned(op("extrude", {op("polygon", {std::move(outline)}), depth}), "x", 90), 0, depth, 0);
}

inline std::vector<Family> families() {
  std::vector<Family> all;
  const auto add = [&](Family family) { all.push_back(std::move(family)); };
  add({"plate", "wall_thickness", 0.8, false, [](double t) { return block(60, 40, t); }, {}});
  add({"tube",
       "wall_thickness",
       0.8,
       false,
       [](double t) { return without(rod(10, 25), {moved(rod(10 - t, 27), 0, 0, -1)}); },
       {}});
  add({"box without lid",
       "wall_thickness",
       0.8,
       false,
       [](double t) { return without(block(40, 30, 20), {moved(block(40 - 2 * t, 30 - 2 * t, 20), t, t, 5)}); },
       {}});
  add({"rib",
       "wall_thickness",
       0.8,
       false,
       [](double t) {
         return profile({{0, 0}, {40, 0}, {40, 4}, {17.3 + t, 4}, {17.3 + t, 16}, {17.3, 16}, {17.3, 4}, {0, 4}}, 30);
       },
       {}});
  add({"web beside a hole",
       "hole_to_edge",
       0.8,
       false,
       [](double t) { return without(block(30, 50, 12), {moved(rod(4, 14), 4 + t, 37.7, -1)}); },
       [](double t) {
         return Vec3{t / 2, 37.7, 6};
       },
       false,
       {0, 0, 1}});
  add({"web between holes",
       "hole_to_edge",
       0.8,
       false,
       [](double t) {
         return without(block(40, 30, 8), {moved(rod(3, 10), 13.3, 14.2, -1), moved(rod(5, 10), 21.3 + t, 14.2, -1)});
       },
       [](double t) {
         return Vec3{16.3 + t / 2, 14.2, 4};
       },
       false,
       {0, 0, 1}});
  add({"crossing holes", "hole_to_edge", 0.8, false,
       [](double t) {
         return without(block(60, 50, 20), {moved(turned(rod(3, 62), "y", 90), -1, 17.7, 5),
                                            moved(turned(rod(2, 52), "x", -90), 41.3, -1, 10 + t)});
       },
       [](double t) {
         return Vec3{41.3, 17.7, 8 + t / 2};
       }});
  add({"ball under a face", "wall_thickness", 0.8, false,
       [](double t) { return without(block(90, 80, 12), {moved(op("sphere", {3.0}), 83.1, 9.4, 9 - t)}); },
       [](double t) {
         return Vec3{83.1, 9.4, 12 - t / 2};
       }});
  add({"groove over a floor",
       "wall_thickness",
       0.8,
       false,
       [](double t) {
         return profile({{0, 0}, {50, 0}, {50, 10}, {34, 10}, {31, t}, {28, 10}, {0, 10}}, 30);
       },
       [](double t) {
         return Vec3{31, 15, t / 2};
       },
       false,
       {0, 1, 0}});
  add({"slot",
       "gap",
       0.5,
       false,
       [](double g) {
         return profile({{0, 0}, {40, 0}, {40, 12}, {21 + g, 12}, {21 + g, 4}, {21, 4}, {21, 12}, {0, 12}}, 25);
       },
       {}});
  add({"ring groove",
       "gap",
       0.5,
       false,
       [](double g) {
         return without(rod(15, 10), {moved(without(rod(9, 8), {moved(rod(9 - g, 10), 0, 0, -1)}), 0, 0, 4)});
       },
       {}});
  add({"hole", "hole_diameter", 2, false,
       [](double d) { return without(block(20, 20, 6), {moved(rod(d / 2, 8), 7, 11, -1)}); },
       [](double) {
         return Vec3{7, 11, 3};
       }});
  add({"stepped pin", "pin_diameter", 3, false,
       [](double d) {
         return op("union",
                   {Nodes{block(20, 20, 3), moved(rod(d / 2 + 2, 4), 10, 10, 2), moved(rod(d / 2, 12), 10, 10, 5)}});
       },
       [](double) {
         return Vec3{10, 10, 11.5};
       }});
  add({"tilted wall",
       "overhang",
       45,
       true,
       [](double a) {
         const double lean = 20 * std::tan(a * pi / 180);
         return profile({{0, 0}, {60, 0}, {60 + lean, 20}, {lean, 20}}, 15);
       },
       {},
       true});
  add({"tunnel",
       "bridge",
       10,
       true,
       [](double span) { return without(block(span + 20, 30, 14), {moved(block(span, 32, 7), 10, -1, -1)}); },
       [](double span) {
         return Vec3{10 + span / 2, 15, 6};
       },
       true,
       {0, 1, 0}});
  add({"ledge",
       "overhang",
       1,
       true,
       [](double reach) {
         return profile({{0, 0}, {20, 0}, {20, 6}, {20 + reach, 6}, {20 + reach, 12}, {0, 12}}, 25);
       },
       {},
       true});
  add({"wedge",
       "knife_edge",
       60,
       false,
       [](double a) {
         const double half = 20 * std::tan(a / 2 * pi / 180);
         return profile({{0, 0}, {20, -half}, {40, -half}, {40, half}, {20, half}}, 15);
       },
       {}});
  add({"ring with a pinch",
       "wall_thickness",
       0.8,
       false,
       // A ring of two skins whose hollow lies off its middle: it is thinnest on a circle that no face has for its own.
       [](double t) {
         return without(op("torus", {20.0, 6.0}), {moved(op("torus", {20.0, 4.0}), 0, 0, 2 - t)});
       },
       {},
       false,
       {},
       test_printer,
       true});
  add({"groove in the far corner", "wall_thickness", 0.8, false,
       // A pit over the far corner of a long plate, between any two points of a grid.
       [](double t) {
         return without(block(300, 40, 10), {moved(op("cone", {0.0, 6.0, 10.0 + 1}), 291.37, 33.71, t)});
       },
       [](double t) {
         return Vec3{291.37, 33.71, t / 2};
       }});
  const auto resin = [&](Family family) {
    family.process = test_resin;
    add(std::move(family));
  };
  resin({"free-standing wall",
         "wall_thickness",
         1,
         false,
         [](double t) {
           return profile({{0, 0}, {40, 0}, {40, 4}, {17.3 + t, 4}, {17.3 + t, 16}, {17.3, 16}, {17.3, 4}, {0, 4}}, 30);
         },
         {}});
  resin({"wall held on both ends",
         "wall_thickness",
         0.5,
         false,
         [](double t) {
           return without(block(40, 30, 20),
                          {moved(block(17, 26, 20), 2, 2, 3), moved(block(19 - t, 26, 20), 19 + t, 2, 3)});
         },
         {}});
  resin({"ball with a way out",
         "trapped_cavity",
         4,
         false,
         [](double d) {
           return without(block(40, 40, 40),
                          {moved(op("sphere", {12.0}), 20, 20, 20), moved(rod(d / 2, 22), 20, 20, 20)});
         },
         {}});
  resin({"can with two ways out",
         "trapped_cavity",
         4,
         false,
         [](double d) {
           return without(block(40, 40, 40), {moved(rod(12, 24), 20, 20, 8), moved(rod(d / 2, 20), 15, 20, -1),
                                              moved(rod(d / 2, 20), 25, 20, -1)});
         },
         {}});
  resin({"engraved line",
         "gap",
         0.6,
         false,
         [](double w) { return without(block(40, 30, 8), {moved(block(w, 20, 1), 18.3, 5, 7.4)}); },
         {}});
  resin({"slender pin", "pin_slenderness", 5, true,
         [](double ratio) {
           return op("union", {Nodes{block(20, 20, 3), moved(rod(2, 4 * ratio + 1), 10, 10, 2)}});
         },
         [](double ratio) {
           return Vec3{10, 10, 3 + 2 * ratio};
         }});
  const auto sheet = [&](Family family, Process (*process)()) {
    family.process = process;
    family.flat = true;
    add(std::move(family));
  };
  const auto drilled = [](double d) { return without(block(100, 80, 18), {moved(rod(d / 2, 20), 30, 40, -1)}); };
  const auto at_hole = [](double) { return Vec3{30, 40, 9}; };
  sheet({"drilled board", "sheet_opening", 3, false, drilled, at_hole}, test_router);
  sheet({"hole for a laser", "sheet_opening", 9, false, drilled, at_hole}, test_laser);
  sheet({"slot in a board",
         "sheet_opening",
         6,
         false,
         [](double w) {
           return without(block(100, 80, 18), {moved(op("extrude", {op("slot", {40.0, w}), 20.0}), 50, 40, -1)});
         },
         {}},
        test_router);
  sheet({"web beside a hole in a board", "sheet_web", 5, false,
         [](double w) { return without(block(100, 80, 18), {moved(rod(5, 20), 5 + w, 40, -1)}); },
         [](double w) {
           return Vec3{w / 2, 40, 9};
         }},
        test_router);
  sheet({"corner of a window",
         "inside_corner",
         3,
         false,
         [](double r) {
           return without(block(100, 80, 18),
                          {moved(op("extrude", {op("rounded_rectangle", {30.0, 20.0, r}), 20.0}), 30, 30, -1)});
         },
         {}},
        test_router);
  const auto milled = [&](Family family) {
    family.process = test_mill;
    family.square = true;
    add(std::move(family));
  };
  milled({"milled slot",
          "mill_pocket",
          4,
          true,
          [](double ratio) { return without(block(60, 50, 40), {moved(block(5, 52, 40), 26, -1, 40 - 5 * ratio)}); },
          {}});
  milled({"deep hole",
          "mill_hole",
          4,
          true,
          [](double ratio) { return without(block(60, 50, 60), {moved(rod(2, 60), 30, 25, 60 - 4 * ratio)}); },
          {}});
  milled({"floor of a pocket",
          "mill_wall",
          1.5,
          false,
          [](double t) {
            return without(block(100, 80, 40),
                           {moved(op("extrude", {op("rounded_rectangle", {50.0, 40.0, 8.0}), 50.0}), 20, 20, t)});
          },
          {}});
  // A chamber at the end of a bore is undercut as soon as it is wider than the bore.
  milled({"chamber below a bore",
          "undercut",
          8,
          true,
          [](double wide) {
            return without(block(60, 50, 30),
                           {moved(rod(4, 20), 30, 25, 15), moved(rod(wide < 8 ? 4 : wide / 2, 8), 30, 25, 10)});
          },
          {}});
  return all;
}

}  // namespace fitwright::test
