// Solids of revolution cut through along their axis: what is left of which face, and which walls stand. Combinatorics
// and plane curves alone, no OpenCASCADE: turned_cut.cpp gives the result its surfaces.
#pragma once

#include <optional>
#include <vector>

#include "geometry/kernel/arrangement.hpp"

namespace fitwright {

/// A face of a solid of revolution about z that is no upright wall: a plane, or a cone.
struct MeridianLine {
  double inner = 0, outer = 0;  ///< radii that it reaches from and to, mm
  double height = 0;            ///< at the inner radius, mm
  double slope = 0;             ///< of the height with the radius
  double at(double radius) const { return height + slope * (radius - inner); }
  bool flat() const { return slope == 0; }
};

/// Between these radii the solid's material lies between two lines.
struct MeridianRing {
  double inner = 0, outer = 0;
  std::size_t lower = 0, upper = 0;  ///< lines
};

struct Meridian {
  std::vector<MeridianLine> lines;
  std::vector<MeridianRing> rings;  ///< from the axis outwards
};

/// A piece of outline seen from above, with the rings of material beside it.
struct Rail {
  std::size_t from = 0, to = 0;  ///< vertices; equal for a closed curve
  PlaneCurve curve;
  std::optional<std::size_t> left, right;
  std::vector<Atom::Use> uses;  ///< regions: the rings, then the tools
  Rail reversed() const;
};
struct RailUse {
  std::size_t rail = 0;
  bool forward = true;
};
using RailLoop = std::vector<RailUse>;

/// What is left of a line's face. Loops run counter-clockwise seen from above, the outer one first.
struct TurnedFace {
  std::size_t line = 0;
  std::vector<RailLoop> loops;
  bool seam = false;  ///< the face runs all around: the first two loops start where it is cut open
};
/// An upright wall, its material on the left. A round one starts at its seam.
struct TurnedWall {
  RailLoop rails;
  bool round = false;
};

struct TurnedPlan {
  std::vector<Vec2> vertices;
  std::vector<Rail> rails;
  std::vector<TurnedFace> faces;
  std::vector<TurnedWall> walls;
  double volume = 0;  ///< mm3, by integration over the plan
};

/// The solid minus tools that go right through it along z, of lines and arcs. Faces that run all around are cut open
/// at the angle `seam`, radians, which no tool may cover. Absent when that is not certain.
std::optional<TurnedPlan> plan_turned(const Meridian& meridian, const std::vector<PlaneRegion>& tools, double seam);

}  // namespace fitwright
