#include "geometry/graph/product.hpp"

#include <unordered_set>

namespace fitwright {

NodePtr find_below(const NodePtr& root, Hash128 wanted) {
  std::unordered_set<const Node*> seen{root.get()};
  std::vector<NodePtr> todo{root};
  while (!todo.empty()) {
    const NodePtr node = std::move(todo.back());
    todo.pop_back();
    if (node->hash() == wanted) return node;
    node->for_each_child([&](Slot, const NodePtr& child) {
      if (seen.insert(child.get()).second) todo.push_back(child);
    });
  }
  return nullptr;
}

SourceLocation locate(const Product& product, const Part& part, Hash128 wanted) {
  const NodePtr node = find_below(part.solid, wanted);
  const auto it = product.made_at.find(node.get());
  return it == product.made_at.end() ? SourceLocation{} : it->second;
}

}  // namespace fitwright
