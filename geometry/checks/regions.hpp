// Triangles gathered into places that a person would count as one.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "geometry/checks/surface.hpp"

namespace fitwright {

/// Groups the triangles for which belongs(triangle) holds: neighbours, and whatever link(triangle) names (or
/// Surface::none) when it belongs too. Groups and their members are in ascending order.
std::vector<std::vector<std::uint32_t>> regions(const Surface& surface,
                                                const std::function<bool(std::uint32_t)>& belongs,
                                                const std::function<std::uint32_t(std::uint32_t)>& link);

}  // namespace fitwright
