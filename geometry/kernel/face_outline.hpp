// The outline of a face, walked once for all who ask: mesher, measures, bounds.
#pragma once

#include <BRepAdaptor_Surface.hxx>
#include <Geom2d_Curve.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>

#include <utility>
#include <vector>

#include "geometry/core/math.hpp"

namespace fitwright {

struct EdgeRecord;  // edge_record.hpp

/// One use of an edge.
struct OutlineEdge {
  TopoDS_Edge edge;                               ///< where it lies, with its orientation in the face
  TopoDS_Vertex first, last;                      ///< ends of its curve
  opencascade::handle<Geom2d_Curve> pcurve = {};  ///< in the surface's parameters; not looked up on a plane
  double from = 0, to = 0;                        ///< range of that curve
  const EdgeRecord* record = nullptr;             ///< null where the edge was not worked out beforehand
  bool reversed() const { return edge.Orientation() == TopAbs_REVERSED; }
};

struct OutlineWire {
  std::vector<OutlineEdge> edges;
  bool chained;  ///< one after another, closed; else as they are stored
};

struct FaceOutline {
  explicit FaceOutline(const TopoDS_Face& face);
  const TopoDS_Face& face() const { return surface.Face(); }

  const BRepAdaptor_Surface surface;
  std::vector<OutlineWire> wires;
  /// Whether it may wind round its surface: one that no seam keeps within a single turn.
  bool winds = false;
};

/// Whole periods of the surface from one place in its parameters to another; none where they are not the same place.
/// Where a face winds round its surface many times, the general boolean lays the curve of a new edge in any one of the
/// turns, so who walks round the outline of a face adds this.
Vec2 turns_between(const BRepAdaptor_Surface& surface, Vec2 from, Vec2 to);

/// The ends of an edge's curve.
std::pair<TopoDS_Vertex, TopoDS_Vertex> ends_of(const TopoDS_Edge& edge);

/// The edges of a wire one after another; none when they make no closed chain. Most wires are stored in order; sorting
/// others takes the face they lie in.
std::vector<TopoDS_Edge> edges_in_order(const TopoDS_Wire& wire, const TopoDS_Face& face = {});

}  // namespace fitwright
