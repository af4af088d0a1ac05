// A request at work in the background, beside the session's own: for exports, comparisons and the library. The latest
// request wins. No window.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/engine/handler.hpp"

namespace fitwright {

class Worker {
 public:
  /// `wake` is called on another thread whenever there is something new.
  explicit Worker(std::unique_ptr<RequestHandler> handler, std::function<void()> wake = {});
  ~Worker();  ///< stops what is under way
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Puts a request in place of the one that waits or runs. Returns its number.
  std::uint64_t ask(Request request);
  /// Stops what is under way; nothing is asked any more, and no answer to it is shown.
  void cancel();

  struct State {
    std::uint64_t asked = 0, answered = 0;   ///< numbers; equal when nothing is under way
    std::shared_ptr<const Response> answer;  ///< to `answered`; null before the first and after a cancel
    bool busy = false;
    std::string stage;
    double share = 0;
  };
  State state() const;
  /// Blocks until nothing is under way, also of what was cancelled.
  void settle() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fitwright
