// Small helpers for messages and names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fitwright {

/// Shortest decimal text that a person would write: up to 6 significant decimals after the point, no
/// trailing zeros, no exponent below 1e15 ("17.5", "0.1", "1200").
std::string number_text(double value);

/// The candidate nearest in spelling (optimal string alignment, case ignored) if it is near enough to be a
/// likely typing slip (at most a third of its letters, at least 1); empty otherwise.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

}  // namespace fitwright
