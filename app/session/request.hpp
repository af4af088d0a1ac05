// A document's state as a request to the engine.
#pragma once

#include <optional>

#include "app/engine/message.hpp"
#include "app/session/document.hpp"

namespace fitwright {

/// The design with the values of a variant; of none, or one that there is not, its own. Nothing is wanted yet.
Request request_of(const DocumentState& state, std::optional<std::size_t> variant);

}  // namespace fitwright
