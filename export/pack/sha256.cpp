#include "export/pack/sha256.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace fitwright {

namespace {

using Word = std::uint32_t;

std::vector<int> primes(std::size_t count) {
  std::vector<int> found;
  for (int n = 2; found.size() < count; ++n) {
    bool prime = true;
    for (const int p : found) prime = prime && n % p != 0;
    if (prime) found.push_back(n);
  }
  return found;
}

/// The first 32 bits behind the point of a root, by whole numbers: root(p) * 2^32 rounded down, less its whole part.
Word root_bits(int p, bool cube) {
  // Binary search for the largest r with r^2 <= p 2^64, or r^3 <= p 2^96.
  __extension__ using Wide = unsigned __int128;
  std::uint64_t low = 0, high = std::uint64_t{1} << 37;
  while (high - low > 1) {
    const std::uint64_t r = low + (high - low) / 2;
    bool fits = false;
    if (cube) {
      // r^3 may need 111 bits and p 2^96 105: both fit.
      fits = Wide(r) * r * r <= Wide(p) << 96;
    } else {
      fits = Wide(r) * r <= Wide(p) << 64;
    }
    (fits ? low : high) = r;
  }
  return static_cast<Word>(low);
}

struct Tables {
  std::array<Word, 64> rounds;
  std::array<Word, 8> start;
};

const Tables& tables() {
  static const Tables made = [] {
    Tables t{};
    const std::vector<int> p = primes(64);
    for (std::size_t i = 0; i < 64; ++i) t.rounds[i] = root_bits(p[i], true);
    for (std::size_t i = 0; i < 8; ++i) t.start[i] = root_bits(p[i], false);
    return t;
  }();
  return made;
}

void add_block(std::array<Word, 8>& state, const unsigned char* block) {
  std::array<Word, 64> w{};
  for (std::size_t i = 0; i < 16; ++i)
    w[i] = Word(block[4 * i]) << 24 | Word(block[4 * i + 1]) << 16 | Word(block[4 * i + 2]) << 8 | block[4 * i + 3];
  for (std::size_t i = 16; i < 64; ++i) {
    const Word a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3)) + w[i - 7] +
           (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10));
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < 64; ++i) {
    const Word one =
        h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) + tables().rounds[i] + w[i];
    const Word two = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + one, d = c, c = b, b = a, a = one + two;
  }
  const std::array<Word, 8> added{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string padded(bytes);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (int shift = 56; shift >= 0; shift -= 8) padded += static_cast<char>(bits >> shift & 0xFF);
  std::array<Word, 8> state = tables().start;
  for (std::size_t at = 0; at < padded.size(); at += 64)
    add_block(state, reinterpret_cast<const unsigned char*>(padded.data()) + at);
  std::string text;
  for (const Word word : state) text += fmt::format("{:08x}", word);
  return text;
}

}  // namespace fitwright
