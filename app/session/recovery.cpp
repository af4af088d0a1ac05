#include "app/session/recovery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "app/engine/file_lock.hpp"
#include "geometry/core/file_io.hpp"
#include "templates/schema/design.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

// Three files with one stem: the design, where it was saved, and the lock that says that its program runs.
constexpr const char *design_ending = ".fitwright", *note_ending = ".saved-as", *lock_ending = ".lock";

fs::path beside(fs::path design, const char* ending) { return design.replace_extension(ending); }
fs::path recovery_folder(const UserFolders& folders) { return folders.state / "recovery"; }

std::vector<fs::path> files_with(const fs::path& folder, const char* ending) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ending) found.push_back(it->path());
  return found;
}

/// Locks of programs that died and left nothing behind them.
void tidy(const fs::path& folder) {
  std::error_code ignored;
  for (const fs::path& lock : files_with(folder, lock_ending))
    if (!fs::exists(beside(lock, design_ending), ignored) && FileLock::remove_free(lock))
      fs::remove(beside(lock, note_ending), ignored);
}

Recovered read_recovered(const fs::path& file) {
  Recovered found{.file = file};
  if (auto design = load_design(file))
    found.name = std::move(design->name);
  else
    found.error = std::move(design).error();
  if (auto note = read_file(beside(file, note_ending), 1 << 16)) found.saved_as = std::move(*note);
  return found;
}

fs::file_time_type written(const fs::path& file) {
  std::error_code ignored;
  return fs::last_write_time(file, ignored);
}

}  // namespace

struct RecoveryFile::Held {
  fs::path path;
  FileLock lock;
};

RecoveryFile::RecoveryFile(std::unique_ptr<Held> held) : held_(std::move(held)) {}
RecoveryFile::RecoveryFile(RecoveryFile&&) noexcept = default;

Result<RecoveryFile> RecoveryFile::make(const UserFolders& folders) {
  const fs::path folder = recovery_folder(folders);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return fail(ErrorKind::file, fmt::format("the folder {} cannot be made: {}", folder.string(), error.message()));
  tidy(folder);
  std::random_device random;
  for (;;) {
    const fs::path path = folder / fmt::format("{:08x}{:08x}{}", random(), random(), design_ending);
    FW_TRY(auto lock, FileLock::make(beside(path, lock_ending)));
    if (lock) return RecoveryFile(std::make_unique<Held>(Held{path, std::move(*lock)}));
  }
}

RecoveryFile::~RecoveryFile() {
  std::error_code ignored;
  if (held_ && !fs::exists(held_->path, ignored)) fs::remove(beside(held_->path, note_ending), ignored);
}

const fs::path& RecoveryFile::path() const { return held_->path; }

Result<void> RecoveryFile::note(const fs::path& saved_as) const {
  const fs::path full = saved_as.empty() ? saved_as : fs::absolute(saved_as);
  return write_file_atomic(beside(held_->path, note_ending), full.native());
}

void RecoveryFile::discard() const {
  std::error_code ignored;
  fs::remove(held_->path, ignored);
}

std::vector<Recovered> find_recovered(const UserFolders& folders) {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (const fs::path& file : files_with(recovery_folder(folders), design_ending))
    if (!FileLock::is_held(beside(file, lock_ending))) files.emplace_back(written(file), file);
  std::sort(files.rbegin(), files.rend());
  std::vector<Recovered> found;
  for (const auto& [time, file] : files) found.push_back(read_recovered(file));
  return found;
}

Result<void> discard_recovered(const Recovered& recovered) {
  std::error_code error;
  fs::remove(recovered.file, error);
  if (error)
    return fail(ErrorKind::file, fmt::format("{} cannot be removed: {}", recovered.file.string(), error.message()));
  FileLock::remove_free(beside(recovered.file, lock_ending));
  fs::remove(beside(recovered.file, note_ending), error);
  return {};
}

}  // namespace fitwright
