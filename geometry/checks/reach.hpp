// What a cutter that comes along one of six directions can reach.
#pragma once

#include <array>
#include <cstdint>
#include <stop_token>
#include <string_view>
#include <vector>

#include "geometry/checks/surface.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

/// Directions from which a three-axis mill may look at a part, as bits.
struct SetUp {
  Vec3 from;              ///< towards the cutter
  std::string_view name;  ///< "above", "the left"
};
const std::array<SetUp, 6>& set_ups();

/// For each triangle the set-ups that can cut it, one bit each in the order of set_ups(): it faces there or stands
/// along it, and nothing stands between. A triangle that is covered in part cannot be cut from there. Parallel. Errors:
/// cancelled.
Result<std::vector<std::uint8_t>> reachable(const Surface& surface, std::stop_token stop = {});

/// The fewest set-ups that together reach all that any set-up reaches, as bits; of equal numbers the one with the
/// first directions.
std::uint8_t enough(const std::vector<std::uint8_t>& reach);

}  // namespace fitwright
