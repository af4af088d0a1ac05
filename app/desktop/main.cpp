// fitwright-app: the desktop app.
#include <fmt/format.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <clocale>
#include <cstdio>
#include <exception>

#include "app/desktop/app.hpp"
#include "app/session/settings.hpp"

namespace {

using namespace fitwright;

/// Messages for diagnostics go to a file that cannot grow without end.
void start_log() {
  try {
    const auto folder = user_folders().state;
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    spdlog::set_default_logger(spdlog::rotating_logger_mt("app", (folder / "log.txt").string(), 1 << 20, 2));
    spdlog::flush_on(spdlog::level::info);
  } catch (const spdlog::spdlog_ex&) {  // a read-only home is no reason not to start
  }
}

int fail_with(const Error& error) {
  fmt::print(stderr, "error: {}\n", describe(error));
  return exit_status(error.kind);
}

}  // namespace

int main(int argc, char** argv) {
  std::setlocale(LC_ALL, "C.UTF-8");
  desktop::Start start;
  std::string probe, frame_log;
  CLI::App app{"Fitwright: things in your size"};
  app.add_option("subject", start.subject, "Template id, template.lua, its folder, or a .fitwright design");
  app.add_option("--probe", probe, "Publish widgets and state in this JSON file, for tests");
  app.add_option("--frame-log", frame_log, "Append times of frames and pictures to this file");
  app.add_option("--width", start.width, "Width of the window");
  app.add_option("--height", start.height, "Height of the window");
  app.set_version_flag("--version", "fitwright-app " FITWRIGHT_VERSION);
  CLI11_PARSE(app, argc, argv);
  start.probe = probe;
  start.frame_log = frame_log;
  start_log();
  try {
    const auto ended = desktop::run_app(start);
    return ended ? 0 : fail_with(ended.error());
  } catch (const std::exception& e) {
    return fail_with(make_error(ErrorKind::internal, std::string("the app failed: ") + e.what()));
  }
}
