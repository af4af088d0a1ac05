#include <BRepPrimAPI_MakeCone.hxx>
#include <BRepPrimAPI_MakeSphere.hxx>
#include <BRepPrimAPI_MakeTorus.hxx>
#include <TopoDS.hxx>

#include "geometry/core/text.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright::ops {

namespace {

/// Planes are named by the side they look to, the round face "round".
Result<Value> round_solid(const TopoDS_Shape& shape) {
  TraceCollector traces(TopAbs_FACE);
  for (const TopoDS_Shape& face : faces_of(shape)) {
    const FaceInfo info = face_info(FaceOutline(TopoDS::Face(face)));
    const std::string role = info.kind != SurfaceKind::plane ? "round" : info.direction.z > 0 ? "top" : "bottom";
    traces.add(face, Trace::of_role(role));
  }
  return Value(Kind::solid, traces.finish(shape, "round"));
}

Result<Value> build_cone(const BuildContext& c) {
  return guarded("a cone", [&]() -> Result<Value> {
    const double low = c.number(0), high = c.number(1);
    if (low == high)
      return geometry_error("a cone needs two different radii; both are " + number_text(low) + " mm",
                            "use a cylinder for equal radii");
    return round_solid(BRepPrimAPI_MakeCone(low, high, c.number(2)).Solid());
  });
}

Result<Value> build_sphere(const BuildContext& c) {
  return guarded("a sphere", [&] { return round_solid(BRepPrimAPI_MakeSphere(c.number(0)).Solid()); });
}

Result<Value> build_torus(const BuildContext& c) {
  return guarded("a torus", [&]() -> Result<Value> {
    const double ring = c.number(0), tube = c.number(1);
    if (tube >= ring) {
      Error error = make_error(ErrorKind::geometry,
                               "a torus would cross itself: its tube of " + number_text(tube) +
                                   " mm reaches over the axis of its ring of " + number_text(ring) + " mm",
                               "use a tube below " + number_text(ring) + " mm");
      error.measured = tube;
      error.required = ring;
      error.unit = "mm";
      return fail(std::move(error));
    }
    return round_solid(BRepPrimAPI_MakeTorus(ring, tube).Solid());
  });
}

}  // namespace

std::vector<const Operation*> primitive_rows() {
  static const auto radius_or_none = [](std::string_view name, std::string_view doc) {
    return ArgSpec{.name = name, .kind = ArgKind::length, .doc = doc, .min = 0, .max = 1e5};
  };
  static const std::vector<Operation> rows = {
      {.name = "cone",
       .summary = "Cone or frustum about the z axis, resting on z = 0",
       .result = Kind::solid,
       .args = {radius_or_none("r1", "Radius at the bottom"), radius_or_none("r2", "Radius at the top"),
                size("h", "Height")},
       .build = build_cone},
      {.name = "sphere",
       .summary = "Ball about the origin",
       .result = Kind::solid,
       .args = {size("r", "Radius")},
       .build = build_sphere},
      {.name = "torus",
       .summary = "Ring about the z axis, its middle in z = 0",
       .result = Kind::solid,
       .args = {size("ring", "Radius of the ring's middle line"), size("tube", "Radius of the tube")},
       .build = build_torus},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
