#include <BRepFilletAPI_MakeChamfer.hxx>
#include <BRepFilletAPI_MakeFillet.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopoDS.hxx>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/rim.hpp"
#include "geometry/kernel/selectors.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright::ops {

namespace {

constexpr std::size_t expect_arg = 3, optional_arg = 4;

/// The edges to blend; an empty list only when the template said `optional`.
Result<std::vector<TopoDS_Edge>> chosen_edges(const BuildContext& c) {
  FW_TRY(auto edges, select_edges(c.body(0), c.selector(1)));
  const auto name = c.node().operation().name;
  if (edges.empty() && !c.flag(optional_arg)) {
    const auto tags = tags_of(c.body(0));
    return geometry_error(fmt::format("the {} selects no edge", name),
                          tags.empty()
                              ? "the solid has no tags; choose edges by role or direction, or say optional = true"
                              : fmt::format("tags on this solid: {}", fmt::join(tags, ", ")));
  }
  if (c.given(expect_arg) && edges.size() != static_cast<std::size_t>(c.count(expect_arg))) {
    Error error = make_error(ErrorKind::geometry, fmt::format("the {} selects {} edges where the template expects {}",
                                                              name, edges.size(), c.count(expect_arg)));
    error.measured = static_cast<double>(edges.size());
    error.required = c.number(expect_arg);
    return fail(std::move(error));
  }
  return edges;
}

/// An edge between faces that meet without a corner has nothing to blend, and the kernel fails on it.
std::vector<TopoDS_Edge> cornered(const TopoDS_Shape& shape, const std::vector<TopoDS_Edge>& edges) {
  constexpr double smooth_deg = 0.1;
  TopTools_IndexedDataMapOfShapeListOfShape around;
  TopExp::MapShapesAndUniqueAncestors(shape, TopAbs_EDGE, TopAbs_FACE, around);
  std::vector<TopoDS_Edge> kept;
  for (const TopoDS_Edge& edge : edges) {
    const TopTools_ListOfShape& faces = around.FindFromKey(edge);
    const double angle = dihedral_deg(edge, TopoDS::Face(faces.First()), TopoDS::Face(faces.Last()));
    if (std::abs(angle - 180) > smooth_deg) kept.push_back(edge);
  }
  return kept;
}

tl::unexpected<Error> too_large(const BuildContext& c) {
  const auto name = c.node().operation().name;
  const auto size_name = c.node().operation().args[2].name;
  Error error = make_error(ErrorKind::geometry,
                           fmt::format("{} {} mm of the {} is too large for the edges it was given",
                                       size_name == "r" ? "radius" : "size", number_text(c.number(2)), name),
                           "use a smaller one");
  error.measured = c.number(2);
  error.unit = "mm";
  return fail(std::move(error));
}

// Faces that replace an edge or vertex remember which faces they lie between.
void trace_blends(TraceCollector& traces, const Body& in, BRepBuilderAPI_MakeShape& maker, std::string_view role) {
  TopTools_IndexedMapOfShape faces;
  TopExp::MapShapes(in.shape, TopAbs_FACE, faces);
  for (const TopAbs_ShapeEnum type : {TopAbs_EDGE, TopAbs_VERTEX}) {
    TopTools_IndexedDataMapOfShapeListOfShape around;
    TopExp::MapShapesAndUniqueAncestors(in.shape, type, TopAbs_FACE, around);
    for (int i = 1; i <= around.Extent(); ++i) {
      std::vector<OriginPtr> of;
      Trace sources;
      for (const TopoDS_Shape& face : around(i))
        sources.merge(in.traces[static_cast<std::size_t>(faces.FindIndex(face) - 1)]);
      for (const OriginPtr& origin : sources.origins) of.push_back(Origin::below({0, 0}, origin));
      for (const TopoDS_Shape& face : maker.Generated(around.FindKey(i)))
        if (face.ShapeType() == TopAbs_FACE && !traces.has(face))
          traces.add(face, {{Origin::make(std::string(role), of)}, {}});
    }
  }
}

template <class Maker>
Result<Value> blend(const BuildContext& c, Blend kind) {
  const std::string_view role = to_string(kind);
  FW_TRY(auto edges, chosen_edges(c));
  if (edges.empty()) {
    FW_TRY(Body same, transformed(c.body(0), Kind::solid, {0, 0}, Placement{}));
    return Value(Kind::solid, std::move(same));
  }
  BooleanTask& task = c.booleans();
  if (task.shortcuts) {
    if (auto quick = blend_rims(c.body(0), edges, kind, c.number(2)); quick && *quick) {
      task.served = std::max(task.served, Tier::stamped);
      return Value(Kind::solid, std::move(**quick));
    }
  }
  task.served = Tier::general;
  edges = cornered(c.body(0).shape, edges);
  if (edges.empty())
    return geometry_error(fmt::format("the {} selects only edges between faces that meet smoothly", role),
                          "choose edges at corners, edges.convex() for instance");
  Maker maker(c.body(0).shape);
  try {
    for (const TopoDS_Edge& edge : edges) maker.Add(c.number(2), edge);
    maker.Build();
  } catch (const Standard_Failure&) {
    return too_large(c);
  }
  if (!maker.IsDone()) return too_large(c);
  const auto solids = carriers(maker.Shape(), TopAbs_SOLID);
  if (solids.empty()) return too_large(c);
  const TopoDS_Shape shape = gather(solids);
  if (!solid_fault(shape).empty()) return too_large(c);
  TraceCollector traces(TopAbs_FACE);
  TopTools_ListOfShape arguments;
  arguments.Append(c.body(0).shape);
  traces.inherit(c.body(0), {0, 0}, new BRepTools_History(arguments, maker));
  trace_blends(traces, c.body(0), maker, role);
  return Value(Kind::solid, traces.finish(shape, role));
}

Result<Value> build_fillet(const BuildContext& c) {
  return guarded("the fillet", [&] { return blend<BRepFilletAPI_MakeFillet>(c, Blend::fillet); });
}

Result<Value> build_chamfer(const BuildContext& c) {
  return guarded("the chamfer", [&] { return blend<BRepFilletAPI_MakeChamfer>(c, Blend::chamfer); });
}

}  // namespace

std::vector<const Operation*> blend_rows() {
  static const auto args = [](const ArgSpec& amount) {
    return std::vector<ArgSpec>{node("solid", ArgKind::solid, "The solid"),
                                node("edges", ArgKind::edges, "Which edges"), amount,
                                optional({.name = "expect",
                                          .kind = ArgKind::count,
                                          .doc = "How many edges the selection must give",
                                          .min = 0,
                                          .max = 1e6}),
                                flag("optional", "Accept a selection of no edge", false)};
  };
  static const std::vector<Operation> rows = {
      {.name = "fillet",
       .summary = "Edges rounded",
       .result = Kind::solid,
       .args = args(limited(size("r", "Radius"))),
       .build = build_fillet},
      {.name = "chamfer",
       .summary = "Edges bevelled at equal distances",
       .result = Kind::solid,
       .args = args(limited(size("size", "Distance from the edge on both faces"))),
       .build = build_chamfer},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
