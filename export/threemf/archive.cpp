#include "export/threemf/archive.hpp"

#include <zip.h>

namespace fitwright {

namespace {

constexpr zip_int64_t max_entries = 10'000;

struct Closer {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Source = std::unique_ptr<zip_source_t, Closer>;
using File = std::unique_ptr<zip_file_t, Closer>;

tl::unexpected<Error> zip_failed(zip_t* zip) {
  return fail(ErrorKind::internal, std::string("packing the file failed (") + zip_strerror(zip) + ")");
}

Result<void> add(zip_t* zip, const std::string& path, const std::string& content) {
  zip_source_t* data = zip_source_buffer(zip, content.data(), content.size(), 0);
  if (!data) return zip_failed(zip);
  const zip_int64_t index = zip_file_add(zip, path.c_str(), data, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(data);
    return zip_failed(zip);
  }
  const auto entry = static_cast<zip_uint64_t>(index);
  constexpr zip_uint16_t midnight = 0, new_year_1980 = (1 << 5) | 1;  // DOS time knows no time zone
  // The fastest level is within a few per cent of the best on numbers as text.
  if (zip_file_set_dostime(zip, entry, midnight, new_year_1980, 0) != 0 ||
      zip_set_file_compression(zip, entry, ZIP_CM_DEFLATE, 1) != 0)
    return zip_failed(zip);
  return {};
}

Result<std::string> content_of(zip_source_t* source) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
    return fail(ErrorKind::internal, "packing the file failed: the archive cannot be read back");
  std::string bytes(stat.size, '\0');
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got < 0 || static_cast<std::size_t>(got) != bytes.size())
    return fail(ErrorKind::internal, "packing the file failed: the archive cannot be read back");
  return bytes;
}

}  // namespace

Result<std::string> make_archive(const std::vector<std::pair<std::string, std::string>>& files) {
  Source target(zip_source_buffer_create(nullptr, 0, 0, nullptr));
  if (!target) return fail(ErrorKind::internal, "packing the file failed: no memory");
  zip_t* zip = zip_open_from_source(target.get(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (!zip) return fail(ErrorKind::internal, "packing the file failed: the archive cannot be made");
  zip_source_keep(target.get());  // closing the archive gives up one reference
  for (const auto& [path, content] : files)
    if (auto added = add(zip, path, content); !added) {
      zip_discard(zip);
      return tl::unexpected(std::move(added).error());
    }
  if (zip_close(zip) != 0) {
    auto error = zip_failed(zip);
    zip_discard(zip);
    return error;
  }
  return content_of(target.get());
}

Result<ArchiveReader> ArchiveReader::open(std::string_view bytes, const std::string& file_name) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  zip_t* zip = source ? zip_open_from_source(source, ZIP_RDONLY, nullptr) : nullptr;
  if (!zip) {
    if (source) zip_source_free(source);
    return fail(ErrorKind::file, file_name + " is not a 3MF file, or it is cut off: it is no readable ZIP archive",
                "copy or export it again");
  }
  std::shared_ptr<void> owned(zip, [](void* z) { zip_discard(static_cast<zip_t*>(z)); });
  if (zip_get_num_entries(zip, 0) > max_entries)
    return fail(ErrorKind::file,
                file_name + " holds more than " + std::to_string(max_entries) + " files, which no model needs");
  return ArchiveReader(std::move(owned), file_name);
}

bool ArchiveReader::has(const std::string& path) const {
  return zip_name_locate(static_cast<zip_t*>(zip_.get()), path.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<std::string> ArchiveReader::read(const std::string& path, std::size_t max_bytes) const {
  zip_t* zip = static_cast<zip_t*>(zip_.get());
  const zip_int64_t index = zip_name_locate(zip, path.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return fail(ErrorKind::file, file_name_ + " lacks the file " + path + " inside", "export it again");
  const File file(zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0));
  const auto damaged = [&] {
    return fail(ErrorKind::file, file_name_ + " is damaged: " + path + " inside cannot be unpacked",
                "copy or export it again");
  };
  if (!file) return damaged();
  std::string content;
  for (;;) {
    constexpr std::size_t step = std::size_t{1} << 20;
    const std::size_t used = content.size();
    content.resize(used + step);
    const zip_int64_t got = zip_fread(file.get(), content.data() + used, step);
    if (got < 0) return damaged();
    content.resize(used + static_cast<std::size_t>(got));
    if (content.size() > max_bytes)
      return fail(ErrorKind::file,
                  file_name_ + " unpacks to more than " + std::to_string(max_bytes >> 20) + " MB, so it was not read");
    if (got == 0) return content;
  }
}

}  // namespace fitwright
