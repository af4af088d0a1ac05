// Screw threads in closed form: helicoids, cylinders and cones that meet in known curves, no boolean.
#pragma once

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A thread about z from z = 0. Its profile has a crest pitch / 8 wide, a root pitch / 4 wide and straight flanks
/// (ISO 68-1).
struct ThreadForm {
  double crest = 0, root = 0;  ///< radii, mm
  double pitch = 0;            ///< mm
  int starts = 1;
  bool left = false;
  double length = 0;    ///< mm
  double lead_in = 0;   ///< mm along z, at both ends; 0: none
  bool flared = false;  ///< lead-ins widen towards the ends (a nut's tool) instead of narrowing (a bolt)
};

/// Faces are named "crest", "flank", "root", "lead_in", "bottom" and "top". Helicoids are followed within 1e-6 of their
/// radius. Errors: geometry.
Result<Body> make_thread(const ThreadForm& form);

}  // namespace fitwright
