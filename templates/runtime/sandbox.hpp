// One interpreter with bounded memory, steps and time, and the graph nodes that a script makes in it.
//
// Lua leaves a failing function by longjmp, which skips destructors. Hence the one law of this folder:
// a frame that calls a Lua function which may raise holds no C++ object with a destructor. Host functions
// do their C++ work inside `guarded`, keep what they found in plain form or in the Sandbox, and raise or push
// afterwards. No C++ exception crosses a Lua frame either.
#pragma once

#include <chrono>
#include <clocale>
#include <cstdint>
#include <lua.hpp>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "geometry/core/result.hpp"
#include "templates/runtime/runtime.hpp"

namespace fitwright {

class ScriptCache;  // script_cache.hpp

/// What a userdata holds: every userdata in the sandbox is one of these.
struct NodeHandle {
  std::uint32_t index;
};

/// Numbers are read and written with a decimal point while this lives, whatever the program's locale.
class PlainLocale {
 public:
  PlainLocale();
  ~PlainLocale();
  PlainLocale(const PlainLocale&) = delete;
  PlainLocale& operator=(const PlainLocale&) = delete;

 private:
  locale_t previous_;
};

class Sandbox {
 public:
  /// What ended a run without a Lua error of its own.
  enum class Stop : std::uint8_t { none, steps, time, calls, memory, churn, text };

  Sandbox(const ScriptLimits& limits, std::string chunk, const std::map<std::string, std::string>& modules,
          ScriptCache& cache);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  static Sandbox& of(lua_State* lua) { return **static_cast<Sandbox**>(lua_getextraspace(lua)); }
  lua_State* lua() const { return lua_; }
  const ScriptLimits& limits() const { return limits_; }
  const std::map<std::string, std::string>& modules() const { return *modules_; }
  const std::string& chunk() const { return chunk_; }
  ScriptCache& cache() const { return cache_; }

  /// Calls `function` in protected mode with (argument, value at `with` unless 0), leaving `results` values.
  /// Errors: script, or what the host function failed with.
  Result<void> protect(lua_CFunction function, void* argument, int with, int results);

  /// Takes from the budget of steps and looks at the clock; false: over, the caller must raise().
  bool spend(std::int64_t steps) noexcept;
  /// Why spend() refused.
  Error stop_error() const { return error_of_stop(stop_); }
  /// Marks the run as over for want of memory; the caller must raise().
  void out_of_memory() noexcept { stop_ = memory_stop_ == Stop::none ? Stop::memory : memory_stop_; }
  /// Ends the host function with the fault kept in the sandbox.
  [[noreturn]] static void raise(lua_State* lua);
  /// Runs C++ work that yields Result<void>; false: it failed, the fault is kept, the caller must raise().
  template <class Work>
  bool guarded(Work&& work) noexcept;
  /// Place in the script that is running now; line 0 when none is. A place in a module comes with the line of the
  /// template that led there: chunk "coaster/template.lua:21, in joints.lua".
  static SourceLocation here(lua_State* lua);

  /// Takes a node into the sandbox; its index. Errors: script, when there are too many or it is too deep.
  Result<std::uint32_t> add_node(NodePtr node, SourceLocation made_at);
  const NodePtr& node(std::uint32_t index) const { return nodes_[index]; }

  const std::vector<NodePtr>& nodes() const { return nodes_; }
  /// Where the node was made; null once the places are taken.
  const SourceLocation* place_of(const Node& node) const {
    const auto it = places_.find(&node);
    return it == places_.end() ? nullptr : &it->second;
  }

  std::unordered_map<const Node*, SourceLocation> take_places() { return std::move(places_); }
  std::map<std::string, std::string>& blobs() { return blobs_; }
  std::vector<std::string>& log() { return log_; }
  std::vector<std::string>& required() { return required_; }

 private:
  static void* allocate(void* sandbox, void* block, std::size_t old_size, std::size_t new_size);
  static void on_count(lua_State* lua, lua_Debug* event);
  static int on_error(lua_State* lua);
  void keep_message(lua_State* lua);
  void split_place();
  static SourceLocation reached(lua_State* lua, SourceLocation place);
  Error error_of(int status);
  Error error_of_stop(Stop stop) const;

  PlainLocale locale_;
  ScriptLimits limits_;
  std::string chunk_;
  const std::map<std::string, std::string>* modules_;
  ScriptCache& cache_;
  lua_State* lua_ = nullptr;

  std::size_t held_ = 0, allocated_ = 0;
  std::int64_t steps_left_;
  std::chrono::nanoseconds deadline_;  ///< of this thread's computing time
  unsigned spendings_ = 0;
  Stop stop_ = Stop::none;         ///< final
  Stop memory_stop_ = Stop::none;  ///< why the last allocation was refused
  std::optional<Error> fault_;
  std::string message_;
  SourceLocation place_;

  std::vector<NodePtr> nodes_;
  std::unordered_map<const Node*, SourceLocation> places_;
  std::map<std::string, std::string> blobs_;
  std::vector<std::string> log_, required_;
};

template <class Work>
bool Sandbox::guarded(Work&& work) noexcept {
  try {
    if (Result<void> done = work(); !done) {
      fault_ = std::move(done).error();
      return false;
    }
    return true;
  } catch (...) {
    stop_ = Stop::memory;
    return false;
  }
}

/// Pushes the node as userdata of its kind. Raises.
void push_node(lua_State* lua, std::uint32_t index);

}  // namespace fitwright
