#include <BRepGProp.hxx>
#include <GProp_GProps.hxx>

#include <cmath>

#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/occt.hpp"
#include "geometry/kernel/ops/rows.hpp"

namespace fitwright::ops {

namespace {

Result<Value> build_volume(const BuildContext& c) {
  return guarded("measuring a volume", [&]() -> Result<Value> {
    GProp_GProps props;
    BRepGProp::VolumeProperties(c.body(0).shape, props, 1e-7);
    return Value(props.Mass());
  });
}

Result<Value> build_area(const BuildContext& c) {
  return guarded("measuring an area", [&]() -> Result<Value> {
    GProp_GProps props;
    BRepGProp::SurfaceProperties(c.body(0).shape, props, 1e-7);
    return Value(props.Mass());
  });
}

Result<Value> build_extent(const BuildContext& c) {
  return guarded("measuring an extent", [&]() -> Result<Value> {
    const Box3 box = bounds_of(c.body(0).shape);
    const std::string& side = c.text(1);
    const Vec3 v = side.starts_with("min") ? box.min : side.starts_with("max") ? box.max : box.size();
    return Value(side.back() == 'x' ? v.x : side.back() == 'y' ? v.y : v.z);
  });
}

template <class F>
Result<Value> arithmetic(const BuildContext& c, F f) {
  const double value = f(c.number(0), c.number(1));
  if (!std::isfinite(value))
    return geometry_error("arithmetic with measures gave no finite number (a division by zero?)");
  return Value(value);
}
Result<Value> build_add(const BuildContext& c) {
  return arithmetic(c, [](double a, double b) { return a + b; });
}
Result<Value> build_subtract(const BuildContext& c) {
  return arithmetic(c, [](double a, double b) { return a - b; });
}
Result<Value> build_multiply(const BuildContext& c) {
  return arithmetic(c, [](double a, double b) { return a * b; });
}
Result<Value> build_divide(const BuildContext& c) {
  return arithmetic(c, [](double a, double b) { return a / b; });
}
Result<Value> build_negate(const BuildContext& c) { return Value(-c.number(0)); }

}  // namespace

std::vector<const Operation*> measure_rows() {
  static const ArgSpec self = node("solid", ArgKind::solid, "The solid");
  static const auto number = [](std::string_view name) {
    return ArgSpec{.name = name, .kind = ArgKind::number, .doc = "A number or measure"};
  };
  static const std::vector<Operation> rows = {
      {.name = "volume",
       .summary = "Volume in mm3, known after the build",
       .result = Kind::number,
       .args = {self},
       .build = build_volume},
      {.name = "area",
       .summary = "Surface in mm2, known after the build",
       .result = Kind::number,
       .args = {self},
       .build = build_area},
      {.name = "extent",
       .summary = "Edge or size of the bounding box in mm, known after the build",
       .result = Kind::number,
       .args = {self,
                choice("side", "Which",
                       {"min_x", "max_x", "size_x", "min_y", "max_y", "size_y", "min_z", "max_z", "size_z"}, true)},
       .build = build_extent},
      {.name = "number.add",
       .summary = "Sum",
       .result = Kind::number,
       .args = {number("a"), number("b")},
       .build = build_add},
      {.name = "number.subtract",
       .summary = "Difference",
       .result = Kind::number,
       .args = {number("a"), number("b")},
       .build = build_subtract},
      {.name = "number.multiply",
       .summary = "Product",
       .result = Kind::number,
       .args = {number("a"), number("b")},
       .build = build_multiply},
      {.name = "number.divide",
       .summary = "Quotient",
       .result = Kind::number,
       .args = {number("a"), number("b")},
       .build = build_divide},
      {.name = "number.negate",
       .summary = "Opposite",
       .result = Kind::number,
       .args = {number("a")},
       .build = build_negate},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
