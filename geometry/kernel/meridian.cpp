#include "geometry/kernel/meridian.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRep_Tool.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/occt.hpp"
#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr double least = 1e-4;  // mm: radii and thicknesses below this are left to the general tier

std::optional<gp_Ax1> own_axis(const BRepAdaptor_Surface& surface) {
  switch (surface.GetType()) {
    case GeomAbs_Cylinder: return surface.Cylinder().Axis();
    case GeomAbs_Cone: return surface.Cone().Axis();
    case GeomAbs_Torus: return surface.Torus().Axis();
    case GeomAbs_SurfaceOfRevolution: return surface.AxeOfRevolution();
    default: return std::nullopt;
  }
}

/// Where a face's circles lie: radius, height.
std::vector<Vec2> circles_of(const TopoDS_Face& face, const gp_Ax3& frame) {
  std::vector<Vec2> places;
  for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next()) {
    const BRepAdaptor_Curve curve(TopoDS::Edge(it.Current()));
    if (curve.GetType() != GeomAbs_Circle) continue;  // a seam
    const gp_Circ circle = curve.Circle();
    places.push_back({circle.Radius(), gp_Vec(frame.Location(), circle.Location()).Dot(gp_Vec(frame.Direction()))});
  }
  std::sort(places.begin(), places.end(), [](Vec2 a, Vec2 b) { return a.x < b.x; });
  return places;
}

bool looks_up(const TopoDS_Face& face, const BRepAdaptor_Surface& surface, const gp_Dir& up) {
  gp_Pnt p;
  gp_Vec du, dv;
  surface.D1((surface.FirstUParameter() + surface.LastUParameter()) / 2,
             (surface.FirstVParameter() + surface.LastVParameter()) / 2, p, du, dv);
  const double z = du.Crossed(dv).Dot(gp_Vec(up));
  return (face.Orientation() == TopAbs_REVERSED) != (z > 0);
}

class Reader {
 public:
  explicit Reader(const TopoDS_Shape& solid, const gp_Ax1& axis)
      : frame_(axis.Location(), axis.Direction().Z() < -1e-9 ? axis.Direction().Reversed() : axis.Direction()) {
    const auto faces = faces_of(solid);
    for (std::size_t i = 0; i < faces.size(); ++i) add(TopoDS::Face(faces[i]), i);
    add_rings();
    const gp_Dir x = frame_.XDirection(), y = frame_.YDirection(), z = frame_.Direction();
    out_.at.linear = {Vec3{x.X(), y.X(), z.X()}, Vec3{x.Y(), y.Y(), z.Y()}, Vec3{x.Z(), y.Z(), z.Z()}};
    out_.at.offset = from_occt(frame_.Location());
  }
  TurnedSolid take() { return std::move(out_); }

 private:
  void add(const TopoDS_Face& face, std::size_t number) {
    // Restricted to the face: planes and cones have no bounds of their own.
    const BRepAdaptor_Surface surface(face);
    const auto circles = circles_of(face, frame_);
    if (surface.GetType() == GeomAbs_Cylinder) {
      require(circles.size() == 2);
      out_.walls.push_back({circles.front().x, number});
    } else if (surface.GetType() == GeomAbs_Plane) {
      require(circles.size() == 1 || circles.size() == 2);
      const double inner = circles.size() == 1 ? 0 : circles.front().x;
      add_line({inner, circles.back().x, circles.front().y, 0}, number, looks_up(face, surface, frame_.Direction()));
    } else {
      require(surface.GetType() == GeomAbs_Cone && circles.size() == 2);
      const double width = circles.back().x - circles.front().x;
      require(width > least);
      add_line({circles.front().x, circles.back().x, circles.front().y, (circles.back().y - circles.front().y) / width},
               number, looks_up(face, surface, frame_.Direction()));
    }
    for (const Vec2& c : circles) {
      radii_.push_back(c.x);
      out_.low = std::min(out_.low, c.y);
      out_.high = std::max(out_.high, c.y);
    }
  }
  void add_line(const MeridianLine& line, std::size_t face, bool up) {
    (up ? upper_ : lower_).push_back(out_.meridian.lines.size());
    out_.meridian.lines.push_back(line);
    out_.face_of_line.push_back(face);
  }

  // The one line above or below a ring.
  std::optional<std::size_t> across(const std::vector<std::size_t>& lines, double inner, double outer) const {
    std::optional<std::size_t> found;
    for (const std::size_t i : lines) {
      const MeridianLine& line = out_.meridian.lines[i];
      if (line.inner > inner + 1e-7 || line.outer < outer - 1e-7) continue;
      require(!found);
      found = i;
    }
    return found;
  }

  void add_rings() {
    std::sort(radii_.begin(), radii_.end());
    std::vector<double> stops{0};
    for (const double r : radii_) {
      if (r - stops.back() < 1e-7) continue;
      require(r - stops.back() > least);
      stops.push_back(r);
    }
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
      const auto low = across(lower_, stops[i], stops[i + 1]), high = across(upper_, stops[i], stops[i + 1]);
      require(low.has_value() == high.has_value());
      if (!low) continue;
      const auto thickness = [&](double r) {
        return out_.meridian.lines[*high].at(r) - out_.meridian.lines[*low].at(r);
      };
      for (const double r : {stops[i], stops[i + 1]}) require(thickness(r) > least || std::abs(thickness(r)) < 1e-9);
      require(thickness((stops[i] + stops[i + 1]) / 2) > least / 2);
      out_.meridian.rings.push_back({stops[i], stops[i + 1], *low, *high});
    }
  }

  const gp_Ax3 frame_;
  TurnedSolid out_{{}, {}, {}, {}, 1e300, -1e300};
  std::vector<double> radii_;
  std::vector<std::size_t> upper_, lower_;
};

}  // namespace

bool coaxial(const gp_Ax1& a, const gp_Ax1& b) {
  return a.IsCoaxial(b, 1e-10, kernel_tolerance) || a.IsCoaxial(b.Reversed(), 1e-10, kernel_tolerance);
}

std::optional<gp_Ax1> revolution_axis(const TopoDS_Shape& solid) {
  std::optional<gp_Ax1> axis;
  for (const TopoDS_Shape& face : faces_of(solid)) {
    const auto own = own_axis(BRepAdaptor_Surface(TopoDS::Face(face), false));
    if (own && axis && !coaxial(*own, *axis)) return std::nullopt;
    if (own && !axis) axis = own;
  }
  if (!axis) return std::nullopt;
  for (const TopoDS_Shape& shape : faces_of(solid)) {
    const TopoDS_Face& face = TopoDS::Face(shape);
    const BRepAdaptor_Surface surface(face, false);
    if (surface.GetType() == GeomAbs_Plane && !surface.Plane().Axis().IsParallel(*axis, 1e-10)) return std::nullopt;
    if (surface.GetType() != GeomAbs_Plane && !own_axis(surface)) return std::nullopt;
    for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next()) {
      const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
      if (BRep_Tool::Degenerated(edge)) return std::nullopt;
      if (surface.GetType() != GeomAbs_Plane && BRep_Tool::IsClosed(edge, face)) continue;
      const BRepAdaptor_Curve curve(edge);
      if (curve.GetType() != GeomAbs_Circle || !coaxial(curve.Circle().Axis(), *axis) ||
          curve.LastParameter() - curve.FirstParameter() < 2 * M_PI - 1e-9)
        return std::nullopt;
    }
  }
  return axis;
}

std::optional<TurnedSolid> read_turned(const TopoDS_Shape& solid) {
  const auto axis = revolution_axis(solid);
  if (!axis) return std::nullopt;
  return if_certain([&] { return Reader(solid, *axis).take(); });
}

}  // namespace fitwright
