// The only door to OpenCASCADE types: for geometry/kernel and export/step.
#pragma once

#include <TopoDS_Shape.hxx>

#include <memory>

#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// One or more closed solids in part coordinates. Immutable once made; never tessellated in place.
class ExactSolid {
 public:
  explicit ExactSolid(TopoDS_Shape shape) : shape_(std::move(shape)) {}
  const TopoDS_Shape& shape() const { return shape_; }

 private:
  TopoDS_Shape shape_;
};

}  // namespace fitwright
