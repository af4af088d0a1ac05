#include "geometry/graph/difference.hpp"

#include <algorithm>
#include <utility>

namespace fitwright {

namespace {

bool is_child(const Arg& arg) {
  return std::holds_alternative<NodePtr>(arg) || std::holds_alternative<std::vector<NodePtr>>(arg);
}

class Comparison {
 public:
  explicit Comparison(std::set<Hash128>& found) : found_(found) {}

  void run(const NodePtr& a, const NodePtr& b) {
    push(a, b);
    while (!todo_.empty()) {
      const auto [x, y] = todo_.back();
      todo_.pop_back();
      compare(*x, *y);
    }
  }

 private:
  void push(const NodePtr& a, const NodePtr& b) {
    if (a->hash() != b->hash() && seen_.emplace(a->hash(), b->hash()).second) todo_.emplace_back(a.get(), b.get());
  }

  void compare(const Node& a, const Node& b) {
    if (&a.operation() != &b.operation()) {
      if (!holds(b, a.hash())) found_.insert(a.hash());
      return;
    }
    const std::size_t count = std::max(a.args().size(), b.args().size());
    for (std::size_t i = 0; i < count; ++i) {
      const Arg none;
      const Arg &x = i < a.args().size() ? a.args()[i] : none, &y = i < b.args().size() ? b.args()[i] : none;
      if (x.index() != y.index() || (!is_child(x) && x != y))
        found_.insert(a.hash());
      else if (const auto* one = std::get_if<NodePtr>(&x))
        push(*one, std::get<NodePtr>(y));
      else if (const auto* many = std::get_if<std::vector<NodePtr>>(&x))
        compare_lists(a, *many, std::get<std::vector<NodePtr>>(y));
    }
  }

  // Whether a node only got something more around it.
  static bool holds(const Node& above, Hash128 wanted) {
    bool found = false;
    above.for_each_child([&](Slot, const NodePtr& child) { found = found || find_below(child, wanted); });
    return found;
  }

  void compare_lists(const Node& owner, const std::vector<NodePtr>& x, const std::vector<NodePtr>& y) {
    if (x.size() != y.size()) found_.insert(owner.hash());
    const std::size_t least = std::min(x.size(), y.size());
    std::size_t head = 0, tail = 0;
    while (head < least && x[head]->hash() == y[head]->hash()) ++head;
    while (head + tail < least && x[x.size() - 1 - tail]->hash() == y[y.size() - 1 - tail]->hash()) ++tail;
    for (std::size_t i = head; i + tail < least; ++i) push(x[i], y[i]);
  }

  std::set<Hash128>& found_;
  std::set<std::pair<Hash128, Hash128>> seen_;
  std::vector<std::pair<const Node*, const Node*>> todo_;
};

}  // namespace

ProductDifference difference(const Product& a, const Product& b) {
  ProductDifference found;
  Comparison comparison(found.nodes);
  for (const Part& part : a.parts) {
    const auto other = std::find_if(b.parts.begin(), b.parts.end(),
                                    [&](const Part& candidate) { return candidate.name == part.name; });
    if (other == b.parts.end()) {
      found.parts.insert(part.name);
      continue;
    }
    if (other->assembled != part.assembled || other->up != part.up) found.parts.insert(part.name);
    comparison.run(part.solid, other->solid);
  }
  return found;
}

}  // namespace fitwright
