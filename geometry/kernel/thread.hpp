// Screw threads in closed form: helicoids, cylinders and cones that meet in known curves, no boolean.
#pragma once

#include <optional>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

/// A thread about z from z = 0. Its profile has a flat crest, a flat root and straight flanks: those of ISO 68-1 unless
/// told otherwise.
struct ThreadForm {
  double crest = 0, root = 0;  ///< radii, mm
  double pitch = 0;            ///< mm
  int starts = 1;
  bool left = false;
  double length = 0;                           ///< mm
  double lead_in_bottom = 0, lead_in_top = 0;  ///< mm along z; 0: none
  bool flared = false;  ///< lead-ins widen towards the ends (a nut's tool) instead of narrowing (a bolt)
  double phase = 0;     ///< radians: how far the profile is turned at z = 0
  double crest_width = 1.0 / 8, root_width = 1.0 / 4;  ///< of the pitch
};

/// The thread between two heights, with its z = 0 at `from`. Absent when a cut lies within a lead-in.
std::optional<ThreadForm> slice_of(const ThreadForm& form, double from, double to);

/// Faces are named "bottom", "top", "crest", "flank", "root" and "lead_in"; the body's one prism piece knows the form.
/// Helicoids are followed within 1e-6 of their radius. Errors: geometry.
Result<Body> make_thread(const ThreadForm& form);

}  // namespace fitwright
