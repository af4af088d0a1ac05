#include "app/desktop/system.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <sstream>

#include "geometry/core/file_io.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

/// Starts a program with its output into `output` (a file descriptor; -1: nowhere). 0 when it could not be started.
pid_t start(const std::vector<std::string>& command, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (output >= 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1);
  else
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  const int failed = posix_spawnp(&pid, command[0].c_str(), &actions, nullptr, arguments_of(command).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return failed ? 0 : pid;
}

Finished collect(const std::vector<std::string>& command, std::atomic<int>* told) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return {-1, ""};
  const pid_t pid = start(command, pipe_ends[1]);
  close(pipe_ends[1]);
  Finished result{-1, ""};
  if (pid != 0) {
    if (told) *told = pid;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = read(pipe_ends[0], buffer.data(), buffer.size())) > 0;)
      result.output.append(buffer.data(), static_cast<std::size_t>(got));
    int status = 0;
    if (told) *told = 0;
    if (waitpid(pid, &status, 0) == pid && WIFEXITED(status)) result.status = WEXITSTATUS(status);
  }
  close(pipe_ends[0]);
  return result;
}

}  // namespace

fs::path find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path program = fs::path(folder) / name;
    if (access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

Result<void> launch(const std::vector<std::string>& command) {
  const pid_t pid = start(command, -1);
  if (pid == 0) return fail(ErrorKind::file, fmt::format("{} could not be started", command[0]));
  std::thread([pid] {  // so that no dead child stays behind
    int status = 0;
    waitpid(pid, &status, 0);
  })
      .detach();
  return {};
}

Result<void> open_with_system(const fs::path& path) {
  if (find_program("xdg-open").empty())
    return fail(ErrorKind::file, "this system has no xdg-open to open files with", "install the package xdg-utils");
  return launch({"xdg-open", path.string()});
}

Finished run_program(const std::vector<std::string>& command) { return collect(command, nullptr); }

BackgroundProgram::BackgroundProgram(std::vector<std::string> command, std::function<void()> wake) {
  thread_ = std::thread([this, command = std::move(command), wake = std::move(wake)] {
    finished_ = collect(command, &pid_);
    done_ = true;
    wake();
  });
}

BackgroundProgram::~BackgroundProgram() {
  if (const int pid = pid_; pid != 0) kill(pid, SIGTERM);
  thread_.join();
}

std::optional<Finished> BackgroundProgram::take() {
  if (!done_.exchange(false)) return std::nullopt;
  return std::move(finished_);
}

std::string system_description() {
  std::string name = "Linux";
  if (const auto text = read_file("/etc/os-release")) {
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("PRETTY_NAME=")) name = line.substr(13, line.size() - 14);
  }
  utsname machine{};
  uname(&machine);
  return fmt::format("{}, {} {}", name, machine.release, machine.machine);
}

}  // namespace fitwright::desktop
