// One outline of a plane face as a rim to blend: its corners and sides, and the proof that there is room for the blend.
#pragma once

#include <BRepAdaptor_Surface.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>

#include <optional>
#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A face of the solid whose rims are blended.
struct RimFace {
  TopoDS_Face face;
  Trace trace;
  std::optional<std::size_t> cap = {};  ///< of a blend: the face whose outline it follows
};

/// A corner of the outline and what becomes of it. Walking along the outline the cap lies to the left.
struct RimCorner {
  TopoDS_Vertex vertex;
  gp_Pnt place;
  gp_Vec inward;  ///< into the cap, unit
  TopoDS_Vertex on_cap, on_wall;
  TopoDS_Edge rib;      ///< across the blend, from cap to wall
  TopoDS_Edge upright;  ///< the edge between the walls on both sides, as it was
};

/// An edge of the outline.
struct RimSide {
  TopoDS_Edge edge;      ///< oriented as in the cap
  std::size_t wall = 0;  ///< face beyond it
  bool arc = false;
  gp_Vec along;       ///< lines: direction, unit
  double length = 0;  ///< lines: mm; arcs: angle
  gp_Pnt centre;      ///< arcs
  double radius = 0;
  double sense = 1;  ///< arcs: 1 when the centre lies on the cap's side, so the outline turns left
  TopoDS_Edge on_cap, on_wall;
};

struct RimOutline {
  std::vector<RimCorner> corners;
  std::vector<RimSide> sides;
  gp_Vec normal;  ///< outward, of the cap
  double up = 0;  ///< 1: the walls rise from the cap; -1: they go down
};

/// The outline `wire` of the plane face `cap`. Absent unless it is smooth, of lines and arcs, with walls square to the
/// face all along, and a blend of this size is known to meet nothing else.
std::optional<RimOutline> read_rim(const std::vector<RimFace>& faces, std::size_t cap, const TopoDS_Wire& wire,
                                   double size);

}  // namespace fitwright
