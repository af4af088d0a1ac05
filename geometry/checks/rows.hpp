// The rows of the check table, each defined in the file of its name.
#pragma once

#include "geometry/checks/check.hpp"

namespace fitwright {

extern const Check manifold_check;
extern const Check degenerate_check;
extern const Check pieces_check;
extern const Check build_volume_check;
extern const Check knife_edge_check;
extern const Check hole_diameter_check;
extern const Check pin_diameter_check;
extern const Check pin_slenderness_check;
extern const Check hole_to_edge_check;
extern const Check wall_check;
extern const Check gap_check;
extern const Check overhang_check;
extern const Check bridge_check;
extern const Check island_check;
extern const Check tipping_check;
extern const Check trapped_cavity_check;
extern const Check flat_part_check;
extern const Check sheet_thickness_check;
extern const Check sheet_pocket_check;
extern const Check sheet_opening_check;
extern const Check sheet_web_check;
extern const Check inside_corner_check;
extern const Check saw_cut_check;
extern const Check undercut_check;
extern const Check mill_corner_check;
extern const Check mill_pocket_check;
extern const Check mill_hole_check;
extern const Check mill_wall_check;
extern const Check units_check;
extern const Check self_intersection_check;

}  // namespace fitwright
