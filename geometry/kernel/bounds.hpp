// Boxes around exact shapes.
#pragma once

#include <TopoDS_Shape.hxx>

#include "geometry/core/math.hpp"

namespace fitwright {

/// Box of the exact shape: edges and surfaces, no gap.
Box3 bounds_of(const TopoDS_Shape& shape);

/// A box that certainly holds the shape, and not much more.
Box3 quick_bounds_of(const TopoDS_Shape& shape);

}  // namespace fitwright
