// Which way up to print a part.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "geometry/checks/surface.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

/// One way up, with what speaks for and against it.
struct Orientation {
  Vec3 up;                    ///< unit, in the mesh's coordinates: this direction becomes +z
  double support_area = 0;    ///< mm2 of faces that need support, seen from below
  double support_volume = 0;  ///< mm3 between those faces and the bed, as if nothing stood below them
  double contact_area = 0;    ///< mm2 on the bed
  double height = 0;          ///< mm
  double weakness = 0;        ///< 0 to 1: how far the load pulls layers apart; without a load, how tall the part stands
  double cost = 0;            ///< the order: lower is better
};

struct OrientationWishes {
  double limit_deg = 45;     ///< steepest overhang from the vertical
  double first_layer = 0.2;  ///< mm; faces so near to the bed need no support
  std::optional<Vec3> load;  ///< direction in which the part is pulled or bent most
};

/// Ways up, best first: the axes, and every large flat side laid on the bed. Ways that differ by less than a degree
/// are one. Cost is support volume as a part of the box's volume, and height and weakness at a tenth each.
/// Errors: cancelled.
Result<std::vector<Orientation>> rank_orientations(const Surface& surface, const OrientationWishes& wishes = {},
                                                   std::stop_token stop = {});

}  // namespace fitwright
