// A Lua value copied into plain C++ data, so that it can be judged without touching the interpreter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"

struct lua_State;

namespace fitwright {

struct TreeField;

struct Tree {
  enum class Type { nil, boolean, number, text, node, table, function };
  Type type = Type::nil;
  bool flag = false;
  double number = 0;
  std::string text;
  std::uint32_t node = 0;         ///< index into the sandbox's nodes
  std::vector<Tree> list;         ///< table: values at 1, 2, ...
  std::vector<TreeField> fields;  ///< table: values at text keys, sorted
  bool stray_keys = false;        ///< table: keys that are neither, e.g. behind a gap

  bool is(Type wanted) const { return type == wanted; }
  const Tree* find(std::string_view name) const;
};

struct TreeField {
  std::string name;
  Tree value;
};

/// "a number", "a table", ...: for messages.
std::string_view describe(Tree::Type type);

/// Copies the value at a stack index. Uses only Lua functions that cannot raise, so that C++ objects may
/// be alive. Charged by size. Errors: ErrorKind::script when the value is nested too deeply or too large.
Result<Tree> snapshot(lua_State* lua, int index);

}  // namespace fitwright
