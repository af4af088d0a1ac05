#include <BRepPrimAPI_MakePrism.hxx>
#include <BRepPrimAPI_MakeRevol.hxx>
#include <TopExp_Explorer.hxx>
#include <gp_Ax1.hxx>

#include <array>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/prism.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright::ops {

namespace {

Result<Value> as_solid(Result<Body> body) {
  if (!body) return tl::unexpected(std::move(body).error());
  return Value(Kind::solid, std::move(*body));
}

std::vector<Trace> caps(const Body& profile, std::string_view role) {
  return std::vector<Trace>(faces_of(profile.shape).size(), Trace::of_role(std::string(role)));
}

Result<Value> build_box(const BuildContext& c) {
  const double x = c.number(0), y = c.number(1);
  const Vec2 o = c.flag(3) ? Vec2{-x / 2, -y / 2} : Vec2{};
  FW_TRY(
      const Body base,
      make_region({o, {{o + Vec2{x, 0}, "front"}, {o + Vec2{x, y}, "right"}, {o + Vec2{0, y}, "back"}, {o, "left"}}}));
  return as_solid(make_prism(base, caps(base, "bottom"), caps(base, "top"), 0, c.number(2), c.booleans()));
}

Result<Value> build_cylinder(const BuildContext& c) {
  FW_TRY(const Body base, make_disc({}, c.number(0)));
  return as_solid(make_prism(base, caps(base, "bottom"), caps(base, "top"), 0, c.number(1), c.booleans()));
}

// Side faces carry the origin of the profile's edge.
Body seen_from_parent(const Body& profile) {
  Body body{profile.shape, {}};
  for (const Trace& trace : profile.traces) body.traces.push_back(trace.below({0, 0}));
  return body;
}

Result<Value> build_extrude(const BuildContext& c) {
  const Body profile = seen_from_parent(c.body(0));
  return as_solid(make_prism(profile, caps(profile, "bottom"), caps(profile, "top"), 0, c.number(1), c.booleans()));
}

Result<Value> build_revolve(const BuildContext& c) {
  return guarded("revolving a profile", [&]() -> Result<Value> {
    const Body profile = seen_from_parent(c.body(0));
    const Box3 box = bounds_of(profile.shape);
    if (box.min.x < -1e-7) {
      Error error = make_error(
          ErrorKind::geometry,
          "a profile to revolve must lie at x >= 0; this one reaches to x = " + number_text(box.min.x) + " mm");
      error.measured = box.min.x;
      error.required = 0;
      error.unit = "mm";
      return fail(std::move(error));
    }
    // Profile x is the radius, profile y the height: stand the profile up, then turn it about z.
    const Placement upright = Placement::rotation({1, 0, 0}, 90);
    const TopoDS_Shape standing = moved_shape(profile.shape, upright);
    const double angle = c.number(1);
    const gp_Ax1 axis(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1));
    const bool full = angle >= 360;
    BRepPrimAPI_MakeRevol revol =
        full ? BRepPrimAPI_MakeRevol(standing, axis) : BRepPrimAPI_MakeRevol(standing, axis, angle * M_PI / 180);
    if (!revol.IsDone())
      return geometry_error("revolving a profile failed",
                            "keep the profile clear of the axis, or let a straight edge lie on it");
    TraceCollector traces(TopAbs_FACE);
    const auto edges = carriers(standing, TopAbs_EDGE);
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (const TopoDS_Shape& face : revol.Generated(edges[i]))
        if (face.ShapeType() == TopAbs_FACE) traces.add(face, profile.traces[i]);
    if (!full) {
      for (TopExp_Explorer it(revol.FirstShape(), TopAbs_FACE); it.More(); it.Next())
        traces.add(it.Current(), Trace::of_role("start"));
      for (TopExp_Explorer it(revol.LastShape(), TopAbs_FACE); it.More(); it.Next())
        traces.add(it.Current(), Trace::of_role("end"));
    }
    const TopoDS_Shape solid = gather(carriers(revol.Shape(), TopAbs_SOLID));
    if (const std::string fault = solid_fault(solid); !fault.empty())
      return geometry_error("revolving a profile gave a solid that " + fault);
    return Value(Kind::solid, traces.finish(solid, "side"));
  });
}

}  // namespace

std::vector<const Operation*> solid_rows() {
  static const ArgSpec profile = node("profile", ArgKind::profile, "The profile");
  static const std::vector<Operation> rows = {
      {.name = "box",
       .summary = "Block with a corner at the origin",
       .result = Kind::solid,
       .args = {size("x", "Size along x"), size("y", "Size along y"), size("z", "Size along z"),
                flag("centered", "Centre in x and y; it still rests on z = 0", false)},
       .build = build_box},
      {.name = "cylinder",
       .summary = "Cylinder about the z axis, resting on z = 0",
       .result = Kind::solid,
       .args = {size("r", "Radius"), size("h", "Height")},
       .build = build_cylinder},
      {.name = "extrude",
       .summary = "Profile raised from z = 0",
       .result = Kind::solid,
       .args = {profile, size("h", "Height")},
       .build = build_extrude},
      {.name = "revolve",
       .summary = "Profile turned about z: its x is the radius, its y the height",
       .result = Kind::solid,
       .args = {profile,
                {.name = "angle",
                 .kind = ArgKind::angle,
                 .doc = "How far it is turned",
                 .fallback = 360.0,
                 .min = 0,
                 .max = 360,
                 .min_open = true}},
       .build = build_revolve},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
