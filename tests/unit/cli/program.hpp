// Runs the built program as a user does and keeps what it said.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

namespace fitwright {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A folder that is gone when the test is over.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "fitwright_cli_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::permissions(path_, fs::perms::owner_all, ignored);
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const fs::path& path() const { return path_; }
  /// Names of all that is in it, hidden files too.
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(path_)) found.insert(entry.path().filename().string());
    return found;
  }

 private:
  fs::path path_;
};

inline std::string slurp(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline void spill(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

struct Said {
  int status = -1;
  std::string out, err;
  Json json() const { return Json::parse(out); }
};

/// Runs `fitwright ARGUMENTS` through the shell. `before`: settings of the environment.
inline Said fitwright_says(const std::string& arguments, const std::string& before = "") {
  const Scratch scratch;
  const std::string command = before + " '" FITWRIGHT_BINARY_DIR "/bin/fitwright' " + arguments + " >'" +
                              scratch / "out" + "' 2>'" + scratch / "err" + "' </dev/null";
  const int raw = std::system(command.c_str());
  return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, slurp(scratch / "out"), slurp(scratch / "err")};
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A refusal as scripts expect it: this status, "error:" first on stderr, nothing on stdout.
inline bool refused(const Said& said, int status) {
  return said.status == status && said.err.rfind("error: ", 0) == 0 && said.out.empty();
}

inline std::set<std::string> keys(const Json& json) {
  std::set<std::string> found;
  for (const auto& [key, value] : json.items()) found.insert(key);
  return found;
}

}  // namespace fitwright
