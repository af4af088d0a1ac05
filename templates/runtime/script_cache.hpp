// What runs of one template share: nothing that a run could change.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "geometry/core/hash.hpp"
#include "templates/schema/template.hpp"

namespace fitwright {

/// Filled by the first run, read by later ones, on any thread. All of it holds whatever the values.
class ScriptCache {
 public:
  /// A text, of the template or of a module, as Lua compiled it: ours, never a template's own. Null before the first
  /// run; it lives as long as this.
  const std::string* compiled(Hash128 text) const {
    const std::lock_guard lock(mutex_);
    const auto it = compiled_.find(text);
    return it == compiled_.end() ? nullptr : &it->second;
  }
  void keep_compiled(Hash128 text, std::string bytes) {
    const std::lock_guard lock(mutex_);
    compiled_.try_emplace(text, std::move(bytes));
  }
  /// What the template says of itself, audited. Null before the first run that succeeded.
  std::shared_ptr<const Template> about() const { return get(about_); }
  void keep_about(Template about) { put(about_, std::move(about)); }
  /// The same after defaults, presets and visible_when were tried too.
  std::shared_ptr<const Template> rehearsed() const { return get(rehearsed_); }
  void keep_rehearsed(Template about) { put(rehearsed_, std::move(about)); }

 private:
  template <class T>
  std::shared_ptr<const T> get(const std::shared_ptr<const T>& from) const {
    const std::lock_guard lock(mutex_);
    return from;
  }
  template <class T>
  void put(std::shared_ptr<const T>& to, T value) {
    auto made = std::make_shared<const T>(std::move(value));
    const std::lock_guard lock(mutex_);
    to = std::move(made);
  }

  mutable std::mutex mutex_;
  std::unordered_map<Hash128, std::string> compiled_;
  std::shared_ptr<const Template> about_, rehearsed_;
};

}  // namespace fitwright
