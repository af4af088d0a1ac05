// A template's file under watch while its author edits it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "app/session/document.hpp"

namespace fitwright {

class TemplateWatch {
 public:
  using Read = std::function<Result<Package>(const std::filesystem::path& script)>;
  using Found = std::function<void(Result<Package>)>;

  /// Looks at the script and the other .lua files of its folder now and then. Once they have changed and stand still,
  /// `read` is called, and what it gives goes to `found`, both on a thread of the watch's own. While the script is
  /// missing, empty, or `read` fails with ErrorKind::file, somebody is still writing: it is tried again.
  TemplateWatch(std::filesystem::path script, Read read, Found found,
                std::chrono::milliseconds interval = std::chrono::milliseconds(300));

  const std::filesystem::path& script() const { return script_; }

 private:
  struct Stamp {
    std::filesystem::file_time_type time;
    std::uintmax_t size = 0;
    bool operator==(const Stamp&) const = default;
  };
  using Stamps = std::map<std::filesystem::path, Stamp>;

  /// Of all the files; none while the script cannot be read.
  std::optional<Stamps> stamps() const;
  bool deliver(const Stamps& stamps) const;
  void run(const std::stop_token& stop, std::optional<Stamps> known);

  std::filesystem::path script_;
  Read read_;
  Found found_;
  std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace fitwright
