#include "geometry/kernel/face_outline.hpp"

#include <BRepTools_WireExplorer.hxx>
#include <BRep_Tool.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Iterator.hxx>

#include <algorithm>
#include <cmath>

namespace fitwright {

namespace {

bool is_chain(const std::vector<OutlineEdge>& edges) {
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const OutlineEdge &here = edges[i], &next = edges[(i + 1) % edges.size()];
    if (!(here.reversed() ? here.first : here.last).IsSame(next.reversed() ? next.last : next.first)) return false;
  }
  return true;
}

OutlineEdge outline_edge(const TopoDS_Shape& edge) {
  auto [first, last] = ends_of(TopoDS::Edge(edge));
  return {TopoDS::Edge(edge), std::move(first), std::move(last)};
}

OutlineWire walk(const TopoDS_Wire& wire, const TopoDS_Face& face) {
  std::vector<OutlineEdge> edges;
  edges.reserve(static_cast<std::size_t>(wire.NbChildren()));
  for (TopoDS_Iterator it(wire); it.More(); it.Next())
    if (it.Value().Orientation() == TopAbs_FORWARD || it.Value().Orientation() == TopAbs_REVERSED)
      edges.push_back(outline_edge(it.Value()));
  if (edges.empty()) return {{}, false};
  if (is_chain(edges)) return {std::move(edges), true};
  std::reverse(edges.begin(), edges.end());  // as they lie in a wire that is reversed
  if (is_chain(edges)) return {std::move(edges), true};
  std::vector<OutlineEdge> sorted;
  for (BRepTools_WireExplorer it = face.IsNull() ? BRepTools_WireExplorer(wire) : BRepTools_WireExplorer(wire, face);
       it.More(); it.Next())
    sorted.push_back(outline_edge(it.Current()));
  if (sorted.size() == edges.size()) return {std::move(sorted), true};
  std::reverse(edges.begin(), edges.end());
  return {std::move(edges), false};
}

}  // namespace

// The face is walked where its geometry lies and the edges are moved afterwards: between shapes that are moved the
// kernel would invert and multiply placements for every curve it looks up.
FaceOutline::FaceOutline(const TopoDS_Face& face) : surface(face, false) {
  const TopoDS_Face still = TopoDS::Face(face.Located(TopLoc_Location()));
  for (TopExp_Explorer it(still, TopAbs_WIRE); it.More(); it.Next())
    wires.push_back(walk(TopoDS::Wire(it.Current()), still));
  const bool plane = surface.GetType() == GeomAbs_Plane, moved = !face.Location().IsIdentity();
  winds = surface.IsUPeriodic() || surface.IsVPeriodic();
  for (OutlineWire& wire : wires)
    for (OutlineEdge& use : wire.edges) {
      if (!plane) use.pcurve = BRep_Tool::CurveOnSurface(use.edge, still, use.from, use.to);
      winds = winds && !BRep_Tool::IsClosed(use.edge, still);
      if (!moved) continue;
      use.edge.Move(face.Location());
      use.first.Move(face.Location());
      use.last.Move(face.Location());
    }
}

Vec2 turns_between(const BRepAdaptor_Surface& surface, Vec2 from, Vec2 to) {
  const auto whole = [](double way, double period) {
    const double turns = std::round(way / period);
    return std::abs(way - turns * period) < 1e-3 * period ? turns * period : 0;
  };
  return {surface.IsUPeriodic() ? whole(to.x - from.x, surface.UPeriod()) : 0,
          surface.IsVPeriodic() ? whole(to.y - from.y, surface.VPeriod()) : 0};
}

std::pair<TopoDS_Vertex, TopoDS_Vertex> ends_of(const TopoDS_Edge& edge) {
  std::pair<TopoDS_Vertex, TopoDS_Vertex> ends;
  for (TopoDS_Iterator it(edge, false); it.More(); it.Next()) {
    const TopAbs_Orientation end = it.Value().Orientation();
    if (end == TopAbs_FORWARD && ends.first.IsNull()) ends.first = TopoDS::Vertex(it.Value());
    if (end == TopAbs_REVERSED && ends.second.IsNull()) ends.second = TopoDS::Vertex(it.Value());
  }
  return ends;
}

std::vector<TopoDS_Edge> edges_in_order(const TopoDS_Wire& wire, const TopoDS_Face& face) {
  const OutlineWire walked = walk(wire, face);
  std::vector<TopoDS_Edge> edges;
  if (walked.chained)
    for (const OutlineEdge& use : walked.edges) edges.push_back(use.edge);
  return edges;
}

}  // namespace fitwright
