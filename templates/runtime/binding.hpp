// Puts the operation table into the script: constructors, methods, selectors, arithmetic on measures.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/graph/operation.hpp"
#include "templates/runtime/runtime.hpp"
#include "templates/runtime/sandbox.hpp"

namespace fitwright {

/// Fonts and files by name, for operations and ctx. Null: none.
struct NamedBytes {
  const std::map<std::string, std::string>* fonts = nullptr;
  const std::map<std::string, std::string>* files = nullptr;
};

/// The rows that share one name in the script; the kind of the first node picks one.
struct Binding {
  std::string name;
  std::vector<const Operation*> rows;
};

class OperationBindings {
 public:
  OperationBindings(const OperationTable& table, NamedBytes bytes);

  /// Fills the table on top of the stack (the script's globals) and makes the metatables of nodes. Raises.
  void install(lua_State* lua);

  const OperationTable& table() const { return *table_; }
  const NamedBytes& bytes() const { return bytes_; }
  const std::vector<Binding>& bindings() const { return bindings_; }
  /// Names of the global functions and tables.
  std::vector<std::string> globals() const;
  /// Names of the methods of a kind.
  std::vector<std::string> methods(Kind kind) const;

 private:
  void install_function(lua_State* lua, const Binding& binding);
  void install_metatable(lua_State* lua, Kind kind);

  const OperationTable* table_;
  NamedBytes bytes_;
  std::vector<Binding> bindings_;
};

/// Kind of node that the row's first argument takes, if it takes one.
std::optional<Kind> first_kind(const Operation& row);

/// Content hash of a font or file given by name, its bytes kept among the sandbox's blobs. Errors: script,
/// with the nearest name.
Result<std::string> resolve_blob(Sandbox& sandbox, const std::map<std::string, std::string>* known,
                                 std::string_view what, const std::string& name);

}  // namespace fitwright
