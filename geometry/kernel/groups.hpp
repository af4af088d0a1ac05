// Which of n things hang together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace fitwright {

/// Sets of 0..n-1 that grow together.
class Joined {
 public:
  explicit Joined(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  /// The set's smallest member.
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t i, std::size_t j) {
    const std::size_t a = find(i), b = find(j);
    parent_[std::max(a, b)] = std::min(a, b);
  }
  /// Members ascending, groups by their first member.
  std::vector<std::vector<std::size_t>> groups() {
    const std::size_t n = parent_.size();
    std::vector<std::vector<std::size_t>> all;
    std::vector<std::size_t> slot(n, n);
    for (std::size_t i = 0; i < n; ++i) {
      std::size_t& at = slot[find(i)];
      if (at == n) {
        at = all.size();
        all.emplace_back();
      }
      all[at].push_back(i);
    }
    return all;
  }

 private:
  std::vector<std::size_t> parent_;
};

/// Groups of 0..n-1 connected by `linked(i, j)`.
template <class Linked>
std::vector<std::vector<std::size_t>> connected_groups(std::size_t n, const Linked& linked) {
  Joined joined(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (joined.find(i) != joined.find(j) && linked(i, j)) joined.join(i, j);
  return joined.groups();
}

}  // namespace fitwright
