#include "geometry/graph/path.hpp"

#include <charconv>
#include <cstdint>

#include "geometry/graph/operation.hpp"

namespace fitwright {

namespace {

/// "tools[2]" of a node with lists, "solid" of one with a single child; null when the node has no such child.
NodePtr child_named(const Node& node, std::string_view step) {
  Slot slot;
  if (const std::size_t bracket = step.find('['); bracket != step.npos) {
    const std::string_view number = step.substr(bracket + 1);
    const auto read = std::from_chars(number.data(), number.data() + number.size(), slot.item);
    if (read.ec != std::errc{} || std::string_view(read.ptr, number.data() + number.size()) != "]") return nullptr;
    step = step.substr(0, bracket);
  }
  const auto& args = node.operation().args;
  for (std::size_t i = 0; i < args.size(); ++i)
    if (args[i].name == step) {
      slot.arg = static_cast<std::uint16_t>(i);
      return node.child(slot);
    }
  return nullptr;
}

}  // namespace

FollowedPath follow(const NodePtr& root, std::string_view path) {
  FollowedPath followed{{root}, path};
  for (;;) {
    const std::size_t dot = followed.role.find('.');
    if (dot == followed.role.npos) return followed;
    NodePtr child = child_named(*followed.nodes.back(), followed.role.substr(0, dot));
    if (!child) return followed;
    followed.nodes.push_back(std::move(child));
    followed.role.remove_prefix(dot + 1);
  }
}

std::vector<std::string_view> blended_paths(std::string_view role) {
  const std::size_t open = role.find('(');
  if (open == role.npos || role.back() != ')') return {};
  std::string_view rest = role.substr(open + 1, role.size() - open - 2);
  std::vector<std::string_view> paths;
  int depth = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '(') ++depth;
    if (rest[i] == ')') --depth;
    if (depth > 0 || !rest.substr(i).starts_with(", ")) continue;
    paths.push_back(rest.substr(0, i));
    rest.remove_prefix(i + 2);
    i = std::string_view::npos;  // on to the beginning of what is left
  }
  paths.push_back(rest);
  return paths;
}

}  // namespace fitwright
