// The other programs of Fitwright: they are installed beside each other.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"

namespace fitwright {

/// The program of that name in the folder of the running one. Errors: file (it is not there).
Result<std::filesystem::path> sibling_program(std::string_view name);

/// Turns this process into another program, which keeps its folder, environment and open files; `arguments` are those
/// after its name. Returns only if that fails. Errors: internal.
Error become(const std::filesystem::path& program, const std::vector<std::string>& arguments);

/// Whether there is a desktop to open a window on, X or Wayland.
bool has_display();

}  // namespace fitwright
