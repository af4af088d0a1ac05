// Which of n things hang together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace fitwright {

/// Groups of 0..n-1 connected by `linked(i, j)`, members ascending, groups by their first member.
template <class Linked>
std::vector<std::vector<std::size_t>> connected_groups(std::size_t n, const Linked& linked) {
  std::vector<std::size_t> parent(n);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const std::size_t a = find(i), b = find(j);
      if (a != b && linked(i, j)) parent[std::max(a, b)] = std::min(a, b);
    }
  std::vector<std::vector<std::size_t>> groups;
  std::vector<std::size_t> slot(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t& at = slot[find(i)];
    if (at == n) {
      at = groups.size();
      groups.emplace_back();
    }
    groups[at].push_back(i);
  }
  return groups;
}

}  // namespace fitwright
