#include "export/file_names.hpp"

#include <fmt/format.h>

#include <cctype>

namespace fitwright {
namespace fs = std::filesystem;

std::string file_safe(std::string_view name, std::string_view fallback) {
  std::string safe;
  for (const char c : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ||
                       static_cast<unsigned char>(c) >= 0x80;
    safe += plain ? c : '-';
  }
  return safe.empty() ? std::string(fallback) : safe;
}

fs::path part_path(const fs::path& output, std::string_view part, std::set<fs::path>& taken) {
  const std::string stem = output.stem().string() + "-" + file_safe(part, "part");
  const std::string extension = output.extension().string();
  fs::path path = output.parent_path() / (stem + extension);
  for (int n = 2; !taken.insert(path).second; ++n)
    path = output.parent_path() / fmt::format("{}-{}{}", stem, n, extension);
  return path;
}

std::vector<std::string> part_labels(const std::vector<std::string>& parts) {
  std::vector<std::string> labels;
  std::set<fs::path> taken;
  for (const std::string& part : parts) labels.push_back(part_path("x.dxf", part, taken).stem().string().substr(2));
  return labels;
}

}  // namespace fitwright
