#include "geometry/kernel/hermite.hpp"

#include <TColStd_Array1OfInteger.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TColgp_Array1OfPnt.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

opencascade::handle<Geom_BSplineCurve> hermite_spline(double from, double to, int pieces,
                                                      const std::function<Jet(double)>& curve) {
  // Joints are knots of multiplicity 3. The poles around one are the blossoms f(-h,-h,0,0,0), f(-h,0,0,0,h) and
  // f(0,0,0,h,h) about it, which the second-order jet there determines.
  const double h = (to - from) / pieces;
  TColStd_Array1OfReal knots(1, pieces + 1);
  TColStd_Array1OfInteger multiplicities(1, pieces + 1);
  for (int i = 0; i <= pieces; ++i) {
    knots(i + 1) = i == pieces ? to : from + i * h;
    multiplicities(i + 1) = i == 0 || i == pieces ? 6 : 3;
  }
  TColgp_Array1OfPnt poles(1, 6 + 3 * (pieces - 1));
  int next = 1;
  for (int i = 0; i <= pieces; ++i) {
    const Jet jet = curve(knots(i + 1));
    const Vec3 d = jet.first * (h / 5), w = jet.second * (h * h / 20);
    if (i == 0) {
      poles(next++) = to_pnt(jet.place);
      poles(next++) = to_pnt(jet.place + d);
      poles(next++) = to_pnt(jet.place + d * 2 + w);
    } else if (i == pieces) {
      poles(next++) = to_pnt(jet.place - d * 2 + w);
      poles(next++) = to_pnt(jet.place - d);
      poles(next++) = to_pnt(jet.place);
    } else {
      poles(next++) = to_pnt(jet.place - d * 2 + w);
      poles(next++) = to_pnt(jet.place - w);
      poles(next++) = to_pnt(jet.place + d * 2 + w);
    }
  }
  return new Geom_BSplineCurve(poles, knots, multiplicities, 5);
}

int hermite_pieces(double from, double to, double sixth_derivative, double error) {
  const double longest = std::pow(error * 46080 / std::max(sixth_derivative, 1e-300), 1.0 / 6);
  return std::max(1, static_cast<int>(std::ceil(std::abs(to - from) / longest)));
}

}  // namespace fitwright
