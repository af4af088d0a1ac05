// Placements that the move, rotate, mirror and pattern operations stand for, read from a node's arguments.
// The planner and the builders share them.
#pragma once

#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/kernel/pattern.hpp"

namespace fitwright {

inline Vec3 axis_named(std::string_view name) {
  return name == "x" ? Vec3{1, 0, 0} : name == "y" ? Vec3{0, 1, 0} : Vec3{0, 0, 1};
}

/// `args` answers number(i), text(i), vector(i), count(i), as BuildContext does.
template <class Args>
Placement placement_of(std::string_view operation, const Args& args) {
  if (operation == "move") return Placement::translation({args.number(1), args.number(2), args.number(3)});
  if (operation == "rotate") return Placement::rotation(axis_named(args.text(1)), args.number(2), args.vector(3));
  const Vec3 axis = axis_named(args.text(1));
  return Placement::reflection(axis, axis * args.number(2));
}

template <class Args>
Result<std::vector<Placement>> pattern_of(std::string_view operation, const Args& args) {
  if (operation == "linear_pattern")
    return linear_placements(args.count(1), {args.number(2), args.number(3), args.number(4)});
  if (operation == "polar_pattern") return polar_placements(args.count(1), args.number(2), axis_named(args.text(3)));
  return grid_placements(args.count(1), args.count(2), args.number(3), args.number(4));
}

}  // namespace fitwright
