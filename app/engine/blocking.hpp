// What to say when a finding keeps files from being written.
#pragma once

#include <string>

#include "app/engine/message.hpp"

namespace fitwright {

/// An error (finding): `message`, and the first finding of the response that blocks.
Error blocking_error(const Response& response, std::string message);

}  // namespace fitwright
