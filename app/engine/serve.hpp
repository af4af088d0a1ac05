// The engine's side of the process boundary.
#pragma once

#include <cstddef>
#include <filesystem>

#include "app/engine/channel.hpp"

namespace fitwright {

/// Answers what comes through the channel, one request after another, until the other end is gone; then ends the
/// process, whatever it is in the midst of. Memory beyond the limit (0: none) is refused, which a build answers with
/// an error.
[[noreturn]] void serve(Channel channel, const std::filesystem::path& assets, std::size_t memory_bytes);

}  // namespace fitwright
