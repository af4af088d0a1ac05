// Where a face (or the edge of a profile) comes from: the path of child slots from a node down to the
// node that made it, and its role there. Paths hold no running numbers, so a parameter change that adds a
// shelf renumbers nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/hash.hpp"
#include "geometry/graph/arg.hpp"

namespace fitwright {

class Origin;
using OriginPtr = std::shared_ptr<const Origin>;

/// One origin: either a step into a child followed by the rest, or the end of the path, a role.
class Origin {
 public:
  /// A face made by the node itself. `of`: the faces that a blend lies between.
  Origin() = default;  // for make_shared; use make or below
  static OriginPtr make(std::string role, std::vector<OriginPtr> of = {});
  /// The same origin seen from the parent that holds the node in `slot`.
  static OriginPtr below(Slot slot, OriginPtr rest);

  bool is_step() const { return rest_ != nullptr; }
  Slot slot() const { return slot_; }
  const OriginPtr& rest() const { return rest_; }
  const std::string& role() const { return role_; }
  const std::vector<OriginPtr>& of() const { return of_; }
  Hash128 hash() const { return hash_; }

 private:
  Slot slot_;
  OriginPtr rest_;
  std::string role_;
  std::vector<OriginPtr> of_;
  Hash128 hash_;
};

/// Role at the end of the path.
const std::string& final_role(const Origin& origin);
/// "tools[2].profile.left": argument names from the node's operations, then the role.
std::string to_string(const Origin& origin, const Node& root);
/// The node at the end of the path, or null if the path does not fit the graph.
const Node* maker(const Origin& origin, const Node& root);

/// All that is remembered of one face: origins (several after faces merged) and the designer's tags,
/// both sorted and without duplicates.
struct Trace {
  std::vector<OriginPtr> origins;
  std::vector<std::string> tags;

  static Trace of_role(std::string role) { return {{Origin::make(std::move(role))}, {}}; }
  void merge(const Trace& other);
  void add_tag(const std::string& tag);
  Trace below(Slot slot) const;
  bool operator==(const Trace& other) const;
};

}  // namespace fitwright
