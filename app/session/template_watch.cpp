#include "app/session/template_watch.hpp"

#include <system_error>

namespace fitwright {
namespace fs = std::filesystem;

TemplateWatch::TemplateWatch(fs::path script, Read read, Found found, std::chrono::milliseconds interval)
    : script_(std::move(script)),
      read_(std::move(read)),
      found_(std::move(found)),
      interval_(interval),
      thread_([this, known = stamps()](const std::stop_token& stop) mutable { run(stop, std::move(known)); }) {}

std::optional<TemplateWatch::Stamps> TemplateWatch::stamps() const {
  Stamps all;
  std::error_code error;
  const fs::path folder = script_.has_parent_path() ? script_.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    if (path.extension() != ".lua" && path.filename() != script_.filename()) continue;
    std::error_code gone;
    const Stamp stamp{fs::last_write_time(path, gone), fs::file_size(path, gone)};
    if (!gone) all[path.filename()] = stamp;
  }
  const auto script = all.find(script_.filename());
  if (error || script == all.end() || script->second.size == 0) return std::nullopt;
  return all;
}

bool TemplateWatch::deliver(const Stamps& before) const {
  Result<Package> package = read_(script_);
  if (!package && package.error().kind == ErrorKind::file) return false;
  if (stamps() != before) return false;  // saved again while it was read
  found_(std::move(package));
  return true;
}

void TemplateWatch::run(const std::stop_token& stop, std::optional<Stamps> known) {
  std::optional<Stamps> seen = known;
  std::unique_lock lock(mutex_);
  for (;;) {
    const bool unsettled = seen != known;
    stopped_.wait_for(lock, stop, unsettled ? interval_ / 3 : interval_, [] { return false; });
    if (stop.stop_requested()) return;
    auto now = stamps();
    if (now && now != known && now == seen && deliver(*now)) known = now;
    seen = std::move(now);
  }
}

}  // namespace fitwright
