// How long frames take and how long an edit needs to become a picture: measured where it happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "app/session/session.hpp"

namespace fitwright::desktop {

class FrameLog {
 public:
  /// An empty path: off.
  explicit FrameLog(const std::filesystem::path& file);

  void begin();
  /// Before the buffers are swapped: how long the frame took, and the processor time that the window's thread spent on
  /// it. Where the two differ the thread waited: for a core, or for the driver.
  void end(const Snapshot& shown);

 private:
  using Clock = std::chrono::steady_clock;
  std::ofstream file_;
  Clock::time_point started_;
  double work_ = 0;  ///< processor time of the thread when the frame began, ms
  std::uint64_t revision_ = 0;
  std::map<std::uint64_t, Clock::time_point> edited_;  ///< when a revision was first seen
  std::shared_ptr<const Response> model_;
};

}  // namespace fitwright::desktop
