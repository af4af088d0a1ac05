// Splines through known places, tangents and curvatures: how curves that the kernel lacks (involutes, spirals, helices)
// get in, far below any tolerance.
#pragma once

#include <Geom_BSplineCurve.hxx>

#include <functional>

#include "geometry/core/math.hpp"

namespace fitwright {

/// A curve at one parameter with its first two derivatives.
struct Jet {
  Vec3 place, first, second;
};

/// Quintic spline over [from, to], from < to, that shares the jets of `curve` at the ends of `pieces` equal spans;
/// twice continuously differentiable. It strays by at most h^6 / 46080 times the curve's sixth derivative, h the span
/// (remainder of Hermite interpolation).
opencascade::handle<Geom_BSplineCurve> hermite_spline(double from, double to, int pieces,
                                                      const std::function<Jet(double)>& curve);

/// Spans that keep that remainder below `error`, given a bound of the sixth derivative.
int hermite_pieces(double from, double to, double sixth_derivative, double error);

}  // namespace fitwright
