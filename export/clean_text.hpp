// Names and other text on their way into and out of files.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fitwright {

/// The text as proper UTF-8 without control characters (line breaks and tabs become spaces, bytes that make
/// no character become U+FFFD), at most `max_bytes` long, cut between characters.
std::string clean_text(std::string_view text, std::size_t max_bytes = 256);

}  // namespace fitwright
