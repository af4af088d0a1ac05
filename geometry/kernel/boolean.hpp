// Booleans of solids: stamping where its effect is certain, else the general boolean, held to volume bounds and
// closedness before anyone sees the result.
#pragma once

#include <BRepAlgoAPI_BuilderAlgo.hxx>

#include <vector>

#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A solid that takes part in a boolean, its traces already below the slot it came from.
struct SolidUse {
  Body body;
};
std::vector<SolidUse> uses_below(const std::vector<const Body*>& bodies, std::uint16_t arg);

/// How booleans are to be made, and how they were.
struct BooleanTask {
  std::stop_token stop;
  bool shortcuts = true;       ///< false: every combination takes the general boolean
  Tier served = Tier::direct;  ///< the slowest tier that was needed
};

/// Members that touch or overlap become one solid; the others stay apart. Errors: geometry, cancelled.
Result<Body> unite(std::vector<SolidUse> members, BooleanTask& task);
/// Base minus all tools. Tools that touch each other are fused first: one tool compound with touching
/// members gives solids that look valid and mesh with holes. Errors: geometry (nothing left), cancelled.
Result<Body> subtract(SolidUse base, std::vector<SolidUse> tools, BooleanTask& task);
/// What all have in common.
Result<Body> intersect(SolidUse base, std::vector<SolidUse> tools, BooleanTask& task);

/// Joins the faces of one surface and the edges of one curve in what a general boolean made.
void simplify(BRepAlgoAPI_BuilderAlgo& algorithm);

/// Why a shape is not a set of closed solids with positive volume; empty when it is.
std::string solid_fault(const TopoDS_Shape& shape);

}  // namespace fitwright
