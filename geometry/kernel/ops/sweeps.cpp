// Paths, and solids drawn along them or between profiles.
#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepOffsetAPI_MakePipeShell.hxx>
#include <BRepOffsetAPI_ThruSections.hxx>
#include <BRepTools.hxx>
#include <BRepTools_WireExplorer.hxx>
#include <BRep_Builder.hxx>
#include <GeomAPI_Interpolate.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_Circle.hxx>
#include <TColgp_HArray1OfPnt.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Wire.hxx>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/hermite.hpp"
#include "geometry/kernel/ops/rows.hpp"

namespace fitwright::ops {

namespace {

Value path_of(const std::vector<TopoDS_Edge>& edges) {
  BRepBuilderAPI_MakeWire wire;
  for (const TopoDS_Edge& edge : edges) wire.Add(edge);
  const TopoDS_Shape shape = wire.Wire();
  return Value(Kind::path,
               Body{shape, std::vector<Trace>(carriers(shape, TopAbs_EDGE).size(), Trace::of_role("path"))});
}

Result<void> check_points(const std::vector<Vec3>& points, std::string_view what) {
  if (points.size() < 2 || points.size() > 500)
    return geometry_error(std::string(what) + " needs 2 to 500 points, " + std::to_string(points.size()) +
                          " were given");
  for (std::size_t i = 1; i < points.size(); ++i)
    if (length(points[i] - points[i - 1]) < 1e-6)
      return geometry_error("points " + std::to_string(i) + " and " + std::to_string(i + 1) + " of " +
                            std::string(what) + " coincide");
  return {};
}

/// Where a bend of a path begins and ends, and its arc; nothing at a corner that is straight on.
struct Bend {
  Vec3 from, to;
  TopoDS_Edge arc;
};

Result<std::optional<Bend>> bend_at(const std::vector<Vec3>& points, std::size_t i, double r) {
  const Vec3 corner = points[i], in = normalized(corner - points[i - 1]), out = normalized(points[i + 1] - corner);
  const double turn = std::acos(std::clamp(dot(in, out), -1.0, 1.0));
  if (turn < 1e-6) return std::nullopt;
  const double back = r * std::tan(turn / 2);
  // A leg between two bends is shared by both.
  const auto room = [&](std::size_t a, std::size_t b, bool shared) {
    return length(points[b] - points[a]) / (shared ? 2 : 1);
  };
  const double space = std::min(room(i - 1, i, i > 1), room(i, i + 1, i + 2 < points.size()));
  if (!(turn < std::numbers::pi - 1e-6) || back > space - 1e-7) {
    Error error = make_error(
        ErrorKind::geometry,
        "bend radius " + number_text(r) + " mm does not fit at point " + std::to_string(i + 1) + " of the path",
        "use at most " + number_text(std::floor(space / std::tan(turn / 2) * 100) / 100) + " mm");
    error.measured = r;
    error.required = space / std::tan(turn / 2);
    error.unit = "mm";
    error.at = corner;
    return fail(std::move(error));
  }
  const Vec3 from = corner - in * back, to = corner + out * back;
  const Vec3 normal = normalized(cross(in, out)), centre = from + cross(normal, in) * r;
  const Vec3 arm = from - centre;
  const opencascade::handle<Geom_Circle> circle =
      new Geom_Circle(gp_Ax2(to_pnt(centre), gp_Dir(normal.x, normal.y, normal.z), gp_Dir(arm.x, arm.y, arm.z)), r);
  return Bend{from, to, BRepBuilderAPI_MakeEdge(circle, 0.0, turn).Edge()};
}

Result<Value> build_path(const BuildContext& c) {
  const std::vector<Vec3>& points = c.places(0);
  FW_CHECK(check_points(points, "a path"));
  return guarded("a path", [&]() -> Result<Value> {
    std::vector<TopoDS_Edge> edges;
    Vec3 at = points.front();
    const auto straight_to = [&](Vec3 next) {
      if (length(next - at) > 1e-6) edges.push_back(BRepBuilderAPI_MakeEdge(to_pnt(at), to_pnt(next)));
      at = next;
    };
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      if (c.number(1) == 0) {
        straight_to(points[i]);
        continue;
      }
      FW_TRY(const std::optional<Bend> bend, bend_at(points, i, c.number(1)));
      if (!bend) continue;
      straight_to(bend->from);
      edges.push_back(bend->arc);
      at = bend->to;
    }
    straight_to(points.back());
    return path_of(edges);
  });
}

Result<Value> build_spline_path(const BuildContext& c) {
  const std::vector<Vec3>& points = c.places(0);
  FW_CHECK(check_points(points, "a path"));
  return guarded("a path", [&]() -> Result<Value> {
    opencascade::handle<TColgp_HArray1OfPnt> through = new TColgp_HArray1OfPnt(1, static_cast<int>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i) through->SetValue(static_cast<int>(i) + 1, to_pnt(points[i]));
    GeomAPI_Interpolate interpolate(through, false, kernel_tolerance);
    interpolate.Perform();
    if (!interpolate.IsDone()) return geometry_error("no smooth curve runs through the points of a path");
    return path_of({BRepBuilderAPI_MakeEdge(interpolate.Curve()).Edge()});
  });
}

Result<Value> build_helix(const BuildContext& c) {
  const double r = c.number(0), pitch = c.number(1), turns = c.number(2);
  const double angle = 2 * std::numbers::pi * turns * (c.text(3) == "left" ? -1 : 1), rise = pitch * turns;
  return guarded("a helix", [&]() -> Result<Value> {
    const auto helix = [&](double v) {
      const double co = std::cos(angle * v), si = std::sin(angle * v);
      return Jet{{r * co, r * si, rise * v},
                 {-r * angle * si, r * angle * co, rise},
                 {-r * angle * angle * co, -r * angle * angle * si, 0}};
    };
    const int pieces = hermite_pieces(0, 1, r * std::pow(std::abs(angle), 6), 1e-6);
    return path_of({BRepBuilderAPI_MakeEdge(hermite_spline(0, 1, pieces, helix)).Edge()});
  });
}

// A shell of walls with its open ends closed by plane faces that keep the profile's holes.
class Capped {
 public:
  /// Walls of one outline with the wires at their ends.
  void add(const std::vector<TopoDS_Shape>& walls, const TopoDS_Shape& first, const TopoDS_Shape& last) {
    walls_.insert(walls_.end(), walls.begin(), walls.end());
    first_.push_back(TopoDS::Wire(first));
    last_.push_back(TopoDS::Wire(last));
  }

  Result<Body> close(TraceCollector traces) const {
    std::vector<TopoDS_Shape> faces = walls_;
    for (const auto* ends : {&first_, &last_}) {
      BRepBuilderAPI_MakeFace maker(ends->front(), true);
      if (!maker.IsDone()) return geometry_error("an end of the solid is not plane", "use a gentler path");
      const gp_Pln plane = BRepAdaptor_Surface(maker.Face()).Plane();
      for (std::size_t i = 1; i < ends->size(); ++i) {
        const TopoDS_Face alone = BRepBuilderAPI_MakeFace(plane, (*ends)[i], true);
        maker.Add(TopoDS::Wire(BRepTools::OuterWire(alone).Reversed()));
      }
      traces.add(maker.Face(), Trace::of_role(ends == &first_ ? "start" : "end"));
      faces.push_back(maker.Face());
    }
    const TopoDS_Shape solid = oriented_solid(faces);
    if (solid.IsNull()) return geometry_error("the walls of the solid do not close", "use a gentler path");
    if (const std::string fault = solid_fault(solid); !fault.empty())
      return geometry_error("the solid " + fault, "use a gentler path or a smaller profile");
    return traces.finish(solid, "side");
  }

 private:
  std::vector<TopoDS_Shape> walls_;
  std::vector<TopoDS_Wire> first_, last_;
};

std::vector<TopoDS_Wire> wires_of(const TopoDS_Face& face) {
  std::vector<TopoDS_Wire> wires{BRepTools::OuterWire(face)};
  for (TopExp_Explorer it(face, TopAbs_WIRE); it.More(); it.Next())
    if (!it.Current().IsSame(wires.front())) wires.push_back(TopoDS::Wire(it.Current()));
  return wires;
}

/// The trace of a profile's edge as its wall carries it.
const Trace& trace_of(const Body& profile, const TopoDS_Shape& edge) {
  const auto edges = carriers(profile.shape, TopAbs_EDGE);
  const auto it = std::find_if(edges.begin(), edges.end(), [&](const TopoDS_Shape& e) { return e.IsSame(edge); });
  return profile.traces[static_cast<std::size_t>(it - edges.begin())];
}

Result<TopoDS_Face> single_face(const Body& profile, std::string_view what) {
  const auto faces = faces_of(profile.shape);
  if (faces.size() == 1) return TopoDS::Face(faces.front());
  return geometry_error(
      std::string(what) + " takes profiles of one region; this one has " + std::to_string(faces.size()),
      "make a solid of each region and unite them");
}

/// From the profile's plane to the start of the path: its normal along the path, its y as upright as can be.
Placement at_start(const TopoDS_Wire& path) {
  BRepTools_WireExplorer it(path);
  const BRepAdaptor_Curve curve(it.Current());
  const bool reversed = it.Current().Orientation() == TopAbs_REVERSED;
  gp_Pnt p;
  gp_Vec t;
  curve.D1(reversed ? curve.LastParameter() : curve.FirstParameter(), p, t);
  const Vec3 z = normalized(from_occt(t.XYZ()) * (reversed ? -1 : 1));
  const Vec3 up = std::abs(z.z) < 1 - 1e-9 ? Vec3{0, 0, 1} : Vec3{0, 1, 0};
  const Vec3 x = normalized(cross(up, z)), y = cross(z, x);
  Placement placement;
  placement.linear = {Vec3{x.x, y.x, z.x}, Vec3{x.y, y.y, z.y}, Vec3{x.z, y.z, z.z}};
  placement.offset = from_occt(p);
  return placement;
}

Result<Value> build_sweep(const BuildContext& c) {
  FW_TRY(const TopoDS_Face face, single_face(c.body(0), "a sweep"));
  return guarded("sweeping a profile", [&]() -> Result<Value> {
    const TopoDS_Wire path = TopoDS::Wire(c.body(1).shape);
    const Placement start = at_start(path);
    TraceCollector traces(TopAbs_FACE);
    Capped solid;
    for (const TopoDS_Wire& wire : wires_of(face)) {
      const TopoDS_Wire placed = TopoDS::Wire(moved_shape(wire, start));
      BRepOffsetAPI_MakePipeShell pipe(path);
      if (c.text(2) == "upright")
        pipe.SetMode(gp_Dir(0, 0, 1));
      else
        pipe.SetMode(false);
      pipe.SetTransitionMode(BRepBuilderAPI_RightCorner);
      pipe.Add(placed);
      if (!pipe.IsReady()) return geometry_error("the profile cannot be swept along this path");
      pipe.Build();
      if (!pipe.IsDone())
        return geometry_error("the sweep crosses itself or its path bends too sharply for the profile",
                              "use a larger bend radius or a smaller profile");
      const auto flat = carriers(wire, TopAbs_EDGE), standing = carriers(placed, TopAbs_EDGE);
      for (std::size_t i = 0; i < flat.size(); ++i)
        for (const TopoDS_Shape& wall : pipe.Generated(standing[i]))
          for (const TopoDS_Shape& one : faces_of(wall)) traces.add(one, trace_of(c.body(0), flat[i]).below({0, 0}));
      solid.add(faces_of(pipe.Shape()), pipe.FirstShape(), pipe.LastShape());
    }
    FW_TRY(Body body, solid.close(std::move(traces)));
    return Value(Kind::solid, std::move(body));
  });
}

Result<Value> build_loft(const BuildContext& c) {
  const auto profiles = c.bodies(0);
  const std::vector<double>& heights = c.numbers(1);
  if (profiles.size() < 2 || profiles.size() > 100)
    return geometry_error("a loft needs 2 to 100 profiles, " + std::to_string(profiles.size()) + " were given");
  if (heights.size() != profiles.size())
    return geometry_error("a loft of " + std::to_string(profiles.size()) + " profiles needs as many heights, " +
                          std::to_string(heights.size()) + " were given");
  for (std::size_t i = 1; i < heights.size(); ++i)
    if (heights[i] <= heights[i - 1] + 1e-6)
      return geometry_error("the heights of a loft must rise: " + number_text(heights[i - 1]) + " mm is followed by " +
                            number_text(heights[i]) + " mm");
  std::vector<std::vector<TopoDS_Wire>> sections;  // outlines of each profile, the outer one first
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    FW_TRY(const TopoDS_Face face, single_face(*profiles[i], "a loft"));
    const Placement raised = Placement::translation({0, 0, heights[i]});
    std::vector<TopoDS_Wire> wires;
    for (const TopoDS_Wire& wire : wires_of(face)) wires.push_back(TopoDS::Wire(moved_shape(wire, raised)));
    if (wires.size() > 2 || wires.size() != (i ? sections[0].size() : wires.size()))
      return geometry_error("a loft joins profiles with no hole, or with one hole each",
                            "make the holes as lofts of their own and cut them");
    sections.push_back(std::move(wires));
  }
  return guarded("a loft", [&]() -> Result<Value> {
    TraceCollector traces(TopAbs_FACE);
    Capped solid;
    for (std::size_t outline = 0; outline < sections[0].size(); ++outline) {
      BRepOffsetAPI_ThruSections loft(true, c.flag(2), 1e-6);
      for (const auto& wires : sections) loft.AddWire(wires[outline]);
      loft.Build();
      if (!loft.IsDone()) return geometry_error("no surface runs through the profiles of a loft");
      std::vector<TopoDS_Shape> walls;
      for (const TopoDS_Shape& face : faces_of(loft.Shape())) {
        if (face.IsSame(loft.FirstShape()) || face.IsSame(loft.LastShape())) continue;
        traces.add(face, Trace::of_role(outline == 0 ? "side" : "hole"));
        walls.push_back(face);
      }
      solid.add(walls, BRepTools::OuterWire(TopoDS::Face(loft.FirstShape())),
                BRepTools::OuterWire(TopoDS::Face(loft.LastShape())));
    }
    FW_TRY(Body body, solid.close(std::move(traces)));
    return Value(Kind::solid, std::move(body));
  });
}

}  // namespace

std::vector<const Operation*> sweep_rows() {
  static const std::vector<Operation> rows = {
      {.name = "path",
       .summary = "Straight legs through points, with round bends",
       .result = Kind::path,
       .args = {{.name = "points", .kind = ArgKind::places, .doc = "Corners in order"},
                {.name = "r",
                 .kind = ArgKind::length,
                 .doc = "Radius of the bends; 0 for mitred corners",
                 .fallback = 0.0,
                 .min = 0,
                 .max = 1e5}},
       .build = build_path},
      {.name = "spline_path",
       .summary = "Smooth curve through points",
       .result = Kind::path,
       .args = {{.name = "points", .kind = ArgKind::places, .doc = "Points in order"}},
       .build = build_spline_path},
      {.name = "helix",
       .summary = "Screw line about the z axis, rising from the x axis",
       .result = Kind::path,
       .args = {size("r", "Radius"),
                size("pitch", "Rise of a turn"),
                {.name = "turns", .kind = ArgKind::number, .doc = "How often it goes round", .min = 0.01, .max = 500},
                choice("hand", "Which way it turns", {"right", "left"})},
       .build = build_helix},
      {.name = "sweep",
       .summary = "Profile drawn along a path; its origin follows the path, its y starts as upright as can be",
       .result = Kind::solid,
       .args = {node("profile", ArgKind::profile, "The profile"), node("path", ArgKind::path, "Where it goes"),
                choice("hold", "How the profile turns on its way: freely with the path, or kept upright",
                       {"free", "upright"})},
       .build = build_sweep},
      {.name = "loft",
       .summary = "Solid that changes from profile to profile as it rises",
       .result = Kind::solid,
       .args = {node("profiles", ArgKind::profiles, "The profiles from below to above"),
                {.name = "heights", .kind = ArgKind::numbers, .doc = "Height of each, in mm"},
                flag("ruled", "Straight from one to the next instead of smooth", false)},
       .build = build_loft},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
