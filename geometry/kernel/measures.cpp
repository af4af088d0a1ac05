#include "geometry/kernel/measures.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepTools.hxx>
#include <BRepTopAdaptor_FClass2d.hxx>
#include <BRep_Tool.hxx>
#include <GCPnts_AbscissaPoint.hxx>
#include <Geom2dAdaptor_Curve.hxx>
#include <Geom2d_Curve.hxx>
#include <Geom_BSplineCurve.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Edge.hxx>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include "geometry/kernel/edge_record.hpp"
#include "geometry/kernel/handover.hpp"

namespace fitwright {

namespace {

// Gauss-Legendre nodes and weights on [-1, 1] (Abramowitz and Stegun, table 25.4); each stands for its mirror too.
using Rule = std::vector<std::pair<double, double>>;
const Rule ten_points{{0.1488743389816312, 0.2955242247147529},
                      {0.4333953941292472, 0.2692667193099963},
                      {0.6794095682990244, 0.2190863625159820},
                      {0.8650633666889845, 0.1494513491505806},
                      {0.9739065285171717, 0.0666713443086881}};
const Rule four_points{{0.3399810435848563, 0.6521451548625461}, {0.8611363115940526, 0.3478548451374538}};

/// Two numbers that are integrated together.
struct Pair {
  double area = 0, flux = 0;
  Pair& operator+=(const Pair& o) {
    area += o.area;
    flux += o.flux;
    return *this;
  }
  Pair operator+(const Pair& o) const { return {area + o.area, flux + o.flux}; }
  friend Pair operator*(double s, const Pair& p) { return {s * p.area, s * p.flux}; }
};

template <class F>
auto integrate(const Rule& rule, double a, double b, const F& f) {
  decltype(f(a)) sum{};
  const double half = (b - a) / 2, middle = (a + b) / 2;
  for (const auto& [x, w] : rule) sum += w * half * (f(middle - half * x) + f(middle + half * x));
  return sum;
}

// Ends of the pieces that a curve is integrated in: its spans where they are polynomials of low degree, of which ten
// points integrate a product with the derivative exactly; more of them where they are not.
template <class Adaptor>
std::vector<double> spans_of(const Adaptor& curve) {
  const auto type = curve.GetType();
  const auto polynomial = [&] { return !curve.IsRational() && curve.Degree() <= 10; };
  std::vector<double> ends{curve.FirstParameter(), curve.LastParameter()};
  int pieces = 16;
  if (type == GeomAbs_Line) pieces = 1;
  if (type == GeomAbs_BezierCurve && polynomial()) pieces = 1;
  if (type == GeomAbs_BSplineCurve) {
    TColStd_Array1OfReal knots(1, curve.NbIntervals(GeomAbs_CN) + 1);
    curve.Intervals(knots, GeomAbs_CN);
    ends.assign(knots.begin(), knots.end());
    pieces = polynomial() ? 1 : 4;
  }
  std::vector<double> all{ends.front()};
  for (std::size_t i = 1; i < ends.size(); ++i)
    for (int k = 1; k <= pieces; ++k) all.push_back(ends[i - 1] + (ends[i] - ends[i - 1]) * k / pieces);
  return all;
}

// Twice the signed area that a curve from p to q sweeps about the origin of the plane.
double swept(const gp_Vec& about_p, const gp_Pnt& p, const gp_Pnt& q, const gp_Pnt& o, const gp_Vec& n) {
  return n.Dot(about_p + gp_Vec(o, p).Crossed(gp_Vec(p, q)));
}

double swept(const TopoDS_Edge& edge, const gp_Pnt& o, const gp_Vec& n) {
  if (BRep_Tool::Degenerated(edge)) return 0;
  const BRepAdaptor_Curve curve(edge);
  return swept(swept_area(curve), curve.Value(curve.FirstParameter()), curve.Value(curve.LastParameter()), o, n);
}

double swept(const OutlineEdge& edge, const gp_Pnt& o, const gp_Vec& n) {
  if (!edge.record) return swept(edge.edge, o, n);
  const auto& points = edge.record->mesh.points;
  return swept(edge.record->swept, to_pnt(points.front()), to_pnt(points.back()), o, n);
}

// Calls take(edge, reversed) for the edges of a wire as they lie in the face turned forward.
template <class Take>
void each_forward(const OutlineWire& wire, const TopoDS_Face& face, const Take& take) {
  const bool turned = face.Orientation() == TopAbs_REVERSED;
  for (std::size_t i = 0; i < wire.edges.size(); ++i) {
    const OutlineEdge& edge = wire.edges[turned ? wire.edges.size() - 1 - i : i];
    take(edge, edge.reversed() != turned);
  }
}

// The surface's own normal is x cross y; a left-handed frame's main axis points the other way.
gp_Vec normal_of(const gp_Pln& plane) {
  const gp_Vec axis(plane.Axis().Direction());
  return plane.Direct() ? axis : axis.Reversed();
}

FaceMeasure measure_plane(const FaceOutline& face) {
  const gp_Pln plane = face.surface.Plane();
  const gp_Vec n = normal_of(plane);
  double twice = 0;
  for (const OutlineWire& wire : face.wires)
    each_forward(wire, face.face(), [&](const OutlineEdge& edge, bool reversed) {
      twice += (reversed ? -1 : 1) * swept(edge, plane.Location(), n);
    });
  const double outward = face.face().Orientation() == TopAbs_REVERSED ? -1 : 1;
  return {twice / 2, outward * twice / 2 * n.Dot(gp_Vec(plane.Location().XYZ()))};
}

/// A parameter whose differential a boundary integral holds as a factor.
enum class Along { u, v };

constexpr double infinite = std::numeric_limits<double>::infinity();

/// What quadrature must know of a surface along one parameter: its formulas are smooth between joints, and so near to
/// polynomials that ten points do within `reach` and four points within `small`.
struct Smoothness {
  std::vector<double> joints = {};
  double reach = infinite, small = infinite;

  /// Adds the shares of the way from a to b after which another piece begins.
  void divide(double a, double b, std::vector<double>& shares) const {
    for (const double joint : joints)
      if ((joint - a) * (joint - b) < 0) shares.push_back((joint - a) / (b - a));
    const double pieces = std::ceil(std::abs(b - a) / reach);
    for (double i = 1; i < pieces; ++i) shares.push_back(i / pieces);
  }
  bool is_small(double way) const { return std::abs(way) <= small; }
};
const Smoothness straight{};
const Smoothness angle{{}, 2.0, 0.5};  // radians

/// Of a spline or another surface that is not known better, between two of its parameters.
Smoothness smoothness(const BRepAdaptor_Surface& surface, bool in_u, double from, double to) {
  const bool polynomial =
      surface.GetType() == GeomAbs_BSplineSurface && !surface.IsURational() && !surface.IsVRational();
  const bool simple = polynomial && (in_u ? surface.UDegree() : surface.VDegree()) <= 5;
  return {smooth_spans(surface, in_u), (to - from) / 2, simple ? (to - from) / 6 : 0};
}

bool is_straight(const Geom2dAdaptor_Curve& curve) {
  return curve.GetType() == GeomAbs_Line ||
         (curve.GetType() == GeomAbs_BSplineCurve && curve.Degree() == 1 && !curve.IsRational());
}

// Integral of term(u, v, u', v') dt along a curve in the parameter plane that is moved by `shift`. It may go round the
// surface many times, as a helix does, so it is what the term sees of the surface that decides in how many pieces.
template <class F>
Pair along_curve(const Geom2dAdaptor_Curve& curve, Vec2 shift, Along along, const Smoothness& in_u,
                 const Smoothness& in_v, const F& term) {
  const auto at = [&](double t) {
    gp_Pnt2d p;
    gp_Vec2d d;
    curve.D1(t, p, d);
    return term(p.X() + shift.x, p.Y() + shift.y, d.X(), d.Y());
  };
  Pair sum;
  const bool plain = is_straight(curve);
  const std::vector<double> ends = spans_of(curve);
  for (std::size_t i = 1; i < ends.size(); ++i) {
    const gp_Pnt2d p = curve.Value(ends[i - 1]), q = curve.Value(ends[i]);
    const gp_Vec2d way(p, q);
    if (plain && std::abs(along == Along::u ? way.X() : way.Y()) < 1e-14) continue;
    std::vector<double> shares{0, 1};
    in_u.divide(p.X() + shift.x, q.X() + shift.x, shares);
    in_v.divide(p.Y() + shift.y, q.Y() + shift.y, shares);
    std::sort(shares.begin(), shares.end());
    const auto place = [&](double share) { return ends[i - 1] + (ends[i] - ends[i - 1]) * share; };
    for (std::size_t k = 1; k < shares.size(); ++k) {
      const gp_Vec2d part = way * (shares[k] - shares[k - 1]);
      const bool few = plain && in_u.is_small(part.X()) && in_v.is_small(part.Y());
      sum += integrate(few ? four_points : ten_points, place(shares[k - 1]), place(shares[k]), at);
    }
  }
  return sum;
}

// Sum of such integrals round the face; the term gives two numbers, for area and flux, and vanishes where u or v stands
// still.
template <class F>
Pair along_borders(const FaceOutline& face, Along along, const Smoothness& in_u, const Smoothness& in_v,
                   const F& term) {
  Pair sum;
  for (const OutlineWire& wire : face.wires) {
    std::optional<Vec2> here;  // where the walk round the wire has come to
    each_forward(wire, face.face(), [&](const OutlineEdge& edge, bool reversed) {
      const auto& curve = edge.pcurve;
      if (curve.IsNull()) return;
      const double a = edge.from, b = edge.to;
      Vec2 shift;
      if (face.winds && wire.chained) {
        const auto place = [&](double t) { return Vec2{curve->Value(t).X(), curve->Value(t).Y()}; };
        if (here) shift = turns_between(face.surface, place(reversed ? b : a), *here);
        here = place(reversed ? a : b) + shift;
      }
      sum += (reversed ? -1.0 : 1.0) * along_curve({curve, a, b}, shift, along, in_u, in_v, term);
    });
  }
  return sum;
}

/// A surface of revolution about z through C, with e(u) = x cos u + y sin u:
///   P = C + rho(v) e + h(v) z,  du x dv = hand * rho (h' e - rho' z),
/// so position . normal = rho [h' (C.e + rho) - rho' (C.z + h)], and by Green's theorem its integral over the
/// face is the boundary integral of its antiderivative in u times dv.
template <class Meridian>
FaceMeasure measure_revolved(const FaceOutline& face, const gp_Ax3& frame, const Smoothness& in_v,
                             const Meridian& meridian) {
  const gp_Vec c(frame.Location().XYZ());
  const double cx = c.Dot(gp_Vec(frame.XDirection())), cy = c.Dot(gp_Vec(frame.YDirection())),
               cz = c.Dot(gp_Vec(frame.Direction()));
  const Pair sum = along_borders(face, Along::v, angle, in_v, [&](double u, double v, double, double dv) {
    const auto m = meridian(v);
    return Pair{m.rho * std::hypot(m.drho, m.dh) * u * dv,
                m.rho * (m.dh * (cx * std::sin(u) - cy * std::cos(u) + m.rho * u) - m.drho * (cz + m.h) * u) * dv};
  });
  const double outward = face.face().Orientation() == TopAbs_REVERSED ? -1 : 1;
  return {std::abs(sum.area), outward * (frame.Direct() ? 1 : -1) * sum.flux};
}

struct Meridian {
  double rho, h, drho, dh;
};

FaceMeasure measure_extrusion(const FaceOutline& face) {
  const BRepAdaptor_Surface& surface = face.surface;
  // P = B(u) + v d, du x dv = B' x d: position . normal = B . (B' x d) does not depend on v, so by Green's
  // theorem its integral is the boundary integral of -f(u) v du.
  const auto at = [&](double u, double v) {
    gp_Pnt p;
    gp_Vec du, dv;
    surface.D1(u, v, p, du, dv);
    return std::pair(gp_Vec(p.XYZ()), du.Crossed(dv));
  };
  const bool spline = surface.BasisCurve()->GetType() == GeomAbs_BSplineCurve;
  const Smoothness in_u{smooth_spans(surface, true), spline ? infinite : angle.reach, 0};
  const Pair sum = along_borders(face, Along::u, in_u, straight, [&](double u, double v, double du, double) {
    const auto [p, n] = at(u, v);
    return Pair{-n.Magnitude() * v * du, -p.Dot(n) * v * du};
  });
  return {std::abs(sum.area), (face.face().Orientation() == TopAbs_REVERSED ? -1 : 1) * sum.flux};
}

// By Green's theorem the integral of g over the face is the boundary integral of its antiderivative in u times dv. Each
// strip between two knots in u by itself: the kernel keeps one patch of a surface at hand, and is slow to change.
FaceMeasure measure_smooth(const FaceOutline& face) {
  const BRepAdaptor_Surface& surface = face.surface;
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face.face(), u0, u1, v0, v1);
  const Smoothness in_u = smoothness(surface, true, u0, u1), in_v = smoothness(surface, false, v0, v1);
  std::vector<double> strips{0};
  in_u.divide(u0, u1, strips);
  std::sort(strips.begin(), strips.end());
  Pair sum;
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const double from = u0 + (u1 - u0) * strips[i];
    const double to = i + 1 < strips.size() ? u0 + (u1 - u0) * strips[i + 1] : infinite;
    sum += along_borders(face, Along::v, in_u, in_v, [&](double u, double v, double, double dv) {
      if (dv == 0 || u - from < 1e-12 * (u1 - u0)) return Pair{};
      const double end = std::min(u, to);
      return dv * integrate(in_u.is_small(end - from) ? four_points : ten_points, from, end, [&](double s) {
               gp_Pnt p;
               gp_Vec across, along;
               surface.D1(s, v, p, across, along);
               const gp_Vec n = across.Crossed(along);
               return Pair{n.Magnitude(), n.Dot(gp_Vec(p.XYZ()))};
             });
    });
  }
  return {std::abs(sum.area), (face.face().Orientation() == TopAbs_REVERSED ? -1 : 1) * sum.flux};
}

}  // namespace

// The kernel takes about twice as many points in each span as there are poles: far too many of a long spline.
double length_of(const BRepAdaptor_Curve& curve) {
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  if (curve.GetType() == GeomAbs_Line) return b - a;
  if (curve.GetType() == GeomAbs_Circle) return (b - a) * curve.Circle().Radius();
  if (curve.GetType() != GeomAbs_BSplineCurve || curve.NbPoles() <= 5) return GCPnts_AbscissaPoint::Length(curve);
  const std::vector<double> ends = spans_of(curve);
  double sum = 0;
  for (std::size_t i = 1; i < ends.size(); ++i)
    sum += integrate(ten_points, ends[i - 1], ends[i], [&](double t) {
      gp_Pnt p;
      gp_Vec d;
      curve.D1(t, p, d);
      return d.Magnitude();
    });
  return sum;
}

gp_Vec swept_area(const BRepAdaptor_Curve& curve) {
  if (curve.GetType() == GeomAbs_Line) return {};
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  const gp_Pnt first = curve.Value(a);
  if (curve.GetType() == GeomAbs_Circle) {
    const gp_Circ circle = curve.Circle();
    return gp_Vec(first, circle.Location()).Crossed(gp_Vec(first, curve.Value(b))) +
           gp_Vec(circle.Axis().Direction()) * (circle.Radius() * circle.Radius() * (b - a));
  }
  const std::vector<double> ends = spans_of(curve);
  gp_Vec sum;
  for (std::size_t i = 1; i < ends.size(); ++i)
    sum += integrate(ten_points, ends[i - 1], ends[i], [&](double t) {
      gp_Pnt p;
      gp_Vec d;
      curve.D1(t, p, d);
      return gp_Vec(first, p).Crossed(d);
    });
  return sum;
}

double signed_area(const TopoDS_Shape& wires, const gp_Pln& plane) {
  const gp_Vec n = normal_of(plane);
  double twice = 0;
  for (TopExp_Explorer it(wires, TopAbs_EDGE); it.More(); it.Next()) {
    const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
    if (edge.Orientation() != TopAbs_FORWARD && edge.Orientation() != TopAbs_REVERSED) continue;
    twice += (edge.Orientation() == TopAbs_REVERSED ? -1 : 1) * swept(edge, plane.Location(), n);
  }
  return twice / 2;
}

FaceMeasure measure_face(const FaceOutline& face) {
  const BRepAdaptor_Surface& surface = face.surface;
  switch (surface.GetType()) {
    case GeomAbs_Plane: return measure_plane(face);
    case GeomAbs_Cylinder: {
      const double r = surface.Cylinder().Radius();
      return measure_revolved(face, surface.Cylinder().Position(), straight, [r](double v) {
        return Meridian{r, v, 0, 1};
      });
    }
    case GeomAbs_Cone: {
      const double r = surface.Cone().RefRadius(), s = std::sin(surface.Cone().SemiAngle()),
                   c = std::cos(surface.Cone().SemiAngle());
      return measure_revolved(face, surface.Cone().Position(), straight, [=](double v) {
        return Meridian{r + v * s, v * c, s, c};
      });
    }
    case GeomAbs_Sphere: {
      const double r = surface.Sphere().Radius();
      return measure_revolved(face, surface.Sphere().Position(), angle, [r](double v) {
        return Meridian{r * std::cos(v), r * std::sin(v), -r * std::sin(v), r * std::cos(v)};
      });
    }
    case GeomAbs_Torus: {
      const double big = surface.Torus().MajorRadius(), r = surface.Torus().MinorRadius();
      return measure_revolved(face, surface.Torus().Position(), angle, [=](double v) {
        return Meridian{big + r * std::cos(v), r * std::sin(v), -r * std::sin(v), r * std::cos(v)};
      });
    }
    case GeomAbs_SurfaceOfExtrusion: return measure_extrusion(face);
    default: break;
  }
  return measure_smooth(face);
}

double volume_of(const TopoDS_Shape& shape) {
  std::vector<TopoDS_Face> faces;
  for (TopExp_Explorer it(shape, TopAbs_FACE); it.More(); it.Next()) faces.push_back(TopoDS::Face(it.Current()));
  std::vector<double> flux(faces.size());
  each(faces.size(), 8, [&](std::size_t i) { flux[i] = measure_face(FaceOutline(faces[i])).flux; });
  return std::accumulate(flux.begin(), flux.end(), 0.0) / 3;
}

}  // namespace fitwright
