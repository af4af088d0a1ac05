#include "templates/runtime/require.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geometry/core/text.hpp"
#include "templates/runtime/sandbox.hpp"
#include "templates/runtime/script_cache.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

// The address is the registry key of the table of loaded modules: name -> what it returned, or true while
// it runs.
char loaded_key;
// Reading a Lua text costs about as much as this many of its bytes a step.
constexpr std::int64_t bytes_per_step = 16;
constexpr std::size_t max_name = 64;
// Some editors put it in front of UTF-8 text.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct ModuleRequest {
  char name[max_name + 1] = {};
  char chunk[max_name + 8] = {};
  char version[max_name + 1] = {};
  const std::string* text = nullptr;
};

Result<void> find_module(Sandbox& sandbox, std::string_view wanted, ModuleRequest& request) {
  const auto at = wanted.find('@');
  const std::string name(wanted.substr(0, at));
  const std::string_view version = at == std::string_view::npos ? std::string_view{} : wanted.substr(at + 1);
  const auto it = sandbox.modules().find(name);
  if (it == sandbox.modules().end() || name.size() > max_name || version.size() > max_name) {
    std::vector<std::string> names;
    for (const auto& [other, text] : sandbox.modules()) names.push_back(other);
    const std::string near = nearest_name(name, names);
    return fail(ErrorKind::script, fmt::format("there is no module \"{}\"", printable(name, 100)),
                near.empty() ? "" : fmt::format("did you mean {}?", near));
  }
  name.copy(request.name, max_name);
  version.copy(request.version, max_name);
  fmt::format_to_n(request.chunk, sizeof request.chunk - 1, "={}.lua", name);
  request.text = &it->second;
  auto& required = sandbox.required();
  if (std::find(required.begin(), required.end(), name) == required.end()) required.push_back(name);
  return {};
}

/// "1.2" asks for 1.2 and 1.2.x.
bool version_fits(std::string_view asked, std::string_view found) {
  return asked.empty() || asked == found || (found.starts_with(asked) && found[asked.size()] == '.');
}

void check_version(lua_State* lua, const ModuleRequest& request) {
  if (request.version[0] == '\0') return;
  lua_pushliteral(lua, "version");
  if (!lua_istable(lua, -2) || lua_rawget(lua, -2) != LUA_TSTRING)
    luaL_error(lua, "module %s does not say its version", request.name);
  if (!version_fits(request.version, lua_tostring(lua, -1)))
    luaL_error(lua, "module %s has version %s, but %s is asked for", request.name, lua_tostring(lua, -1),
               request.version);
  lua_pop(lua, 1);
}

int append_dump(lua_State*, const void* bytes, std::size_t size, void* to) {
  try {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
    return 0;
  } catch (const std::bad_alloc&) {
    return 1;
  }
}

// Of the function on top of the stack.
Result<void> keep_compiled(lua_State* lua, Hash128 key, ScriptCache& cache) {
  std::string bytes;
  if (lua_dump(lua, append_dump, &bytes, 0) == 0) cache.keep_compiled(key, std::move(bytes));
  return {};
}

int require_module(lua_State* lua) {
  std::size_t size = 0;
  const char* wanted = luaL_checklstring(lua, 1, &size);
  ModuleRequest request;
  Sandbox& sandbox = Sandbox::of(lua);
  if (!sandbox.guarded([&] { return find_module(sandbox, {wanted, size}, request); })) Sandbox::raise(lua);
  lua_rawgetp(lua, LUA_REGISTRYINDEX, &loaded_key);
  const int loaded = lua_gettop(lua);
  if (lua_getfield(lua, loaded, request.name) == LUA_TBOOLEAN)
    return luaL_error(lua, "module %s requires itself, directly or by another module", request.name);
  if (lua_isnil(lua, -1)) {
    lua_pushboolean(lua, 1);
    lua_setfield(lua, loaded, request.name);
    load_text(lua, request.text->data(), request.text->size(), request.chunk);
    lua_call(lua, 0, 1);
    if (!lua_istable(lua, -1)) return luaL_error(lua, "module %s must return a table", request.name);
    lua_pushvalue(lua, -1);
    lua_setfield(lua, loaded, request.name);
  }
  check_version(lua, request);
  return 1;
}

}  // namespace

void load_text(lua_State* lua, const char* text, unsigned long size, const char* name) {
  Sandbox& sandbox = Sandbox::of(lua);
  if (size > 0 && text[0] == LUA_SIGNATURE[0]) luaL_error(lua, "%s is compiled Lua; only text is accepted", name + 1);
  if (size > sandbox.limits().source_bytes)
    luaL_error(lua, "%s is longer than %d bytes", name + 1, static_cast<int>(sandbox.limits().source_bytes));
  if (std::string_view(text, size).starts_with(byte_order_mark)) {
    text += byte_order_mark.size();
    size -= byte_order_mark.size();
  }
  if (!sandbox.spend(static_cast<std::int64_t>(size) / bytes_per_step)) Sandbox::raise(lua);
  Hash128 key;
  const std::string* compiled = nullptr;
  const auto look_up = [&]() -> Result<void> {
    key = Hasher().add(std::string_view(name)).add(std::string_view(text, size)).finish();
    compiled = sandbox.cache().compiled(key);
    return {};
  };
  if (!sandbox.guarded(look_up)) Sandbox::raise(lua);
  const int status = compiled ? luaL_loadbufferx(lua, compiled->data(), compiled->size(), name, "b")
                              : luaL_loadbufferx(lua, text, size, name, "t");
  if (status == LUA_OK) {
    if (!compiled && !sandbox.guarded([&] { return keep_compiled(lua, key, sandbox.cache()); })) Sandbox::raise(lua);
    return;
  }
  if (status == LUA_ERRMEM) {
    sandbox.out_of_memory();
    Sandbox::raise(lua);
  }
  lua_error(lua);
}

void add_require(lua_State* lua) {
  lua_newtable(lua);
  lua_rawsetp(lua, LUA_REGISTRYINDEX, &loaded_key);
  lua_pushcfunction(lua, require_module);
  lua_setfield(lua, -2, "require");
}

}  // namespace fitwright
