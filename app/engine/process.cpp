#include "app/engine/process.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>

#include "app/engine/channel.hpp"
#include "app/engine/programs.hpp"

extern char** environ;

namespace fitwright {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

Error of_engine(std::string message, std::string suggestion) {
  Error error = make_error(ErrorKind::geometry, std::move(message), std::move(suggestion));
  error.operation = engine_operation;
  return error;
}

Error crashed(int status) {
  std::string how = "it ended unexpectedly";
  if (WIFSIGNALED(status)) {
    how = WTERMSIG(status) == SIGKILL ? "it was killed, perhaps for want of memory"
                                      : fmt::format("signal {}", WTERMSIG(status));
  }
  return of_engine(fmt::format("the geometry kernel crashed on these settings ({})", how),
                   "take back the last change; if it happens again, please report it with this design");
}

Error too_slow(std::chrono::milliseconds limit) {
  return of_engine(
      fmt::format("building took longer than {} s and was stopped", std::chrono::duration<double>(limit).count()),
      "take back the last change, or choose values with less detail");
}

/// Checks and what follows them can be stopped at any time, so they may take longer than the kernel, which cannot.
std::chrono::milliseconds time_for(const Wants& wants, std::chrono::milliseconds build) {
  const bool checks = wants.check || wants.suggest_ms > 0;
  constexpr std::chrono::milliseconds most{20'000};
  return build + (checks ? std::min(3 * build, most) : most * 0) + std::chrono::milliseconds(wants.suggest_ms);
}

/// Starts the program with one end of a socket as descriptor 3. Errors: internal.
Result<pid_t> start(const fs::path& program, const fs::path& assets, std::size_t memory, int socket) {
  const std::string bytes = std::to_string(memory), path = program.string(), folder = assets.string();
  char* const arguments[] = {const_cast<char*>(path.c_str()), const_cast<char*>(folder.c_str()),
                             const_cast<char*>(bytes.c_str()), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, socket, 3);
  posix_spawn_file_actions_addclosefrom_np(&actions, 4);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, path.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return fail(ErrorKind::internal,
                fmt::format("{} cannot be started: {}", path, std::generic_category().message(error)),
                "install Fitwright again");
  return pid;
}

}  // namespace

Result<fs::path> engine_program() { return sibling_program("fitwright-engine"); }

struct EngineProcess::State {
  fs::path program, assets;
  ProcessLimits limits;
  std::mutex turn;
  std::atomic<pid_t> pid{0};
  std::atomic<std::size_t> starts{0};
  Channel channel{Descriptor()};
  std::uint64_t last_id = 0;

  Result<void> ensure() {
    if (pid != 0) return {};
    FW_TRY(auto ends, Channel::pair());
    FW_TRY(pid, start(program, assets, limits.memory_bytes, ends.second.descriptor()));
    ++starts;
    channel = std::move(ends.first);
    return {};
  }

  /// The wait status of the process, which is gone afterwards.
  int end() {
    int status = 0;
    if (pid == 0) return status;
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    pid = 0;
    channel = Channel(Descriptor());
    return status;
  }

  /// The same for one that ended by itself.
  int reap() {
    int status = 0;
    if (pid == 0) return status;
    // Its end of the channel closes a moment before it can be waited for.
    for (int i = 0; i < 100; ++i) {
      const pid_t done = waitpid(pid, &status, WNOHANG);
      if (done == pid) {
        pid = 0;
        channel = Channel(Descriptor());
        return status;
      }
      usleep(1000);
    }
    return end();
  }

  Result<Response> ask(const Request& request, const std::stop_token& stop, const Progress& progress) {
    const std::uint64_t id = ++last_id;
    const auto send = [&]() -> Result<void> {
      FW_CHECK(ensure());
      const std::string bytes = encode(request);
      return channel.send({.kind = FrameKind::request, .id = id}, bytes.size(),
                          [&](char* to) { std::copy(bytes.begin(), bytes.end(), to); });
    };
    if (!send()) {
      // It died while nobody asked: another one serves as well.
      reap();
      FW_CHECK(send());
    }
    const Descriptor stopped(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback wake(stop, [&] { eventfd_write(stopped.get(), 1); });
    const auto until = Clock::now() + time_for(request.wants, limits.time);
    for (;;) {
      pollfd waits[] = {{channel.descriptor(), POLLIN, 0}, {stopped.get(), POLLIN, 0}};
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      if (left <= 0) {
        end();
        return fail(too_slow(time_for(request.wants, limits.time)));
      }
      if (poll(waits, 2, static_cast<int>(left)) < 0 && errno != EINTR)
        return fail(ErrorKind::internal, "waiting for the engine failed");
      if (waits[1].revents & POLLIN) {
        eventfd_t count = 0;
        eventfd_read(stopped.get(), &count);
        if (!channel.send({.kind = FrameKind::cancel, .id = id})) return fail(crashed(reap()));
      }
      if (!(waits[0].revents & (POLLIN | POLLHUP))) continue;
      auto received = channel.receive();
      if (!received || !*received) return fail(crashed(reap()));
      const Frame& frame = (*received)->frame;
      if (frame.id != id) continue;
      if (frame.kind == FrameKind::progress && progress) progress(frame.stage.data(), frame.share);
      if (frame.kind == FrameKind::response) return decode_response((*received)->body);
    }
  }
};

EngineProcess::EngineProcess(fs::path program, fs::path assets, ProcessLimits limits)
    : state_(std::make_unique<State>()) {
  state_->program = std::move(program);
  state_->assets = std::move(assets);
  state_->limits = limits;
}
EngineProcess::~EngineProcess() { state_->end(); }

Response EngineProcess::handle(const Request& request, std::stop_token stop, const Progress& progress) {
  const std::scoped_lock lock(state_->turn);
  auto response = state_->ask(request, stop, progress);
  if (response) return std::move(*response);
  Response refused;
  refused.error = std::move(response).error();
  return refused;
}

int EngineProcess::pid() const { return state_->pid; }
std::size_t EngineProcess::starts() const { return state_->starts; }

}  // namespace fitwright
