#include "templates/runtime/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "geometry/core/text.hpp"
#include "templates/runtime/hints.hpp"
#include "templates/runtime/pattern_cost.hpp"
#include "templates/runtime/sandbox.hpp"
#include "templates/schema/utf8.hpp"

// Frames in this file hold no C++ object with a destructor while they call Lua; see sandbox.hpp.

namespace fitwright {

namespace {

constexpr std::size_t max_log_lines = 200;
constexpr std::size_t max_log_bytes = 500;
constexpr double bytes_per_step = 64;
constexpr double moves_per_step = 4;
constexpr double copies_per_step = 16;

void spend(lua_State* lua, double steps) {
  if (!Sandbox::of(lua).spend(static_cast<std::int64_t>(std::clamp(steps, 0.0, 1e18)) + 1)) Sandbox::raise(lua);
}

/// The C function that the wrapper stands in front of.
int original(lua_State* lua) { return lua_tocfunction(lua, lua_upvalueindex(1))(lua); }

/// "table", "function", "solid": never an address, which would differ from run to run.
const char* kind_name(lua_State* lua, int index) {
  if (luaL_getmetafield(lua, index, "__name") == LUA_TSTRING) return lua_tostring(lua, -1);
  return luaL_typename(lua, index);
}

bool prints_address(lua_State* lua, int index) {
  const int type = lua_type(lua, index);
  return type != LUA_TNIL && type != LUA_TBOOLEAN && type != LUA_TNUMBER && type != LUA_TSTRING;
}

// ---- strings ----

int string_rep(lua_State* lua) {
  std::size_t size = 0, separator = 0;
  luaL_checklstring(lua, 1, &size);
  const lua_Integer count = luaL_checkinteger(lua, 2);
  luaL_optlstring(lua, 3, "", &separator);
  const double bytes = static_cast<double>(size + separator) * static_cast<double>(count);
  const std::size_t most = Sandbox::of(lua).limits().string_bytes;
  if (bytes > static_cast<double>(most))
    return luaL_error(lua, "string.rep would make a text longer than %d bytes", static_cast<int>(most));
  // Repeating nothing is free of bytes but not of time.
  spend(lua, static_cast<double>(count) / copies_per_step + bytes / bytes_per_step);
  return original(lua);
}

int string_pattern(lua_State* lua) {
  std::size_t size = 0, pattern_size = 0;
  luaL_checklstring(lua, 1, &size);
  const char* pattern = luaL_checklstring(lua, 2, &pattern_size);
  const bool find = lua_toboolean(lua, lua_upvalueindex(2)) != 0;
  const double cost = pattern_cost({pattern, pattern_size}, size, find && lua_toboolean(lua, 4));
  if (cost > static_cast<double>(Sandbox::of(lua).limits().steps))
    return luaL_error(lua, "this pattern could take too long on a text of %d characters; use a simpler one",
                      static_cast<int>(size));
  spend(lua, cost);
  return original(lua);
}

int string_format(lua_State* lua) {
  std::size_t size = 0;
  const char* format = luaL_checklstring(lua, 1, &size);
  for (std::size_t i = 0; i + 1 < size; ++i) {
    if (format[i] != '%') continue;
    const std::size_t directive = i + 1 + std::strspn(format + i + 1, "-+ #0123456789.");
    if (directive < size && format[directive] == 'p')
      return luaL_error(lua, "string.format does not offer %%p in templates");
    i = directive;
  }
  luaL_checkstack(lua, 4, "string.format");
  for (int i = 2; i <= lua_gettop(lua); ++i) {
    if (!prints_address(lua, i)) continue;
    const int top = lua_gettop(lua);
    lua_pushstring(lua, kind_name(lua, i));
    lua_replace(lua, i);
    lua_settop(lua, top);
  }
  spend(lua, static_cast<double>(size) / bytes_per_step);
  return original(lua);
}

// ---- tables ----

/// Elements from..to as a cost; Lua's own integers could overflow.
double span(lua_Integer from, lua_Integer to) {
  return std::max(0.0, static_cast<double>(to) - static_cast<double>(from) + 1);
}

int table_concat(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  const lua_Integer last = luaL_opt(lua, luaL_checkinteger, 4, luaL_len(lua, 1));
  spend(lua, span(luaL_optinteger(lua, 3, 1), last));
  return original(lua);
}

int table_unpack(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  const lua_Integer last = luaL_opt(lua, luaL_checkinteger, 3, luaL_len(lua, 1));
  spend(lua, span(luaL_optinteger(lua, 2, 1), last));
  return original(lua);
}

int table_move(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  spend(lua, span(luaL_checkinteger(lua, 2), luaL_checkinteger(lua, 3)));
  return original(lua);
}

/// table.insert and table.remove shift what lies behind the place, when one is given.
int table_shift(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  const int with_place = lua_toboolean(lua, lua_upvalueindex(2)) ? 3 : 2;
  const bool at_place = lua_gettop(lua) == with_place && lua_isinteger(lua, 2) && lua_tointeger(lua, 2) >= 1;
  if (at_place) spend(lua, span(lua_tointeger(lua, 2), luaL_len(lua, 1)) / moves_per_step);
  return original(lua);
}

/// Bottom-up merge sort of list[1..n] on the stack: stable, and never worse than n log n.
template <class Less>
void merge_sort(lua_State* lua, int list, lua_Integer n, Less less) {
  lua_createtable(lua, static_cast<int>(n), 0);
  const int buffer = lua_gettop(lua);
  int from = list, to = buffer;
  for (lua_Integer width = 1; width < n; width *= 2) {
    for (lua_Integer low = 1; low <= n; low += 2 * width) {
      const lua_Integer middle = std::min(low + width, n + 1), high = std::min(low + 2 * width, n + 1);
      lua_Integer a = low, b = middle;
      for (lua_Integer out = low; out < high; ++out) {
        bool second = a >= middle;
        if (!second && b < high) {
          lua_rawgeti(lua, from, b);
          lua_rawgeti(lua, from, a);
          second = less(lua, lua_gettop(lua) - 1, lua_gettop(lua));
          lua_pop(lua, 2);
        }
        lua_rawgeti(lua, from, second ? b++ : a++);
        lua_rawseti(lua, to, out);
      }
    }
    std::swap(from, to);
  }
  for (lua_Integer i = 1; from != list && i <= n; ++i) {
    lua_rawgeti(lua, from, i);
    lua_rawseti(lua, list, i);
  }
  lua_pop(lua, 1);
}

double text_cost(lua_State* lua, int index) {
  return lua_type(lua, index) == LUA_TSTRING ? static_cast<double>(lua_rawlen(lua, index)) / bytes_per_step : 0;
}

bool less_by_default(lua_State* lua, int a, int b) {
  spend(lua, text_cost(lua, a) + text_cost(lua, b));
  return lua_compare(lua, a, b, LUA_OPLT) != 0;
}

bool less_by_function(lua_State* lua, int a, int b) {
  spend(lua, 1);
  lua_pushvalue(lua, 2);
  lua_pushvalue(lua, a);
  lua_pushvalue(lua, b);
  lua_call(lua, 2, 1);
  const bool less = lua_toboolean(lua, -1) != 0;
  lua_pop(lua, 1);
  return less;
}

int table_sort(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  if (!lua_isnoneornil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_settop(lua, 2);
  const lua_Integer n = luaL_len(lua, 1);
  // A table with gaps may claim any length.
  if (n > 1'000'000) return luaL_error(lua, "table.sort is given more than a million values");
  spend(lua, static_cast<double>(n));
  merge_sort(lua, 1, n, lua_isnil(lua, 2) ? less_by_default : less_by_function);
  return 0;
}

// ---- iteration in a fixed order ----

/// Numbers, then texts, then booleans, each ascending.
bool less_by_key(lua_State* lua, int a, int b) {
  spend(lua, text_cost(lua, a) + text_cost(lua, b));
  const auto rank = [&](int i) {
    const int type = lua_type(lua, i);
    return type == LUA_TNUMBER ? 0 : type == LUA_TSTRING ? 1 : 2;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (rank(a) == 2) return !lua_toboolean(lua, a) && lua_toboolean(lua, b);
  return lua_compare(lua, a, b, LUA_OPLT) != 0;
}

int next_pair(lua_State* lua) {
  lua_Integer position = lua_tointeger(lua, lua_upvalueindex(2));
  for (;;) {
    if (lua_rawgeti(lua, lua_upvalueindex(1), ++position) == LUA_TNIL) return 1;
    lua_pushvalue(lua, -1);
    if (lua_rawget(lua, 1) != LUA_TNIL) break;
    lua_pop(lua, 2);
  }
  lua_pushinteger(lua, position);
  lua_replace(lua, lua_upvalueindex(2));
  return 2;
}

int sorted_pairs(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  lua_settop(lua, 1);
  lua_newtable(lua);
  lua_Integer n = 0;
  lua_pushnil(lua);
  while (lua_next(lua, 1)) {
    lua_pop(lua, 1);
    const int type = lua_type(lua, -1);
    if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN)
      return luaL_error(lua,
                        "pairs works on tables whose keys are numbers, texts or booleans; this one has a %s as key",
                        kind_name(lua, -1));
    lua_pushvalue(lua, -1);
    lua_rawseti(lua, 2, ++n);
  }
  spend(lua, static_cast<double>(n));
  merge_sort(lua, 2, n, less_by_key);
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, next_pair, 2);
  lua_pushvalue(lua, 1);
  return 2;
}

// ---- the rest ----

int plain_tostring(lua_State* lua) {
  luaL_checkany(lua, 1);
  if (prints_address(lua, 1)) {
    lua_pushstring(lua, kind_name(lua, 1));
  } else {
    luaL_tolstring(lua, 1, nullptr);
  }
  return 1;
}

int print_to_log(lua_State* lua) {
  const int count = lua_gettop(lua);
  luaL_checkstack(lua, 4, "print");
  for (int i = 1; i <= count; ++i) {
    lua_pushcfunction(lua, plain_tostring);
    lua_pushvalue(lua, i);
    lua_call(lua, 1, 1);
    lua_replace(lua, i);
    spend(lua, text_cost(lua, i));
  }
  const bool kept = Sandbox::of(lua).guarded([&]() -> Result<void> {
    auto& log = Sandbox::of(lua).log();
    if (log.size() >= max_log_lines) return {};
    std::string line;
    for (int i = 1; i <= count && line.size() < max_log_bytes; ++i) {
      std::size_t size = 0;
      const char* text = lua_tolstring(lua, i, &size);
      if (i > 1) line += '\t';
      line.append(text, std::min(size, max_log_bytes));
    }
    log.push_back(printable(line, max_log_bytes));
    return {};
  });
  if (!kept) Sandbox::raise(lua);
  return 0;
}

// Parts of Lua that a template might look for.
constexpr std::array<std::string_view, 24> withheld{
    "io",         "os",       "package",      "debug",          "load",
    "loadstring", "dofile",   "loadfile",     "collectgarbage", "coroutine",
    "pcall",      "xpcall",   "setmetatable", "getmetatable",   "rawget",
    "rawset",     "rawequal", "rawlen",       "next",           "warn",
    "_G",         "module",   "unpack",       "newproxy"};

// Lua's own tables, of which templates get a part.
constexpr std::array<std::string_view, 4> libraries{"string", "table", "math", "utf8"};

/// An absent field of a strict table: upvalues are the noun, and the field that may be absent.
int absent_field(lua_State* lua) {
  if (lua_rawequal(lua, 2, lua_upvalueindex(2))) return 0;
  Sandbox::of(lua).guarded([&]() -> Result<void> {
    const std::string_view noun = lua_tostring(lua, lua_upvalueindex(1));
    const int type = lua_type(lua, 2);
    const std::string name = type == LUA_TSTRING   ? printable(lua_tostring(lua, 2), 100)
                             : type == LUA_TNUMBER ? number_text(lua_tonumber(lua, 2))
                                                   : std::string(lua_typename(lua, type));
    if (noun == global_noun && std::find(withheld.begin(), withheld.end(), name) != withheld.end())
      return fail(ErrorKind::script, fmt::format("{} is not available to templates", name));
    std::vector<std::string> known;
    lua_pushnil(lua);
    while (lua_next(lua, 1)) {
      if (lua_type(lua, -2) == LUA_TSTRING) known.emplace_back(lua_tostring(lua, -2));
      lua_pop(lua, 1);
    }
    std::sort(known.begin(), known.end());
    const bool library = std::find(libraries.begin(), libraries.end(), noun) != libraries.end();
    return fail(ErrorKind::script,
                library ? fmt::format("{}.{} is not available to templates", noun, name)
                        : fmt::format("there is no {} \"{}\"", noun, name),
                did_you_mean(name, known));
  });
  Sandbox::raise(lua);
}

/// strict(table, "name"): for modules, whose fields a template may misspell.
int strict(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  const char* name = luaL_checkstring(lua, 2);
  make_strict(lua, 1, lua_pushfstring(lua, "member of %s", name));
  lua_settop(lua, 1);
  return 1;
}

/// Copies named functions from the library table on top of the stack into the table below it.
template <std::size_t n>
void take(lua_State* lua, const std::array<const char*, n>& names) {
  for (const char* name : names) {
    lua_getfield(lua, -1, name);
    lua_setfield(lua, -3, name);
  }
}

/// The same, with a wrapper in front that keeps the original as upvalue 1 and a flag as upvalue 2.
void wrap(lua_State* lua, const char* name, lua_CFunction wrapper, bool flag = false) {
  lua_getfield(lua, -1, name);
  lua_pushboolean(lua, flag);
  lua_pushcclosure(lua, wrapper, 2);
  lua_setfield(lua, -3, name);
}

void open(lua_State* lua, lua_CFunction library, const char* name) {
  lua_newtable(lua);
  lua_pushcfunction(lua, library);
  lua_pushstring(lua, name);
  lua_call(lua, 1, 1);
}

void add_strings(lua_State* lua) {
  open(lua, luaopen_string, "string");
  take(lua, std::array{"byte", "char", "len", "lower", "reverse", "sub", "upper"});
  wrap(lua, "rep", string_rep);
  wrap(lua, "find", string_pattern, true);
  wrap(lua, "match", string_pattern);
  wrap(lua, "gmatch", string_pattern);
  wrap(lua, "gsub", string_pattern);
  wrap(lua, "format", string_format);
  lua_pop(lua, 1);
  // Methods of texts are these functions and no others.
  lua_pushliteral(lua, "");
  lua_newtable(lua);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_pop(lua, 1);
  make_strict(lua, -1, "string");
  lua_setfield(lua, -2, "string");
}

void add_tables(lua_State* lua) {
  open(lua, luaopen_table, "table");
  take(lua, std::array{"pack"});
  wrap(lua, "concat", table_concat);
  wrap(lua, "insert", table_shift, true);
  wrap(lua, "move", table_move);
  wrap(lua, "remove", table_shift);
  wrap(lua, "unpack", table_unpack);
  lua_pop(lua, 1);
  lua_pushcfunction(lua, table_sort);
  lua_setfield(lua, -2, "sort");
  make_strict(lua, -1, "table");
  lua_setfield(lua, -2, "table");
}

void add_maths(lua_State* lua) {
  open(lua, luaopen_math, "math");
  take(lua, std::array{"abs",  "acos", "asin", "atan", "ceil",       "cos",  "deg",        "exp",  "floor",
                       "fmod", "huge", "log",  "max",  "maxinteger", "min",  "mininteger", "modf", "pi",
                       "rad",  "sin",  "sqrt", "tan",  "tointeger",  "type", "ult"});
  lua_pop(lua, 1);
  make_strict(lua, -1, "math");
  lua_setfield(lua, -2, "math");
  open(lua, luaopen_utf8, "utf8");
  take(lua, std::array{"char", "charpattern", "codepoint", "codes", "len", "offset"});
  lua_pop(lua, 1);
  make_strict(lua, -1, "utf8");
  lua_setfield(lua, -2, "utf8");
}

void add_function(lua_State* lua, const char* name, lua_CFunction function) {
  lua_pushcfunction(lua, function);
  lua_setfield(lua, -2, name);
}

}  // namespace

void push_library(lua_State* lua) {
  open(lua, luaopen_base, "_G");
  take(lua, std::array{"assert", "error", "ipairs", "select", "tonumber", "type"});
  lua_pop(lua, 1);
  add_function(lua, "pairs", sorted_pairs);
  add_function(lua, "print", print_to_log);
  add_function(lua, "strict", strict);
  add_function(lua, "tostring", plain_tostring);
  add_strings(lua);
  add_tables(lua);
  add_maths(lua);
}

void make_strict(lua_State* lua, int index, const char* noun, const char* may_lack) {
  index = lua_absindex(lua, index);
  lua_newtable(lua);
  lua_pushstring(lua, noun);
  lua_pushstring(lua, may_lack);  // nil when null
  lua_pushcclosure(lua, absent_field, 2);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, index);
}

}  // namespace fitwright
