#include "geometry/core/file_io.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/catch.hpp"

namespace fs = std::filesystem;
using fitwright::ErrorKind;
using fitwright::read_file;
using fitwright::write_file_atomic;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "fitwright-io-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  fs::path operator/(const char* name) const { return path_ / name; }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

template <class T>
std::string refused(const fitwright::Result<T>& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::file);
  return result.error().message;
}

bool mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("bytes come back as they were written, and nothing else is left") {
  const Folder folder;
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>(i * 31);
  REQUIRE(write_file_atomic(folder / "a.bin", bytes));
  CHECK(*read_file(folder / "a.bin") == bytes);
  REQUIRE(write_file_atomic(folder / "a.bin", ""));
  CHECK(read_file(folder / "a.bin")->empty());
  CHECK(folder.entries() == 1);
}

TEST_CASE("a replaced file keeps its mode, a link stays a link") {
  const Folder folder;
  REQUIRE(write_file_atomic(folder / "a", "old"));
  REQUIRE(chmod((folder / "a").c_str(), 0640) == 0);
  fs::create_symlink("a", folder / "link");
  REQUIRE(write_file_atomic(folder / "link", "new"));
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(*read_file(folder / "a") == "new");
  CHECK((fs::status(folder / "a").permissions() & fs::perms::mask) == fs::perms(0640));
}

TEST_CASE("reading what cannot be read says why") {
  const Folder folder;
  CHECK(mentions(refused(read_file(folder / "none")), "no such file"));
  CHECK(mentions(refused(read_file(folder.path())), "folder"));
  CHECK(mentions(refused(read_file("/dev/zero")), "regular"));
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(mentions(refused(read_file(folder / "pipe")), "regular"));
  REQUIRE(write_file_atomic(folder / "big", std::string(1001, 'x')));
  CHECK(mentions(refused(read_file(folder / "big", 1000)), "1000"));
  CHECK(read_file(folder / "big", 1001)->size() == 1001);
}

TEST_CASE("writing where nothing can be written says why and leaves nothing") {
  const Folder folder;
  CHECK(mentions(refused(write_file_atomic(folder / "none" / "a", "x")), "no folder"));
  CHECK(mentions(refused(write_file_atomic(folder.path(), "x")), "folder"));
  CHECK(mentions(refused(write_file_atomic("", "x")), "folder"));
  CHECK(mentions(refused(write_file_atomic("/dev/null", "x")), "regular"));
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(mentions(refused(write_file_atomic("/proc/a", "x")), "cannot write"));
  CHECK(mentions(refused(write_file_atomic(folder / std::string(300, 'a').c_str(), "x")), "too long"));
  CHECK(folder.entries() == 0);
}

TEST_CASE("a folder without write permission keeps the old file") {
  const Folder folder;
  REQUIRE(write_file_atomic(folder / "a", "old"));
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  // A child without root's powers tries; its status tells what it met.
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(3);
    const auto written = write_file_atomic(folder / "a", "new");
    _exit(!written && mentions(written.error().message, "permission") ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  fs::permissions(folder.path(), fs::perms::owner_all);
  CHECK(status == 0);
  CHECK(*read_file(folder / "a") == "old");
  CHECK(folder.entries() == 1);
}

TEST_CASE("running out of room keeps the old file and removes the new one") {
  const Folder folder;
  REQUIRE(write_file_atomic(folder / "a", "old"));
  // A limit on file size stands for a full disk: write fails half way.
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    _exit(write_file_atomic(folder / "a", std::string(100'000, 'x')) ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(*read_file(folder / "a") == "old");
  CHECK(folder.entries() == 1);
}
