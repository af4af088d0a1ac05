#include "geometry/graph/product.hpp"

#include <algorithm>
#include <unordered_set>

namespace fitwright {

const Handle* counterpart(const std::vector<Handle>& handles, std::size_t index, const std::vector<Handle>& others) {
  const std::string& name = handles[index].parameter;
  const auto same = [&](const Handle& handle) { return handle.parameter == name; };
  auto rank = std::count_if(handles.begin(), handles.begin() + static_cast<std::ptrdiff_t>(index), same);
  for (const Handle& other : others)
    if (same(other) && rank-- == 0) return &other;
  return nullptr;
}

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
