#include "geometry/core/file_io.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <random>
#include <utility>
#include <vector>

namespace fitwright {

namespace {

namespace fs = std::filesystem;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { close(); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }
  bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

tl::unexpected<Error> fail_errno(std::string_view doing, const fs::path& path, int code) {
  const auto message = [&](std::string_view why) { return fmt::format("cannot {} {}: {}", doing, path.string(), why); };
  switch (code) {
    case ENOSPC:
    case EDQUOT: return fail(ErrorKind::file, message("the disk is full"), "free some space or choose another folder");
    case EACCES:
    case EPERM: return fail(ErrorKind::file, message("permission denied"), "choose a folder or file that you may use");
    case EROFS: return fail(ErrorKind::file, message("the disk is read-only"), "choose another folder");
    case ENOENT: return fail(ErrorKind::file, message("there is no such file or folder"), "check the path");
    case ENOTDIR: return fail(ErrorKind::file, message("a part of the path is not a folder"), "check the path");
    case EFBIG:
      return fail(ErrorKind::file, message("the file would be larger than allowed here"),
                  "choose another disk, or a coarser --deflection");
    case EISDIR: return fail(ErrorKind::file, message("it is a folder"), "name a file");
    case ENAMETOOLONG: return fail(ErrorKind::file, message("the name is too long"), "choose a shorter name");
    default: return fail(ErrorKind::file, message(std::strerror(code)));
  }
}

tl::unexpected<Error> too_large(const fs::path& path, std::size_t max_bytes) {
  return fail(ErrorKind::file, fmt::format("cannot read {}: it is larger than {} bytes", path.string(), max_bytes));
}

std::string unique_suffix() {
  static std::atomic<unsigned> counter{0};
  static const unsigned seed = std::random_device{}();
  return fmt::format("{:x}-{:x}-{:x}", static_cast<unsigned>(::getpid()), seed, counter++);
}

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

/// A file that is replaced keeps its mode; a new one has the usual.
bool keep_mode(int fd, const fs::path& old) {
  struct stat info {};
  return ::stat(old.c_str(), &info) != 0 || ::fchmod(fd, info.st_mode & 07777) == 0;
}

/// A file written whole and flushed under a passing name, which is removed unless the file takes its place.
class StagedFile {
 public:
  static Result<StagedFile> write(const FileToWrite& file) {
    const fs::path& path = file.path;
    FW_CHECK(check_target(path));
    std::error_code ignored;
    StagedFile staged;
    staged.path_ = path;
    // Writing through a link replaces the file it points to, not the link.
    staged.target_ = fs::is_symlink(path, ignored) ? fs::canonical(path, ignored) : path;
    if (staged.target_.empty()) staged.target_ = path;
    FW_TRY(const fs::path folder, staged.folder());
    // The name is short, so that a long but legal target name does not make it too long.
    const fs::path temporary = folder / fmt::format(".fitwright-{}", unique_suffix());
    FileDescriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!out) return fail_errno("write", path, errno);
    staged.temporary_ = temporary;
    if (const int code = write_all(out.get(), file.bytes)) return fail_errno("write", path, code);
    if (!keep_mode(out.get(), staged.target_)) return fail_errno("write", path, errno);
    if (::fsync(out.get()) != 0) return fail_errno("write", path, errno);
    if (!out.close()) return fail_errno("write", path, errno);
    return staged;
  }

  ~StagedFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  StagedFile(StagedFile&& other) noexcept
      : path_(std::move(other.path_)),
        target_(std::move(other.target_)),
        temporary_(std::exchange(other.temporary_, {})) {}
  StagedFile& operator=(StagedFile&&) = delete;

  Result<void> take_place() {
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return fail_errno("write", path_, errno);
    temporary_.clear();
    // The new name is in place; a folder that cannot be flushed (some network disks) is no failure.
    FW_TRY(const fs::path folder, this->folder());
    const FileDescriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory) ::fsync(directory.get());
    return {};
  }

 private:
  StagedFile() = default;

  static Result<void> check_target(const fs::path& path) {
    if (path.filename().empty()) return fail_errno("write", path, EISDIR);
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return fail_errno("write", path, EISDIR);
    // Renaming over a device or pipe would remove it from the system.
    if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored))
      return fail(ErrorKind::file, fmt::format("cannot write {}: it is not a regular file", path.string()));
    return {};
  }

  Result<fs::path> folder() const {
    fs::path folder = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) return folder;
    return fail(ErrorKind::file, fmt::format("cannot write {}: there is no folder {}", path_.string(), folder.string()),
                "make the folder first or choose another");
  }

  fs::path path_, target_, temporary_;
};

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return fail_errno("read", path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return fail_errno("read", path, errno);
  if (S_ISDIR(info.st_mode)) return fail_errno("read", path, EISDIR);
  if (!S_ISREG(info.st_mode))
    return fail(ErrorKind::file, fmt::format("cannot read {}: it is not a regular file", path.string()));
  if (static_cast<std::uintmax_t>(info.st_size) > max_bytes) return too_large(path, max_bytes);
  std::string bytes;
  // The size is a hint: the file may grow or shrink meanwhile.
  std::size_t used = 0;
  bytes.resize(static_cast<std::size_t>(info.st_size) + 1);
  for (;;) {
    if (used == bytes.size()) bytes.resize(used + used / 2 + 4096);
    const ssize_t n = ::read(file.get(), bytes.data() + used, bytes.size() - used);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno("read", path, errno);
    if (n == 0) break;
    used += static_cast<std::size_t>(n);
    if (used > max_bytes) return too_large(path, max_bytes);
  }
  bytes.resize(used);
  return bytes;
}

Result<void> write_file_atomic(const fs::path& path, std::string_view bytes) {
  const FileToWrite file{path, bytes};
  return write_files_atomic({&file, 1});
}

Result<void> write_files_atomic(std::span<const FileToWrite> files) {
  std::vector<StagedFile> staged;
  for (const FileToWrite& file : files) {
    FW_TRY(StagedFile one, StagedFile::write(file));
    staged.push_back(std::move(one));
  }
  for (StagedFile& one : staged) FW_CHECK(one.take_place());
  return {};
}

}  // namespace fitwright
