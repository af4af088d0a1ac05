// Whoever answers requests: an engine in this process, or one behind a process boundary.
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

#include "app/engine/message.hpp"

namespace fitwright {

/// Called as the work goes on: stage ("script", "build", "check", "write") and share of the whole, 0 to 1.
using Progress = std::function<void(std::string_view stage, double share)>;

class RequestHandler {
 public:
  virtual ~RequestHandler() = default;
  /// Always answers; what went wrong is in `error`. Progress is reported on the calling thread.
  virtual Response handle(const Request& request, std::stop_token stop = {}, const Progress& progress = {}) = 0;
};

}  // namespace fitwright
