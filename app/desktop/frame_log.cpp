#include "app/desktop/frame_log.hpp"

#include <fmt/format.h>
#include <time.h>

namespace fitwright::desktop {

namespace {
double ms_between(std::chrono::steady_clock::time_point a, std::chrono::steady_clock::time_point b) {
  return std::chrono::duration<double, std::milli>(b - a).count();
}

double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}
}  // namespace

FrameLog::FrameLog(const std::filesystem::path& file) {
  if (!file.empty()) file_.open(file, std::ios::app);
}

void FrameLog::begin() {
  started_ = Clock::now();
  work_ = thread_ms();
}

void FrameLog::end(const Snapshot& shown) {
  if (!file_.is_open()) return;
  const auto now = Clock::now();
  file_ << fmt::format("{{\"frame_ms\": {:.2f}, \"work_ms\": {:.2f}}}\n", ms_between(started_, now),
                       thread_ms() - work_);
  if (shown.revision != revision_) {
    revision_ = shown.revision;
    edited_.emplace(revision_, started_);
  }
  if (shown.model != model_) {
    model_ = shown.model;
    if (const auto it = edited_.find(shown.model_revision); it != edited_.end()) {
      file_ << fmt::format("{{\"picture_ms\": {:.2f}, \"revision\": {}}}\n", ms_between(it->second, now), it->first);
      edited_.erase(edited_.begin(), std::next(it));
    }
  }
  file_.flush();
}

}  // namespace fitwright::desktop
