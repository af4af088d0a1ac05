#include <BRepOffsetAPI_MakeOffset.hxx>
#include <BRepTools.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Face.hxx>

#include <algorithm>
#include <numbers>

#include "geometry/core/text.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/pattern.hpp"
#include "geometry/kernel/profile.hpp"
#include "geometry/kernel/text_outline.hpp"

namespace fitwright::ops {

namespace {

Result<Value> as_profile(Result<Body> body) {
  if (!body) return tl::unexpected(std::move(body).error());
  return Value(Kind::profile, std::move(*body));
}

Result<Value> build_rectangle(const BuildContext& c) {
  const double x = c.number(0), y = c.number(1);
  const Vec2 o = c.flag(2) ? Vec2{-x / 2, -y / 2} : Vec2{};
  return as_profile(
      make_region({o, {{o + Vec2{x, 0}, "front"}, {o + Vec2{x, y}, "right"}, {o + Vec2{0, y}, "back"}, {o, "left"}}}));
}

Result<Value> build_rounded_rectangle(const BuildContext& c) {
  const double x = c.number(0), y = c.number(1), r = c.number(2);
  if (2 * r >= std::min(x, y)) {
    Error error = make_error(ErrorKind::geometry,
                             "corner radius " + number_text(r) + " mm is too large for a rectangle of " +
                                 number_text(x) + " x " + number_text(y) + " mm",
                             "use a radius below " + number_text(std::min(x, y) / 2) + " mm");
    error.measured = r;
    error.required = std::min(x, y) / 2;
    error.unit = "mm";
    return fail(std::move(error));
  }
  const Vec2 o = c.flag(3) ? Vec2{-x / 2, -y / 2} : Vec2{};
  const auto at = [&](double px, double py) { return o + Vec2{px, py}; };
  const auto corner = [&](Vec2 to, Vec2 centre) { return Segment{to, "corner", centre}; };
  return as_profile(make_region({at(r, 0),
                                 {{at(x - r, 0), "front"},
                                  corner(at(x, r), at(x - r, r)),
                                  {at(x, y - r), "right"},
                                  corner(at(x - r, y), at(x - r, y - r)),
                                  {at(r, y), "back"},
                                  corner(at(0, y - r), at(r, y - r)),
                                  {at(0, r), "left"},
                                  corner(at(r, 0), at(r, r))}}));
}

Result<Value> build_circle(const BuildContext& c) { return as_profile(make_disc({}, c.number(0))); }

Result<Value> build_slot(const BuildContext& c) {
  const double half = (c.number(0) - c.number(1)) / 2, r = c.number(1) / 2;
  if (half <= 0)
    return geometry_error("a slot must be longer than it is wide: length " + number_text(c.number(0)) + " mm, width " +
                              number_text(c.number(1)) + " mm",
                          "make it longer, or use a circle");
  return as_profile(make_region({{-half, -r},
                                 {{{half, -r}, "side"},
                                  {{half, r}, "end", Vec2{half, 0}},
                                  {{-half, r}, "side"},
                                  {{-half, -r}, "end", Vec2{-half, 0}}}}));
}

bool segments_cross(Vec2 a, Vec2 b, Vec2 c, Vec2 d) {
  const auto side = [](Vec2 p, Vec2 q, Vec2 r) { return cross(q - p, r - p); };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

Result<Value> build_polygon(const BuildContext& c) {
  const std::vector<Vec2>& points = c.points(0);
  const std::size_t n = points.size();
  if (n < 3) return geometry_error("a polygon needs at least 3 points, " + std::to_string(n) + " were given");
  if (n > 2000) return geometry_error("a polygon may have at most 2000 points, " + std::to_string(n) + " were given");
  Outline outline{points[0], {}};
  for (std::size_t i = 0; i < n; ++i) {
    const Vec2 a = points[i], b = points[(i + 1) % n];
    if (length(b - a) < 1e-6)
      return geometry_error("points " + std::to_string(i + 1) + " and " + std::to_string((i + 1) % n + 1) +
                            " of a polygon coincide");
    for (std::size_t j = i + 2; j < n; ++j)
      if (segments_cross(a, b, points[j], points[(j + 1) % n]))
        return geometry_error("a polygon crosses itself: its edges " + std::to_string(i + 1) + " and " +
                              std::to_string(j + 1) + " meet");
    outline.segments.push_back({b, "edge/" + std::to_string(i + 1)});
  }
  return as_profile(make_region(outline));
}

Result<Value> build_text(const BuildContext& c) {
  FW_TRY(const std::string* font, c.blob(2));
  return as_profile(text_profile(c.text(0), *font, c.number(1), c.text(3), c.booleans()));
}

Result<Value> build_offset(const BuildContext& c) {
  const double by = c.number(1);
  if (by == 0)
    return Value(Kind::profile, Body{c.body(0).shape, [&] {
                                       std::vector<Trace> traces;
                                       for (const Trace& t : c.body(0).traces) traces.push_back(t.below({0, 0}));
                                       return traces;
                                     }()});
  return guarded("offsetting a profile", [&]() -> Result<Value> {
    TraceCollector traces(TopAbs_EDGE);
    std::vector<TopoDS_Shape> faces;
    const auto before = carriers(c.body(0).shape, TopAbs_EDGE);
    for (const TopoDS_Shape& face : faces_of(c.body(0).shape)) {
      BRepOffsetAPI_MakeOffset offset(TopoDS::Face(face), c.text(2) == "round" ? GeomAbs_Arc : GeomAbs_Intersection);
      offset.Perform(by);
      if (!offset.IsDone() || offset.Shape().IsNull())
        return geometry_error("offset by " + number_text(by) + " mm leaves nothing of the profile",
                              "use a smaller distance");
      FW_TRY(const TopoDS_Shape region, region_of_wires(offset.Shape()));
      for (const TopoDS_Shape& f : faces_of(region)) faces.push_back(f);
      for (std::size_t i = 0; i < before.size(); ++i)
        for (const TopoDS_Shape& image : offset.Generated(before[i]))
          traces.add(image, c.body(0).traces[i].below({0, 0}));
    }
    if (faces.empty())
      return geometry_error("offset by " + number_text(by) + " mm leaves nothing of the profile",
                            "use a smaller distance");
    return Value(Kind::profile, traces.finish(gather(faces), "corner"));
  });
}

std::vector<RegionUse> uses_of(const std::vector<const Body*>& bodies, std::uint16_t arg) {
  std::vector<RegionUse> uses;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    RegionUse use{{bodies[i]->shape, {}}, {}};
    for (const Trace& trace : bodies[i]->traces)
      use.body.traces.push_back(trace.below({arg, static_cast<std::uint16_t>(i)}));
    uses.push_back(std::move(use));
  }
  return uses;
}

Result<Value> as_profile(Result<Regions> regions) {
  if (!regions) return tl::unexpected(std::move(regions).error());
  return Value(Kind::profile, std::move(regions->body));
}

Result<Value> build_union(const BuildContext& c) {
  if (c.bodies(0).empty()) return geometry_error("a union needs at least one profile");
  return as_profile(unite_regions(uses_of(c.bodies(0), 0), c.booleans()));
}
Result<Value> build_cut(const BuildContext& c) {
  return as_profile(cut_regions(uses_of({&c.body(0)}, 0).front(), uses_of(c.bodies(1), 1), c.booleans()));
}
Result<Value> build_intersect(const BuildContext& c) {
  return as_profile(intersect_regions(uses_of({&c.body(0)}, 0).front(), uses_of(c.bodies(1), 1), c.booleans()));
}

Result<Value> place(const BuildContext& c, const Placement& placement) {
  Body body = c.body(0);
  for (Trace& trace : body.traces) trace = trace.below({0, 0});
  return as_profile(placed_profile(body, placement));
}
Result<Value> build_move(const BuildContext& c) {
  return place(c, Placement::translation({c.number(1), c.number(2), 0}));
}
Result<Value> build_rotate(const BuildContext& c) { return place(c, Placement::rotation({0, 0, 1}, c.number(1))); }
Result<Value> build_mirror(const BuildContext& c) {
  return place(c, Placement::reflection(c.text(1) == "x" ? Vec3{1, 0, 0} : Vec3{0, 1, 0}));
}

Result<Value> repeat(const BuildContext& c, const std::vector<Placement>& placements) {
  std::vector<RegionUse> uses;
  for (std::size_t i = 0; i < placements.size(); ++i) {
    Body body = c.body(0);
    for (Trace& trace : body.traces) trace = trace.below({0, static_cast<std::uint16_t>(i)});
    FW_TRY(Body placed, placed_profile(body, placements[i]));
    uses.push_back({std::move(placed), {}});
  }
  return as_profile(unite_regions(std::move(uses), c.booleans()));
}
Result<Value> build_linear(const BuildContext& c) {
  return repeat(c, linear_placements(c.count(1), {c.number(2), c.number(3), 0}));
}
Result<Value> build_polar(const BuildContext& c) {
  return repeat(c, polar_placements(c.count(1), c.number(2), {0, 0, 1}));
}
Result<Value> build_grid(const BuildContext& c) {
  FW_TRY(const auto placements, grid_placements(c.count(1), c.count(2), c.number(3), c.number(4)));
  return repeat(c, placements);
}

}  // namespace

std::vector<const Operation*> profile_rows() {
  static const ArgSpec self = node("profile", ArgKind::profile, "The profile");
  static const std::vector<Operation> rows = {
      {.name = "rectangle",
       .summary = "Rectangle with a corner at the origin",
       .result = Kind::profile,
       .args = {size("x", "Size along x"), size("y", "Size along y"), flag("centered", "Centre on the origin", false)},
       .build = build_rectangle},
      {.name = "rounded_rectangle",
       .summary = "Rectangle with rounded corners",
       .result = Kind::profile,
       .args = {size("x", "Size along x"), size("y", "Size along y"),
                size("r", "Corner radius, below half the shorter side"),
                flag("centered", "Centre on the origin", false)},
       .build = build_rounded_rectangle},
      {.name = "circle",
       .summary = "Circle about the origin",
       .result = Kind::profile,
       .args = {size("r", "Radius")},
       .build = build_circle},
      {.name = "polygon",
       .summary = "Straight-edged region through points",
       .result = Kind::profile,
       .args = {{.name = "points",
                 .kind = ArgKind::points,
                 .doc = "Corners in order, either direction, without crossing"}},
       .build = build_polygon},
      {.name = "slot",
       .summary = "Stadium: a slot with round ends, lying along x, centred",
       .result = Kind::profile,
       .args = {size("length", "Over all"), size("width", "Width, and diameter of the ends")},
       .build = build_slot},
      {.name = "text",
       .summary = "Letters as a region",
       .result = Kind::profile,
       .args = {{.name = "text", .kind = ArgKind::text, .doc = "One line of text"},
                size("size", "Height of capital letters"),
                {.name = "font",
                 .kind = ArgKind::blob,
                 .doc = "Font; the bundled one when left out",
                 .fallback = std::string()},
                choice("align", "Whether what is drawn begins, has its middle or ends at x = 0; the base line is y = 0",
                       {"left", "center", "right"})},
       .build = build_text},
      {.name = "offset",
       .summary = "Region grown or shrunk by a distance",
       .result = Kind::profile,
       .args = {self, limited(length("by", "Distance; negative shrinks")),
                choice("corners", "Shape of outer corners", {"round", "sharp"})},
       .build = build_offset},
      {.name = "profile_union",
       .summary = "All of several profiles",
       .result = Kind::profile,
       .args = {node("profiles", ArgKind::profiles, "The profiles")},
       .build = build_union,
       .lua_name = "union"},
      {.name = "profile_cut",
       .summary = "A profile without others",
       .result = Kind::profile,
       .args = {self, node("tools", ArgKind::profiles, "What to take away")},
       .build = build_cut,
       .lua_name = "cut"},
      {.name = "profile_intersect",
       .summary = "What profiles have in common",
       .result = Kind::profile,
       .args = {self, node("others", ArgKind::profiles, "The others")},
       .build = build_intersect,
       .lua_name = "intersect"},
      {.name = "profile_move",
       .summary = "Profile moved in its plane",
       .result = Kind::profile,
       .args = {self, length("x", "Along x", 0.0), length("y", "Along y", 0.0)},
       .build = build_move,
       .lua_name = "move"},
      {.name = "profile_rotate",
       .summary = "Profile turned about the origin",
       .result = Kind::profile,
       .args = {self, angle("angle", "Counter-clockwise")},
       .build = build_rotate,
       .lua_name = "rotate"},
      {.name = "profile_mirror",
       .summary = "Profile mirrored through the origin",
       .result = Kind::profile,
       .args = {self, choice("axis", "The coordinate that changes sign", {"x", "y"}, true)},
       .build = build_mirror,
       .lua_name = "mirror"},
      {.name = "profile_linear_pattern",
       .summary = "Copies of a profile along a line",
       .result = Kind::profile,
       .args = {self, count("count", "How many, the original included"), length("x", "Step along x", 0.0),
                length("y", "Step along y", 0.0)},
       .build = build_linear,
       .lua_name = "linear_pattern"},
      {.name = "profile_polar_pattern",
       .summary = "Copies of a profile around the origin",
       .result = Kind::profile,
       .args = {self, count("count", "How many, the original included"),
                angle("angle", "Angle shared out; 360 closes the circle", 360.0)},
       .build = build_polar,
       .lua_name = "polar_pattern"},
      {.name = "profile_grid_pattern",
       .summary = "Copies of a profile in rows and columns",
       .result = Kind::profile,
       .args = {self, count("nx", "Columns"), count("ny", "Rows"), length("dx", "Step along x"),
                length("dy", "Step along y")},
       .build = build_grid,
       .lua_name = "grid_pattern"},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
