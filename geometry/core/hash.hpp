// 128-bit content hashes. Wide enough that a collision between two different graphs, files or fonts
// is never a practical concern, so equality of hashes is taken for equality of content.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <string>
#include <string_view>

namespace fitwright {

struct Hash128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  auto operator<=>(const Hash128&) const = default;
  explicit operator bool() const { return (low | high) != 0; }
};

/// XXH3, 128 bits, of the bytes.
Hash128 hash_bytes(std::string_view bytes);

/// 32 lower-case hexadecimal digits.
std::string to_hex(Hash128 hash);

/// Collects a canonical byte form of a value and hashes it. Every field is length- or type-delimited
/// by the caller's order of calls, so that different values never give the same bytes.
class Hasher {
 public:
  Hasher& add(std::uint64_t value);
  /// NaN must have been refused before; -0.0 hashes as 0.0.
  Hasher& add(double value);
  Hasher& add(std::string_view text);
  Hasher& add(Hash128 hash);
  Hash128 finish() const;

 private:
  std::array<char, 240> room_;  ///< most values need no more
  std::pmr::monotonic_buffer_resource pool_{room_.data(), room_.size()};
  std::pmr::string bytes_{&pool_};
};

}  // namespace fitwright

template <>
struct std::hash<fitwright::Hash128> {
  std::size_t operator()(const fitwright::Hash128& h) const noexcept { return h.low; }
};
