#include "geometry/kernel/placement.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/pattern.hpp"
#include "geometry/kernel/selectors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fitwright::ops {

namespace {

Result<Value> place(const BuildContext& c) {
  FW_TRY(Body body, transformed(c.body(0), Kind::solid, {0, 0}, placement_of(c.node().operation().name, c)));
  return Value(Kind::solid, std::move(body));
}

Result<Value> repeat(const BuildContext& c) {
  FW_TRY(const auto placements, pattern_of(c.node().operation().name, c));
  std::vector<SolidUse> copies;
  for (std::size_t i = 0; i < placements.size(); ++i) {
    FW_TRY(Body copy, transformed(c.body(0), Kind::solid, {0, static_cast<std::uint16_t>(i)}, placements[i]));
    copies.push_back({std::move(copy)});
  }
  FW_TRY(Body all, unite(std::move(copies), c.booleans()));
  return Value(Kind::solid, std::move(all));
}

Result<Value> build_tag(const BuildContext& c) {
  FW_TRY(Body body, transformed(c.body(0), Kind::solid, {0, 0}, Placement{}));
  std::vector<std::size_t> chosen(body.traces.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = i;
  if (const NodePtr selector = c.selector(2)) {
    FW_TRY(chosen, select_faces(c.body(0), selector));
    if (chosen.empty())
      return geometry_error(fmt::format("no face to tag as \"{}\": the selection is empty", c.text(1)),
                            fmt::format("tags on this solid: {}", fmt::join(tags_of(c.body(0)), ", ")));
  }
  for (const std::size_t i : chosen) body.traces[i].add_tag(c.text(1));
  return Value(Kind::solid, std::move(body));
}

}  // namespace

std::vector<const Operation*> placement_rows() {
  static const ArgSpec self = node("solid", ArgKind::solid, "The solid");
  static const std::vector<std::string_view> axes = {"x", "y", "z"};
  static const std::vector<Operation> rows = {
      {.name = "move",
       .summary = "Solid moved",
       .result = Kind::solid,
       .args = {self, length("x", "Along x", 0.0), length("y", "Along y", 0.0), length("z", "Along z", 0.0)},
       .build = place},
      {.name = "rotate",
       .summary = "Solid turned about an axis",
       .result = Kind::solid,
       .args = {self,
                choice("axis", "Direction of the axis", axes, true),
                angle("angle", "Counter-clockwise seen against the axis"),
                {.name = "origin", .kind = ArgKind::vector, .doc = "A point on the axis", .fallback = Vec3{}}},
       .build = place},
      {.name = "mirror",
       .summary = "Solid mirrored in a plane",
       .result = Kind::solid,
       .args = {self, choice("axis", "Normal of the plane", axes, true),
                length("at", "Position of the plane on that axis", 0.0)},
       .build = place},
      {.name = "linear_pattern",
       .summary = "Copies of a solid along a line",
       .result = Kind::solid,
       .args = {self, count("count", "How many, the original included"), length("x", "Step along x", 0.0),
                length("y", "Step along y", 0.0), length("z", "Step along z", 0.0)},
       .build = repeat},
      {.name = "polar_pattern",
       .summary = "Copies of a solid around an axis through the origin",
       .result = Kind::solid,
       .args = {self, count("count", "How many, the original included"),
                angle("angle", "Angle shared out; 360 closes the circle", 360.0),
                choice("axis", "The axis", {"z", "x", "y"})},
       .build = repeat},
      {.name = "grid_pattern",
       .summary = "Copies of a solid in rows and columns",
       .result = Kind::solid,
       .args = {self, count("nx", "Columns"), count("ny", "Rows"), length("dx", "Step along x"),
                length("dy", "Step along y")},
       .build = repeat},
      {.name = "tag",
       .summary = "A name for faces, for selectors and reports; it survives later operations",
       .result = Kind::solid,
       .args = {self,
                {.name = "name", .kind = ArgKind::text, .doc = "The tag"},
                optional(node("faces", ArgKind::faces, "Which faces; all when left out"))},
       .build = build_tag},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
