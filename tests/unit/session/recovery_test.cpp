// Unsaved work after a crash.
#include "app/session/recovery.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include "templates/schema/design.hpp"
#include "tests/catch.hpp"
#include "tests/unit/session/folder.hpp"

using namespace fitwright;
using namespace fitwright::test;
namespace fs = std::filesystem;

namespace {

Design shelf(const std::string& name) {
  Design design;
  design.name = name;
  design.template_id = "shelf";
  design.template_version = "1.0.0";
  design.source = "return {}";
  return design;
}

std::size_t files(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// A program that keeps a design for recovery and is then killed on the spot.
void crash(const UserFolders& folders, const std::string& name, const std::string& saved_as) {
  const pid_t child = fork();
  if (child == 0) {
    const auto file = RecoveryFile::make(folders);
    const bool kept = file && save_design(shelf(name), file->path()) && file->note(saved_as);
    raise(kept ? SIGKILL : SIGTERM);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(WTERMSIG(status) == SIGKILL);
}

}  // namespace

TEST_CASE("what a killed program left is found, with where it was saved") {
  const Folder folder;
  const UserFolders folders{.state = folder / "state"};
  CHECK(find_recovered(folders).empty());
  crash(folders, "Hallway", "/home/mia/hall way.fitwright");
  const auto found = find_recovered(folders);
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "Hallway");
  CHECK(found[0].saved_as == "/home/mia/hall way.fitwright");
  CHECK_FALSE(found[0].error);
  CHECK(load_design(found[0].file).value() == shelf("Hallway"));
  REQUIRE(discard_recovered(found[0]));
  CHECK(find_recovered(folders).empty());
  CHECK(files(folder / "state/recovery") == 0);
}

TEST_CASE("what a running program holds is not offered to others") {
  const Folder folder;
  const UserFolders folders{.state = folder / "state"};
  auto mine = RecoveryFile::make(folders);
  auto other = RecoveryFile::make(folders);
  REQUIRE(mine);
  REQUIRE(other);
  CHECK(mine->path() != other->path());
  REQUIRE(save_design(shelf("Mine"), mine->path()));
  REQUIRE(mine->note({}));
  CHECK(find_recovered(folders).empty());
  const RecoveryFile moved = std::move(*mine);
  CHECK(find_recovered(folders).empty());
}

TEST_CASE("an orderly end leaves what is unsaved, and nothing else") {
  const Folder folder;
  const UserFolders folders{.state = folder / "state"};
  {
    const auto saved = RecoveryFile::make(folders).value();
    REQUIRE(saved.note("/a.fitwright"));
    const auto unsaved = RecoveryFile::make(folders).value();
    REQUIRE(save_design(shelf("Unsaved"), unsaved.path()));
    const auto unwanted = RecoveryFile::make(folders).value();
    REQUIRE(save_design(shelf("Unwanted"), unwanted.path()));
    REQUIRE(unwanted.note("/b.fitwright"));
    unwanted.discard();
  }
  const auto found = find_recovered(folders);
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "Unsaved");
  CHECK(found[0].saved_as.empty());
  CHECK(files(folder / "state/recovery") == 1);
}

TEST_CASE("a damaged recovery file is listed and kept") {
  const Folder folder;
  const UserFolders folders{.state = folder / "state"};
  crash(folders, "First", "");
  const fs::path damaged = folder / "state/recovery/0123.fitwright";
  spill(damaged, "{\"format\": \"fitwri");
  fs::last_write_time(damaged, fs::file_time_type::clock::now() + std::chrono::hours(1));
  const auto found = find_recovered(folders);
  REQUIRE(found.size() == 2);
  CHECK(found[0].file == damaged);  // the latest
  CHECK(found[0].name.empty());
  REQUIRE(found[0].error);
  CHECK(found[0].error->kind == ErrorKind::file);
  CHECK(fs::exists(damaged));
  CHECK(found[1].name == "First");
}

TEST_CASE("the locks of programs that died with nothing unsaved are tidied away") {
  const Folder folder;
  const UserFolders folders{.state = folder / "state"};
  crash(folders, "Gone", "/gone.fitwright");
  REQUIRE(fs::remove(find_recovered(folders).at(0).file));
  CHECK(files(folder / "state/recovery") == 2);  // lock and note
  const auto mine = RecoveryFile::make(folders);
  REQUIRE(mine);
  CHECK(files(folder / "state/recovery") == 1);
}

TEST_CASE("a state folder that cannot be made is an error") {
  const Folder folder;
  spill(folder / "state", "");
  const auto made = RecoveryFile::make({.state = folder / "state"});
  REQUIRE_FALSE(made);
  CHECK(made.error().kind == ErrorKind::file);
}
