// Extrusions that turn as they rise: twisted prisms, and threads, whose every cross-section is the same.
#pragma once

#include <Geom_BSplineCurve.hxx>
#include <Geom_BSplineSurface.hxx>

#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

using CurveHandle = opencascade::handle<Geom_BSplineCurve>;

/// The surface that a curve sweeps while it rises by `height` mm and turns by `angle_deg` about z, over parameters 0 to
/// 1 across the curve's own.
opencascade::handle<Geom_BSplineSurface> turned_surface(const CurveHandle& curve, double height, double angle_deg);

/// The profile raised from z = 0 by `height` mm while it turns by `angle_deg` about the z axis (positive: to the right,
/// as a screw drives away). Walls are B-spline surfaces that follow the exact helicoids within 1e-6 of their radius.
/// Side faces take the trace of their edge, ends those given for the profile's faces in order. Errors: geometry.
Result<Body> make_twisted_prism(const Body& profile, const std::vector<Trace>& bottom, const std::vector<Trace>& top,
                                double height, double angle_deg);

}  // namespace fitwright
