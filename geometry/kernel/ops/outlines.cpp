// Profiles with curves of their own: ellipse, spline, gear; and rounded corners.
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepBuilderAPI_Transform.hxx>
#include <BRepFilletAPI_MakeFillet2d.hxx>
#include <BRep_Tool.hxx>
#include <GeomAPI_Interpolate.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_Ellipse.hxx>
#include <TColgp_HArray1OfPnt.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geometry/core/text.hpp"
#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/hermite.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/profile.hpp"
#include "geometry/kernel/svg_outline.hpp"

namespace fitwright::ops {

namespace {

constexpr double pi = std::numbers::pi;

Result<Value> as_profile(Result<Body> body) {
  if (!body) return tl::unexpected(std::move(body).error());
  return Value(Kind::profile, std::move(*body));
}

/// A profile larger or smaller, about the origin.
Result<Body> scaled(const Body& body, double factor) {
  gp_Trsf scaling;
  scaling.SetScale(gp_Pnt(0, 0, 0), factor);
  const TopoDS_Shape shape = BRepBuilderAPI_Transform(body.shape, scaling, true).Shape();
  return Body{shape, body.traces};  // the copy keeps the order of edges
}

Result<Value> region_of(const opencascade::handle<Geom_Curve>& closed, std::string_view role) {
  const TopoDS_Edge edge = BRepBuilderAPI_MakeEdge(closed);
  FW_TRY(const TopoDS_Face face, face_in_plane(BRepBuilderAPI_MakeWire(edge).Wire(), {}));
  return Value(Kind::profile, Body{face, {Trace::of_role(std::string(role))}});
}

Result<Value> build_ellipse(const BuildContext& c) {
  const double rx = c.number(0), ry = c.number(1);
  if (rx == ry) return as_profile(make_disc({}, rx));
  return guarded("an ellipse", [&] {
    const gp_Dir major = rx > ry ? gp_Dir(1, 0, 0) : gp_Dir(0, 1, 0);
    return region_of(
        new Geom_Ellipse(gp_Ax2(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1), major), std::max(rx, ry), std::min(rx, ry)), "round");
  });
}

Result<Value> build_regular_polygon(const BuildContext& c) {
  const int n = c.count(0);
  const double corner = c.text(2) == "corners" ? c.number(1) : c.number(1) / std::cos(pi / n);
  // One side lies at the bottom, level.
  const auto at = [&](int i) {
    const double angle = -pi / 2 + (2 * i - 1) * pi / n;
    return Vec2{corner * std::cos(angle), corner * std::sin(angle)};
  };
  Outline outline{at(0), {}};
  for (int i = 1; i <= n; ++i) outline.segments.push_back({at(i % n), "edge/" + std::to_string(i)});
  return as_profile(make_region(outline));
}

Result<Value> build_spline(const BuildContext& c) {
  const std::vector<Vec2>& points = c.points(0);
  const std::size_t n = points.size();
  if (n < 3 || n > 500) return geometry_error("a spline needs 3 to 500 points, " + std::to_string(n) + " were given");
  for (std::size_t i = 0; i < n; ++i)
    if (length(points[(i + 1) % n] - points[i]) < 1e-6)
      return geometry_error("points " + std::to_string(i + 1) + " and " + std::to_string((i + 1) % n + 1) +
                            " of a spline coincide");
  return guarded("a spline", [&]() -> Result<Value> {
    opencascade::handle<TColgp_HArray1OfPnt> through = new TColgp_HArray1OfPnt(1, static_cast<int>(n));
    for (std::size_t i = 0; i < n; ++i) through->SetValue(static_cast<int>(i) + 1, to_pnt(points[i]));
    GeomAPI_Interpolate interpolate(through, true, kernel_tolerance);
    interpolate.Perform();
    if (!interpolate.IsDone()) return geometry_error("no smooth curve runs through the points of a spline");
    return region_of(interpolate.Curve(), "spline");
  });
}

// Involute gears as ISO 21771 defines them, with the rack of ISO 53: addendum m, dedendum m + clearance.
class GearOutline {
 public:
  GearOutline(double module, int teeth, double pressure_deg, double shift, double clearance, double backlash)
      : teeth_(teeth), module_(module) {
    const double alpha = pressure_deg * pi / 180;
    reference_ = module * teeth / 2;
    base_ = reference_ * std::cos(alpha);
    tip_ = reference_ + module * (1 + shift);
    root_ = reference_ - module * (1 + clearance - shift);
    const double thickness = module * (pi / 2 + 2 * shift * std::tan(alpha)) - backlash / 2;
    at_base_ = thickness / (2 * reference_) + std::tan(alpha) - alpha;  // half a tooth's angle where it leaves the base
  }

  Result<Outline> draw() const {
    if (root_ <= 0)
      return geometry_error(
          "the gear has no body: " + std::to_string(teeth_) + " teeth leave nothing inside their roots",
          "use more teeth");
    const double tip_half = half_angle(tip_), start = std::max(root_, base_ * 1.00001);
    if (tip_half * tip_ < 0.02 * module_)
      return geometry_error("the teeth of the gear come to a point below their tip", "use less shift or more teeth");
    if (half_angle(start) >= pi / teeth_)
      return geometry_error("the teeth of the gear leave no gap between them", "use less shift or more backlash");
    Outline outline{polar(root_, -half_angle(start)), {}};
    for (int i = 0; i < teeth_; ++i) {
      const double middle = 2 * pi * i / teeth_;
      if (root_ < start) outline.segments.push_back({polar(start, middle - half_angle(start)), "root"});
      flank(outline, middle, -1, start, tip_);
      outline.segments.push_back({polar(tip_, middle + tip_half), "tip", Vec2{}});
      flank(outline, middle, 1, tip_, start);
      if (root_ < start) outline.segments.push_back({polar(root_, middle + half_angle(start)), "root"});
      outline.segments.push_back(
          {i + 1 == teeth_ ? outline.start : polar(root_, middle + 2 * pi / teeth_ - half_angle(start)), "root",
           Vec2{}});
    }
    return outline;
  }

 private:
  static Vec2 polar(double r, double angle) { return {r * std::cos(angle), r * std::sin(angle)}; }
  double roll(double r) const { return std::sqrt(std::max(0.0, r * r / (base_ * base_) - 1)); }
  double half_angle(double r) const {
    const double t = roll(r);
    return at_base_ - (t - std::atan(t));
  }

  /// One side of a tooth: the involute of the base circle, base * (cos t + t sin t, sin t - t cos t).
  void flank(Outline& outline, double middle, int side, double from, double to) const {
    const double t0 = roll(from), t1 = roll(to), turn = middle + side * at_base_;
    const auto place = [&](double x, double y) {
      y *= -side;  // the upper side of a tooth unrolls clockwise
      return Vec3{base_ * (x * std::cos(turn) - y * std::sin(turn)), base_ * (x * std::sin(turn) + y * std::cos(turn)),
                  0};
    };
    const double span = t1 - t0;  // negative towards the root
    const auto involute = [&](double share) {
      const double t = t0 + span * share, c = std::cos(t), s = std::sin(t);
      return Jet{place(c + t * s, s - t * c), place(t * c, t * s) * span, place(c - t * s, s + t * c) * (span * span)};
    };
    const int pieces = hermite_pieces(0, 1, 7 * base_ * std::pow(std::abs(span), 6), 1e-5);
    outline.segments.push_back({.to = polar(to, middle + side * half_angle(to)),
                                .role = "flank",
                                .spline = hermite_spline(0, 1, pieces, involute)});
  }

  int teeth_;
  double module_, reference_ = 0, base_ = 0, tip_ = 0, root_ = 0, at_base_ = 0;
};

Result<Value> build_gear(const BuildContext& c) {
  FW_TRY(const Outline outline,
         GearOutline(c.number(0), c.count(1), c.number(2), c.number(3), c.number(4), c.number(5)).draw());
  return as_profile(make_region(outline));
}

Result<Value> build_svg(const BuildContext& c) {
  FW_TRY(const std::string* text, c.blob(0));
  return guarded("reading a drawing", [&]() -> Result<Value> {
    FW_TRY(const Drawing drawing, read_svg(*text));
    std::vector<RegionUse> elements;
    for (const auto& outlines : drawing.elements) {
      FW_TRY(Body element, make_nested(outlines));
      elements.push_back({std::move(element), {}});
    }
    FW_TRY(Regions regions, unite_regions(std::move(elements), c.booleans()));
    Body body = std::move(regions.body);
    if (c.given(1)) {
      FW_TRY(body, scaled(body, c.number(1) / drawing.width));
    }
    if (!c.flag(2)) return Value(Kind::profile, std::move(body));
    const Box3 box = bounds_of(body.shape);
    return as_profile(placed_profile(body, Placement::translation((box.min + box.max) * -0.5)));
  });
}

/// The turn of an outline at a corner, in radians: positive where the material spans less than half a turn.
double turn_at(const TopoDS_Vertex& vertex, const TopoDS_Edge& in, const TopoDS_Edge& out) {
  const auto tangent = [&](const TopoDS_Edge& edge) {
    double first = 0, last = 0;
    const auto curve = BRep_Tool::Curve(edge, first, last);
    const double t = BRep_Tool::Parameter(vertex, edge);
    gp_Pnt p;
    gp_Vec along;
    curve->D1(t, p, along);
    return edge.Orientation() == TopAbs_REVERSED ? along.Reversed() : along;
  };
  return tangent(in).AngleWithRef(tangent(out), gp_Vec(0, 0, 1));
}

struct Corner {
  TopoDS_Vertex vertex;
  double turn;
};

std::vector<Corner> corners_of(const TopoDS_Face& face) {
  std::vector<Corner> corners;
  TopTools_IndexedDataMapOfShapeListOfShape around;
  TopExp::MapShapesAndAncestors(face, TopAbs_VERTEX, TopAbs_EDGE, around);
  for (int i = 1; i <= around.Extent(); ++i) {
    if (around(i).Extent() != 2) continue;  // the vertex of a closed curve
    const TopoDS_Vertex vertex = TopoDS::Vertex(around.FindKey(i));
    TopoDS_Edge in = TopoDS::Edge(around(i).First()), out = TopoDS::Edge(around(i).Last());
    if (!TopExp::LastVertex(in, true).IsSame(vertex)) std::swap(in, out);
    if (in.IsSame(out)) continue;
    const double turn = turn_at(vertex, in, out);
    if (std::abs(turn) > 1e-4) corners.push_back({vertex, turn});  // else smooth already
  }
  return corners;
}

Result<Value> build_fillet(const BuildContext& c) {
  const double r = c.number(1);
  const std::string& which = c.text(2);
  return guarded("rounding a profile", [&]() -> Result<Value> {
    TraceCollector traces(TopAbs_EDGE);
    const auto before = carriers(c.body(0).shape, TopAbs_EDGE);
    std::vector<TopoDS_Shape> faces;
    for (const TopoDS_Shape& shape : faces_of(c.body(0).shape)) {
      BRepFilletAPI_MakeFillet2d maker(TopoDS::Face(shape));
      for (const Corner& corner : corners_of(TopoDS::Face(shape))) {
        if ((which == "convex" && corner.turn < 0) || (which == "concave" && corner.turn > 0)) continue;
        const TopoDS_Edge arc = maker.AddFillet(corner.vertex, r);
        if (maker.Status() != ChFi2d_IsDone || arc.IsNull()) {
          Error error = make_error(ErrorKind::geometry,
                                   "radius " + number_text(r) + " mm is too large for a corner of the profile",
                                   "use a smaller one");
          error.measured = r;
          error.unit = "mm";
          error.at = from_occt(BRep_Tool::Pnt(corner.vertex));
          return fail(std::move(error));
        }
        traces.add(arc, Trace::of_role("fillet"));
      }
      const bool changed = maker.NbFillet() > 0;
      if (changed) maker.Build();
      for (std::size_t i = 0; i < before.size(); ++i) {
        const TopoDS_Edge edge = TopoDS::Edge(before[i]);
        const TopoDS_Shape now =
            changed && maker.IsModified(edge) ? TopoDS_Shape(maker.DescendantEdge(edge)) : TopoDS_Shape(edge);
        if (!now.IsNull() && !traces.has(now)) traces.add(now, c.body(0).traces[i].below({0, 0}));
      }
      faces.push_back(changed ? maker.Shape() : shape);
    }
    return Value(Kind::profile, traces.finish(gather(faces), "fillet"));
  });
}

}  // namespace

std::vector<const Operation*> outline_rows() {
  static const std::vector<Operation> rows = {
      {.name = "ellipse",
       .summary = "Ellipse about the origin",
       .result = Kind::profile,
       .args = {size("rx", "Half the width"), size("ry", "Half the height")},
       .build = build_ellipse},
      {.name = "regular_polygon",
       .summary = "Equal sides about the origin, one of them level at the bottom",
       .result = Kind::profile,
       .args = {{.name = "sides", .kind = ArgKind::count, .doc = "How many sides", .min = 3, .max = 200},
                size("r", "Radius, to what `to` says"),
                choice("to", "What the radius reaches: corners, or the middle of the flats", {"corners", "flats"})},
       .build = build_regular_polygon},
      {.name = "spline",
       .summary = "Region inside a smooth closed curve through points",
       .result = Kind::profile,
       .args = {{.name = "points", .kind = ArgKind::points, .doc = "Points in order, either direction"}},
       .build = build_spline},
      {.name = "gear",
       .summary = "Involute spur gear about the origin, a tooth on the x axis (ISO 21771, rack of ISO 53)",
       .result = Kind::profile,
       .args = {size("module", "Reference diameter over number of teeth"),
                {.name = "teeth", .kind = ArgKind::count, .doc = "How many teeth", .min = 4, .max = 400},
                angle("pressure", "Pressure angle", 20.0, 10, 35),
                {.name = "shift",
                 .kind = ArgKind::number,
                 .doc = "Profile shift, in modules; positive thickens teeth and avoids undercut below 17 of them",
                 .fallback = 0.0,
                 .min = -1,
                 .max = 1},
                {.name = "clearance",
                 .kind = ArgKind::number,
                 .doc = "Room between tip and root, in modules",
                 .fallback = 0.25,
                 .min = 0,
                 .max = 0.5},
                {.name = "backlash",
                 .kind = ArgKind::length,
                 .doc = "Play of the pair along the reference circle; each gear gives half of it",
                 .fallback = 0.0,
                 .min = 0,
                 .max = 10}},
       .build = build_gear},
      {.name = "svg",
       .summary = "Drawing in SVG: what its outlines enclose, nested ones being holes and islands",
       .result = Kind::profile,
       .args = {{.name = "file", .kind = ArgKind::blob, .doc = "The drawing; texts and strokes as paths"},
                optional(size("width", "Width of its page; its own when left out")),
                flag("centered", "Centre the drawing on the origin instead of its page's lower left corner", false)},
       .build = build_svg},
      {.name = "profile_fillet",
       .summary = "Profile with rounded corners",
       .result = Kind::profile,
       .args = {node("profile", ArgKind::profile, "The profile"), limited(size("r", "Radius")),
                choice("corners", "Which corners: those that stick out, those that go in, or both",
                       {"all", "convex", "concave"})},
       .build = build_fillet,
       .lua_name = "fillet"},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
