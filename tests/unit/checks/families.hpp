// Families of parts, each with one dimension whose true value is known in closed form.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "geometry/checks/check.hpp"
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

/// A printer with limits that are easy to remember; their source is this test.
inline Process test_printer() {
  Process process;
  process.id = "test";
  process.name = "test printing";
  process.input_kind = "solid";
  process.needs_supports = true;
  process.build_volumes = {{"bed", {500, 500, 500}, "this test", DataStatus::sourced}};
  const auto fact = [&](const std::string& key, double value) {
    process.facts[key] = {value, unit_of_key(key).value_or(""), "this test", DataStatus::sourced};
  };
  process.facts["needs_supports"] = {true, "", "this test", DataStatus::sourced};
  fact("nozzle_diameter_default_mm", 0.4);
  fact("layer_height_default_mm", 0.2);
  fact("min_wall_supported_mm", 0.8);
  fact("min_gap_mm", 0.5);
  fact("min_hole_diameter_mm", 2);
  fact("min_pin_diameter_mm", 3);
  fact("max_overhang_from_vertical_deg", 45);
  fact("max_unsupported_cantilever_mm", 1);
  fact("max_bridge_mm", 10);
  return process;
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
       "wall_thickness",
       0.8,
       false,
       [](double t) { return without(block(30, 50, 12), {moved(rod(4, 14), 4 + t, 37.7, -1)}); },
       [](double t) {
         return Vec3{t / 2, 37.7, 6};
       },
       false,
       {0, 0, 1}});
  add({"web between holes",
       "wall_thickness",
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
  add({"crossing holes", "wall_thickness", 0.8, false,
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
  return all;
}

}  // namespace fitwright::test
