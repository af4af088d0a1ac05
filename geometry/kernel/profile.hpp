// Planar regions in z = 0: building them from outlines, and combining them.
#pragma once

#include <Geom_BSplineCurve.hxx>
#include <TopoDS_Wire.hxx>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A piece of an outline from the previous piece's end to `to`: straight, or an arc about `centre`, a Bezier curve with
/// one or two control points, or a spline that runs between the same ends.
struct Segment {
  Vec2 to;
  std::string role;
  std::optional<Vec2> centre = {};
  bool clockwise = false;
  std::vector<Vec2> controls = {};
  opencascade::handle<Geom_BSplineCurve> spline = {};
};

/// A closed outline: the last segment ends at `start`.
struct Outline {
  Vec2 start;
  std::vector<Segment> segments;
};

/// Region inside `outer` and outside every hole. Outlines must be simple and holes inside; either
/// direction. Errors: geometry.
Result<Body> make_region(const Outline& outer, std::span<const Outline> holes = {});
/// Region of several outlines by nesting: outside, hole, island, ... Outlines must not cross. Errors: geometry.
Result<Body> make_nested(std::span<const Outline> outlines);
/// A full circle, one closed edge, role "round".
Result<Body> make_disc(Vec2 centre, double radius);

/// A face on the plane z = 0 that looks up, whatever the direction of its wires. Errors: geometry.
Result<TopoDS_Face> face_in_plane(const TopoDS_Wire& outer, const std::vector<TopoDS_Wire>& holes);

/// A profile with final trace paths that takes part in a 2D combination.
struct RegionUse {
  Body body;     ///< traces already below the slot it came from
  Trace region;  ///< what its area stands for (a cap's trace); may be empty
};

/// A combination's result: edges' traces in `body`, areas' traces in the order of its faces.
struct Regions {
  Body body;
  std::vector<Trace> areas;
};

/// Union of regions: overlapping and touching ones become one. Disjoint ones stay apart.
Result<Regions> unite_regions(std::vector<RegionUse> members, BooleanTask& task);
/// Base minus tools. Errors: geometry (nothing left).
Result<Regions> cut_regions(const RegionUse& base, const std::vector<RegionUse>& tools, BooleanTask& task);
Result<Regions> intersect_regions(const RegionUse& base, const std::vector<RegionUse>& tools, BooleanTask& task);

/// Region bounded by the wires of a shape: nested ones become holes, islands within holes faces again.
/// Wires must not cross. Errors: geometry.
Result<TopoDS_Shape> region_of_wires(const TopoDS_Shape& wires);

/// A profile moved in its plane; mirrored ones are rebuilt so that faces still look up. The traces keep
/// their paths.
Result<Body> placed_profile(const Body& body, const Placement& placement);

}  // namespace fitwright
