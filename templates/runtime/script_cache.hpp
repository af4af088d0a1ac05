// What runs of one template share: nothing that a run could change.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "templates/schema/template.hpp"

namespace fitwright {

/// Filled by the first run, read by later ones, on any thread. Both hold for the template's text, whatever the values.
class ScriptCache {
 public:
  /// The text as Lua compiled it: ours, never a template's own. Null before the first run.
  std::shared_ptr<const std::string> compiled() const { return get(compiled_); }
  void keep_compiled(std::string bytes) { put(compiled_, std::move(bytes)); }
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
  std::shared_ptr<const std::string> compiled_;
  std::shared_ptr<const Template> about_, rehearsed_;
};

}  // namespace fitwright
