// Exact areas and volumes, face by face: a face that stays keeps what was measured of it.
#pragma once

#include <BRepAdaptor_Curve.hxx>
#include <gp_Pln.hxx>

#include "geometry/kernel/face_outline.hpp"

namespace fitwright {

struct FaceMeasure {
  double area = 0;  ///< mm2
  /// Integral of position . outward normal over the face, mm3; a solid's volume is a third of its faces' sum.
  double flux = 0;
};

/// mm2 that wires in a plane, or those of a face in it, run round counter-clockwise, less what they run round
/// clockwise.
double signed_area(const TopoDS_Shape& wires, const gp_Pln& plane);

/// By Green's theorem along the face's edges: closed forms on lines and arcs in planes, Gauss-Legendre quadrature
/// elsewhere, in as many pieces as the surface's knots and the edge's turns about an axis ask for.
FaceMeasure measure_face(const FaceOutline& face);

/// mm along a curve.
double length_of(const BRepAdaptor_Curve& curve);

/// Integral of (p - first point) x dp along a curve: twice the area that it sweeps about its first point.
gp_Vec swept_area(const BRepAdaptor_Curve& curve);

/// Volume by measure_face of every face, mm3.
double volume_of(const TopoDS_Shape& shape);

}  // namespace fitwright
