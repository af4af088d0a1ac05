// SHA-256 as FIPS 180-4 defines it, for lists of checksums.
#pragma once

#include <string>
#include <string_view>

namespace fitwright {

/// 64 hexadecimal digits, lower case.
std::string sha256(std::string_view bytes);

}  // namespace fitwright
