// Curves as chains of arcs, for machines that know lines and arcs only.
#pragma once

#include <BRepAdaptor_Curve.hxx>

#include <functional>

#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// Largest distance between an outline's pieces and an edge that is neither line nor arc, mm.
inline constexpr double outline_tolerance = 0.005;

/// Pairs of arcs that run smoothly through places of the curve and keep within the tolerance of it, in the direction of
/// growing parameter. `flat` takes places and directions to the plane.
Contour2D fit_arcs(const BRepAdaptor_Curve& curve, const std::function<Vec2(const gp_XYZ&)>& flat,
                   double tolerance = outline_tolerance);

}  // namespace fitwright
