// The window and everything in it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "geometry/core/result.hpp"

namespace fitwright::desktop {

struct Start {
  std::string subject;              ///< to be opened; empty: the library
  std::filesystem::path probe;      ///< where widgets and state are published; empty: nowhere
  std::filesystem::path frame_log;  ///< times of frames and of edits becoming pictures, a JSON line each
  int width = 0, height = 0;        ///< of the window; 0: as it was
};

/// Runs until the window is closed. Errors: usage (no display, no OpenGL 3.3), file (a part of Fitwright is missing).
Result<void> run_app(const Start& start);

}  // namespace fitwright::desktop
