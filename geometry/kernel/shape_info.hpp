// Questions to faces and edges that several parts of the kernel ask.
#pragma once

#include <BRepAdaptor_Surface.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Wire.hxx>

#include <optional>
#include <vector>

#include "geometry/kernel/occt.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// Every line along `direction` that meets the surface lies in it: seen that way it is a curve.
bool is_wall(const BRepAdaptor_Surface& surface, const gp_Dir& direction);
/// A straight line runs through every point, so a face on it reaches no further than its outline.
bool is_ruled(const BRepAdaptor_Surface& surface);

/// Ends of the surface's stretches without a kink in any derivative, along u or along v.
std::vector<double> smooth_spans(const BRepAdaptor_Surface& surface, bool in_u);

/// Whether the outline of a face may wind round its surface: one that no seam keeps within a single turn.
bool may_wind(const BRepAdaptor_Surface& surface);
/// Whole periods of the surface from one place in its parameters to another; none where they are not the same place.
/// Where a face winds round its surface many times, the general boolean lays the curve of a new edge in any one of the
/// turns, so who walks round the outline of a face adds this.
Vec2 turns_between(const BRepAdaptor_Surface& surface, Vec2 from, Vec2 to);

/// The edges of a wire one after another; none when they make no closed chain. Most wires are stored in order; sorting
/// others takes the face they lie in.
std::vector<TopoDS_Edge> edges_in_order(const TopoDS_Wire& wire, const TopoDS_Face& face = {});

SurfaceKind surface_kind(const BRepAdaptor_Surface& surface);
CurveKind curve_kind(const BRepAdaptor_Curve& curve);

/// What of an edge does not depend on the faces beside it.
struct EdgeMeasure {
  CurveKind kind = CurveKind::other;
  double radius = 0;  ///< mm; of a circle
  double length = 0;  ///< mm
};
EdgeMeasure measure_edge(const BRepAdaptor_Curve& curve);

/// At the middle of an edge of a face: the outward normal, and the direction that leads into the face.
struct EdgeSide {
  gp_Vec normal, inward;
};
/// `edge` with its orientation in the face. Absent where the surface has no normal.
std::optional<EdgeSide> side_at(const TopoDS_Edge& edge, const BRepAdaptor_Surface& surface);

/// Angle inside the material between two faces at the middle of their common edge, in degrees: below 180
/// the edge is convex, above it is concave.
double dihedral_deg(const EdgeSide& a, const EdgeSide& b);
double dihedral_deg(const TopoDS_Edge& edge, const TopoDS_Face& a, const TopoDS_Face& b);

/// Everything of FaceInfo that is read off the face itself (no origins, no tags).
FaceInfo face_info(const BRepAdaptor_Surface& surface);

}  // namespace fitwright
