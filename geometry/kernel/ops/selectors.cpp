#include "geometry/kernel/ops/rows.hpp"

namespace fitwright::ops {

// Selectors have no builder: geometry/kernel/selectors.cpp resolves them against a solid.
std::vector<const Operation*> selector_rows() {
  static const std::vector<std::string_view> directions = {"+x", "-x", "+y", "-y", "+z", "-z"};
  static const auto pair = [](ArgKind kind) {
    return std::vector<ArgSpec>{node("a", kind, "First selection"), node("b", kind, "Second selection")};
  };
  static const auto named = [](std::string_view name, std::string_view doc) {
    return ArgSpec{.name = name, .kind = ArgKind::text, .doc = doc};
  };
  static const std::vector<Operation> rows = {
      {.name = "faces.all", .summary = "Every face", .result = Kind::faces, .args = {}},
      {.name = "faces.tagged",
       .summary = "Faces with a tag",
       .result = Kind::faces,
       .args = {named("name", "The tag")}},
      {.name = "faces.role",
       .summary = "Faces with a role in the operation that made them",
       .result = Kind::faces,
       .args = {named("name", "The role, e.g. \"top\", \"left\", \"round\"")}},
      {.name = "faces.facing",
       .summary = "Plane faces whose outside looks in a direction",
       .result = Kind::faces,
       .args = {choice("direction", "Axis with sign", directions, true)}},
      {.name = "faces.extreme",
       .summary = "Faces that lie furthest out in a direction",
       .result = Kind::faces,
       .args = {choice("direction", "Axis with sign", directions, true)}},
      {.name = "faces.kind",
       .summary = "Faces of one kind of surface",
       .result = Kind::faces,
       .args = {choice("kind", "Surface",
                       {"plane", "cylinder", "cone", "sphere", "torus", "extrusion", "revolution", "spline"}, true)}},
      {.name = "faces.either",
       .summary = "Faces in at least one of two selections",
       .result = Kind::faces,
       .args = pair(ArgKind::faces)},
      {.name = "faces.both",
       .summary = "Faces in both selections",
       .result = Kind::faces,
       .args = pair(ArgKind::faces)},
      {.name = "faces.except",
       .summary = "Faces in the first selection but not in the second",
       .result = Kind::faces,
       .args = pair(ArgKind::faces)},
      {.name = "edges.all", .summary = "Every edge between two faces", .result = Kind::edges, .args = {}},
      {.name = "edges.tagged",
       .summary = "Edges of faces with a tag",
       .result = Kind::edges,
       .args = {named("name", "The tag")}},
      {.name = "edges.parallel",
       .summary = "Straight edges parallel to an axis",
       .result = Kind::edges,
       .args = {choice("axis", "Axis", {"x", "y", "z"}, true)}},
      {.name = "edges.between",
       .summary = "Edges where a face of one selection meets a face of another",
       .result = Kind::edges,
       .args = pair(ArgKind::faces)},
      {.name = "edges.of",
       .summary = "All edges around the selected faces",
       .result = Kind::edges,
       .args = {node("faces", ArgKind::faces, "The faces")}},
      {.name = "edges.kind",
       .summary = "Edges of one kind of curve",
       .result = Kind::edges,
       .args = {choice("kind", "Curve", {"line", "circle", "ellipse", "spline"}, true)}},
      {.name = "edges.convex",
       .summary = "Edges that stick out: less than 180 degrees of material",
       .result = Kind::edges,
       .args = {}},
      {.name = "edges.concave",
       .summary = "Inner edges: more than 180 degrees of material",
       .result = Kind::edges,
       .args = {}},
      {.name = "edges.either",
       .summary = "Edges in at least one of two selections",
       .result = Kind::edges,
       .args = pair(ArgKind::edges)},
      {.name = "edges.both",
       .summary = "Edges in both selections",
       .result = Kind::edges,
       .args = pair(ArgKind::edges)},
      {.name = "edges.except",
       .summary = "Edges in the first selection but not in the second",
       .result = Kind::edges,
       .args = pair(ArgKind::edges)},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
