#include "templates/runtime/tree.hpp"

#include <algorithm>
#include <lua.hpp>

#include "templates/runtime/sandbox.hpp"

namespace fitwright {

namespace {

constexpr int max_depth = 24;
constexpr std::size_t steps_per_value = 4;
constexpr std::size_t bytes_per_step = 16;
constexpr std::size_t max_values = 200'000;
constexpr std::size_t max_text_bytes = std::size_t{4} << 20;

class Copier {
 public:
  explicit Copier(lua_State* lua) : lua_(lua) {}

  Result<Tree> copy(int index, int depth) {
    if (++values_ > max_values) return fail(ErrorKind::script, "a table holds more than 200000 values");
    Tree tree;
    switch (lua_type(lua_, index)) {
      case LUA_TBOOLEAN:
        tree.type = Tree::Type::boolean;
        tree.flag = lua_toboolean(lua_, index) != 0;
        break;
      case LUA_TNUMBER:
        tree.type = Tree::Type::number;
        tree.number = lua_tonumber(lua_, index);
        break;
      case LUA_TSTRING: FW_CHECK(text(index, tree)); break;
      case LUA_TUSERDATA:
        tree.type = Tree::Type::node;
        tree.node = static_cast<const NodeHandle*>(lua_touserdata(lua_, index))->index;
        break;
      case LUA_TFUNCTION: tree.type = Tree::Type::function; break;
      case LUA_TTABLE: FW_CHECK(table(lua_absindex(lua_, index), depth, tree)); break;
      default: break;
    }
    return tree;
  }

  std::int64_t cost() const {
    return static_cast<std::int64_t>(values_ * steps_per_value + text_bytes_ / bytes_per_step);
  }

 private:
  Result<void> text(int index, Tree& tree) {
    tree.type = Tree::Type::text;
    FW_TRY(tree.text, text(index));
    return {};
  }

  Result<std::string> text(int index) {
    std::size_t size = 0;
    const char* data = lua_tolstring(lua_, index, &size);
    text_bytes_ += size;
    if (text_bytes_ > max_text_bytes) return fail(ErrorKind::script, "a table holds more than 4 MB of text");
    return std::string(data, size);
  }

  Result<void> table(int index, int depth, Tree& tree) {
    tree.type = Tree::Type::table;
    if (depth >= max_depth || !lua_checkstack(lua_, 4))
      return fail(ErrorKind::script, "a table is nested too deeply, or holds itself");
    const std::size_t size = lua_rawlen(lua_, index);
    for (std::size_t i = 1; i <= size; ++i) {
      lua_rawgeti(lua_, index, static_cast<lua_Integer>(i));
      FW_TRY(Tree value, copy(-1, depth + 1));
      tree.list.push_back(std::move(value));
      lua_pop(lua_, 1);
    }
    lua_pushnil(lua_);
    while (lua_next(lua_, index)) {
      if (lua_type(lua_, -2) == LUA_TSTRING) {
        FW_TRY(std::string name, text(-2));
        FW_TRY(Tree value, copy(-1, depth + 1));
        tree.fields.push_back({std::move(name), std::move(value)});
      } else if (!in_list(size)) {
        tree.stray_keys = true;
      }
      lua_pop(lua_, 1);
    }
    std::sort(tree.fields.begin(), tree.fields.end(),
              [](const TreeField& a, const TreeField& b) { return a.name < b.name; });
    return {};
  }

  bool in_list(std::size_t size) const {
    if (!lua_isinteger(lua_, -2)) return false;
    const lua_Integer key = lua_tointeger(lua_, -2);
    return key >= 1 && static_cast<std::size_t>(key) <= size;
  }

  lua_State* lua_;
  std::size_t values_ = 0, text_bytes_ = 0;
};

}  // namespace

const Tree* Tree::find(std::string_view name) const {
  for (const TreeField& field : fields)
    if (field.name == name) return &field.value;
  return nullptr;
}

std::string_view describe(Tree::Type type) {
  switch (type) {
    case Tree::Type::nil: return "nothing";
    case Tree::Type::boolean: return "true or false";
    case Tree::Type::number: return "a number";
    case Tree::Type::text: return "a text";
    case Tree::Type::node: return "a shape";
    case Tree::Type::table: return "a table";
    case Tree::Type::function: return "a function";
  }
  return "something";
}

Result<Tree> snapshot(lua_State* lua, int index) {
  const int top = lua_gettop(lua);
  Copier copier(lua);
  auto tree = copier.copy(lua_absindex(lua, index), 0);
  lua_settop(lua, top);
  Sandbox& sandbox = Sandbox::of(lua);
  if (!sandbox.spend(copier.cost())) return fail(sandbox.stop_error());
  return tree;
}

}  // namespace fitwright
