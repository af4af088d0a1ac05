#include "geometry/kernel/arc_fit.hpp"

#include <TColStd_Array1OfReal.hxx>

#include <array>
#include <cmath>
#include <optional>

namespace fitwright {

namespace {

struct Station {
  double t = 0;
  Vec2 at, along;  ///< `along` is a unit vector
};

Piece2D arc_along(Vec2 from, Vec2 along, Vec2 to) {
  const Vec2 chord = to - from;
  const double sweep = 2 * std::atan2(cross(along, chord), dot(along, chord));
  const double l = length(chord);
  if (std::abs(sweep) * l < 1e-7) return line2d(from, to);
  const Vec2 left{-along.y, along.x};
  return arc2d(from, to, from + left * (dot(chord, chord) / (2 * dot(chord, left))), sweep);
}

// Two arcs with the directions of both ends that meet smoothly, both control legs being equally long.
std::optional<std::array<Piece2D, 2>> biarc(const Station& a, const Station& b) {
  const Vec2 v = b.at - a.at, sum = a.along + b.along;
  const double vt = dot(v, sum), bend = 2 * (1 - dot(a.along, b.along)), vv = dot(v, v);
  if (vv == 0 || dot(v, a.along) <= 0 || dot(v, b.along) <= 0) return std::nullopt;
  const double leg = bend < 1e-12 ? vv / (2 * vt) : (-vt + std::sqrt(vt * vt + bend * vv)) / bend;
  const Vec2 middle = (a.at + b.at + (a.along - b.along) * leg) * 0.5;
  return std::array{arc_along(a.at, a.along, middle), arc_along(b.at, b.along * -1, middle).reversed()};
}

double distance(const Piece2D& piece, Vec2 p) {
  if (piece.is_arc()) return std::abs(length(p - piece.centre) - piece.radius());
  const Vec2 u = piece.direction_in();
  return std::abs(cross(u, p - piece.from));
}

class Fitter {
 public:
  Fitter(const BRepAdaptor_Curve& curve, const std::function<Vec2(const gp_XYZ&)>& flat, double tolerance)
      : curve_(curve), flat_(flat), tolerance_(tolerance) {}

  Station station(double t) const {
    gp_Pnt p;
    gp_Vec d;
    curve_.D1(t, p, d);
    const Vec2 along = flat_(d.XYZ());
    const double l = length(along);
    return {t, flat_(p.XYZ()), l > 0 ? along * (1 / l) : Vec2{}};
  }

  void add(const Station& a, const Station& b, int depth, Contour2D& out) const {
    const auto arcs = biarc(a, b);
    if (arcs && near(*arcs, a, b)) return out.insert(out.end(), arcs->begin(), arcs->end()), void();
    if (depth == 0) return out.push_back(line2d(a.at, b.at));
    const Station middle = station((a.t + b.t) / 2);
    add(a, middle, depth - 1, out);
    add(middle, b, depth - 1, out);
  }

 private:
  bool near(const std::array<Piece2D, 2>& arcs, const Station& a, const Station& b) const {
    constexpr int samples = 12;
    for (int i = 1; i < samples; ++i) {
      const Vec2 p = station(a.t + (b.t - a.t) * i / samples).at;
      // Before the place where the arcs meet the first counts, behind it the second.
      const bool first = dot(p - arcs[0].to, arcs[0].direction_out()) < 0;
      if (distance(arcs[first ? 0 : 1], p) > tolerance_ * 0.8) return false;
    }
    return true;
  }

  const BRepAdaptor_Curve& curve_;
  const std::function<Vec2(const gp_XYZ&)>& flat_;
  double tolerance_;
};

}  // namespace

Contour2D fit_arcs(const BRepAdaptor_Curve& curve, const std::function<Vec2(const gp_XYZ&)>& flat, double tolerance) {
  const Fitter fitter(curve, flat, tolerance);
  TColStd_Array1OfReal ends(1, curve.NbIntervals(GeomAbs_C1) + 1);
  curve.Intervals(ends, GeomAbs_C1);
  Contour2D out;
  for (int i = ends.Lower(); i < ends.Upper(); ++i) {
    // Corners lie on the ends of intervals, where the direction from within counts.
    const double nudge = (ends(i + 1) - ends(i)) * 1e-9;
    Station a = fitter.station(ends(i)), b = fitter.station(ends(i + 1));
    a.along = fitter.station(ends(i) + nudge).along;
    b.along = fitter.station(ends(i + 1) - nudge).along;
    const Station middle = fitter.station((ends(i) + ends(i + 1)) / 2);
    fitter.add(a, middle, 16, out);
    fitter.add(middle, b, 16, out);
  }
  return out;
}

}  // namespace fitwright
