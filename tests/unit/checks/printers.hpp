// Machines of the tests, with limits that are easy to remember.
#pragma once

#include <limits>

#include "geometry/checks/check.hpp"

namespace fitwright::test {

/// A printer with limits that are easy to remember; their source is this test.
inline Process test_printer() {
  Process process;
  process.id = "test";
  process.name = "test printing";
  process.input_kind = "solid";
  process.needs_supports = true;
  process.build_volumes = {{"bed", {500, 500, 500}, "this test", DataStatus::sourced}};
  const auto fact = [&](const std::string& key, double value) {
    process.facts[key] = {value, unit_of_key(key).value_or(""), "this test", DataStatus::sourced};
  };
  process.facts["needs_supports"] = {true, "", "this test", DataStatus::sourced};
  fact("nozzle_diameter_default_mm", 0.4);
  fact("layer_height_default_mm", 0.2);
  fact("min_wall_supported_mm", 0.8);
  fact("min_gap_mm", 0.5);
  fact("min_hole_diameter_mm", 2);
  fact("min_pin_diameter_mm", 3);
  fact("max_overhang_from_vertical_deg", 45);
  fact("max_unsupported_cantilever_mm", 1);
  fact("max_bridge_mm", 10);
  return process;
}

/// A resin printer: walls that stand freely need more, and resin must get out.
inline Process test_resin() {
  Process process = test_printer();
  process.facts.erase("nozzle_diameter_default_mm");
  const auto fact = [&](const std::string& key, double value) {
    process.facts[key] = {value, unit_of_key(key).value_or(""), "this test", DataStatus::sourced};
  };
  fact("layer_height_default_mm", 0.05);
  fact("min_wall_supported_mm", 0.5);
  fact("min_wall_unsupported_mm", 1);
  fact("min_hole_diameter_mm", 0.5);
  fact("min_pin_diameter_mm", 0.5);
  fact("min_engrave_width_mm", 0.6);
  fact("escape_hole_diameter_mm", 4);
  fact("max_pin_height_to_diameter_ratio", 5);
  return process;
}

/// A machine that knows the given limits and no others.
inline Process machine(std::string kind, Vec3 bed, std::initializer_list<std::pair<std::string, double>> limits) {
  Process process;
  process.id = "test";
  process.name = "test cutting";
  process.input_kind = std::move(kind);
  process.build_volumes = {{"bed", bed, "this test", DataStatus::sourced}};
  for (const auto& [key, value] : limits)
    process.facts[key] = {value, unit_of_key(key).value_or(""), "this test", DataStatus::sourced};
  return process;
}
inline constexpr Vec3 full_sheet{2440, 1220, std::numeric_limits<double>::infinity()};

inline Process test_router() {
  return machine("profile", full_sheet, {{"tool_diameter_mm", 6}, {"min_hole_diameter_mm", 3}, {"min_web_mm", 5}});
}

inline Process test_laser() {
  return machine("profile", full_sheet,
                 {{"kerf_mm", 0.2},
                  {"min_gap_between_cuts_mm", 1},
                  {"min_hole_over_thickness_nonmetal", 0.5},
                  {"min_hole_over_thickness_metal", 0.7},
                  {"min_web_over_thickness_metal", 0.7}});
}

inline Process test_saw() { return machine("cut_list", full_sheet, {}); }

inline Process test_mill() {
  Process process = machine("solid", {500, 500, 500},
                            {{"min_wall_metal_mm", 0.8},
                             {"min_wall_plastic_mm", 1.5},
                             {"internal_corner_radius_over_tool_radius", 1.3},
                             {"max_cavity_depth_over_tool_diameter", 4},
                             {"max_cavity_depth_over_cavity_width", 4},
                             {"hole_depth_recommended_over_diameter", 4},
                             {"hole_depth_max_over_diameter", 10}});
  process.facts["standard_endmill_diameters_mm"] = {std::vector<double>{1, 2, 3, 6}, "mm", "this test",
                                                    DataStatus::sourced};
  return process;
}

}  // namespace fitwright::test
