#include "geometry/kernel/patch.hpp"

#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <Geom2d_BSplineCurve.hxx>
#include <TColStd_Array1OfInteger.hxx>
#include <TColStd_Array1OfReal.hxx>
#include <TColgp_Array1OfPnt2d.hxx>
#include <TopExp.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>

namespace fitwright {

PatchSide straight_side(const TopoDS_Edge& edge, Vec2 from, Vec2 to) {
  double first = 0, last = 0;
  BRep_Tool::Range(edge, first, last);
  TColgp_Array1OfPnt2d poles(1, 2);
  poles(1) = {from.x, from.y};
  poles(2) = {to.x, to.y};
  TColStd_Array1OfReal knots(1, 2);
  knots(1) = first;
  knots(2) = last;
  TColStd_Array1OfInteger multiplicities(1, 2);
  multiplicities.Init(2);
  return {TopoDS::Edge(edge.Oriented(TopAbs_FORWARD)), new Geom2d_BSplineCurve(poles, knots, multiplicities, 1)};
}

TopoDS_Face make_patch(const opencascade::handle<Geom_Surface>& surface, const std::vector<PatchSide>& sides) {
  BRep_Builder builder;
  TopoDS_Face face;
  builder.MakeFace(face, surface, kernel_tolerance);
  const std::size_t n = sides.size();
  // An edge runs with the walk round the face when it ends where the next one begins or ends.
  const auto runs_on = [&](std::size_t i) {
    const TopoDS_Vertex end = TopExp::LastVertex(sides[i].edge);
    const TopoDS_Edge& next = sides[(i + 1) % n].edge;
    return end.IsSame(TopExp::FirstVertex(next)) || end.IsSame(TopExp::LastVertex(next));
  };
  double twice_area = 0;
  std::vector<TopoDS_Edge> walk;
  for (std::size_t i = 0; i < n; ++i) {
    const bool forward = runs_on(i);
    double first = 0, last = 0;
    BRep_Tool::Range(sides[i].edge, first, last);
    gp_Pnt2d a = sides[i].curve->Value(first), b = sides[i].curve->Value(last);
    if (!forward) std::swap(a, b);
    twice_area += a.X() * b.Y() - a.Y() * b.X();
    builder.UpdateEdge(sides[i].edge, sides[i].curve, face, kernel_tolerance);
    walk.push_back(TopoDS::Edge(sides[i].edge.Oriented(forward ? TopAbs_FORWARD : TopAbs_REVERSED)));
  }
  TopoDS_Wire wire;
  builder.MakeWire(wire);
  const bool turned = twice_area < 0;  // material lies to the left of a face's outline
  for (std::size_t i = 0; i < n; ++i) builder.Add(wire, turned ? walk[n - 1 - i].Reversed() : walk[i]);
  wire.Closed(true);
  builder.Add(face, wire);
  return face;
}

}  // namespace fitwright
