// Short cuts prove what they do or do nothing. Code that looks for a proof throws Uncertain when it finds none, and
// its caller takes the general way.
#pragma once

#include <optional>

namespace fitwright {

struct Uncertain {};

inline void require(bool certain) {
  if (!certain) throw Uncertain{};
}

/// What `f` returns, or nothing when it is not certain.
template <class F>
auto if_certain(const F& f) -> std::optional<decltype(f())> {
  try {
    return f();
  } catch (const Uncertain&) {
    return std::nullopt;
  }
}

}  // namespace fitwright
