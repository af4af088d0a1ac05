// What was computed before, within a bound of bytes.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace fitwright {

/// Least recently used entries leave first. Safe to use from several threads.
template <class Key, class What, class Hash = std::hash<Key>>
class Memo {
 public:
  explicit Memo(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  std::optional<What> find(const Key& key) {
    const std::scoped_lock lock(mutex_);
    const auto it = entries_.find(key);
    if (it == entries_.end()) return std::nullopt;
    order_.splice(order_.begin(), order_, it->second.place);
    return it->second.what;
  }

  /// What is there already stays.
  void store(const Key& key, What what, std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    const auto [it, fresh] = entries_.try_emplace(key, Entry{std::move(what), bytes, {}});
    if (!fresh) return;
    order_.push_front(&it->first);
    it->second.place = order_.begin();
    bytes_ += bytes;
    while (bytes_ > max_bytes_ && !order_.empty()) {
      const auto oldest = entries_.find(*order_.back());
      bytes_ -= oldest->second.bytes;
      order_.pop_back();
      entries_.erase(oldest);
    }
  }

  std::size_t bytes() const {
    const std::scoped_lock lock(mutex_);
    return bytes_;
  }

 private:
  struct Entry {
    What what;
    std::size_t bytes;
    typename std::list<const Key*>::iterator place;
  };
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<const Key*> order_;  ///< keys live in the map's nodes, which never move
  std::unordered_map<Key, Entry, Hash> entries_;
};

}  // namespace fitwright
