#include "templates/runtime/unused.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace fitwright {

namespace {

/// Everything that parts and rules are made of. By hash: a shape that was noted twice is one shape.
std::unordered_set<Hash128> reached_by(const Product& product) {
  std::unordered_set<Hash128> reached;
  std::vector<const Node*> todo;
  const auto add = [&](const NodePtr& node) {
    if (reached.insert(node->hash()).second) todo.push_back(node.get());
  };
  for (const Part& part : product.parts) add(part.solid);
  for (const MeasureRule& rule : product.measure_rules) add(rule.measure);
  while (!todo.empty()) {
    const Node* next = todo.back();
    todo.pop_back();
    next->for_each_child([&](Slot, const NodePtr& child) { add(child); });
  }
  return reached;
}

/// The shape that the operation changed, if it gives one of the same kind.
const Node* changed_by(const Node& node) {
  const Node* first = nullptr;
  node.for_each_child([&](Slot, const NodePtr& child) {
    if (!first) first = child.get();
  });
  return first && first->operation().result == node.operation().result ? first : nullptr;
}

}  // namespace

std::vector<std::string> unused_results(const Sandbox& sandbox, const Product& product) {
  const auto reached = reached_by(product);
  // What a thrown-away shape was made of is not told as well.
  std::unordered_set<Hash128> within;
  for (const NodePtr& node : sandbox.nodes())
    if (!reached.contains(node->hash()))
      node->for_each_child([&](Slot, const NodePtr& child) { within.insert(child->hash()); });
  std::vector<std::string> told;
  for (const NodePtr& node : sandbox.nodes()) {
    const Kind kind = node->operation().result;
    if ((kind != Kind::solid && kind != Kind::profile) || reached.contains(node->hash()) ||
        within.contains(node->hash()))
      continue;
    const Node* changed = changed_by(*node);
    while (changed && !reached.contains(changed->hash())) changed = changed_by(*changed);
    if (!changed) continue;
    const std::string_view name = node->operation().script_name();
    const SourceLocation* place = sandbox.place_of(*node);
    std::string sentence = fmt::format(
        "the result of {}{} is used by nothing: a method changes no shape, it returns a new one; write x = "
        "x:{}(...)",
        name, place && place->line > 0 ? fmt::format(" in {}:{}", place->chunk, place->line) : "", name);
    if (std::find(told.begin(), told.end(), sentence) == told.end()) told.push_back(std::move(sentence));
  }
  return told;
}

}  // namespace fitwright
