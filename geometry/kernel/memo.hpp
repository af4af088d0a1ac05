// What was computed before, within a bound of bytes.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <variant>

#include "geometry/core/result.hpp"
#include "geometry/kernel/value.hpp"

namespace fitwright {

/// A value, a tessellated part, or the failure to make one.
using Remembered = std::variant<ValuePtr, std::shared_ptr<const BuiltPart>, Error>;

/// Least recently used entries leave first. Safe to use from several threads.
class Memo {
 public:
  explicit Memo(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  std::optional<Remembered> find(Hash128 key) {
    const std::scoped_lock lock(mutex_);
    const auto it = entries_.find(key);
    if (it == entries_.end()) return std::nullopt;
    order_.splice(order_.begin(), order_, it->second.place);
    return it->second.what;
  }

  void store(Hash128 key, Remembered what, std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    if (entries_.contains(key)) return;
    order_.push_front(key);
    entries_.emplace(key, Entry{std::move(what), bytes, order_.begin()});
    bytes_ += bytes;
    while (bytes_ > max_bytes_ && !order_.empty()) {
      const auto oldest = entries_.find(order_.back());
      bytes_ -= oldest->second.bytes;
      entries_.erase(oldest);
      order_.pop_back();
    }
  }

  std::size_t bytes() const {
    const std::scoped_lock lock(mutex_);
    return bytes_;
  }

 private:
  struct Entry {
    Remembered what;
    std::size_t bytes;
    std::list<Hash128>::iterator place;
  };
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Hash128> order_;
  std::unordered_map<Hash128, Entry> entries_;
};

}  // namespace fitwright
