// Pictures of templates as files in the cache, named by what they show.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "app/session/library.hpp"

namespace fitwright {

std::filesystem::path thumbnail_folder(const std::filesystem::path& cache);
/// File name for a design, or for a template at its defaults, as this version of the program draws it.
std::string thumbnail_name(const Design& design);
/// A file is there, and starts like a PNG.
bool is_thumbnail(const std::filesystem::path& png);
/// Errors: file, and those of `draw`.
Result<void> draw_thumbnail(const Library::Draw& draw, const std::filesystem::path& script,
                            const std::filesystem::path& png);
/// Removes pictures older than a month that are not among the used ones: those of templates that have changed since.
void remove_old_thumbnails(const std::filesystem::path& cache, const std::set<std::string>& used);

}  // namespace fitwright
