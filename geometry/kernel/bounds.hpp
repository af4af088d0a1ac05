// Boxes around exact shapes.
#pragma once

#include <BRepAdaptor_Curve.hxx>
#include <TopoDS_Shape.hxx>

#include "geometry/core/math.hpp"
#include "geometry/kernel/face_outline.hpp"

namespace fitwright {

/// Box of the exact shape: edges and surfaces, no gap.
Box3 bounds_of(const TopoDS_Shape& shape);

/// The same of a face.
Box3 bounds_of(const FaceOutline& face);

/// What is plain to see of how far an edge reaches.
struct EdgeReach {
  Box3 box;             ///< of a line or arc; of other curves their ends
  bool curved = false;  ///< it may reach beyond
  Box3 poles;           ///< of a spline, which lies between them
};
EdgeReach reach_of(const BRepAdaptor_Curve& curve);

/// A box that certainly holds the shape, and not much more.
Box3 quick_bounds_of(const TopoDS_Shape& shape);

}  // namespace fitwright
