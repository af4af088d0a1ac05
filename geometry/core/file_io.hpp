// Reading and writing whole files, so that a failure never leaves half a file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "geometry/core/result.hpp"

namespace fitwright {

/// The file's bytes. Errors (ErrorKind::file): missing, not a regular file, unreadable, above `max_bytes`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes = std::size_t{256} << 20);

/// Writes a temporary file in the same folder, flushes it to disk and renames it over `path`: after a
/// full disk, a read-only folder or a kill the old file is still there, or none. Errors: ErrorKind::file.
Result<void> write_file_atomic(const std::filesystem::path& path, std::string_view bytes);

struct FileToWrite {
  std::filesystem::path path;
  std::string_view bytes;
};

/// The same for files that belong together: all are written whole under passing names before the first is renamed.
Result<void> write_files_atomic(std::span<const FileToWrite> files);

}  // namespace fitwright
