// Unsaved work that outlives a crash: each program that runs has one recovery file, and what is left of one that died
// is offered by the next.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/settings.hpp"

namespace fitwright {

/// Where this run keeps what is not saved (Session::keep_recovery), told apart from the files of other programs that
/// run, and held as long as this lives. What stays in the file at the end is offered by the next start.
class RecoveryFile {
 public:
  /// Makes the folder where it is missing. Errors: file.
  static Result<RecoveryFile> make(const UserFolders& folders);
  ~RecoveryFile();
  RecoveryFile(RecoveryFile&&) noexcept;
  RecoveryFile& operator=(RecoveryFile&&) = delete;

  const std::filesystem::path& path() const;
  /// Notes where the design was loaded from or saved; empty: nowhere yet. Errors: file.
  Result<void> note(const std::filesystem::path& saved_as) const;
  /// The maker does not want it kept. To be called when no session writes the file any more.
  void discard() const;

 private:
  struct Held;
  explicit RecoveryFile(std::unique_ptr<Held> held);
  std::unique_ptr<Held> held_;
};

/// A design that a crash left unsaved.
struct Recovered {
  std::filesystem::path file;
  std::string name;                ///< of the design; empty where it cannot be read
  std::filesystem::path saved_as;  ///< where it was loaded from or saved; empty: nowhere yet
  std::optional<Error> error;      ///< why it cannot be read; the file is kept all the same
};

/// Recovery files in `state`/recovery that no running program holds, the latest first.
std::vector<Recovered> find_recovered(const UserFolders& folders);
/// Removes a recovered design for good: the maker saved it elsewhere, or does not want it. Errors: file.
Result<void> discard_recovered(const Recovered& recovered);

}  // namespace fitwright
