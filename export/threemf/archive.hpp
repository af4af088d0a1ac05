// ZIP archives in memory, by libzip.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

/// An archive of the files, in the given order, dated 1980-01-01: equal input gives equal bytes.
/// Errors: internal.
Result<std::string> make_archive(const std::vector<std::pair<std::string, std::string>>& files);

/// An archive from outside. What it says of the sizes inside is not believed.
class ArchiveReader {
 public:
  /// `bytes` must outlive the reader. Errors (file): not a ZIP archive, damaged, absurdly many entries.
  static Result<ArchiveReader> open(std::string_view bytes, const std::string& file_name);

  bool has(const std::string& path) const;
  /// Unpacks one file. Errors (file): missing, damaged, encrypted, or it unpacks to more than `max_bytes`.
  Result<std::string> read(const std::string& path, std::size_t max_bytes) const;

 private:
  ArchiveReader(std::shared_ptr<void> zip, std::string file_name)
      : zip_(std::move(zip)), file_name_(std::move(file_name)) {}
  std::shared_ptr<void> zip_;
  std::string file_name_;
};

}  // namespace fitwright
