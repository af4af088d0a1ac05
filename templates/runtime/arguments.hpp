// From the arguments of a Lua call to those of an operation.
#pragma once

#include <functional>
#include <vector>

#include "geometry/graph/operation.hpp"
#include "templates/runtime/tree.hpp"

namespace fitwright {

/// What argument matching needs from its surroundings.
struct ArgumentSource {
  std::function<const NodePtr&(std::uint32_t)> node;
  /// The content hash to put for a font or file given by name ("" is the default font).
  std::function<Result<std::string>(const ArgSpec&, const std::string& name)> blob;
};

/// Matches positional and named arguments to the operation's row; what was left out is std::monostate.
/// Named arguments are the text keys of a last table: box{x=1, y=2, z=3}, s:fillet(e, {r=2}). Lists take a
/// table or the rest of the positional arguments. Errors: ErrorKind::script with the operation.
Result<std::vector<Arg>> match_arguments(const Operation& operation, std::vector<Tree> given,
                                         const ArgumentSource& source);

}  // namespace fitwright
