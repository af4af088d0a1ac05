// What Lua's own messages leave unsaid: it tells where it stumbled, a maker wants to know what to write.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fitwright {

/// What would work, for a message of Lua's; empty where nothing is known.
std::string hint_for(std::string_view message);

/// "did you mean box?", for a word that is none of those known: one misspelt, or one that other programs use (cube,
/// subtract, params). Empty where there is no telling.
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace fitwright
