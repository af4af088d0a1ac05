// Where the data, fonts and templates that ship with Fitwright are.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

/// The folder with data/, fonts/ and templates/: FITWRIGHT_ASSETS when set, else ../share/fitwright beside the
/// folder of the running program, in the build tree as when installed. Errors (file): it does not exist.
Result<std::filesystem::path> asset_folder();

/// A template that ships.
struct ShippedTemplate {
  std::string id;
  std::filesystem::path path;  ///< of its template.lua
};

/// Those below `assets`/templates/products, by id. Errors (file): the folder cannot be read.
Result<std::vector<ShippedTemplate>> shipped_templates(const std::filesystem::path& assets);

}  // namespace fitwright
