// What build(p, ctx) is given.
#pragma once

#include "templates/runtime/binding.hpp"
#include "templates/runtime/runtime.hpp"

namespace fitwright {

/// Pushes the table of parameter values; reading a name that is no parameter is an error. Raises.
void push_values(lua_State* lua, const Values& values);

/// Pushes ctx: process, material, sheet_thickness, fit(class), hardware.NAME.FIELD,
/// text_width(text, size, font). The environment must outlive the interpreter. Raises.
void push_context(lua_State* lua, const BuildEnvironment& environment);

}  // namespace fitwright
