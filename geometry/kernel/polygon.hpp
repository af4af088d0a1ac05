// Outlines as polygons that are known to be near the exact curves: enough to prove that things keep apart.
#pragma once

#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Wire.hxx>

#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

struct Box2 {
  Vec2 min{1e300, 1e300}, max{-1e300, -1e300};
  void add(Vec2 p);
  bool near(const Box2& other, double gap) const;
};

/// The plane that outlines are projected to: coordinates along two perpendicular unit vectors.
struct View {
  gp_Vec u{1, 0, 0}, v{0, 1, 0};
  Vec2 operator()(const gp_Pnt& p) const { return {u.Dot(gp_Vec(p.XYZ())), v.Dot(gp_Vec(p.XYZ()))}; }
};

/// A chain of points whose distance from the exact curve is at most `slack`. Two chains that keep more than the
/// sum of their slacks apart prove that the exact curves do not touch.
struct Polygon {
  std::vector<Vec2> points;
  Box2 box;
  double slack = 1e-6;
  bool closed = true;
};

/// The projection of a wire (closed) or of one edge (open) on a plane that it is parallel to, or nearly so.
Polygon polygon_of(const TopoDS_Wire& wire, const View& view = {});
Polygon polygon_of(const TopoDS_Edge& edge, const View& view);

/// The exact curves certainly keep 0.1 um apart.
bool clear_of(const Polygon& a, const Polygon& b);
/// Even-odd rule; right for points further from the outline than its slack.
bool contains(const Polygon& polygon, Vec2 p);
/// Twice the area, positive when counter-clockwise.
double signed_area2(const Polygon& polygon);

struct FacePolygons {
  Polygon outer;
  std::vector<Polygon> holes;
};
FacePolygons polygons_of(const TopoDS_Face& face, const View& view = {});

enum class Place { inside, outside, crossing };
/// Where a closed outline lies in a face; `crossing` when neither inside nor outside can be proved.
Place place_in(const FacePolygons& face, const Polygon& outline);

}  // namespace fitwright
