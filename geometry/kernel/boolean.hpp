// General booleans of solids (tier C), held to volume bounds and closedness before anyone sees them.
#pragma once

#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A solid that takes part in a boolean, its traces already below the slot it came from.
struct SolidUse {
  Body body;
};
std::vector<SolidUse> uses_below(const std::vector<const Body*>& bodies, std::uint16_t arg);

/// Members that touch or overlap become one solid; the others stay apart. Errors: geometry, cancelled.
Result<Body> unite(std::vector<SolidUse> members, const std::stop_token& stop);
/// Base minus all tools. Tools that touch each other are fused first: one tool compound with touching
/// members gives solids that look valid and mesh with holes. Errors: geometry (nothing left), cancelled.
Result<Body> subtract(SolidUse base, std::vector<SolidUse> tools, const std::stop_token& stop);
/// What all have in common.
Result<Body> intersect(SolidUse base, std::vector<SolidUse> tools, const std::stop_token& stop);

/// Why a shape is not a set of closed solids with positive volume; empty when it is.
std::string solid_fault(const TopoDS_Shape& shape);

}  // namespace fitwright
