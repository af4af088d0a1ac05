// What the faces beside an edge ask of it, worked out once for all of them.
#pragma once

#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

/// Points along an edge from its first parameter to its last, in part coordinates. Lines have two.
struct EdgeMesh {
  std::vector<double> parameters;
  std::vector<Vec3> points;
};

/// Of a degenerated edge only the mesh means anything.
struct EdgeRecord {
  EdgeMesh mesh;
  EdgeMeasure measure = {};
  EdgeMiddle middle = {};
  EdgeReach reach = {};
  gp_Vec swept = {};  ///< see swept_area; of edges of plane faces
};

/// `edge` looking forward. `in_plane`: one of its faces is plane.
EdgeRecord edge_record(const TopoDS_Edge& edge, const Deflection& deflection, bool in_plane);

}  // namespace fitwright
