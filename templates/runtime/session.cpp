#include "templates/runtime/session.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "templates/runtime/context.hpp"
#include "templates/runtime/library.hpp"
#include "templates/runtime/require.hpp"
#include "templates/runtime/script_cache.hpp"
#include "templates/runtime/source_line.hpp"
#include "templates/schema/utf8.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {

namespace {

// The stack index of the table that the template returned.
constexpr int root_index = 1;

// The structures below carry plain data into protected calls; the functions hold no object with a destructor.

struct LoadCall {
  OperationBindings* bindings;
  const std::string* source;
  const char* name;
};

int load_call(lua_State* lua) {
  const auto& call = *static_cast<const LoadCall*>(lua_touserdata(lua, 1));
  push_library(lua);
  add_require(lua);
  call.bindings->install(lua);
  make_strict(lua, -1, global_noun);
  lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  load_text(lua, call.source->data(), call.source->size(), call.name);
  lua_call(lua, 0, 1);
  return 1;
}

/// One of the template's predicates: root[list][position][field](p).
struct PredicateCall {
  const char* list;
  lua_Integer position;
  const char* field;
  const Values* values;
};

int predicate_call(lua_State* lua) {
  const auto& call = *static_cast<const PredicateCall*>(lua_touserdata(lua, 1));
  lua_getfield(lua, 2, call.list);
  lua_geti(lua, -1, call.position);
  lua_getfield(lua, -1, call.field);
  push_values(lua, *call.values);
  lua_call(lua, 1, 2);
  return 2;
}

struct BuildCall {
  const Values* values;
  const BuildEnvironment* environment;
};

int build_call(lua_State* lua) {
  const auto& call = *static_cast<const BuildCall*>(lua_touserdata(lua, 1));
  lua_getfield(lua, 2, "build");
  push_values(lua, *call.values);
  push_context(lua, *call.environment);
  lua_call(lua, 2, 1);
  return 1;
}

/// Chunk names go through Lua's short form, which cuts long ones.
std::string short_chunk(std::string chunk) {
  for (char& c : chunk)
    if (static_cast<unsigned char>(c) < 0x20) c = '?';
  constexpr std::size_t most = LUA_IDSIZE - 2;
  return chunk.size() <= most ? chunk : chunk.substr(chunk.size() - most);
}

Error in_chunk(Error error, const std::string& chunk) {
  if (error.source.chunk.empty()) error.source.chunk = chunk;
  return error;
}

}  // namespace

Session::Session(const TemplateScript& script, const OperationTable& operations, const ScriptLimits& limits,
                 NamedBytes bytes)
    : source_(script.source()),
      cache_(*script.cache_),
      bindings_(operations, bytes),
      sandbox_(limits, short_chunk(script.chunk()), script.modules(), *script.cache_) {}

Result<Template> Session::load() {
  if (!utf8_length(source_) && (source_.empty() || source_[0] != LUA_SIGNATURE[0]))
    return fail(
        in_chunk(Error{.kind = ErrorKind::script, .message = "the template is not UTF-8 text"}, sandbox_.chunk()));
  const std::string name = "=" + sandbox_.chunk();
  LoadCall call{&bindings_, &source_, name.c_str()};
  FW_CHECK(sandbox_.protect(load_call, &call, 0, 1));
  if (const auto known = cache_.about()) return *known;
  const auto refuse = [&](Error error) { return fail(in_chunk(std::move(error), sandbox_.chunk())); };
  const auto tree = snapshot(sandbox_.lua(), root_index);
  if (!tree) return refuse(tree.error());
  auto about = read_template(*tree, source_);
  if (!about) return refuse(about.error());
  if (const auto faults = audit(*about); !faults.empty()) {
    // The others often follow from the first.
    Error error = make_error(ErrorKind::script, faults.front().message);
    error.source.line = line_of({faults.front().table, faults.front().field, faults.front().list}, source_);
    return refuse(std::move(error));
  }
  cache_.keep_about(*about);
  return about;
}

Result<void> Session::check_rules(const Template& about, const Values& values) {
  for (std::size_t i = 0; i < about.rules.size(); ++i) {
    const Rule& rule = about.rules[i];
    PredicateCall call{"rules", static_cast<lua_Integer>(i + 1), "check", &values};
    FW_CHECK(sandbox_.protect(predicate_call, &call, root_index, 2));
    const auto answer = snapshot(sandbox_.lua(), -2), reason = snapshot(sandbox_.lua(), -1);
    lua_settop(sandbox_.lua(), root_index);
    if (!answer) return fail(in_chunk(answer.error(), sandbox_.chunk()));
    if (!answer->is(Tree::Type::boolean))
      return fail(predicate_fault(fmt::format("rule \"{}\": check", rule.message), rule.message, "check", *answer));
    if (answer->flag) continue;
    Error error;
    error.kind = ErrorKind::rule;
    error.message = reason && reason->is(Tree::Type::text) ? printable(reason->text, 500) : rule.message;
    error.parameters = rule.parameters;
    std::vector<std::string> present;
    for (const std::string& name : rule.parameters)
      if (const Parameter* parameter = about.find_parameter(name))
        present.push_back(fmt::format("{} = {}", name, value_text(*parameter, values.at(name))));
    if (!present.empty()) error.message += fmt::format(" ({})", fmt::join(present, ", "));
    return fail(std::move(error));
  }
  return {};
}

Result<bool> Session::is_visible(const Template& about, std::size_t parameter, const Values& values) {
  PredicateCall call{"parameters", static_cast<lua_Integer>(parameter + 1), "visible_when", &values};
  FW_CHECK(sandbox_.protect(predicate_call, &call, root_index, 2));
  const auto answer = snapshot(sandbox_.lua(), -2);
  lua_settop(sandbox_.lua(), root_index);
  if (!answer) return fail(in_chunk(answer.error(), sandbox_.chunk()));
  if (answer->is(Tree::Type::boolean)) return answer->flag;
  const std::string& name = about.parameters[parameter].name;
  return fail(predicate_fault(fmt::format("visible_when of parameter {}", name), name, "visible_when", *answer));
}

Error Session::predicate_fault(const std::string& what, const std::string& table, const std::string& field,
                               const Tree& answer) const {
  Error error =
      make_error(ErrorKind::script, fmt::format("{} must return true or false, not {}", what, describe(answer.type)),
                 answer.is(Tree::Type::nil) ? fmt::format("{} = function(p) return ... end", field) : "");
  error.source.line = line_of({table, field, {}}, source_);
  return in_chunk(std::move(error), sandbox_.chunk());
}

Result<Product> Session::build(const Template& about, const Values& values, const BuildEnvironment& environment) {
  BuildCall call{&values, &environment};
  FW_CHECK(sandbox_.protect(build_call, &call, root_index, 1));
  const auto tree = snapshot(sandbox_.lua(), -1);
  lua_settop(sandbox_.lua(), root_index);
  if (!tree) return fail(in_chunk(tree.error(), sandbox_.chunk()));
  auto product = read_product(*tree, sandbox_, about, source_);
  if (!product) return fail(in_chunk(product.error(), sandbox_.chunk()));
  return product;
}

}  // namespace fitwright
