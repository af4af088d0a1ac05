#pragma once

#include <cstddef>
#include <string_view>

namespace fitwright {

/// Upper bound of the steps that Lua's backtracking matcher takes to find a pattern anywhere in a text of
/// `length` bytes, in units of one interpreter step. Infinity-free; very large for catastrophic patterns.
double pattern_cost(std::string_view pattern, std::size_t length, bool plain);

}  // namespace fitwright
