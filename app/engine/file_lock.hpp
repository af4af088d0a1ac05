// A file that tells other programs that its maker still runs.
#pragma once

#include <filesystem>
#include <optional>

#include "app/engine/channel.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

/// Holds a file locked for as long as it lives. The system frees the lock with the process, however that ends.
class FileLock {
 public:
  /// Makes the file and locks it; empty when there is one of that name. Errors: file.
  static Result<std::optional<FileLock>> make(const std::filesystem::path& path);

  /// Whether a program that runs holds the file; false when there is none.
  static bool is_held(const std::filesystem::path& path);
  /// Removes a file that no running program holds. True when it is gone.
  static bool remove_free(const std::filesystem::path& path);

  FileLock(FileLock&&) noexcept = default;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();  ///< removes the file

 private:
  FileLock(Descriptor descriptor, std::filesystem::path path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  Descriptor descriptor_;
  std::filesystem::path path_;
};

}  // namespace fitwright
