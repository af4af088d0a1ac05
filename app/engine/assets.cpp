#include "app/engine/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace fitwright {
namespace fs = std::filesystem;

Result<fs::path> asset_folder() {
  std::error_code ignored;
  if (const char* given = std::getenv("FITWRIGHT_ASSETS"); given && *given) {
    if (fs::is_directory(given, ignored)) return fs::path(given);
    return fail(ErrorKind::file, fmt::format("FITWRIGHT_ASSETS names {}, which is no folder", given),
                "unset it, or let it name Fitwright's shared folder");
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path beside = program.parent_path().parent_path() / "share" / "fitwright";
  if (!program.empty() && fs::is_directory(beside, ignored)) return beside;
  return fail(ErrorKind::file, fmt::format("Fitwright's data folder {} does not exist", beside.string()),
              "install Fitwright again, or set FITWRIGHT_ASSETS to its shared folder");
}

Result<std::vector<ShippedTemplate>> shipped_templates(const fs::path& assets) {
  const fs::path products = assets / "templates" / "products";
  std::vector<ShippedTemplate> found;
  std::error_code error;
  for (fs::directory_iterator it(products, error), end; !error && it != end; it.increment(error)) {
    const fs::path script = it->path() / "template.lua";
    std::error_code ignored;
    if (fs::is_regular_file(script, ignored)) found.push_back({it->path().filename().string(), script});
  }
  if (error)
    return fail(ErrorKind::file, fmt::format("the folder {} cannot be read: {}", products.string(), error.message()));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return found;
}

}  // namespace fitwright
