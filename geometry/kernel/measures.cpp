#include "geometry/kernel/measures.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepTools.hxx>
#include <BRepTopAdaptor_FClass2d.hxx>
#include <BRep_Tool.hxx>
#include <Geom2dAdaptor_Curve.hxx>
#include <Geom2d_Curve.hxx>
#include <Geom_BSplineCurve.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Edge.hxx>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

namespace {

// Gauss-Legendre nodes and weights on [-1, 1], 10 points (Abramowitz and Stegun, table 25.4).
constexpr std::array<std::pair<double, double>, 5> gauss = {{{0.1488743389816312, 0.2955242247147529},
                                                             {0.4333953941292472, 0.2692667193099963},
                                                             {0.6794095682990244, 0.2190863625159820},
                                                             {0.8650633666889845, 0.1494513491505806},
                                                             {0.9739065285171717, 0.0666713443086881}}};

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
auto integrate(double a, double b, const F& f) {
  decltype(f(a)) sum{};
  const double half = (b - a) / 2, middle = (a + b) / 2;
  for (const auto& [x, w] : gauss) sum += w * half * (f(middle - half * x) + f(middle + half * x));
  return sum;
}

// Integral along a curve: in one piece where it is a polynomial of low degree, span by span where it is made of such,
// in `otherwise` pieces where it is none.
template <class Adaptor, class F>
auto integrate_along(const Adaptor& curve, int otherwise, const F& f) {
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  const auto type = curve.GetType();
  // Ten points integrate a product of the curve with its derivative exactly up to degree 10.
  const auto exact = [&] { return !curve.IsRational() && curve.Degree() <= 10; };
  decltype(f(a)) sum{};
  const auto add = [&](double from, double to, int pieces) {
    for (int i = 0; i < pieces; ++i)
      sum += integrate(from + (to - from) * i / pieces, from + (to - from) * (i + 1) / pieces, f);
  };
  if (type == GeomAbs_BSplineCurve) {
    const int spans = curve.NbIntervals(GeomAbs_CN);
    TColStd_Array1OfReal ends(1, spans + 1);
    curve.Intervals(ends, GeomAbs_CN);
    for (int s = 1; s <= spans; ++s) add(ends(s), ends(s + 1), exact() ? 1 : 4);
  } else {
    add(a, b, type == GeomAbs_BezierCurve && exact() ? 1 : otherwise);
  }
  return sum;
}

template <class F>
auto over_edges(const TopoDS_Face& face, const F& term) {
  decltype(term(TopoDS_Edge())) sum{};
  for (TopExp_Explorer wires(face.Oriented(TopAbs_FORWARD), TopAbs_WIRE); wires.More(); wires.Next())
    for (TopExp_Explorer it(wires.Current(), TopAbs_EDGE); it.More(); it.Next()) {
      const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
      if (edge.Orientation() != TopAbs_FORWARD && edge.Orientation() != TopAbs_REVERSED) continue;
      sum += (edge.Orientation() == TopAbs_REVERSED ? -1.0 : 1.0) * term(edge);
    }
  return sum;
}

// Twice the signed area that an edge sweeps about the origin of the plane: n . integral of (p - o) x dp.
double swept(const TopoDS_Edge& edge, const gp_Pnt& o, const gp_Vec& n) {
  if (BRep_Tool::Degenerated(edge)) return 0;
  const BRepAdaptor_Curve curve(edge);
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  const gp_Vec pa(o, curve.Value(a)), pb(o, curve.Value(b));
  if (curve.GetType() == GeomAbs_Line) return n.Dot(pa.Crossed(pb));
  if (curve.GetType() == GeomAbs_Circle) {
    const gp_Circ circle = curve.Circle();
    const gp_Vec centre(o, circle.Location());
    const double turn = gp_Vec(circle.Axis().Direction()).Dot(n);
    return n.Dot(centre.Crossed(pb - pa)) + circle.Radius() * circle.Radius() * (b - a) * (turn > 0 ? 1 : -1);
  }
  return integrate_along(curve, 16, [&](double t) {
    gp_Pnt p;
    gp_Vec d;
    curve.D1(t, p, d);
    return n.Dot(gp_Vec(o, p).Crossed(d));
  });
}

FaceMeasure measure_plane(const TopoDS_Face& face, const gp_Pln& plane) {
  // The surface's own normal is x cross y; a left-handed frame's main axis points the other way.
  gp_Vec n(plane.Axis().Direction());
  if (!plane.Direct()) n.Reverse();
  const double area = over_edges(face, [&](const TopoDS_Edge& edge) { return swept(edge, plane.Location(), n); }) / 2;
  const double outward = face.Orientation() == TopAbs_REVERSED ? -1 : 1;
  return {area, outward * area * n.Dot(gp_Vec(plane.Location().XYZ()))};
}

/// A parameter whose differential a boundary integral holds as a factor.
enum class Along { u, v };

// Sum over the face's edges of the integral of term(u, v, u', v') dt along their curves in the parameter plane; the
// term gives two numbers, for area and flux, and vanishes where u or v stands still.
template <class F>
Pair along_borders(const TopoDS_Face& oriented, Along along, const F& term) {
  // A reversed face would answer with the other of a seam's two curves.
  const TopoDS_Face face = TopoDS::Face(oriented.Oriented(TopAbs_FORWARD));
  return over_edges(face, [&](const TopoDS_Edge& edge) {
    double a, b;
    const opencascade::handle<Geom2d_Curve> curve = BRep_Tool::CurveOnSurface(edge, face, a, b);
    if (curve.IsNull()) return Pair{};
    const Geom2dAdaptor_Curve adaptor(curve, a, b);
    if (adaptor.GetType() == GeomAbs_Line) {
      const gp_Dir2d direction = adaptor.Line().Direction();
      if ((along == Along::u ? direction.X() : direction.Y()) == 0) return Pair{};
    }
    return integrate_along(adaptor, adaptor.GetType() == GeomAbs_Line ? 4 : 16, [&](double t) {
      gp_Pnt2d p;
      gp_Vec2d d;
      adaptor.D1(t, p, d);
      return term(p.X(), p.Y(), d.X(), d.Y());
    });
  });
}

/// A surface of revolution about z through C, with e(u) = x cos u + y sin u:
///   P = C + rho(v) e + h(v) z,  du x dv = hand * rho (h' e - rho' z),
/// so position . normal = rho [h' (C.e + rho) - rho' (C.z + h)], and by Green's theorem its integral over the
/// face is the boundary integral of its antiderivative in u times dv.
template <class Meridian>
FaceMeasure measure_revolved(const TopoDS_Face& face, const gp_Ax3& frame, const Meridian& meridian) {
  const gp_Vec c(frame.Location().XYZ());
  const double cx = c.Dot(gp_Vec(frame.XDirection())), cy = c.Dot(gp_Vec(frame.YDirection())),
               cz = c.Dot(gp_Vec(frame.Direction()));
  const Pair sum = along_borders(face, Along::v, [&](double u, double v, double, double dv) {
    const auto m = meridian(v);
    return Pair{m.rho * std::hypot(m.drho, m.dh) * u * dv,
                m.rho * (m.dh * (cx * std::sin(u) - cy * std::cos(u) + m.rho * u) - m.drho * (cz + m.h) * u) * dv};
  });
  const double outward = face.Orientation() == TopAbs_REVERSED ? -1 : 1;
  return {std::abs(sum.area), outward * (frame.Direct() ? 1 : -1) * sum.flux};
}

struct Meridian {
  double rho, h, drho, dh;
};

FaceMeasure measure_extrusion(const TopoDS_Face& face, const BRepAdaptor_Surface& surface) {
  // P = B(u) + v d, du x dv = B' x d: position . normal = B . (B' x d) does not depend on v, so by Green's
  // theorem its integral is the boundary integral of -f(u) v du.
  const auto at = [&](double u, double v) {
    gp_Pnt p;
    gp_Vec du, dv;
    surface.D1(u, v, p, du, dv);
    return std::pair(gp_Vec(p.XYZ()), du.Crossed(dv));
  };
  const Pair sum = along_borders(face, Along::u, [&](double u, double v, double du, double) {
    const auto [p, n] = at(u, v);
    return Pair{-n.Magnitude() * v * du, -p.Dot(n) * v * du};
  });
  return {std::abs(sum.area), (face.Orientation() == TopAbs_REVERSED ? -1 : 1) * sum.flux};
}

// By Green's theorem the integral of g over the face is the boundary integral of its antiderivative in u times dv; the
// antiderivative is integrated span by span.
FaceMeasure measure_smooth(const TopoDS_Face& face, const BRepAdaptor_Surface& surface) {
  const std::vector<double> u_spans = smooth_spans(surface, true), v_spans = smooth_spans(surface, false);
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face, u0, u1, v0, v1);
  const auto density = [&](double u, double v) {
    gp_Pnt p;
    gp_Vec du, dv;
    surface.D1(u, v, p, du, dv);
    const gp_Vec n = du.Crossed(dv);
    return Pair{n.Magnitude(), n.Dot(gp_Vec(p.XYZ()))};
  };
  const auto antiderivative = [&](double u, double v) {
    Pair sum;
    double from = u0;
    for (const double end : u_spans) {
      const double to = std::min(end, u);
      if (to <= from) continue;
      sum += integrate(from, to, [&](double s) { return density(s, v); });
      from = to;
    }
    if (from < u) sum += integrate(from, u, [&](double s) { return density(s, v); });
    return sum;
  };
  const auto crossed = [&](double a, double b) {
    return static_cast<int>(std::count_if(v_spans.begin(), v_spans.end(), [&](double v) {
      return v > std::min(a, b) + 1e-12 && v < std::max(a, b) - 1e-12;
    }));
  };
  const TopoDS_Face forward = TopoDS::Face(face.Oriented(TopAbs_FORWARD));
  const Pair sum = over_edges(forward, [&](const TopoDS_Edge& edge) {
    double a, b;
    const opencascade::handle<Geom2d_Curve> curve = BRep_Tool::CurveOnSurface(edge, forward, a, b);
    if (curve.IsNull()) return Pair{};
    const Geom2dAdaptor_Curve adaptor(curve, a, b);
    const gp_Pnt2d first = adaptor.Value(a), last = adaptor.Value(b);
    const auto term = [&](double t) {
      gp_Pnt2d p;
      gp_Vec2d d;
      adaptor.D1(t, p, d);
      return d.Y() == 0 || p.X() - u0 < 1e-12 * (u1 - u0) ? Pair{} : d.Y() * antiderivative(p.X(), p.Y());
    };
    if (adaptor.GetType() != GeomAbs_Line) return integrate_along(adaptor, 16 + 2 * crossed(first.Y(), last.Y()), term);
    if (std::abs(first.Y() - last.Y()) < 1e-14) return Pair{};
    // The pieces of a line that lie in one span each.
    std::vector<double> stops{a, b};
    for (const double v : v_spans)
      if (const double t = a + (b - a) * (v - first.Y()) / (last.Y() - first.Y()); t > a && t < b) stops.push_back(t);
    std::sort(stops.begin(), stops.end());
    Pair along;
    for (std::size_t i = 1; i < stops.size(); ++i) along += integrate(stops[i - 1], stops[i], term);
    return along;
  });
  return {std::abs(sum.area), (face.Orientation() == TopAbs_REVERSED ? -1 : 1) * sum.flux};
}

}  // namespace

FaceMeasure measure_face(const TopoDS_Face& face) {
  const BRepAdaptor_Surface surface(face, false);
  switch (surface.GetType()) {
    case GeomAbs_Plane: return measure_plane(face, surface.Plane());
    case GeomAbs_Cylinder: {
      const double r = surface.Cylinder().Radius();
      return measure_revolved(face, surface.Cylinder().Position(), [r](double v) { return Meridian{r, v, 0, 1}; });
    }
    case GeomAbs_Cone: {
      const double r = surface.Cone().RefRadius(), s = std::sin(surface.Cone().SemiAngle()),
                   c = std::cos(surface.Cone().SemiAngle());
      return measure_revolved(face, surface.Cone().Position(), [=](double v) {
        return Meridian{r + v * s, v * c, s, c};
      });
    }
    case GeomAbs_Sphere: {
      const double r = surface.Sphere().Radius();
      return measure_revolved(face, surface.Sphere().Position(), [r](double v) {
        return Meridian{r * std::cos(v), r * std::sin(v), -r * std::sin(v), r * std::cos(v)};
      });
    }
    case GeomAbs_Torus: {
      const double big = surface.Torus().MajorRadius(), r = surface.Torus().MinorRadius();
      return measure_revolved(face, surface.Torus().Position(), [=](double v) {
        return Meridian{big + r * std::cos(v), r * std::sin(v), -r * std::sin(v), r * std::cos(v)};
      });
    }
    case GeomAbs_SurfaceOfExtrusion: return measure_extrusion(face, surface);
    default: break;
  }
  return measure_smooth(face, surface);
}

double volume_of(const TopoDS_Shape& shape) {
  double flux = 0;
  for (TopExp_Explorer it(shape, TopAbs_FACE); it.More(); it.Next())
    flux += measure_face(TopoDS::Face(it.Current())).flux;
  return flux / 3;
}

}  // namespace fitwright
