// Whole solids changed: hollowed, split.
#include <BRepOffsetAPI_MakeThickSolid.hxx>
#include <BRep_Builder.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Solid.hxx>

#include <algorithm>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/prism.hpp"
#include "geometry/kernel/profile.hpp"
#include "geometry/kernel/selectors.hpp"

namespace fitwright::ops {

namespace {

tl::unexpected<Error> too_thick(double wall) {
  Error error = make_error(ErrorKind::geometry, "a wall of " + number_text(wall) + " mm is too thick for this solid",
                           "use a thinner one");
  error.measured = wall;
  error.unit = "mm";
  return fail(std::move(error));
}

// What is left inside walls: the solid shrunk on all sides, or on all but the open ones.
Result<Value> build_shell(const BuildContext& c) {
  const Body& base = c.body(0);
  const double wall = c.number(1);
  std::vector<std::size_t> open;
  if (c.selector(2)) {
    FW_TRY(open, select_faces(base, c.selector(2)));
    if (open.empty())
      return geometry_error("the shell's selector of open faces selects none", "leave it out for a closed shell");
  }
  if (carriers(base.shape, TopAbs_SOLID).size() != 1)
    return geometry_error("a shell is made of one solid; this one is in several pieces", "hollow them one by one");
  c.booleans().served = Tier::general;
  return guarded("hollowing a solid", [&]() -> Result<Value> {
    const auto faces = faces_of(base.shape);
    TopTools_ListOfShape removed;
    for (const std::size_t i : open) removed.Append(faces[i]);
    BRepOffsetAPI_MakeThickSolid maker;
    try {
      maker.MakeThickSolidByJoin(base.shape, removed, -wall, 1e-5, BRepOffset_Skin, false, false, GeomAbs_Intersection,
                                 true);
    } catch (const Standard_Failure&) {
      return too_thick(wall);
    }
    if (!maker.IsDone() || maker.Shape().IsNull()) return too_thick(wall);
    TraceCollector traces(TopAbs_FACE);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      const Trace kept = base.traces[i].below({0, 0});
      Trace inside;
      inside.origins.push_back(Origin::make("inside", kept.origins));
      for (const TopoDS_Shape& face : maker.Generated(faces[i])) traces.add(face, inside);
      for (const TopoDS_Shape& face : maker.Modified(faces[i])) traces.add(face, kept);
      if (!traces.has(faces[i])) traces.add(faces[i], kept);
    }
    TopoDS_Shape shape = maker.Shape();
    if (open.empty()) {
      // Nothing is open: the maker gives the core, which becomes a cavity.
      const auto solids = carriers(shape, TopAbs_SOLID);
      if (solids.size() != 1 || !solid_fault(shape).empty() || volume_of(shape) >= volume_of(base.shape))
        return too_thick(wall);
      TopoDS_Solid hollow;
      BRep_Builder builder;
      builder.MakeSolid(hollow);
      for (const TopoDS_Shape& shell : carriers(base.shape, TopAbs_SHELL)) builder.Add(hollow, shell);
      for (const TopoDS_Shape& shell : carriers(shape, TopAbs_SHELL)) builder.Add(hollow, shell.Reversed());
      shape = hollow;
    }
    if (!solid_fault(shape).empty() || !(volume_of(shape) < volume_of(base.shape))) return too_thick(wall);
    return Value(Kind::solid, traces.finish(shape, "inside"));
  });
}

Result<Value> build_split(const BuildContext& c) {
  const Body& base = c.body(0);
  const std::string& axis = c.text(1);
  const double at = c.number(2);
  const bool above = c.text(3) == "above";
  const Box3 box = bounds_of(base.shape);
  const auto along = [&](Vec3 v) { return axis == "x" ? v.x : axis == "y" ? v.y : v.z; };
  if (at <= along(box.min) || at >= along(box.max)) {
    Error error =
        make_error(ErrorKind::geometry, "the cut at " + axis + " = " + number_text(at) +
                                            " mm misses the solid, which reaches from " + number_text(along(box.min)) +
                                            " to " + number_text(along(box.max)) + " mm");
    error.measured = at;
    error.unit = "mm";
    return fail(std::move(error));
  }
  // A block that holds all of the half that goes, in a frame whose z is the axis.
  const double reach = length(box.max - box.min) + 10;
  const Vec3 middle = (box.min + box.max) * 0.5;
  const Placement frame = Placement::turning({0, 0, 1}, axis == "x"   ? Vec3{1, 0, 0}
                                                        : axis == "y" ? Vec3{0, 1, 0}
                                                                      : Vec3{0, 0, 1});
  const Vec3 local = frame.inverse().apply(middle);
  const Vec2 m{local.x, local.y};
  const auto corner = [&](double x, double y) { return m + Vec2{x * reach, y * reach}; };
  FW_TRY(
      const Body outline,
      make_region({corner(-1, -1),
                   {{corner(1, -1), "far"}, {corner(1, 1), "far"}, {corner(-1, 1), "far"}, {corner(-1, -1), "far"}}}));
  const std::vector<Trace> cut{Trace::of_role("split")}, far{Trace::of_role("far")};
  FW_TRY(const Body block, above ? make_prism(outline, far, cut, at - 2 * reach, 2 * reach, c.booleans())
                                 : make_prism(outline, cut, far, at, 2 * reach, c.booleans()));
  FW_TRY(const Body half, transformed(block, Kind::solid, {1, 0}, frame));
  FW_TRY(Body kept, subtract(uses_below({&base}, 0).front(), {{half}}, c.booleans()));
  return Value(Kind::solid, std::move(kept));
}

// Somebody else's solid. Its faces have no history: they are told apart by their place in the file.
Result<Value> build_step(const BuildContext& c) {
  FW_TRY(const auto solid, c.solids(0));
  const TopoDS_Shape& shape = solid->shape();
  if (const std::string fault = solid_fault(shape); !fault.empty())
    return fail(ErrorKind::file, "the model of the STEP file " + fault, "repair it in the program that made it");
  Body body{shape, {}};
  const std::size_t count = faces_of(shape).size();
  for (std::size_t i = 0; i < count; ++i) body.traces.push_back(Trace::of_role("face/" + std::to_string(i + 1)));
  return Value(Kind::solid, std::move(body));
}

}  // namespace

std::vector<const Operation*> body_rows() {
  static const ArgSpec solid = node("solid", ArgKind::solid, "The solid");
  static const std::vector<Operation> rows = {
      {.name = "shell",
       .summary = "Solid hollowed to walls of one thickness",
       .result = Kind::solid,
       .args = {solid, limited(size("wall", "Thickness; the outside stays where it is")),
                optional(node("open", ArgKind::faces, "Faces to leave open; without them it is closed all round"))},
       .build = build_shell},
      {.name = "step",
       .summary = "Solids of a STEP file, where the file puts them, to be cut, drilled or engraved like any other",
       .result = Kind::solid,
       .args = {{.name = "file", .kind = ArgKind::blob, .doc = "The model"}},
       .build = build_step},
      {.name = "split",
       .summary = "One side of a plane",
       .result = Kind::solid,
       .args = {solid, choice("axis", "Axis square to the plane", {"x", "y", "z"}, true),
                length("at", "Where it crosses the axis"),
                choice("keep", "The side that stays", {"above", "below"}, true)},
       .build = build_split},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
