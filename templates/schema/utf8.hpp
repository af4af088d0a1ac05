#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fitwright {

/// Number of code points; empty when the bytes are not well-formed UTF-8.
std::optional<std::size_t> utf8_length(std::string_view text);
/// Ill-formed bytes and control characters other than line feed and tab become U+FFFD; cut behind
/// `max_bytes` with an ellipsis. For messages that quote what a stranger wrote.
std::string printable(std::string_view text, std::size_t max_bytes = 2000);

}  // namespace fitwright
