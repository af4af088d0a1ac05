// Profiles of the kernel as plane curves, for layouts that are computed without it.
#pragma once

#include <TopoDS_Edge.hxx>

#include <vector>

#include "geometry/kernel/arrangement.hpp"
#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A profile's outline as plane curves, with what each curve came from.
struct LaidProfile {
  PlaneRegion region;
  std::vector<TopoDS_Edge> edges;   ///< of each curve
  std::vector<std::size_t> traces;  ///< of each curve: its edge's number among the profile's carriers
};

/// Lays out a profile whose faces look up. Its height is ignored.
LaidProfile lay(const TopoDS_Shape& profile);

}  // namespace fitwright
