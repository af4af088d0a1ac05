// A tree of bounding boxes over anything that has one: what lies near a box, what a segment may meet.
// Numbers are double throughout: single precision loses the sixth digit of a part of a metre, and a wall exactly at
// its limit must pass.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geometry/core/math.hpp"

namespace fitwright {

/// Squared distance between two boxes, 0 when they touch.
inline double squared_distance(const Box3& a, const Box3& b) {
  const auto gap = [](double a_min, double a_max, double b_min, double b_max) {
    return std::max({0.0, b_min - a_max, a_min - b_max});
  };
  const double x = gap(a.min.x, a.max.x, b.min.x, b.max.x), y = gap(a.min.y, a.max.y, b.min.y, b.max.y),
               z = gap(a.min.z, a.max.z, b.min.z, b.max.z);
  return x * x + y * y + z * z;
}

class BoxTree {
 public:
  BoxTree() = default;
  /// Items are numbered as their boxes. Boxes must be finite. O(n log n), on several threads.
  explicit BoxTree(std::span<const Box3> boxes) : BoxTree(boxes, {}, 0) {}
  /// The same for items that face somewhere: branches keep items together that face alike. A turn from one direction
  /// to its opposite counts as much as a way of twice `weight` (mm).
  BoxTree(std::span<const Box3> boxes, std::span<const Vec3> directions, double weight);

  bool empty() const { return nodes_.empty(); }

  /// Calls visit(item) for each item whose box may be nearer to `box` than `reach`, near branches first. `reach` is
  /// read again at every step, so that a visitor who found something may lower it. Branches for which skip(node) is
  /// true are left out.
  template <class Visit, class Skip>
  void near(const Box3& box, const double& reach, Visit visit, Skip skip) const;
  template <class Visit>
  void near(const Box3& box, const double& reach, Visit visit) const {
    near(box, reach, visit, [](std::uint32_t) { return false; });
  }

  /// A branch with its box and items.
  struct Branch {
    std::uint32_t node = 0;
    Box3 box;
    std::span<const std::uint32_t> items;
  };
  /// Branches of up to `most` items that together hold all items.
  std::vector<Branch> branches(std::size_t most) const;

  /// A value for each node, from below: leaf(items) and join(left, right).
  template <class Value, class Leaf, class Join>
  std::vector<Value> fold(Leaf leaf, Join join) const;

  /// Calls visit(item) for each item whose box meets the segment from `from` to `to`.
  template <class Visit>
  void along(Vec3 from, Vec3 to, Visit visit) const;

 private:
  struct Node {
    Box3 box;
    std::uint32_t first = 0;  // leaf: into order_; else the left child, the right one follows it
    std::uint32_t count = 0;  // 0: not a leaf
  };
  friend class BoxTreeBuilder;
  static constexpr std::size_t depth = 64;  // of stacks: halves are equal, so 32 levels hold any 32-bit number of items

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> order_;
};

template <class Value, class Leaf, class Join>
std::vector<Value> BoxTree::fold(Leaf leaf, Join join) const {
  std::vector<Value> values(nodes_.size());
  for (std::size_t i = nodes_.size(); i-- > 0;) {  // children stand behind their parent
    const Node& node = nodes_[i];
    values[i] = node.count > 0 ? leaf(std::span(order_).subspan(node.first, node.count))
                               : join(values[node.first], values[node.first + 1]);
  }
  return values;
}

template <class Visit, class Skip>
void BoxTree::near(const Box3& box, const double& reach, Visit visit, Skip skip) const {
  if (empty()) return;
  struct Step {
    std::uint32_t node;
    double squared;
  };
  std::array<Step, depth> stack;
  std::size_t top = 0;
  stack[top++] = {0, squared_distance(box, nodes_[0].box)};
  while (top > 0) {
    const Step step = stack[--top];
    if (step.squared >= reach * reach || skip(step.node)) continue;
    const Node& node = nodes_[step.node];
    if (node.count > 0) {
      for (std::uint32_t i = node.first; i < node.first + node.count; ++i) visit(order_[i]);
      continue;
    }
    Step left{node.first, squared_distance(box, nodes_[node.first].box)};
    Step right{node.first + 1, squared_distance(box, nodes_[node.first + 1].box)};
    if (left.squared < right.squared) std::swap(left, right);
    stack[top++] = left;
    stack[top++] = right;
  }
}

template <class Visit>
void BoxTree::along(Vec3 from, Vec3 to, Visit visit) const {
  if (empty()) return;
  const Vec3 step = to - from;
  const auto meets = [&](const Box3& box) {
    double enter = 0, leave = 1;
    const auto slab = [&](double start, double by, double low, double high) {
      if (by == 0) return start >= low && start <= high;
      double a = (low - start) / by, b = (high - start) / by;
      if (a > b) std::swap(a, b);
      enter = std::max(enter, a);
      leave = std::min(leave, b);
      return enter <= leave;
    };
    return slab(from.x, step.x, box.min.x, box.max.x) && slab(from.y, step.y, box.min.y, box.max.y) &&
           slab(from.z, step.z, box.min.z, box.max.z);
  };
  std::array<std::uint32_t, depth> stack;
  std::size_t top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const Node& node = nodes_[stack[--top]];
    if (!meets(node.box)) continue;
    if (node.count > 0) {
      for (std::uint32_t i = node.first; i < node.first + node.count; ++i) visit(order_[i]);
    } else {
      stack[top++] = node.first;
      stack[top++] = node.first + 1;
    }
  }
}

}  // namespace fitwright
