#include "geometry/kernel/bounds.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepBndLib.hxx>
#include <BRepTools.hxx>
#include <BRepTopAdaptor_FClass2d.hxx>
#include <BRep_Tool.hxx>
#include <Bnd_Box.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_BezierCurve.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Edge.hxx>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "geometry/kernel/edge_record.hpp"
#include "geometry/kernel/occt.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

namespace {

void add_plain_edge(Box3& box, const BRepAdaptor_Curve& curve) {
  const double a = curve.FirstParameter(), b = curve.LastParameter();
  const auto add = [&](double t) { box.add(from_occt(curve.Value(t))); };
  add(a);
  add(b);
  if (curve.GetType() != GeomAbs_Circle) return;
  const gp_Ax2 frame = curve.Circle().Position();
  for (int i = 1; i <= 3; ++i) {  // where the circle turns back along each axis
    const double top = std::atan2(frame.YDirection().Coord(i), frame.XDirection().Coord(i));
    for (double t = top + std::ceil((a - top) / M_PI) * M_PI; t < b; t += M_PI) add(t);
  }
}

bool is_spline(const BRepAdaptor_Curve& curve) {
  return curve.GetType() == GeomAbs_BSplineCurve || curve.GetType() == GeomAbs_BezierCurve;
}

// Roots of c0 + c1 x + c2 x2 within `reach` of 0.
template <class Take>
void each_root(double c0, double c1, double c2, double reach, const Take& take) {
  const double inner = c1 * c1 - 4 * c2 * c0;
  if (inner < 0) return;
  const double sum = -(c1 + std::copysign(std::sqrt(inner), c1)) / 2;
  for (const double root : {sum / c2, c0 / sum})  // what divides by zero is no number, or out of reach
    if (std::abs(root) <= reach) take(root);
}

// A spline of third degree at most turns back where a quadratic is zero, which three slopes of each piece tell exactly.
void add_cubic_edge(Box3& box, const BRepAdaptor_Curve& curve) {
  TColStd_Array1OfReal spans(1, curve.NbIntervals(GeomAbs_CN) + 1);
  curve.Intervals(spans, GeomAbs_CN);
  const auto add = [&](double t) { box.add(from_occt(curve.Value(t))); };
  for (int i = spans.Lower(); i < spans.Upper(); ++i) {
    const double middle = (spans(i) + spans(i + 1)) / 2, third = (spans(i + 1) - spans(i)) / 3;
    add(spans(i));
    gp_Pnt p;
    std::array<gp_Vec, 3> slope;
    for (int k = 0; k < 3; ++k) curve.D1(middle + (k - 1) * third, p, slope[k]);
    for (int axis = 1; axis <= 3; ++axis) {
      const double s0 = slope[0].Coord(axis), s1 = slope[1].Coord(axis), s2 = slope[2].Coord(axis);
      each_root(s1, (s2 - s0) / 2, (s0 - 2 * s1 + s2) / 2, 1.5, [&](double x) { add(middle + x * third); });
    }
  }
  add(spans.Last());
}

/// A curve's places at many parameters, and the places between them where it turns back along a direction.
class Turnings {
 public:
  explicit Turnings(const BRepAdaptor_Curve& curve) : curve_(curve) {
    TColStd_Array1OfReal spans(1, curve.NbIntervals(GeomAbs_C2) + 1);
    curve.Intervals(spans, GeomAbs_C2);
    const int steps = curve.GetType() == GeomAbs_BSplineCurve ? 4 : 32;
    for (int i = spans.Lower(); i < spans.Upper(); ++i)
      for (int k = 0; k < steps; ++k) params_.push_back(spans(i) + (spans(i + 1) - spans(i)) * k / steps);
    params_.push_back(spans.Last());
    for (const double t : params_) places_.push_back(curve.Value(t).XYZ());
  }

  /// Adds what reaches out of the box, exact to rounding.
  void add_to(Box3& box) const {
    for (const gp_XYZ& p : places_) box.add(from_occt(p));
    for (int axis = 1; axis <= 3; ++axis)
      for (const double sign : {-1.0, 1.0}) add_furthest(box, axis, sign);
  }

 private:
  void add_furthest(Box3& box, int axis, double sign) const {
    const auto reach = [&](std::size_t i) { return sign * places_[i].Coord(axis); };
    double best = -1e300, bend = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      best = std::max(best, reach(i));
      if (i > 0 && i + 1 < places_.size()) bend = std::max(bend, std::abs(reach(i - 1) - 2 * reach(i) + reach(i + 1)));
    }
    if (bend <= 1e-13 * (1 + std::abs(best))) return;  // straight along this axis
    // Between two places a curve rises above the higher one by no more than about its bend.
    for (std::size_t i = 1; i + 1 < places_.size(); ++i)
      if (reach(i) >= reach(i - 1) && reach(i) >= reach(i + 1) && reach(i) + bend >= best)
        box.add(from_occt(top_between(params_[i - 1], params_[i + 1], axis)));
  }
  gp_Pnt top_between(double a, double b, int axis) const {
    gp_Pnt p;
    gp_Vec v;
    const auto slope = [&](double t) {
      curve_.D1(t, p, v);
      return v.Coord(axis);
    };
    const bool falls = slope(a) > 0;
    for (int i = 0; i < 50 && b - a > 1e-14 * (1 + std::abs(a)); ++i) {
      const double middle = (a + b) / 2;
      ((slope(middle) > 0) == falls ? a : b) = middle;
    }
    return curve_.Value((a + b) / 2);
  }

  const BRepAdaptor_Curve& curve_;
  std::vector<double> params_;
  std::vector<gp_XYZ> places_;
};

bool lies_in(const Box3& inner, const Box3& box) {
  return inner.min.x >= box.min.x && inner.max.x <= box.max.x && inner.min.y >= box.min.y && inner.max.y <= box.max.y &&
         inner.min.z >= box.min.z && inner.max.z <= box.max.z;
}

Box3 box_of_poles(const BRepAdaptor_Curve& curve) {
  Box3 box;
  const auto add = [&](const auto& spline) {
    for (int i = 1; i <= spline->NbPoles(); ++i) box.add(from_occt(spline->Pole(i)));
  };
  curve.GetType() == GeomAbs_BezierCurve ? add(curve.Bezier()) : add(curve.BSpline());
  return box;
}

/// Adds edges that are plain at once and the others last: most of those lie in the box by then.
class EdgeBox {
 public:
  explicit EdgeBox(Box3& box) : box_(box) {}

  void add(const TopoDS_Edge& edge, const EdgeReach& reach) {
    box_.add(reach.box);
    if (reach.curved) others_.emplace_back(edge, reach.poles);
  }
  void add(const TopoDS_Edge& edge) {
    if (!BRep_Tool::Degenerated(edge)) add(edge, reach_of(BRepAdaptor_Curve(edge)));
  }
  void finish() {
    for (const auto& [edge, poles] : others_) {
      if (!poles.empty() && lies_in(poles, box_)) continue;
      const BRepAdaptor_Curve curve(edge);
      if (is_spline(curve) && !curve.IsRational() && curve.Degree() <= 3)
        add_cubic_edge(box_, curve);
      else
        Turnings(curve).add_to(box_);
    }
  }

 private:
  Box3& box_;
  std::vector<std::pair<TopoDS_Edge, Box3>> others_;
};

// Where a torus or sphere reaches furthest along the coordinate axes, as far as these places lie on the face.
template <class Evaluate>
void add_extremes(Box3& box, const TopoDS_Face& face, const gp_Ax3& frame, const Evaluate& at) {
  BRepTopAdaptor_FClass2d inside(face, 1e-9);
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face, u0, u1, v0, v1);
  for (int i = 1; i <= 3; ++i) {
    const double x = frame.XDirection().Coord(i), y = frame.YDirection().Coord(i), z = frame.Direction().Coord(i);
    const double flat = std::hypot(x, y);
    for (const double side : {1.0, -1.0}) {
      // Along its own axis all of a circle is furthest: one place of it that the face has will do.
      const double u = flat > 1e-12 ? std::atan2(side * y, side * x) : (u0 + u1) / 2;
      for (const double v : {std::atan2(side * z, flat), M_PI - std::atan2(side * z, flat)}) {
        const gp_Pnt2d place(u + 2 * M_PI * std::ceil((u0 - 1e-9 - u) / (2 * M_PI)),
                             v + 2 * M_PI * std::ceil((v0 - 1e-9 - v) / (2 * M_PI)));
        if (place.X() <= u1 + 1e-9 && place.Y() <= v1 + 1e-9 && inside.Perform(place) != TopAbs_OUT)
          box.add(from_occt(at(place.X(), place.Y())));
      }
    }
  }
}

// Where any other surface reaches furthest: the best place of a net that lies on the face, then of ever finer nets
// about it. The kernel's own search takes a hundred times as long.
void add_smooth_extremes(Box3& box, const TopoDS_Face& face, const BRepAdaptor_Surface& surface) {
  double u0, u1, v0, v1;
  BRepTools::UVBounds(face, u0, u1, v0, v1);
  const auto net = [](std::size_t spans) { return static_cast<int>(std::clamp<std::size_t>(3 * spans, 8, 600)); };
  const int nu = net(smooth_spans(surface, true).size()), nv = net(smooth_spans(surface, false).size());
  std::array<gp_Pnt2d, 6> best;
  std::array<double, 6> reach;
  reach.fill(-std::numeric_limits<double>::infinity());
  const auto along = [](const gp_Pnt& p, int direction) {
    return (direction < 3 ? 1 : -1) * p.Coord(direction % 3 + 1);
  };
  BRepTopAdaptor_FClass2d inside(face, 1e-9);
  const auto is_on = [&](const gp_Pnt2d& at) { return inside.Perform(at) != TopAbs_OUT; };
  for (int i = 0; i <= nu; ++i)
    for (int j = 0; j <= nv; ++j) {
      const gp_Pnt2d at(u0 + (u1 - u0) * i / nu, v0 + (v1 - v0) * j / nv);
      const gp_Pnt p = surface.Value(at.X(), at.Y());
      for (int d = 0; d < 6; ++d)
        if (const double r = along(p, d); r > reach[d] && is_on(at)) {
          reach[d] = r;
          best[d] = at;
        }
    }
  for (int d = 0; d < 6; ++d) {
    gp_Pnt2d at = best[d];
    for (double du = (u1 - u0) / nu, dv = (v1 - v0) / nv; du > 1e-6 * (u1 - u0) / nu; du /= 3, dv /= 3) {
      const gp_Pnt2d middle = at;
      for (int i = -3; i <= 3; ++i)
        for (int j = -3; j <= 3; ++j) {
          const gp_Pnt2d near(std::clamp(middle.X() + du * i / 3, u0, u1), std::clamp(middle.Y() + dv * j / 3, v0, v1));
          if (const double r = along(surface.Value(near.X(), near.Y()), d); r > reach[d] && is_on(near)) {
            reach[d] = r;
            at = near;
          }
        }
    }
    if (std::isfinite(reach[d])) box.add(from_occt(surface.Value(at.X(), at.Y())));
  }
}

void add_face(Box3& box, const BRepAdaptor_Surface& surface) {
  const TopoDS_Face& face = surface.Face();
  if (is_ruled(surface)) return;  // its edges say it all
  const auto at = [&](double u, double v) { return surface.Value(u, v); };
  switch (surface.GetType()) {
    case GeomAbs_Sphere: add_extremes(box, face, surface.Sphere().Position(), at); break;
    case GeomAbs_Torus: add_extremes(box, face, surface.Torus().Position(), at); break;
    default: add_smooth_extremes(box, face, surface);
  }
}

}  // namespace

EdgeReach reach_of(const BRepAdaptor_Curve& curve) {
  EdgeReach reach;
  add_plain_edge(reach.box, curve);
  reach.curved = curve.GetType() != GeomAbs_Line && curve.GetType() != GeomAbs_Circle;
  if (is_spline(curve)) reach.poles = box_of_poles(curve);
  return reach;
}

Box3 bounds_of(const TopoDS_Shape& shape) {
  Box3 box;
  EdgeBox edges(box);
  for (TopExp_Explorer it(shape, TopAbs_EDGE); it.More(); it.Next()) edges.add(TopoDS::Edge(it.Current()));
  edges.finish();
  for (TopExp_Explorer it(shape, TopAbs_FACE); it.More(); it.Next())
    add_face(box, BRepAdaptor_Surface(TopoDS::Face(it.Current()), false));
  return box;
}

Box3 bounds_of(const FaceOutline& face) {
  Box3 box;
  EdgeBox edges(box);
  for (const OutlineWire& wire : face.wires)
    for (const OutlineEdge& use : wire.edges) use.record ? edges.add(use.edge, use.record->reach) : edges.add(use.edge);
  edges.finish();
  add_face(box, face.surface);
  return box;
}

namespace {

void add_ball(Box3& box, const gp_Pnt& centre, double radius) {
  const Vec3 c = from_occt(centre), r{radius, radius, radius};
  box.add(c - r);
  box.add(c + r);
}

// Absent for curves whose reach is not plain to see.
bool add_roughly(Box3& box, const TopoDS_Edge& edge) {
  if (BRep_Tool::Degenerated(edge)) return true;
  const BRepAdaptor_Curve curve(edge);
  switch (curve.GetType()) {
    case GeomAbs_Line:
      box.add(from_occt(curve.Value(curve.FirstParameter())));
      box.add(from_occt(curve.Value(curve.LastParameter())));
      return true;
    case GeomAbs_Circle: add_plain_edge(box, curve); return true;
    case GeomAbs_BSplineCurve: {
      const opencascade::handle<Geom_BSplineCurve> spline = curve.BSpline();
      for (int i = 1; i <= spline->NbPoles(); ++i) box.add(from_occt(spline->Pole(i)));
      return true;
    }
    default: return false;
  }
}

}  // namespace

Box3 quick_bounds_of(const TopoDS_Shape& shape) {
  Box3 box;
  const auto by_kernel = [&](const TopoDS_Shape& part) {
    Bnd_Box bounds;
    BRepBndLib::Add(part, bounds, false);
    if (bounds.IsVoid()) return;
    double x0, y0, z0, x1, y1, z1;
    bounds.Get(x0, y0, z0, x1, y1, z1);
    box.add(Vec3{x0, y0, z0});
    box.add(Vec3{x1, y1, z1});
  };
  for (TopExp_Explorer it(shape, TopAbs_FACE); it.More(); it.Next())
    // What is ruled lies between its edges.
    if (!is_ruled(BRepAdaptor_Surface(TopoDS::Face(it.Current()), false))) by_kernel(it.Current());
  TopTools_IndexedMapOfShape edges;  // most border two faces
  TopExp::MapShapes(shape, TopAbs_EDGE, edges);
  for (int i = 1; i <= edges.Extent(); ++i)
    if (!add_roughly(box, TopoDS::Edge(edges(i)))) by_kernel(edges(i));
  if (box.empty()) return box;
  add_ball(box, to_pnt(box.min), kernel_tolerance);
  add_ball(box, to_pnt(box.max), kernel_tolerance);
  return box;
}

}  // namespace fitwright
