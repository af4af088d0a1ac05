// What would have worked where an operation failed.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

#include "geometry/kernel/kernel.hpp"

namespace fitwright {

/// A size that was too much, and the largest one found that works.
struct WorkingSize {
  std::size_t arg = 0;  ///< which argument of the node's operation
  double asked = 0, works = 0;
};

/// Bisects the failing node's size (the argument whose row says `sought`), everything else as it is, taking it that
/// what is smaller than a working size works too. The answer was built; it has two significant digits or more. Absent
/// when the operation has no such argument, nothing works, or the time is up before anything did. A build that has
/// begun is not cut short.
std::optional<WorkingSize> largest_working(Evaluator& evaluator, const Product& product, const Node& failing,
                                           std::chrono::milliseconds budget, std::stop_token stop = {});

}  // namespace fitwright
