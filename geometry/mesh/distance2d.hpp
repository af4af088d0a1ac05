// How far apart contours of lines and arcs are, in closed form.
#pragma once

#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// mm between the nearest places of two pieces; 0 where they touch or cross.
double distance(const Piece2D& a, const Piece2D& b);

/// mm between the nearest places of two contours; 0 where they touch or cross. Whatever lies further apart than
/// `enough` may be told as `enough`, which saves time.
double distance(const Contour2D& a, const Contour2D& b, double enough = 1e300);

/// Whether a place lies inside a closed contour, whichever way that runs; places on it may be told either way.
bool inside(const Contour2D& contour, Vec2 p);

/// The piece, and the contour, turned about the origin. Quarter turns are exact.
Piece2D turned(const Piece2D& piece, double degrees);
Contour2D turned(const Contour2D& contour, double degrees);
Contour2D moved(const Contour2D& contour, Vec2 by);

}  // namespace fitwright
