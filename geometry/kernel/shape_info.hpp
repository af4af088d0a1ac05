// Questions to faces and edges that several parts of the kernel ask.
#pragma once

#include <BRepAdaptor_Surface.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>

#include <optional>
#include <vector>

#include "geometry/kernel/face_outline.hpp"
#include "geometry/kernel/occt.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// Every line along `direction` that meets the surface lies in it: seen that way it is a curve.
bool is_wall(const BRepAdaptor_Surface& surface, const gp_Dir& direction);
/// A straight line runs through every point, so a face on it reaches no further than its outline.
bool is_ruled(const BRepAdaptor_Surface& surface);

/// Ends of the surface's stretches without a kink in any derivative, along u or along v.
std::vector<double> smooth_spans(const BRepAdaptor_Surface& surface, bool in_u);

SurfaceKind surface_kind(const BRepAdaptor_Surface& surface);
CurveKind curve_kind(const BRepAdaptor_Curve& curve);

/// What of an edge does not depend on the faces beside it.
struct EdgeMeasure {
  CurveKind kind = CurveKind::other;
  double radius = 0;  ///< mm; of a circle
  double length = 0;  ///< mm
};
EdgeMeasure measure_edge(const BRepAdaptor_Curve& curve);

/// Where a curve is half way through its range, and which way it runs there.
struct EdgeMiddle {
  double parameter = 0;
  gp_Vec tangent;
};
EdgeMiddle middle_of(const BRepAdaptor_Curve& curve);

/// At the middle of an edge of a face: the outward normal, and the direction that leads into the face.
struct EdgeSide {
  gp_Vec normal, inward;
};
/// `edge` with its orientation in the face. Absent where the surface has no normal.
std::optional<EdgeSide> side_at(const TopoDS_Edge& edge, const BRepAdaptor_Surface& surface);
/// The same of an edge with a record.
std::optional<EdgeSide> side_at(const OutlineEdge& edge, const BRepAdaptor_Surface& surface);

/// Angle inside the material between two faces at the middle of their common edge, in degrees: below 180
/// the edge is convex, above it is concave.
double dihedral_deg(const EdgeSide& a, const EdgeSide& b);
double dihedral_deg(const TopoDS_Edge& edge, const TopoDS_Face& a, const TopoDS_Face& b);

/// Everything of FaceInfo that is read off the face itself (no origins, no tags).
FaceInfo face_info(const FaceOutline& face);

}  // namespace fitwright
