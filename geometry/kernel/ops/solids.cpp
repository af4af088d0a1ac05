#include <BRepOffsetAPI_DraftAngle.hxx>
#include <TopoDS.hxx>
#include <gp_Pln.hxx>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/prism.hpp"
#include "geometry/kernel/profile.hpp"
#include "geometry/kernel/revolve.hpp"
#include "geometry/kernel/screw.hpp"
#include "geometry/kernel/shape_info.hpp"

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

/// A straight prism from z = 0 with its walls leaned about their lower edges.
Result<Body> tapered(const Body& prism, double angle_deg) {
  const auto refuse = [&] {
    return geometry_error("a taper of " + number_text(angle_deg) + " degrees is too much for this profile and height",
                          "use a smaller angle, a lower extrusion, or straight and round walls");
  };
  return guarded("tapering an extrusion", [&]() -> Result<Body> {
    BRepOffsetAPI_DraftAngle draft(prism.shape);
    const gp_Pln neutral(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1));
    const auto faces = faces_of(prism.shape);
    for (const TopoDS_Shape& face : faces) {
      if (!is_wall(BRepAdaptor_Surface(TopoDS::Face(face), false), gp_Dir(0, 0, 1))) continue;
      draft.Add(TopoDS::Face(face), gp_Dir(0, 0, 1), angle_deg * M_PI / 180, neutral);
      if (!draft.AddDone()) return refuse();
    }
    draft.Build();
    if (!draft.IsDone() || !solid_fault(draft.Shape()).empty()) return refuse();
    TraceCollector traces(TopAbs_FACE);
    for (std::size_t i = 0; i < faces.size(); ++i) traces.add(draft.ModifiedShape(faces[i]), prism.traces[i]);
    return traces.finish(draft.Shape(), "side");
  });
}

Result<Value> build_extrude(const BuildContext& c) {
  const Body profile = seen_from_parent(c.body(0));
  const double h = c.number(1), taper = c.number(2), twist = c.number(3);
  const auto bottom = caps(profile, "bottom"), top = caps(profile, "top");
  if (taper != 0 && twist != 0)
    return geometry_error("an extrusion can have a taper or a twist, not both", "leave one of them out");
  if (twist != 0) return as_solid(make_twisted_prism(profile, bottom, top, h, twist));
  auto prism = make_prism(profile, bottom, top, 0, h, c.booleans());
  if (!prism || taper == 0) return as_solid(std::move(prism));
  return as_solid(tapered(*prism, taper));
}

Result<Value> build_revolve(const BuildContext& c) {
  return as_solid(make_revolution(seen_from_parent(c.body(0)), c.number(1)));
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
       .args = {profile, size("h", "Height"),
                angle("taper", "How far every wall leans into the material as it rises; straight and round walls only",
                      0.0, -80, 80),
                angle("twist", "How far it turns about z on its way up", 0.0)},
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
