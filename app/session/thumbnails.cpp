#include "app/session/thumbnails.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <vector>

#include "geometry/core/hash.hpp"

namespace fitwright {
namespace fs = std::filesystem;

fs::path thumbnail_folder(const fs::path& cache) { return cache / "thumbnails"; }

std::string thumbnail_name(const Design& design) {
  Hasher hasher;
  hasher.add(std::string_view(FITWRIGHT_VERSION));
  const auto bytes = design_to_json(design);
  hasher.add(std::string_view(bytes ? *bytes : design.source));
  return to_hex(hasher.finish()) + ".png";
}

bool is_thumbnail(const fs::path& png) {
  constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
  std::string start(signature.size(), '\0');
  std::ifstream file(png, std::ios::binary);
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == signature;
}

Result<void> draw_thumbnail(const Library::Draw& draw, const fs::path& script, const fs::path& png) {
  std::error_code error;
  fs::create_directories(png.parent_path(), error);
  if (error)
    return fail(ErrorKind::file,
                fmt::format("the folder {} cannot be made: {}", png.parent_path().string(), error.message()));
  FW_CHECK(draw(script, png));
  if (is_thumbnail(png)) return {};
  return fail(ErrorKind::internal, fmt::format("what was drawn into {} is no picture", png.string()));
}

void remove_old_thumbnails(const fs::path& cache, const std::set<std::string>& used) {
  const auto oldest = fs::file_time_type::clock::now() - std::chrono::days(30);
  std::vector<fs::path> old;
  std::error_code error;
  for (fs::directory_iterator it(thumbnail_folder(cache), error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->path().extension() != ".png" || used.contains(it->path().filename().string())) continue;
    if (it->last_write_time(ignored) < oldest && !ignored) old.push_back(it->path());
  }
  for (const fs::path& png : old) fs::remove(png, error);
}

}  // namespace fitwright
