// Plain structs as bytes and back. A struct says once which fields it has, in a function `fields(archive,
// value)`; writing and reading both follow it. Byte order is the machine's: both ends run on one machine.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fitwright {

/// `T` is `U` or const `U`: lets one `fields` serve writing and reading.
template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

/// Number of an enumeration's values, so that a damaged byte is not taken for one.
template <class E>
inline constexpr std::uint8_t enum_values = 0;

/// True for types whose memory is their value: no padding, no pointers. Lists of them are copied whole.
template <class T>
inline constexpr bool is_packed = std::is_arithmetic_v<T> && !std::same_as<T, bool>;
template <class T, std::size_t N>
inline constexpr bool is_packed<std::array<T, N>> = is_packed<T>;

/// Writes to a place that is large enough, or, without one, only counts how large that must be.
class ByteWriter {
 public:
  explicit ByteWriter(char* to = nullptr) : to_(to) {}
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  std::size_t written() const { return written_; }

 private:
  void raw(const void* data, std::size_t size) {
    if (to_ && size > 0) std::memcpy(to_ + written_, data, size);
    written_ += size;
  }
  void byte(std::uint8_t value) { raw(&value, 1); }
  void size(std::size_t n) { put(static_cast<std::uint64_t>(n)); }

  template <class T>
  void put(const T& value) {
    if constexpr (std::same_as<T, bool>) {
      byte(value ? 1 : 0);
    } else if constexpr (std::is_enum_v<T>) {
      static_assert(enum_values<T> > 0, "say how many values the enumeration has");
      byte(static_cast<std::uint8_t>(value));
    } else if constexpr (is_packed<T>) {
      raw(&value, sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void put(const std::string& text) {
    size(text.size());
    raw(text.data(), text.size());
  }
  template <class T>
  void put(const std::vector<T>& list) {
    size(list.size());
    if constexpr (is_packed<T>) {
      raw(list.data(), list.size() * sizeof(T));
    } else {
      for (const T& item : list) put(item);
    }
  }
  template <class K, class V>
  void put(const std::map<K, V>& map) {
    size(map.size());
    for (const auto& [key, value] : map) put(key), put(value);
  }
  template <class T>
  void put(const std::set<T>& set) {
    size(set.size());
    for (const T& item : set) put(item);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& pair) {
    put(pair.first), put(pair.second);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class... T>
  void put(const std::variant<T...>& value) {
    byte(static_cast<std::uint8_t>(value.index()));
    std::visit([this](const auto& held) { put(held); }, value);
  }

  char* to_;
  std::size_t written_ = 0;
};

/// Reads what ByteWriter wrote. Never reads outside its bytes and never reserves more than they can fill;
/// after damage `sound()` is false and the values read are to be thrown away.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  bool sound() const { return sound_; }
  bool at_end() const { return rest_.empty(); }

 private:
  bool raw(void* data, std::size_t size) {
    if (!sound_ || size > rest_.size()) return sound_ = false;
    if (size > 0) std::memcpy(data, rest_.data(), size);  // memcpy takes no null pointer, not even for nothing
    rest_.remove_prefix(size);
    return true;
  }
  /// A count of items that take at least `item` bytes each.
  std::size_t size(std::size_t item) {
    std::uint64_t n = 0;
    get(n);
    if (n > rest_.size() / item) sound_ = false;
    return sound_ ? static_cast<std::size_t>(n) : 0;
  }

  template <class T>
  void get(T& value) {
    if constexpr (std::same_as<T, bool>) {
      std::uint8_t byte = 0;
      if (raw(&byte, 1) && byte > 1) sound_ = false;
      value = byte == 1;
    } else if constexpr (std::is_enum_v<T>) {
      std::uint8_t byte = 0;
      if (raw(&byte, 1) && byte >= enum_values<T>) sound_ = false;
      if (sound_) value = static_cast<T>(byte);
    } else if constexpr (is_packed<T>) {
      raw(&value, sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void get(std::string& text) {
    text.resize(size(1));
    raw(text.data(), text.size());
  }
  template <class T>
  void get(std::vector<T>& list) {
    list.clear();
    if constexpr (is_packed<T>) {
      list.resize(size(sizeof(T)));
      raw(list.data(), list.size() * sizeof(T));
    } else {
      for (std::size_t n = size(1); n > 0 && sound_; --n) get(list.emplace_back());
    }
  }
  template <class T>
  void get(std::set<T>& set) {
    set.clear();
    for (std::size_t n = size(1); n > 0 && sound_; --n) {
      T item{};
      get(item);
      set.insert(std::move(item));
    }
  }
  template <class K, class V>
  void get(std::map<K, V>& map) {
    map.clear();
    for (std::size_t n = size(1); n > 0 && sound_; --n) {
      K key{};
      get(key);
      get(map[key]);
    }
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    get(pair.first), get(pair.second);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    value.reset();
    if (there && sound_) get(value.emplace());
  }
  template <class... T>
  void get(std::variant<T...>& value) {
    std::uint8_t index = 0;
    raw(&index, 1);
    if (index >= sizeof...(T)) sound_ = false;
    if (!sound_) return;
    std::size_t i = 0;
    ((i++ == index ? get(value.template emplace<T>()) : void()), ...);
  }

  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace fitwright
