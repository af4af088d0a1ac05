// Names of exported files.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fitwright {

/// A name as it may stand in a file name: all but letters, digits, "-", "_", "." and what is not ASCII becomes "-".
/// `fallback` for an empty one.
std::string file_safe(std::string_view name, std::string_view fallback);

/// The file that holds one part: STEM-part.ext beside `output`, told apart by a number where it is taken already.
/// Adds it to `taken`.
std::filesystem::path part_path(const std::filesystem::path& output, std::string_view part,
                                std::set<std::filesystem::path>& taken);

/// What the file of each part is called behind its stem: "part" of STEM-part.ext, told apart as `part_path` does.
std::vector<std::string> part_labels(const std::vector<std::string>& parts);

}  // namespace fitwright
