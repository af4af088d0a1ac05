#include "geometry/kernel/screw.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepBuilderAPI_MakeEdge.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepBuilderAPI_Sewing.hxx>
#include <BRepTools.hxx>
#include <BRepTools_WireExplorer.hxx>
#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <GeomConvert.hxx>
#include <Geom_BSplineSurface.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <Geom_TrimmedCurve.hxx>
#include <TColStd_Array1OfInteger.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TColStd_Array2OfReal.hxx>
#include <TColgp_Array2OfPnt.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Circ.hxx>

#include <cmath>
#include <numbers>

#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/hermite.hpp"
#include "geometry/kernel/patch.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

namespace {

using SurfaceHandle = opencascade::handle<Geom_BSplineSurface>;

/// A turn about z together with a rise, over parameters 0 to 1. Its x and y hold cosine and sine, its z the share of
/// the rise, so the poles tell where each pole of a turned curve goes: turning is linear.
class Turn {
 public:
  Turn(double height, double angle_deg) : height_(height), angle_(angle_deg * std::numbers::pi / 180) {
    const double angle = angle_;
    const int pieces = hermite_pieces(0, 1, std::pow(std::abs(angle), 6), 2e-8);
    curve_ = hermite_spline(0, 1, pieces, [&](double v) {
      const double c = std::cos(angle * v), s = std::sin(angle * v);
      return Jet{{c, s, v}, {-angle * s, angle * c, 1}, {-angle * angle * c, -angle * angle * s, 0}};
    });
  }

  double height() const { return height_; }
  double angle() const { return angle_; }

  /// The way of a point, as the walls have it.
  CurveHandle helix(const gp_Pnt& start) const {
    CurveHandle way = CurveHandle::DownCast(curve_->Copy());
    for (int j = 1; j <= way->NbPoles(); ++j) way->SetPole(j, turned(start, curve_->Pole(j)));
    return way;
  }

  SurfaceHandle wall(const CurveHandle& edge) const {
    const int across = edge->NbPoles(), along = curve_->NbPoles();
    TColgp_Array2OfPnt poles(1, across, 1, along);
    TColStd_Array2OfReal weights(1, across, 1, along);
    for (int i = 1; i <= across; ++i)
      for (int j = 1; j <= along; ++j) {
        poles(i, j) = turned(edge->Pole(i), curve_->Pole(j));
        weights(i, j) = edge->Weight(i);
      }
    TColStd_Array1OfReal across_knots(1, edge->NbKnots()), along_knots(1, curve_->NbKnots());
    TColStd_Array1OfInteger across_counts(1, edge->NbKnots()), along_counts(1, curve_->NbKnots());
    edge->Knots(across_knots);
    edge->Multiplicities(across_counts);
    curve_->Knots(along_knots);
    curve_->Multiplicities(along_counts);
    return new Geom_BSplineSurface(poles, weights, across_knots, along_knots, across_counts, along_counts,
                                   edge->Degree(), curve_->Degree());
  }

 private:
  gp_Pnt turned(const gp_Pnt& p, const gp_Pnt& by) const {
    return {by.X() * p.X() - by.Y() * p.Y(), by.Y() * p.X() + by.X() * p.Y(), p.Z() + height_ * by.Z()};
  }

  double height_, angle_;
  CurveHandle curve_;
};

CurveHandle spline_of(const TopoDS_Edge& edge) {
  double first = 0, last = 0;
  const auto curve = BRep_Tool::Curve(edge, first, last);
  CurveHandle spline = GeomConvert::CurveToBSplineCurve(new Geom_TrimmedCurve(curve, first, last));
  if (spline->IsPeriodic()) spline->SetNotPeriodic();
  return spline;
}

bool is_about_axis(const TopoDS_Edge& edge) {
  const BRepAdaptor_Curve curve(edge);
  if (curve.GetType() != GeomAbs_Circle || edge.Closed() || BRep_Tool::IsClosed(edge)) return false;
  const gp_Pnt centre = curve.Circle().Location();
  return std::hypot(centre.X(), centre.Y()) < 1e-9;
}

/// The wall of an arc about the axis is a cylinder: a slanted patch of it.
TopoDS_Face cylinder_wall(const TopoDS_Edge& edge, const Turn& turn) {
  const BRepAdaptor_Curve curve(edge);
  const gp_Circ arc = curve.Circle();
  const opencascade::handle<Geom_CylindricalSurface> cylinder =
      new Geom_CylindricalSurface(gp_Ax3(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1), arc.XAxis().Direction()), arc.Radius());
  const bool clockwise = arc.Axis().Direction().Z() < 0;
  const double from = clockwise ? -curve.LastParameter() : curve.FirstParameter();
  const double to = clockwise ? -curve.FirstParameter() : curve.LastParameter();
  const double h = turn.height(), round = turn.angle();
  const auto vertex = [&](double u, double v) {
    TopoDS_Vertex made;
    BRep_Builder().MakeVertex(made, cylinder->Value(u, v), kernel_tolerance);
    return made;
  };
  const TopoDS_Vertex a = vertex(from, 0), b = vertex(to, 0), c = vertex(to + round, h), d = vertex(from + round, h);
  // A helix here is as much of one as the neighbours' surfaces are.
  const auto rise = [&](double u, const TopoDS_Vertex& low, const TopoDS_Vertex& high) {
    return straight_side(edge_between(turn.helix(cylinder->Value(u, 0)), 0, 1, low, high), {u, 0}, {u + round, h});
  };
  const auto level = [&](double u0, double u1, double v, const TopoDS_Vertex& first, const TopoDS_Vertex& last) {
    return straight_side(edge_between(cylinder->VIso(v), u0, u1, first, last), {u0, v}, {u1, v});
  };
  return make_patch(
      cylinder, {level(from, to, 0, a, b), rise(to, b, c), level(from + round, to + round, h, d, c), rise(from, a, d)});
}

struct Wall {
  TopoDS_Face face;
  std::size_t edge;  ///< position among the profile's edges
};

/// Sews faces that meet along equal curves; knows what became of each.
class Sewn {
 public:
  explicit Sewn(const std::vector<TopoDS_Face>& faces) : sewing_(1e-5) {
    for (const TopoDS_Face& face : faces) sewing_.Add(face);
    sewing_.Perform();
  }
  TopoDS_Shape solid() const {
    return sewing_.NbFreeEdges() ? TopoDS_Shape() : oriented_solid(faces_of(sewing_.SewedShape()));
  }
  TopoDS_Shape now(const TopoDS_Face& face) const {
    return sewing_.IsModified(face) ? sewing_.Modified(face) : TopoDS_Shape(face);
  }

 private:
  BRepBuilderAPI_Sewing sewing_;
};

Result<TopoDS_Shape> twist_face(const TopoDS_Face& face, const Turn& turn, double height, const Body& profile,
                                const Trace& bottom, const Trace& top, TraceCollector& traces) {
  const auto edges = carriers(profile.shape, TopAbs_EDGE);
  std::vector<Wall> walls;
  std::array<std::vector<TopoDS_Wire>, 2> wires;
  const TopoDS_Wire outer = BRepTools::OuterWire(face);
  const auto add_wire = [&](const TopoDS_Wire& wire) {
    std::array<BRepBuilderAPI_MakeWire, 2> ends;
    for (BRepTools_WireExplorer it(wire, face); it.More(); it.Next()) {
      const std::size_t index = static_cast<std::size_t>(
          std::find_if(edges.begin(), edges.end(), [&](const TopoDS_Shape& e) { return e.IsSame(it.Current()); }) -
          edges.begin());
      const SurfaceHandle wall = turn.wall(spline_of(it.Current()));
      const TopoDS_Face side = is_about_axis(it.Current()) ? cylinder_wall(it.Current(), turn)
                                                           : BRepBuilderAPI_MakeFace(wall, kernel_tolerance).Face();
      walls.push_back({side, index});
      ends[0].Add(BRepBuilderAPI_MakeEdge(wall->VIso(0)).Edge());
      ends[1].Add(BRepBuilderAPI_MakeEdge(wall->VIso(1)).Edge());
    }
    for (int end : {0, 1}) wires[end].push_back(ends[end].Wire());
  };
  add_wire(outer);
  for (TopExp_Explorer it(face, TopAbs_WIRE); it.More(); it.Next())
    if (!it.Current().IsSame(outer)) add_wire(TopoDS::Wire(it.Current()));

  std::array<TopoDS_Face, 2> ends;
  for (int end : {0, 1}) {
    const gp_Pln plane(gp_Pnt(0, 0, end * height), gp_Dir(0, 0, 1));
    BRepBuilderAPI_MakeFace maker(plane, wires[end].front(), true);
    for (std::size_t i = 1; i < wires[end].size(); ++i) {
      const TopoDS_Face alone = BRepBuilderAPI_MakeFace(plane, wires[end][i], true);
      maker.Add(TopoDS::Wire(BRepTools::OuterWire(alone).Reversed()));
    }
    ends[end] = maker.Face();
  }
  std::vector<TopoDS_Face> faces(ends.begin(), ends.end());
  for (const Wall& wall : walls) faces.push_back(wall.face);
  const Sewn sewn(faces);
  const TopoDS_Shape solid = sewn.solid();
  if (solid.IsNull())
    return geometry_error("a twisted extrusion does not close", "use a simpler profile or less twist");
  traces.add(sewn.now(ends[0]), bottom);
  traces.add(sewn.now(ends[1]), top);
  for (const Wall& wall : walls) traces.add(sewn.now(wall.face), profile.traces[wall.edge]);
  return solid;
}

}  // namespace

opencascade::handle<Geom_BSplineSurface> turned_surface(const CurveHandle& curve, double height, double angle_deg) {
  return Turn(height, angle_deg).wall(curve);
}

Result<Body> make_twisted_prism(const Body& profile, const std::vector<Trace>& bottom, const std::vector<Trace>& top,
                                double height, double angle_deg) {
  return guarded("a twisted extrusion", [&]() -> Result<Body> {
    const Turn turn(height, angle_deg);
    TraceCollector traces(TopAbs_FACE);
    std::vector<TopoDS_Shape> solids;
    const auto faces = faces_of(profile.shape);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      FW_TRY(const TopoDS_Shape solid,
             twist_face(TopoDS::Face(faces[i]), turn, height, profile, bottom[i], top[i], traces));
      solids.push_back(solid);
    }
    const TopoDS_Shape shape = gather(solids);
    if (const std::string fault = solid_fault(shape); !fault.empty())
      return geometry_error("a twisted extrusion gave a solid that " + fault, "use a simpler profile or less twist");
    return traces.finish(shape, "side");
  });
}

}  // namespace fitwright
