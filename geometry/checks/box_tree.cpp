#include "geometry/checks/box_tree.hpp"

#include <tbb/parallel_invoke.h>

#include <limits>

namespace fitwright {

// Halves the items at the median of where they differ most, again and again. Where each branch's nodes
// stand follows from the number of its items, so branches are built side by side.
class BoxTreeBuilder {
 public:
  BoxTreeBuilder(BoxTree& tree, std::span<const Box3> boxes) : tree_(tree), boxes_(boxes) {}

  void run(std::span<const Vec3> directions, double weight) {
    const std::size_t n = boxes_.size();
    items_.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      const Vec3 middle = (boxes_[i].min + boxes_[i].max) * 0.5;
      const Vec3 facing = directions.empty() ? Vec3{} : directions[i] * weight;
      items_[i] = {{middle.x, middle.y, middle.z, facing.x, facing.y, facing.z}, i};
    }
    tree_.order_.resize(n);
    tree_.nodes_.resize(node_count(n));
    build(0, 1, 0, n);
  }

 private:
  static constexpr std::size_t leaf_size = 4;
  static constexpr std::size_t worth_a_task = 4096;

  static std::size_t node_count(std::size_t n) {
    return n <= leaf_size ? 1 : 1 + node_count(n / 2) + node_count(n - n / 2);
  }

  struct Item {
    std::array<double, 6> place{};  // middle and weighed direction
    std::uint32_t index = 0;
  };

  // The branch at `node`; `next` is where its children and theirs have their places.
  void build(std::size_t node, std::size_t next, std::size_t begin, std::size_t end) {
    if (end - begin <= leaf_size) return make_leaf(node, begin, end);
    const std::size_t half = begin + (end - begin) / 2;
    split(begin, half, end);
    const std::size_t left_rest = node_count(half - begin) - 1;
    const auto left = [&] { build(next, next + 2, begin, half); };
    const auto right = [&] { build(next + 1, next + 2 + left_rest, half, end); };
    if (end - begin > worth_a_task) {
      tbb::parallel_invoke(left, right);
    } else {
      left();
      right();
    }
    BoxTree::Node& own = tree_.nodes_[node];
    own.first = static_cast<std::uint32_t>(next);
    own.box = tree_.nodes_[next].box;
    own.box.add(tree_.nodes_[next + 1].box);
  }

  void make_leaf(std::size_t node, std::size_t begin, std::size_t end) {
    BoxTree::Node& leaf = tree_.nodes_[node];
    leaf.first = static_cast<std::uint32_t>(begin);
    leaf.count = static_cast<std::uint32_t>(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      tree_.order_[i] = items_[i].index;
      leaf.box.add(boxes_[items_[i].index]);
    }
  }

  void split(std::size_t begin, std::size_t half, std::size_t end) {
    std::array<double, 6> low, high;
    low.fill(std::numeric_limits<double>::infinity());
    high.fill(-std::numeric_limits<double>::infinity());
    for (std::size_t i = begin; i < end; ++i)
      for (int k = 0; k < 6; ++k) {
        low[k] = std::min(low[k], items_[i].place[k]);
        high[k] = std::max(high[k], items_[i].place[k]);
      }
    int axis = 0;
    for (int k = 1; k < 6; ++k)
      if (high[k] - low[k] > high[axis] - low[axis]) axis = k;
    const auto at = [&](std::size_t i) { return items_.begin() + static_cast<std::ptrdiff_t>(i); };
    std::nth_element(at(begin), at(half), at(end),
                     [axis](const Item& a, const Item& b) { return a.place[axis] < b.place[axis]; });
  }

  BoxTree& tree_;
  std::span<const Box3> boxes_;
  std::vector<Item> items_;
};

BoxTree::BoxTree(std::span<const Box3> boxes, std::span<const Vec3> directions, double weight) {
  if (!boxes.empty()) BoxTreeBuilder(*this, boxes).run(directions, weight);
}

std::vector<BoxTree::Branch> BoxTree::branches(std::size_t most) const {
  struct Span {
    std::uint32_t node;
    std::size_t begin, end;
  };
  std::vector<Branch> found;
  std::vector<Span> open;
  if (!empty()) open.push_back({0, 0, order_.size()});
  while (!open.empty()) {
    const auto [node, begin, end] = open.back();
    open.pop_back();
    if (end - begin <= most || nodes_[node].count > 0) {
      found.push_back({node, nodes_[node].box, std::span(order_).subspan(begin, end - begin)});
      continue;
    }
    const std::size_t half = begin + (end - begin) / 2;  // as the builder halves
    open.push_back({nodes_[node].first + 1, half, end});
    open.push_back({nodes_[node].first, begin, half});
  }
  return found;
}

}  // namespace fitwright
