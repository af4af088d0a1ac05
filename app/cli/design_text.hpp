// A design as it is saved from the command line.
#pragma once

#include <filesystem>
#include <string>

#include "app/engine/message.hpp"

namespace fitwright::cli {

/// A design is saved from the request: it holds no geometry.
bool is_design(const std::filesystem::path& output);

/// What opens again as this setting, also where the template is missing. Errors: file (the subject, if it is a design).
Result<std::string> design_text(const std::filesystem::path& subject, const Request& request, const Response& response);

}  // namespace fitwright::cli
