#include "app/engine/user_folders.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "geometry/core/file_io.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t max_workshop_bytes = std::size_t{1} << 20;

fs::path user_folder(const char* variable, const char* below_home) {
  // The specification has relative paths ignored.
  if (const char* given = std::getenv(variable); given && fs::path(given).is_absolute()) return fs::path(given);
  if (const char* home = std::getenv("HOME"); home && fs::path(home).is_absolute()) return fs::path(home) / below_home;
  std::error_code ignored;
  return fs::temp_directory_path(ignored);
}

}  // namespace

UserFolders user_folders() {
  return {user_folder("XDG_CONFIG_HOME", ".config") / "fitwright",
          user_folder("XDG_CACHE_HOME", ".cache") / "fitwright",
          user_folder("XDG_STATE_HOME", ".local/state") / "fitwright"};
}

fs::path workshop_file(const UserFolders& folders) { return folders.config / "workshop.toml"; }

Result<std::string> load_workshop(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::string();
  return read_file(file, max_workshop_bytes);
}

Result<void> save_workshop(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error)
    return fail(ErrorKind::file,
                fmt::format("the folder {} cannot be made: {}", file.parent_path().string(), error.message()));
  return write_file_atomic(file, text);
}

}  // namespace fitwright
