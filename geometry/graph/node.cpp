#include <algorithm>
#include <unordered_set>

#include "geometry/graph/arg.hpp"
#include "geometry/graph/operation.hpp"

namespace fitwright {

namespace {

struct ArgHasher {
  Hasher& hasher;
  void operator()(std::monostate) const {}
  void operator()(double v) const { hasher.add(v); }
  void operator()(bool v) const { hasher.add(std::uint64_t{v}); }
  void operator()(const std::string& v) const { hasher.add(std::string_view(v)); }
  void operator()(const Vec3& v) const { hasher.add(v.x).add(v.y).add(v.z); }
  void operator()(const std::vector<Vec2>& v) const {
    hasher.add(std::uint64_t{v.size()});
    for (const Vec2& p : v) hasher.add(p.x).add(p.y);
  }
  void operator()(const std::vector<Vec3>& v) const {
    hasher.add(std::uint64_t{v.size()});
    for (const Vec3& p : v) hasher.add(p.x).add(p.y).add(p.z);
  }
  void operator()(const std::vector<double>& v) const {
    hasher.add(std::uint64_t{v.size()});
    for (const double x : v) hasher.add(x);
  }
  void operator()(const NodePtr& v) const { hasher.add(v->hash()); }
  void operator()(const std::vector<NodePtr>& v) const {
    hasher.add(std::uint64_t{v.size()});
    for (const NodePtr& n : v) hasher.add(n->hash());
  }
};

void take_children(std::vector<Arg>& args, std::vector<NodePtr>& out) {
  for (Arg& arg : args) {
    if (auto* one = std::get_if<NodePtr>(&arg)) out.push_back(std::move(*one));
    if (auto* many = std::get_if<std::vector<NodePtr>>(&arg))
      std::move(many->begin(), many->end(), std::back_inserter(out));
  }
  args.clear();
}

}  // namespace

Node::Node(const Operation& operation, std::vector<Arg> args) : operation_(&operation), args_(std::move(args)) {
  Hasher hasher;
  hasher.add(operation.name);
  for (const Arg& arg : args_) {
    hasher.add(std::uint64_t{arg.index()});
    std::visit(ArgHasher{hasher}, arg);
  }
  hash_ = hasher.finish();
  for_each_child([this](Slot, const NodePtr& child) { depth_ = std::max(depth_, child->depth() + 1); });
}

// A deep chain must not overflow the stack: children that die with this node are unlinked in a loop.
Node::~Node() {
  std::vector<NodePtr> doomed;
  take_children(args_, doomed);
  while (!doomed.empty()) {
    const NodePtr node = std::move(doomed.back());
    doomed.pop_back();
    if (node.use_count() == 1) take_children(const_cast<Node&>(*node).args_, doomed);
  }
}

void Node::for_each_child(const std::function<void(Slot, const NodePtr&)>& visit) const {
  for (std::size_t a = 0; a < args_.size(); ++a) {
    const auto arg = static_cast<std::uint16_t>(a);
    if (const auto* one = std::get_if<NodePtr>(&args_[a])) visit({arg, 0}, *one);
    if (const auto* many = std::get_if<std::vector<NodePtr>>(&args_[a]))
      for (std::size_t i = 0; i < many->size(); ++i) visit({arg, static_cast<std::uint16_t>(i)}, (*many)[i]);
  }
}

NodePtr Node::child(Slot slot) const {
  if (slot.arg >= args_.size()) return nullptr;
  if (const auto* one = std::get_if<NodePtr>(&args_[slot.arg])) return *one;
  if (const auto* many = std::get_if<std::vector<NodePtr>>(&args_[slot.arg]))
    return slot.item < many->size() ? (*many)[slot.item] : nullptr;
  return nullptr;
}

std::size_t count_nodes(const std::vector<NodePtr>& roots) {
  std::unordered_set<const Node*> seen;
  std::vector<const Node*> todo;
  const auto push = [&](const NodePtr& node) {
    if (node && seen.insert(node.get()).second) todo.push_back(node.get());
  };
  for (const NodePtr& root : roots) push(root);
  while (!todo.empty()) {
    const Node* node = todo.back();
    todo.pop_back();
    node->for_each_child([&](Slot, const NodePtr& child) { push(child); });
  }
  return seen.size();
}

}  // namespace fitwright
