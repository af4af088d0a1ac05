// Booleans in the order that suits a drag: what moves comes last, on top of what stays. The result is the same solid up
// to rounding, but not to the bit; so only previews are made this way, and nothing else ever sees them.
#pragma once

#include <functional>
#include <optional>
#include <unordered_set>

#include "geometry/kernel/value.hpp"

namespace fitwright {

class Preview {
 public:
  /// `settled`: hashes of the nodes that the preview before this one had too.
  Preview(const std::unordered_set<Hash128>& settled, std::function<std::optional<ValuePtr>(Hash128)> find,
          std::function<void(Hash128, ValuePtr)> store)
      : settled_(settled), find_(std::move(find)), store_(std::move(store)) {}

  bool is_settled(const Node& node) const { return settled_.contains(node.hash()); }

  /// A part of an operation's work that the next preview can go on from. Errors: those of `make`.
  template <class Make>
  Result<ValuePtr> partial(Hash128 key, const Make& make) {
    used_ = true;
    if (auto known = find_(key)) return *known;
    FW_TRY(Body body, make());
    auto value = std::make_shared<const Value>(Kind::solid, std::move(body));
    store_(key, value);
    return value;
  }
  bool used() const { return used_; }

 private:
  const std::unordered_set<Hash128>& settled_;
  std::function<std::optional<ValuePtr>(Hash128)> find_;
  std::function<void(Hash128, ValuePtr)> store_;
  bool used_ = false;
};

}  // namespace fitwright
