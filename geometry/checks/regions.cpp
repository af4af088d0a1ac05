#include "geometry/checks/regions.hpp"

#include <numeric>

namespace fitwright {

std::vector<std::vector<std::uint32_t>> regions(const Surface& surface,
                                                const std::function<bool(std::uint32_t)>& belongs,
                                                const std::function<std::uint32_t(std::uint32_t)>& link) {
  std::vector<bool> in(surface.size());
  for (std::uint32_t t = 0; t < surface.size(); ++t) in[t] = belongs(t);
  std::vector<std::uint32_t> parent(surface.size());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t t) {
    while (parent[t] != t) t = parent[t] = parent[parent[t]];
    return t;
  };
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    if (b == Surface::none || !in[b]) return;
    const std::uint32_t x = root(a), y = root(b);
    parent[std::max(x, y)] = std::min(x, y);
  };
  for (std::uint32_t t = 0; t < surface.size(); ++t) {
    if (!in[t]) continue;
    for (int k = 0; k < 3; ++k) join(t, surface.neighbour(t, k));
    join(t, link(t));
  }
  std::vector<std::vector<std::uint32_t>> groups;
  std::vector<std::uint32_t> group_of(surface.size());
  for (std::uint32_t t = 0; t < surface.size(); ++t) {
    if (!in[t]) continue;
    if (root(t) == t) {
      group_of[t] = static_cast<std::uint32_t>(groups.size());
      groups.emplace_back();
    }
    groups[group_of[root(t)]].push_back(t);
  }
  return groups;
}

}  // namespace fitwright
