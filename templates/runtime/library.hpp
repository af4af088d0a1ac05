#pragma once

#include <string>
#include <vector>

struct lua_State;

namespace fitwright {

/// Leaves a table on the stack that holds the parts of Lua's own library a template may use, each bounded:
/// no files, processes, code loading, protected calls, metatables, randomness or memory addresses; `pairs`
/// goes in a fixed order and `table.sort` is stable, so that a run gives the same result every time. Raises.
void push_library(lua_State* lua);

/// What the script's own globals are called in messages.
inline constexpr const char* global_noun = "function or variable";

/// Makes reading an absent field of the table at `index` an error that names the nearest field.
/// `noun`: what its fields are, e.g. "parameter"; `may_lack`: a field that may be absent, or null. Raises.
void make_strict(lua_State* lua, int index, const char* noun, const char* may_lack = nullptr);

}  // namespace fitwright
