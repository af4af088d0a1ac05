#include "templates/runtime/pattern_cost.hpp"

#include <algorithm>
#include <cmath>

namespace fitwright {

namespace {

// The matcher does about this much work in the time of one interpreter step.
constexpr double matches_per_step = 64;

/// Offset behind a set "[...]" that begins at `i`.
std::size_t skip_set(std::string_view pattern, std::size_t i) {
  ++i;
  if (i < pattern.size() && pattern[i] == '^') ++i;
  // A bracket in first place stands for itself.
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false)
    i += pattern[i] == '%' ? 2 : 1;
  return i + 1;
}

/// Places where the matcher may have to try several lengths.
int choices(std::string_view pattern) {
  int count = 0;
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '%') {
      const char next = i + 1 < pattern.size() ? pattern[i + 1] : ' ';
      // Balanced pairs and back references scan the text once.
      count += next == 'b' || (next >= '0' && next <= '9');
      i += 2;
    } else if (c == '[') {
      i = skip_set(pattern, i);
    } else {
      count += c == '*' || c == '+' || c == '-' || c == '?';
      ++i;
    }
  }
  return count;
}

}  // namespace

double pattern_cost(std::string_view pattern, std::size_t length, bool plain) {
  const double n = static_cast<double>(length) + 1;
  const double m = static_cast<double>(pattern.size()) + 1;
  if (plain) return n * m / matches_per_step;
  const bool anchored = !pattern.empty() && pattern[0] == '^';
  const int power = std::min(choices(pattern) + (anchored ? 0 : 1), 60);
  return std::min(1e18, std::pow(n, power) * m / matches_per_step);
}

}  // namespace fitwright
