// Boxes around exact shapes.
#pragma once

#include <BRepAdaptor_Surface.hxx>
#include <TopoDS_Shape.hxx>

#include "geometry/core/math.hpp"

namespace fitwright {

/// Box of the exact shape: edges and surfaces, no gap.
Box3 bounds_of(const TopoDS_Shape& shape);

/// The same of a face, by its surface.
Box3 bounds_of(const BRepAdaptor_Surface& surface);

/// A box that certainly holds the shape, and not much more.
Box3 quick_bounds_of(const TopoDS_Shape& shape);

}  // namespace fitwright
