#pragma once

#include <string>

struct lua_State;

namespace fitwright {

/// Adds `require` to the table on top of the stack: `require "name"` or `require "name@1.2"` over the
/// sandbox's modules, each run once. Raises.
void add_require(lua_State* lua);

/// Compiles a text of the sandbox's (template or module) and leaves the function on the stack. `text` must
/// outlive the call. `compiled`: what Lua itself made of this very text before, or null. Raises.
void load_text(lua_State* lua, const char* text, unsigned long size, const char* name,
               const std::string* compiled = nullptr);

}  // namespace fitwright
