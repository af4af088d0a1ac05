#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fitwright {

/// RFC 4648, with padding, without line breaks.
std::string base64_encode(std::string_view bytes);
/// Strict: empty when the text is not exactly what base64_encode writes.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace fitwright
