#include "geometry/core/hash.hpp"

#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace fitwright {

Hash128 hash_bytes(std::string_view bytes) {
  const XXH128_hash_t h = XXH3_128bits(bytes.data(), bytes.size());
  return {h.low64, h.high64};
}

std::string to_hex(Hash128 hash) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text(32, '0');
  for (int i = 0; i < 16; ++i) {
    text[15 - i] = digits[(hash.high >> (4 * i)) & 15];
    text[31 - i] = digits[(hash.low >> (4 * i)) & 15];
  }
  return text;
}

Hasher& Hasher::add(std::uint64_t value) {
  bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  return *this;
}

Hasher& Hasher::add(double value) { return add(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value)); }

Hasher& Hasher::add(std::string_view text) {
  add(static_cast<std::uint64_t>(text.size()));
  bytes_.append(text);
  return *this;
}

Hasher& Hasher::add(Hash128 hash) { return add(hash.low).add(hash.high); }

Hash128 Hasher::finish() const { return hash_bytes(bytes_); }

}  // namespace fitwright
