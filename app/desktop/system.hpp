// What the app asks of the system around it: other programs, folders, diagnostics. Linux.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright::desktop {

/// The program's full path, looked for in $PATH; empty when there is none.
std::filesystem::path find_program(const std::string& name);

/// Starts a program and leaves it alone. Errors: file (not found).
Result<void> launch(const std::vector<std::string>& command);
/// Opens a file or folder with the program that the system has chosen for it. Errors: file (no xdg-open).
Result<void> open_with_system(const std::filesystem::path& path);

/// What a program printed, and how it ended.
struct Finished {
  int status = 0;  ///< exit status; -1 when it could not be run or was killed
  std::string output;
};
/// Runs a program to its end. Blocks.
Finished run_program(const std::vector<std::string>& command);

/// A program that runs while the window goes on; ended with its owner.
class BackgroundProgram {
 public:
  BackgroundProgram(std::vector<std::string> command, std::function<void()> wake);
  ~BackgroundProgram();
  BackgroundProgram(const BackgroundProgram&) = delete;
  BackgroundProgram& operator=(const BackgroundProgram&) = delete;
  /// Once, when it has ended.
  std::optional<Finished> take();

 private:
  std::atomic<bool> done_ = false;
  std::atomic<int> pid_ = 0;
  Finished finished_;
  std::thread thread_;
};

/// "Debian GNU/Linux 12 (bookworm), x86_64".
std::string system_description();

}  // namespace fitwright::desktop
