#include "app/engine/programs.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace fitwright {
namespace fs = std::filesystem;

Result<fs::path> sibling_program(std::string_view name) {
  std::error_code ignored;
  const fs::path beside = fs::read_symlink("/proc/self/exe", ignored).parent_path() / name;
  if (fs::is_regular_file(beside, ignored)) return beside;
  return fail(ErrorKind::file, fmt::format("{} is not installed: {} does not exist", name, beside.string()),
              "install Fitwright again");
}

Error become(const fs::path& program, const std::vector<std::string>& arguments) {
  const std::string path = program.string();
  std::vector<char*> words{const_cast<char*>(path.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  ::execv(path.c_str(), words.data());
  const int code = errno;
  return make_error(ErrorKind::internal,
                    fmt::format("{} cannot be started: {}", path, std::generic_category().message(code)),
                    "install Fitwright again");
}

bool has_display() {
  for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY"})
    if (const char* value = std::getenv(name); value && *value) return true;
  return false;
}

}  // namespace fitwright
