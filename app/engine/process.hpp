// An engine behind a process boundary. The geometry kernel can crash, hang and eat memory, and a template comes from a
// stranger: all that then dies is a child process, and the next request starts another.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include "app/engine/handler.hpp"

namespace fitwright {

/// What errors name as their operation when the engine itself crashed or hung.
inline constexpr std::string_view engine_operation = "engine";

struct ProcessLimits {
  std::size_t memory_bytes = std::size_t{4} << 30;
  std::chrono::milliseconds time{5000};  ///< for one build; checks may take 20 s more, and suggestions their own
};

/// The engine beside this program. Errors: file (missing).
Result<std::filesystem::path> engine_program();

class EngineProcess : public RequestHandler {
 public:
  /// Nothing is started before the first request.
  EngineProcess(std::filesystem::path program, std::filesystem::path assets, ProcessLimits limits = {});
  ~EngineProcess() override;

  /// As Engine::handle; calls take turns. A stop is passed on. Further errors: geometry (the engine crashed, or took
  /// longer than allowed), internal (it cannot be started).
  Response handle(const Request& request, std::stop_token stop = {}, const Progress& progress = {}) override;

  /// Process id of the running engine; 0 when none runs.
  int pid() const;
  /// How often an engine was started.
  std::size_t starts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fitwright
