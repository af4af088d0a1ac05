#include "app/engine/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fitwright {
namespace fs = std::filesystem;
namespace {

Descriptor open_file(const fs::path& path, int flags) {
  return Descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600));
}

tl::unexpected<Error> cannot_lock(const fs::path& path, int code) {
  return fail(ErrorKind::file, fmt::format("the file {} cannot be locked: {}", path.string(), std::strerror(code)));
}

/// Between making and locking it, somebody tidying up may have removed the file.
bool still_named(const Descriptor& file) {
  struct stat info {};
  return ::fstat(file.get(), &info) == 0 && info.st_nlink > 0;
}

}  // namespace

Result<std::optional<FileLock>> FileLock::make(const fs::path& path) {
  Descriptor file = open_file(path, O_CREAT | O_EXCL);
  if (!file && errno == EEXIST) return std::nullopt;
  if (!file) return cannot_lock(path, errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    const int code = errno;
    ::unlink(path.c_str());
    return cannot_lock(path, code);
  }
  if (!still_named(file)) return std::nullopt;
  return FileLock(std::move(file), path);
}

bool FileLock::is_held(const fs::path& path) {
  const Descriptor file = open_file(path, 0);
  // A shared lock, so that two who ask at once do not take each other for the owner.
  return file && ::flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool FileLock::remove_free(const fs::path& path) {
  const Descriptor file = open_file(path, 0);
  if (!file) return errno == ENOENT;
  return ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 && ::unlink(path.c_str()) == 0;
}

FileLock::~FileLock() {
  if (descriptor_) ::unlink(path_.c_str());
}

}  // namespace fitwright
