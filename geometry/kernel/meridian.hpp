// Solids of revolution, recognised from their faces.
#pragma once

#include <TopoDS_Shape.hxx>
#include <gp_Ax1.hxx>

#include <optional>
#include <vector>

#include "geometry/kernel/turned_plan.hpp"

namespace fitwright {

bool coaxial(const gp_Ax1& a, const gp_Ax1& b);

/// The axis of a full solid of revolution.
std::optional<gp_Ax1> revolution_axis(const TopoDS_Shape& solid);

/// A solid of revolution read as a meridian about its axis.
struct TurnedSolid {
  Placement at;  ///< the meridian's z axis to the solid's axis
  Meridian meridian;
  std::vector<std::size_t> face_of_line;  ///< numbers among the solid's faces
  struct Wall {
    double radius = 0;
    std::size_t face = 0;
  };
  std::vector<Wall> walls;   ///< cylinders
  double low = 0, high = 0;  ///< extent along the axis
};

/// Absent unless it is a full solid of revolution of planes, cylinders and cones, and each ray along the axis goes
/// through material once at most.
std::optional<TurnedSolid> read_turned(const TopoDS_Shape& solid);

}  // namespace fitwright
