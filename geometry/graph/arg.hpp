// Arguments of operations, and the immutable graph node that holds them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "geometry/core/hash.hpp"
#include "geometry/core/math.hpp"

namespace fitwright {

struct Operation;
class Node;
using NodePtr = std::shared_ptr<const Node>;

/// One argument as stored in a node. A NodePtr in a numeric argument is a symbolic number.
using Arg = std::variant<std::monostate, double, bool, std::string, Vec3, std::vector<Vec2>, NodePtr,
                         std::vector<NodePtr>, std::vector<Vec3>, std::vector<double>>;

/// Place of a child in its parent: argument index and position in that argument's list. For a single
/// child, `item` is 0, or the instance that a pattern made of it.
struct Slot {
  std::uint16_t arg = 0;
  std::uint16_t item = 0;
  auto operator<=>(const Slot&) const = default;
};

/// One immutable operation with its arguments. Equal hash means equal structure, so nodes can be
/// shared, memoised and compared without looking at children. Made by make_node only.
class Node {
 public:
  Node(const Operation& operation, std::vector<Arg> args);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const Operation& operation() const { return *operation_; }
  const std::vector<Arg>& args() const { return args_; }
  Hash128 hash() const { return hash_; }
  /// Longest path to a leaf; a leaf has 1.
  std::uint32_t depth() const { return depth_; }
  /// Visits the children in slot order.
  void for_each_child(const std::function<void(Slot, const NodePtr&)>& visit) const;
  /// The child in a slot; null when there is none.
  NodePtr child(Slot slot) const;

 private:
  const Operation* operation_;
  std::vector<Arg> args_;
  Hash128 hash_;
  std::uint32_t depth_ = 1;
};

/// Number of distinct nodes (by identity) reachable from the roots. Iterative: any depth.
std::size_t count_nodes(const std::vector<NodePtr>& roots);

}  // namespace fitwright
