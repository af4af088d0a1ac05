// Outlines of several planar regions laid over each other and cut at every place where they meet. Plain
// computation on lines and circular arcs: no OpenCASCADE.
#pragma once

#include <optional>
#include <vector>

#include "geometry/kernel/polygon.hpp"

namespace fitwright {

/// A directed piece of outline.
struct PlaneCurve {
  enum class Kind { line, arc, other };
  Kind kind = Kind::line;
  Vec2 from, to;      ///< equal for a closed curve
  Vec2 centre;        ///< arcs
  double radius = 0;  ///< arcs, mm
  double sweep = 0;   ///< arcs: radians, counter-clockwise positive, at most a full turn
  Polygon near;       ///< others: an open polyline near the curve

  bool closed() const { return from == to; }
  Vec2 at(double t) const;  ///< 0..1 from end to end
  PlaneCurve part(double t0, Vec2 p0, double t1, Vec2 p1) const;
  PlaneCurve reversed() const;
  /// Contribution to twice the enclosed area when the curve is a part of a closed outline.
  double area2() const;
};

/// Both lie on one line or one circle.
bool same_support(const PlaneCurve& a, const PlaneCurve& b);

/// A region of the plane: it lies to the left of each of its curves, which meet at their ends only.
struct PlaneRegion {
  std::vector<PlaneCurve> boundary;
};

/// A piece of one or several outlines between two vertices, met by no other outline in between.
struct Atom {
  struct Use {
    std::size_t region, curve;
    bool forward;  ///< the region's own curve runs as the atom does
  };
  std::size_t from = 0, to = 0;  ///< vertices; equal for a closed curve
  PlaneCurve curve;              ///< from `from` to `to`
  std::vector<Use> uses;
  std::vector<std::size_t> left, right;  ///< regions that hold what lies beside it; ascending
};

struct Arrangement {
  std::vector<Vec2> vertices;
  std::vector<Atom> atoms;
};

/// Lays the regions over each other. Absent when that is not certain: outlines that almost touch or touch
/// without crossing, and curves other than lines and arcs that come near another region's outline.
std::optional<Arrangement> arrange(const std::vector<PlaneRegion>& regions);

}  // namespace fitwright
