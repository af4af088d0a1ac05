// What a part made of sheet looks like to whoever cuts it: contours of lines and arcs, seen from above. Plain data, mm.
#pragma once

#include <vector>

#include "geometry/core/math.hpp"

namespace fitwright {

/// A line or a circular arc.
struct Piece2D {
  Vec2 from, to;
  Vec2 centre;        ///< of an arc
  double sweep = 0;   ///< radians, positive counter-clockwise, at most a full turn (`from` is `to`); 0: a line
  bool open = false;  ///< of a pocket: no wall stands here, it runs out of the part or into what lies deeper

  bool is_arc() const { return sweep != 0; }
  double radius() const { return fitwright::length(from - centre); }
  double length() const;
  /// The place at a share of its length, 0 to 1.
  Vec2 at(double share) const;
  /// Unit tangent at its beginning and at its end, in the direction of travel; {} where both ends of a line are one.
  Vec2 direction_in() const;
  Vec2 direction_out() const;
  Piece2D reversed() const;
  bool operator==(const Piece2D&) const = default;
};

Piece2D line2d(Vec2 from, Vec2 to);
Piece2D arc2d(Vec2 from, Vec2 to, Vec2 centre, double sweep);
/// A full circle that begins at its rightmost place.
Piece2D circle2d(Vec2 centre, double radius, bool clockwise = false);

/// Closed: each piece begins where the one before ends. Never empty.
using Contour2D = std::vector<Piece2D>;

/// mm2, in closed form; positive when counter-clockwise.
double signed_area(const Contour2D& contour);
/// mm, in closed form.
double length(const Contour2D& contour);
Contour2D reversed(const Contour2D& contour);
/// Lines that go on straight and arcs that go on round become one piece; a circle in parts becomes whole.
Contour2D joined(const Contour2D& contour);
/// It is one whole circle.
bool is_circle(const Contour2D& contour);

enum class SheetSide { top, bottom };

/// Where the sheet is cut away to a depth. What lies deeper, or goes through, inside it counts as part of it.
struct Pocket2D {
  Contour2D outer;                 ///< counter-clockwise
  std::vector<Contour2D> islands;  ///< clockwise; what stays standing
  double depth = 0;                ///< from the face of its side
  SheetSide side = SheetSide::top;
  bool engraved = false;  ///< a mark rather than a joint
};

/// A round hole.
struct Drilling2D {
  Vec2 centre;
  double diameter = 0;
  double depth = 0;  ///< from the face of its side; the sheet's thickness when it goes through
  bool through = false;
  SheetSide side = SheetSide::top;
};

/// A round blind hole that is drilled into an edge, along the sheet.
struct EdgeDrilling2D {
  Vec2 mouth;  ///< on the outline
  Vec2 into;   ///< unit vector
  double diameter = 0, depth = 0;
  double height = 0;  ///< of its axis above the bottom face
};

/// A part of a sheet, seen from above its top face.
struct Outline2D {
  double thickness = 0;
  Contour2D outer;               ///< counter-clockwise
  std::vector<Contour2D> inner;  ///< clockwise; openings that go through, round ones excepted
  std::vector<Pocket2D> pockets;
  std::vector<Drilling2D> drillings;
  std::vector<EdgeDrilling2D> edge_drillings;
  double deviation = 0;  ///< largest distance of any piece from the exact edge; 0: lines and arcs were exact
};

/// Area of the sheet that is left, pockets and blind holes not looked at; mm2, in closed form.
double area(const Outline2D& outline);
/// Length of all cuts that go through, mm.
double cut_length(const Outline2D& outline);

struct Bounds2D {
  Vec2 min{1e300, 1e300}, max{-1e300, -1e300};
  Vec2 size() const { return max - min; }
  void add(Vec2 p);
};
/// Exact, arcs included.
Bounds2D bounds(const Contour2D& contour);

/// Every place of the outline moved by `by`.
Outline2D moved(const Outline2D& outline, Vec2 by);
/// Its mirror image in x = 0, contours still as promised.
Outline2D mirrored(const Outline2D& outline);

}  // namespace fitwright
