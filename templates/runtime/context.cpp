#include "templates/runtime/context.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "geometry/core/text.hpp"
#include "templates/runtime/library.hpp"
#include "templates/schema/utf8.hpp"

// Frames in this file hold no C++ object with a destructor while they call Lua; see sandbox.hpp.

namespace fitwright {

namespace {

constexpr std::int64_t steps_per_measured_text = 1000;
constexpr std::size_t max_text = 1000;

const BuildEnvironment& environment_of(lua_State* lua) {
  return *static_cast<const BuildEnvironment*>(lua_touserdata(lua, lua_upvalueindex(1)));
}

void push_text(lua_State* lua, const std::string& text) { lua_pushlstring(lua, text.data(), text.size()); }

int fit(lua_State* lua) {
  std::size_t size = 0;
  const char* name = luaL_checklstring(lua, 1, &size);
  double clearance = 0;
  Sandbox& sandbox = Sandbox::of(lua);
  const bool found = sandbox.guarded([&]() -> Result<void> {
    const auto& classes = environment_of(lua).fit;
    if (const auto it = classes.find({name, size}); it != classes.end()) {
      clearance = it->second;
      return {};
    }
    std::vector<std::string> names;
    for (const auto& [other, value] : classes) names.push_back(other);
    const std::string near = nearest_name({name, size}, names);
    return fail(ErrorKind::script,
                fmt::format("there is no fit class \"{}\"; there are {}", printable({name, size}, 100),
                            names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))),
                near.empty() ? "" : fmt::format("did you mean {}?", near));
  });
  if (!found) Sandbox::raise(lua);
  lua_pushnumber(lua, clearance);
  return 1;
}

Result<double> measure(Sandbox& sandbox, const BuildEnvironment& environment, const std::string& text, double size,
                       const std::string& font) {
  if (!environment.text_width) return fail(ErrorKind::script, "texts cannot be measured here");
  if (!utf8_length(text) || text.size() > max_text)
    return fail(ErrorKind::script, fmt::format("ctx.text_width takes UTF-8 text of at most {} bytes", max_text));
  if (!std::isfinite(size) || size <= 0 || size > 1e6)
    return fail(ErrorKind::script,
                fmt::format("ctx.text_width is given the size {}; it must be above 0 mm", number_text(size)));
  FW_TRY(const std::string hash, resolve_blob(sandbox, &environment.fonts, "font", font));
  return environment.text_width(text, sandbox.blobs().at(hash), size);
}

int text_width(lua_State* lua) {
  std::size_t text_size = 0, font_size = 0;
  const char* text = luaL_checklstring(lua, 1, &text_size);
  const double size = luaL_checknumber(lua, 2);
  const char* font = luaL_optlstring(lua, 3, "", &font_size);
  Sandbox& sandbox = Sandbox::of(lua);
  if (!sandbox.spend(steps_per_measured_text)) Sandbox::raise(lua);
  double width = 0;
  const bool measured = sandbox.guarded([&]() -> Result<void> {
    FW_TRY(width, measure(sandbox, environment_of(lua), {text, text_size}, size, {font, font_size}));
    return {};
  });
  if (!measured) Sandbox::raise(lua);
  lua_pushnumber(lua, width);
  return 1;
}

void push_hardware(lua_State* lua, const BuildEnvironment& environment) {
  lua_newtable(lua);
  for (const auto& [name, fields] : environment.hardware) {
    push_text(lua, name);
    lua_newtable(lua);
    for (const auto& [field, value] : fields) {
      push_text(lua, field);
      lua_pushnumber(lua, value);
      lua_rawset(lua, -3);
    }
    make_strict(lua, -1, "hardware field");
    lua_rawset(lua, -3);
  }
  make_strict(lua, -1, "hardware");
}

void add_function(lua_State* lua, const BuildEnvironment& environment, const char* name, lua_CFunction function) {
  lua_pushlightuserdata(lua, const_cast<BuildEnvironment*>(&environment));
  lua_pushcclosure(lua, function, 1);
  lua_setfield(lua, -2, name);
}

/// Counts are whole numbers to the script too: "4 shelves", not "4.0 shelves".
void push_number(lua_State* lua, double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    lua_pushinteger(lua, static_cast<lua_Integer>(value));
  } else {
    lua_pushnumber(lua, value);
  }
}

}  // namespace

void push_values(lua_State* lua, const Values& values) {
  lua_newtable(lua);
  for (const auto& [name, value] : values) {
    push_text(lua, name);
    if (const auto* number = std::get_if<double>(&value)) {
      push_number(lua, *number);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      lua_pushboolean(lua, *flag);
    } else {
      push_text(lua, *std::get_if<std::string>(&value));
    }
    lua_rawset(lua, -3);
  }
  make_strict(lua, -1, "parameter");
}

void push_context(lua_State* lua, const BuildEnvironment& environment) {
  lua_newtable(lua);
  push_text(lua, environment.process);
  lua_setfield(lua, -2, "process");
  push_text(lua, environment.material);
  lua_setfield(lua, -2, "material");
  if (environment.sheet_thickness) {
    lua_pushnumber(lua, *environment.sheet_thickness);
    lua_setfield(lua, -2, "sheet_thickness");
  }
  push_hardware(lua, environment);
  lua_setfield(lua, -2, "hardware");
  add_function(lua, environment, "fit", fit);
  add_function(lua, environment, "text_width", text_width);
  make_strict(lua, -1, "field of ctx", "sheet_thickness");
}

}  // namespace fitwright
