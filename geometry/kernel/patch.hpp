// Faces built edge by edge, with the curves in their surface's parameters given instead of searched for.
#pragma once

#include <Geom2d_Curve.hxx>
#include <Geom_Surface.hxx>

#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// An edge of a patch with its curve in the plane of parameters, which runs with the edge's own parameter.
struct PatchSide {
  TopoDS_Edge edge;
  opencascade::handle<Geom2d_Curve> curve;
};

/// The straight curve from one place in the parameter plane to another over the edge's range.
PatchSide straight_side(const TopoDS_Edge& edge, Vec2 from, Vec2 to);

/// The face inside sides that follow one another round it, in either sense and whichever way each edge runs. It looks
/// along the surface's normal.
TopoDS_Face make_patch(const opencascade::handle<Geom_Surface>& surface, const std::vector<PatchSide>& sides);

}  // namespace fitwright
