#include "geometry/graph/product.hpp"

#include <unordered_set>

namespace fitwright {

SourceLocation locate(const Product& product, const Part& part, Hash128 wanted) {
  std::unordered_set<const Node*> seen{part.solid.get()};
  std::vector<const Node*> todo{part.solid.get()};
  while (!todo.empty()) {
    const Node* node = todo.back();
    todo.pop_back();
    if (node->hash() == wanted) {
      const auto it = product.made_at.find(node);
      return it == product.made_at.end() ? SourceLocation{} : it->second;
    }
    node->for_each_child([&](Slot, const NodePtr& child) {
      if (seen.insert(child.get()).second) todo.push_back(child.get());
    });
  }
  return {};
}

}  // namespace fitwright
