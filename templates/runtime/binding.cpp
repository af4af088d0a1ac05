#include "templates/runtime/binding.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "geometry/core/text.hpp"
#include "templates/runtime/arguments.hpp"
#include "templates/runtime/hints.hpp"
#include "templates/runtime/library.hpp"
#include "templates/runtime/tree.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

constexpr Kind kinds[] = {Kind::number, Kind::profile, Kind::solid, Kind::path, Kind::faces, Kind::edges};
// The addresses are the registry keys of the kinds' metatables.
char metatable_keys[std::size(kinds)];
constexpr int steps_per_node = 20;

const char* metatable_key(Kind kind) { return &metatable_keys[static_cast<std::size_t>(kind)]; }

OperationBindings& bindings_of(lua_State* lua) {
  return *static_cast<OperationBindings*>(lua_touserdata(lua, lua_upvalueindex(1)));
}

std::string_view last_part(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

Result<std::vector<Tree>> arguments(lua_State* lua) {
  std::vector<Tree> given;
  for (int i = 1; i <= lua_gettop(lua); ++i) {
    FW_TRY(Tree value, snapshot(lua, i));
    given.push_back(std::move(value));
  }
  return given;
}

std::optional<Kind> first_node(const std::vector<Tree>& given, const Sandbox& sandbox) {
  const auto kind_of = [&](const Tree& value) -> std::optional<Kind> {
    if (!value.is(Tree::Type::node)) return std::nullopt;
    return sandbox.node(value.node)->operation().result;
  };
  for (const Tree& value : given) {
    if (const auto kind = kind_of(value)) return kind;
    for (const Tree& member : value.list)
      if (const auto kind = kind_of(member)) return kind;
    for (const TreeField& field : value.fields) {
      if (const auto kind = kind_of(field.value)) return kind;
      for (const Tree& member : field.value.list)
        if (const auto kind = kind_of(member)) return kind;
    }
  }
  return std::nullopt;
}

Result<const Operation*> pick_row(const Binding& binding, const std::vector<Tree>& given, const Sandbox& sandbox) {
  if (binding.rows.size() == 1) return binding.rows.front();
  const auto kind = first_node(given, sandbox);
  std::vector<std::string_view> wanted;
  for (const Operation* row : binding.rows) {
    const auto first = first_kind(*row);
    if (first && first == kind) return row;
    if (first) wanted.push_back(to_string(*first));
  }
  return fail(ErrorKind::script,
              fmt::format("{} needs a {} to work on, but was given {}", binding.name, fmt::join(wanted, " or a "),
                          kind ? fmt::format("a {}", to_string(*kind)) : "none"));
}

/// What would work, for arguments that do not fit. `lone`: only a shape was given.
Error with_usage(Error error, const Operation& row, bool lone) {
  if (!error.suggestion.empty() || error.kind != ErrorKind::script) return error;
  const auto says = [&](std::string_view part) { return error.message.find(part) != std::string::npos; };
  const std::string_view name = row.script_name();
  std::vector<std::string_view> names;
  for (const ArgSpec& spec : row.args) names.push_back(spec.name);
  const bool method = first_kind(row).has_value();
  if (method) names.erase(names.begin());
  if (lone && method && says("is missing")) {
    error.suggestion =
        fmt::format("write shape:{}(...), with a colon: the shape in front is the one that is changed", name);
  } else if (says("is a face selector; it must be edge selector")) {
    error.suggestion = "edges.of(...) gives the edges of faces";
  } else if (says("has a profile") || says("is a profile")) {
    error.suggestion = "extrude the profile first: profile:extrude(5) is a solid";
  } else if (first_kind(row) == Kind::profile && (says("has a solid") || says("is a solid"))) {
    error.suggestion = "what is cut from a profile or joined with one is a profile too; or extrude the profile first";
  } else if (!names.empty() && !says("beyond any size")) {
    error.suggestion = fmt::format("{}{} takes {}", method ? "shape:" : "", name, fmt::join(names, ", "));
  }
  return error;
}

Result<std::uint32_t> build_node(lua_State* lua, const OperationBindings& bindings, const Binding& binding) {
  Sandbox& sandbox = Sandbox::of(lua);
  FW_TRY(std::vector<Tree> given, arguments(lua));
  FW_TRY(const Operation* row, pick_row(binding, given, sandbox));
  const auto blob = [&](const ArgSpec& spec, const std::string& name) {
    const bool font = spec.name == "font";
    return resolve_blob(sandbox, font ? bindings.bytes().fonts : bindings.bytes().files, font ? "font" : "file", name);
  };
  const ArgumentSource source{[&](std::uint32_t i) -> const NodePtr& { return sandbox.node(i); }, blob};
  const bool lone = given.size() == 1 && given[0].is(Tree::Type::node);
  auto matched = match_arguments(*row, std::move(given), source);
  if (!matched) return fail(with_usage(std::move(matched).error(), *row, false));
  std::vector<Arg> args = std::move(*matched);
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ArgSpec& spec = row->args[i];
    if (spec.kind != ArgKind::blob || !std::holds_alternative<std::monostate>(args[i]) || !spec.fallback) continue;
    FW_TRY(args[i], blob(spec, ""));
  }
  auto node = make_node(*row, std::move(args));
  if (!node) return fail(with_usage(std::move(node).error(), *row, lone));
  return sandbox.add_node(std::move(*node), Sandbox::here(lua));
}

/// Runs `make` (yielding a node's index) and pushes the node.
template <class Make>
int push_made(lua_State* lua, Make make) {
  Sandbox& sandbox = Sandbox::of(lua);
  if (!sandbox.spend(steps_per_node + lua_gettop(lua))) Sandbox::raise(lua);
  std::uint32_t index = 0;
  const bool made = sandbox.guarded([&]() -> Result<void> {
    FW_TRY(index, make());
    return {};
  });
  if (!made) Sandbox::raise(lua);
  push_node(lua, index);
  return 1;
}

int call_operation(lua_State* lua) {
  const OperationBindings& bindings = bindings_of(lua);
  const auto& binding = *static_cast<const Binding*>(lua_touserdata(lua, lua_upvalueindex(2)));
  return push_made(lua, [&] { return build_node(lua, bindings, binding); });
}

constexpr const char* measure_hint = "a measure is known only after the build: use it in a rule";

Result<Arg> operand(lua_State* lua, int index) {
  if (lua_type(lua, index) == LUA_TNUMBER) return Arg{lua_tonumber(lua, index)};
  if (lua_type(lua, index) == LUA_TUSERDATA) {
    const NodePtr& node = Sandbox::of(lua).node(static_cast<const NodeHandle*>(lua_touserdata(lua, index))->index);
    if (node->operation().result == Kind::number) return Arg{node};
  }
  return fail(ErrorKind::script, "a measure can be calculated with numbers and other measures only");
}

int measure_arithmetic(lua_State* lua) {
  const auto* row = static_cast<const Operation*>(lua_touserdata(lua, lua_upvalueindex(2)));
  return push_made(lua, [&]() -> Result<std::uint32_t> {
    std::vector<Arg> args(row->args.size());
    for (std::size_t i = 0; i < args.size() && i < 2; ++i) {
      FW_TRY(args[i], operand(lua, static_cast<int>(i) + 1));
    }
    FW_TRY(NodePtr node, make_node(*row, std::move(args)));
    return Sandbox::of(lua).add_node(std::move(node), Sandbox::here(lua));
  });
}

int measure_refused(lua_State* lua) { return luaL_error(lua, "%s", measure_hint); }

/// The method of a node, or an error that names the nearest one.
int find_method(lua_State* lua) {
  lua_pushvalue(lua, 2);
  lua_rawget(lua, lua_upvalueindex(3));
  if (!lua_isnil(lua, -1)) return 1;
  const OperationBindings& bindings = bindings_of(lua);
  const Kind kind = kinds[lua_tointeger(lua, lua_upvalueindex(2))];
  Sandbox::of(lua).guarded([&]() -> Result<void> {
    const std::string name = lua_type(lua, 2) == LUA_TSTRING ? printable(lua_tostring(lua, 2), 100) : "?";
    std::string meant = did_you_mean(name, bindings.methods(kind));
    // What only solids can do is tried on profiles all the time.
    const auto solids = kind == Kind::profile ? bindings.methods(Kind::solid) : std::vector<std::string>();
    if (meant.empty() && std::find(solids.begin(), solids.end(), name) != solids.end())
      meant = "extrude the profile first: profile:extrude(5) is a solid";
    return fail(ErrorKind::script, fmt::format("a {} has no operation \"{}\"", to_string(kind), name),
                std::move(meant));
  });
  Sandbox::raise(lua);
}

}  // namespace

std::optional<Kind> first_kind(const Operation& row) {
  if (row.args.empty()) return std::nullopt;
  switch (row.args.front().kind) {
    case ArgKind::profile:
    case ArgKind::profiles: return Kind::profile;
    case ArgKind::solid:
    case ArgKind::solids: return Kind::solid;
    case ArgKind::path: return Kind::path;
    case ArgKind::faces: return Kind::faces;
    case ArgKind::edges: return Kind::edges;
    default: return std::nullopt;
  }
}

Result<std::string> resolve_blob(Sandbox& sandbox, const std::map<std::string, std::string>* known,
                                 std::string_view what, const std::string& name) {
  if (sandbox.blobs().contains(name)) return name;
  if (known) {
    if (const auto it = known->find(name); it != known->end()) {
      std::string hash = to_hex(hash_bytes(it->second));
      sandbox.blobs().emplace(hash, it->second);
      return hash;
    }
  }
  std::vector<std::string> names;
  if (known)
    for (const auto& [other, bytes] : *known) names.push_back(other);
  const std::string near = nearest_name(name, names);
  return fail(ErrorKind::script,
              name.empty() ? fmt::format("there is no default {}", what)
                           : fmt::format("there is no {} \"{}\"", what, printable(name, 100)),
              near.empty() ? "" : fmt::format("did you mean {}?", near));
}

void push_node(lua_State* lua, std::uint32_t index) {
  auto* handle = static_cast<NodeHandle*>(lua_newuserdatauv(lua, sizeof(NodeHandle), 0));
  handle->index = index;
  lua_rawgetp(lua, LUA_REGISTRYINDEX, metatable_key(Sandbox::of(lua).node(index)->operation().result));
  lua_setmetatable(lua, -2);
}

OperationBindings::OperationBindings(const OperationTable& table, NamedBytes bytes) : table_(&table), bytes_(bytes) {
  for (const Operation* row : table.rows()) {
    if (row->hidden) continue;
    const auto it = std::find_if(bindings_.begin(), bindings_.end(),
                                 [&](const Binding& b) { return b.name == row->script_name(); });
    if (it == bindings_.end()) {
      bindings_.push_back({std::string(row->script_name()), {row}});
    } else {
      it->rows.push_back(row);
    }
  }
}

std::vector<std::string> OperationBindings::globals() const {
  std::set<std::string> names;
  for (const Binding& binding : bindings_) names.insert(binding.name.substr(0, binding.name.find('.')));
  return {names.begin(), names.end()};
}

std::vector<std::string> OperationBindings::methods(Kind kind) const {
  std::vector<std::string> names;
  for (const Binding& binding : bindings_)
    for (const Operation* row : binding.rows)
      if (first_kind(*row) == kind) names.emplace_back(last_part(binding.name));
  return names;
}

// The functions below call Lua functions that raise: only references and trivial values live in them.

void OperationBindings::install_function(lua_State* lua, const Binding& binding) {
  lua_pushlightuserdata(lua, this);
  lua_pushlightuserdata(lua, const_cast<Binding*>(&binding));
  lua_pushcclosure(lua, call_operation, 2);
}

void OperationBindings::install_metatable(lua_State* lua, Kind kind) {
  lua_newtable(lua);
  lua_pushlstring(lua, to_string(kind).data(), to_string(kind).size());
  lua_setfield(lua, -2, "__name");
  lua_pushlightuserdata(lua, this);
  lua_pushinteger(lua, static_cast<lua_Integer>(kind));
  lua_newtable(lua);
  for (const Binding& binding : bindings_) {
    for (const Operation* row : binding.rows) {
      if (first_kind(*row) != kind) continue;
      lua_pushlstring(lua, last_part(binding.name).data(), last_part(binding.name).size());
      install_function(lua, binding);
      lua_rawset(lua, -3);
    }
  }
  lua_pushcclosure(lua, find_method, 3);
  lua_setfield(lua, -2, "__index");
  if (kind == Kind::number) {
    static constexpr const char* arithmetic[][2] = {{"__add", "number.add"},
                                                    {"__sub", "number.subtract"},
                                                    {"__mul", "number.multiply"},
                                                    {"__div", "number.divide"},
                                                    {"__unm", "number.negate"}};
    for (const auto& [event, name] : arithmetic) {
      const Operation* row = table_->find(name);
      if (!row) continue;
      lua_pushlightuserdata(lua, this);
      lua_pushlightuserdata(lua, const_cast<Operation*>(row));
      lua_pushcclosure(lua, measure_arithmetic, 2);
      lua_setfield(lua, -2, event);
    }
    for (const char* event : {"__lt", "__le", "__eq", "__concat", "__mod", "__pow", "__idiv", "__len"}) {
      lua_pushcfunction(lua, measure_refused);
      lua_setfield(lua, -2, event);
    }
  }
  lua_rawsetp(lua, LUA_REGISTRYINDEX, metatable_key(kind));
}

void OperationBindings::install(lua_State* lua) {
  for (const Binding& binding : bindings_) {
    const std::size_t dot = binding.name.find('.');
    if (dot == std::string::npos) {
      install_function(lua, binding);
      lua_setfield(lua, -2, binding.name.c_str());
      continue;
    }
    lua_pushlstring(lua, binding.name.data(), dot);
    if (lua_rawget(lua, -2) != LUA_TTABLE) {
      lua_pop(lua, 1);
      lua_newtable(lua);
      lua_pushlstring(lua, binding.name.data(), dot);
      lua_pushvalue(lua, -2);
      lua_rawset(lua, -4);
      lua_pushlstring(lua, binding.name.data(), dot);
      make_strict(lua, -3, lua_pushfstring(lua, "member of %s", lua_tostring(lua, -1)));
      lua_pop(lua, 2);
    }
    install_function(lua, binding);
    lua_setfield(lua, -2, binding.name.c_str() + dot + 1);
    lua_pop(lua, 1);
  }
  for (const Kind kind : kinds) install_metatable(lua, kind);
}

}  // namespace fitwright
