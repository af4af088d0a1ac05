// Exact areas and volumes, face by face: a face that stays keeps what was measured of it.
#pragma once

#include <BRepAdaptor_Surface.hxx>
#include <TopoDS_Face.hxx>
#include <gp_Pln.hxx>

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
FaceMeasure measure_face(const BRepAdaptor_Surface& surface);

/// Volume by measure_face of every face, mm3.
double volume_of(const TopoDS_Shape& shape);

}  // namespace fitwright
