// Where what belongs to one user is kept.
#pragma once

#include <filesystem>
#include <string>

#include "geometry/core/result.hpp"

namespace fitwright {

/// Folders by the XDG base directory specification: $XDG_CONFIG_HOME/fitwright (else ~/.config/fitwright) and so on.
/// They need not exist. Without a home, they are in the folder for passing files.
struct UserFolders {
  std::filesystem::path config, cache, state;
};
UserFolders user_folders();

/// The maker's own machines and figures (geometry/catalog/workshop.hpp).
std::filesystem::path workshop_file(const UserFolders& folders);
/// Its text; empty when there is none. Errors: file.
Result<std::string> load_workshop(const std::filesystem::path& file);
/// Makes the folder where it is missing. Errors: file.
Result<void> save_workshop(const std::filesystem::path& file, const std::string& text);

}  // namespace fitwright
