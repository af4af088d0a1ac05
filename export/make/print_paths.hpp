// How much a printer lays down for a part, layer by layer: what print time and filament are estimated from.
#pragma once

#include <span>
#include <vector>

#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// How parts are sliced.
struct PrintSettings {
  double layer = 0.2, width = 0.45;  ///< mm, of a path
  int walls = 2;
  double top = 1.0, bottom = 0.8;  ///< mm that are solid below and above faces that look up and down
  double infill = 0.15;            ///< share of what is left inside
};

/// Layers that are alike, and the paths in each of them, mm.
struct PrintLayers {
  double layers = 0;
  double outer = 0, inner = 0;  ///< along the outline, and beside it
  double gap = 0;               ///< what fills walls that are too thin for all loops
  double solid = 0;             ///< inside, next to faces that look straight up or down
  double sloped = 0;            ///< inside, next to faces that slope
  double infill = 0;            ///< inside, elsewhere
  bool operator==(const PrintLayers&) const = default;
};

/// The layers of a mesh in its made pose, from the bed upwards. O(triangles): sections are taken between the heights at
/// which flat faces lie, at most about a hundred.
std::vector<PrintLayers> print_layers(const TriangleMesh& made, const PrintSettings& settings);

/// What a metre of each path costs in seconds, fitted on slicings (bench/print/print_times.py).
struct PrintModel {
  double start = 0;  ///< s, once for each print
  double first = 0;  ///< more for each metre of the first layer, were it all solid
  double outer = 0, inner = 0, gap = 0, solid = 0, sloped = 0, infill = 0;
  double slow_below = 15;   ///< s: quicker layers are slowed down to this, to cool
  double least_speed = 15;  ///< mm/s, but not below this
  /// How much of each path's width times height is laid down.
  double flow_outer = 1, flow_inner = 1, flow_gap = 1, flow_solid = 1, flow_sloped = 1, flow_infill = 1;
};

struct PrintEstimate {
  double seconds = 0;
  double filament = 0;  ///< mm3
};

/// `copies` of a part printed side by side in one go, without what happens once for each print.
PrintEstimate estimate_print(std::span<const PrintLayers> layers, std::size_t copies, const PrintSettings& settings,
                             const PrintModel& model);

}  // namespace fitwright
