#pragma once

struct lua_State;

namespace fitwright {

/// Adds `require` to the table on top of the stack: `require "name"` or `require "name@1.2"` over the
/// sandbox's modules, each run once. Raises.
void add_require(lua_State* lua);

/// Compiles a text of the sandbox's (template or module) and leaves the function on the stack. `text` must
/// outlive the call. What Lua made of it is kept in the sandbox's cache, and taken from there. Raises.
void load_text(lua_State* lua, const char* text, unsigned long size, const char* name);

}  // namespace fitwright
