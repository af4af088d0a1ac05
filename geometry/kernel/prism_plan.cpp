#include "geometry/kernel/prism_plan.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/placement.hpp"
#include "geometry/kernel/prism.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

namespace {

constexpr double coincident = 1e-9;  // mm: ends that are meant to be equal are computed equally
constexpr std::size_t max_leaves = 10000;
constexpr int max_depth = 64;

/// Roles of the six faces of a prism over a rectangle, when they are not those of the rectangle itself.
struct BoxRoles {
  std::string_view front, right, back, left, bottom, top;
};

/// A prism: a profile raised along the frame's axis.
struct Leaf {
  NodePtr profile;           ///< evaluated by the memo as any other node
  Placement in_plane;        ///< profile to frame, z kept
  double low = 0, high = 0;  ///< ends along the axis
  bool flipped = false;      ///< the prism's own top lies at `low`
  bool own_profile = true;   ///< false: the profile was drawn for a box or cylinder, which has no such child
  std::optional<BoxRoles> roles;
  std::vector<Slot> path;  ///< from the planned node down to the prism's node
  std::vector<std::string> tags;
};

enum class Combine { leaf, unite, cut };

struct Prism {
  Combine how = Combine::leaf;
  std::size_t leaf = 0;        ///< index into Search::leaves
  std::vector<Prism> members;  ///< cut: the base first
  double low = 0, high = 0;
};

/// Arguments of a node as plain values; absent while any of them is symbolic.
class PlainArgs {
 public:
  explicit PlainArgs(const Node& node) : node_(node) {}
  static bool plain(const Node& node) {
    for (std::size_t i = 0; i < node.args().size(); ++i) {
      const ArgKind kind = node.operation().args[i].kind;
      const bool numeric =
          kind == ArgKind::length || kind == ArgKind::angle || kind == ArgKind::number || kind == ArgKind::count;
      if (numeric && std::holds_alternative<NodePtr>(node.args()[i])) return false;
    }
    return true;
  }
  double number(std::size_t i) const { return std::get<double>(node_.args()[i]); }
  int count(std::size_t i) const { return static_cast<int>(number(i)); }
  bool flag(std::size_t i) const { return std::get<bool>(node_.args()[i]); }
  const std::string& text(std::size_t i) const { return std::get<std::string>(node_.args()[i]); }
  Vec3 vector(std::size_t i) const { return std::get<Vec3>(node_.args()[i]); }

 private:
  const Node& node_;
};

/// Takes frame coordinates (axis along z) to part coordinates.
Placement frame_along(char axis) {
  Placement p;
  if (axis == 'x') p.linear = {Vec3{0, 0, 1}, Vec3{1, 0, 0}, Vec3{0, 1, 0}};
  if (axis == 'y') p.linear = {Vec3{0, 1, 0}, Vec3{0, 0, 1}, Vec3{1, 0, 0}};
  return p;
}

NodePtr rectangle(double x, double y, Vec2 corner) {
  const Operation& draw = *operations().find("rectangle");
  const Operation& move = *operations().find("profile_move");
  auto base = make_node(draw, {x, y, false});
  if (!base) return nullptr;
  auto moved = make_node(move, {*base, corner.x, corner.y});
  return moved ? *moved : nullptr;
}

/// Looks for prisms along one axis below a node.
class Search {
 public:
  explicit Search(char axis) : to_frame_(frame_along(axis).inverse()) {}

  struct Where {
    Placement placement;  ///< node to part coordinates
    std::vector<Slot> path;
    std::vector<std::string> tags;
    int depth = 0;
  };

  /// `through`: a tool's ends may differ among members as long as each passes through this range.
  std::optional<Prism> find(const Node& node, const Where& where, const std::pair<double, double>* through) {
    if (where.depth > max_depth || leaves.size() >= max_leaves || !PlainArgs::plain(node)) return std::nullopt;
    const std::string_view name = node.operation().name;
    const PlainArgs args(node);
    if (name == "box") return box(args, where);
    if (name == "cylinder") return cylinder(args, where);
    if (name == "extrude")
      return leaf(std::get<NodePtr>(node.args()[0]), where, where.placement, args.number(1), true, {});
    if (name == "move" || name == "rotate" || name == "mirror")
      return find(*child(node), below(where, {0, 0}, placement_of(name, args)), through);
    if (name == "tag" && std::holds_alternative<std::monostate>(node.args()[2])) {
      Where inner = below(where, {0, 0}, {});
      inner.tags.push_back(args.text(1));
      return find(*child(node), inner, through);
    }
    if (name == "union") return unite_children(node, where, through);
    if (name.ends_with("_pattern")) return repeat(node, where, through);
    if (name == "cut") return cut(node, where, through);
    return std::nullopt;
  }

  std::vector<Leaf> leaves;

 private:
  static const Node* child(const Node& node) { return std::get<NodePtr>(node.args()[0]).get(); }

  static Where below(const Where& where, Slot slot, const Placement& placement) {
    Where inner = where;
    inner.placement = where.placement * placement;
    inner.path.push_back(slot);
    ++inner.depth;
    return inner;
  }

  // `local` takes prism coordinates (profile in z = 0, raised by `height`) to part coordinates.
  std::optional<Prism> leaf(NodePtr profile, const Where& where, const Placement& local, double height, bool own,
                            std::optional<BoxRoles> roles) {
    const Placement to_frame = to_frame_ * local;
    const double along = to_frame.linear[2].z;
    if (!profile || std::abs(std::abs(along) - 1) > 1e-12) return std::nullopt;
    const double a = to_frame.offset.z, b = a + along * height;
    Leaf leaf{.profile = std::move(profile),
              .in_plane = to_frame,
              .low = std::min(a, b),
              .high = std::max(a, b),
              .flipped = along < 0,
              .own_profile = own,
              .roles = roles,
              .path = where.path,
              .tags = where.tags};
    leaf.in_plane.linear[2] = {0, 0, 1};
    leaf.in_plane.linear[0].z = leaf.in_plane.linear[1].z = 0;
    leaf.in_plane.offset.z = 0;
    const Prism prism{Combine::leaf, leaves.size(), {}, leaf.low, leaf.high};
    leaves.push_back(std::move(leaf));
    return prism;
  }

  // A box is a prism along each of its axes.
  std::optional<Prism> box(const PlainArgs& args, const Where& where) {
    const double x = args.number(0), y = args.number(1), z = args.number(2);
    const Vec2 o = args.flag(3) ? Vec2{-x / 2, -y / 2} : Vec2{};
    const Vec3 along =
        (to_frame_ * where.placement).linear[2];  // row: how much each box axis moves along the frame's axis
    if (std::abs(along.z) > 0.5) return leaf(rectangle(x, y, o), where, where.placement, z, false, {});
    if (std::abs(along.x) > 0.5) {
      const Placement turn = Placement::translation({o.x, 0, 0}) * frame_along('x');
      return leaf(rectangle(y, z, {o.y, 0}), where, where.placement * turn, x, false,
                  BoxRoles{"bottom", "back", "top", "front", "left", "right"});
    }
    const Placement turn = Placement::translation({0, o.y, 0}) * frame_along('y');
    return leaf(rectangle(z, x, {0, o.x}), where, where.placement * turn, y, false,
                BoxRoles{"left", "top", "right", "bottom", "front", "back"});
  }

  std::optional<Prism> cylinder(const PlainArgs& args, const Where& where) {
    auto disc = make_node(*operations().find("circle"), {args.number(0)});
    return leaf(disc ? *disc : nullptr, where, where.placement, args.number(1), false, {});
  }

  static bool passes(const Prism& prism, const std::pair<double, double>& range) {
    return prism.low <= range.first + coincident && prism.high >= range.second - coincident;
  }

  std::optional<Prism> combine(std::vector<Prism> members, const std::pair<double, double>* through) {
    if (members.empty()) return std::nullopt;
    Prism all{Combine::unite, 0, std::move(members), 0, 0};
    all.low = all.members.front().low;
    all.high = all.members.front().high;
    for (const Prism& member : all.members) {
      const bool level = std::abs(member.low - all.low) <= coincident && std::abs(member.high - all.high) <= coincident;
      if (through ? !passes(member, *through) : !level) return std::nullopt;
    }
    return all;
  }

  std::optional<Prism> unite_children(const Node& node, const Where& where, const std::pair<double, double>* through) {
    const auto& list = std::get<std::vector<NodePtr>>(node.args()[0]);
    std::vector<Prism> members;
    for (std::size_t i = 0; i < list.size(); ++i) {
      auto member = find(*list[i], below(where, {0, static_cast<std::uint16_t>(i)}, {}), through);
      if (!member) return std::nullopt;
      members.push_back(std::move(*member));
    }
    return combine(std::move(members), through);
  }

  std::optional<Prism> repeat(const Node& node, const Where& where, const std::pair<double, double>* through) {
    const auto placements = pattern_of(node.operation().name, PlainArgs(node));
    if (!placements) return std::nullopt;
    std::vector<Prism> members;
    for (std::size_t i = 0; i < placements->size(); ++i) {
      auto member = find(*child(node), below(where, {0, static_cast<std::uint16_t>(i)}, (*placements)[i]), through);
      if (!member) return std::nullopt;
      members.push_back(std::move(*member));
    }
    return combine(std::move(members), through);
  }

  std::optional<Prism> cut(const Node& node, const Where& where, const std::pair<double, double>* through) {
    auto base = find(*child(node), below(where, {0, 0}, {}), through);
    if (!base) return std::nullopt;
    Prism result{Combine::cut, 0, {}, base->low, base->high};
    const std::pair<double, double> range{base->low, base->high};
    result.members.push_back(std::move(*base));
    const auto& tools = std::get<std::vector<NodePtr>>(node.args()[1]);
    for (std::size_t i = 0; i < tools.size(); ++i) {
      auto tool = find(*tools[i], below(where, {1, static_cast<std::uint16_t>(i)}, {}), &range);
      if (!tool || !passes(*tool, range)) return std::nullopt;
      result.members.push_back(std::move(*tool));
    }
    return result;
  }

  Placement to_frame_;
};

Trace with_path(Trace trace, const Leaf& leaf) {
  for (auto slot = leaf.path.rbegin(); slot != leaf.path.rend(); ++slot) trace = trace.below(*slot);
  for (const std::string& tag : leaf.tags) trace.add_tag(tag);
  return trace;
}

std::string_view box_role(const BoxRoles& roles, const std::string& role) {
  if (role == "front") return roles.front;
  if (role == "right") return roles.right;
  if (role == "back") return roles.back;
  return roles.left;
}

// Traces of the side faces that the profile's edges become.
std::vector<Trace> side_traces(const Body& profile, const Leaf& leaf) {
  std::vector<Trace> traces;
  for (const Trace& edge : profile.traces) {
    Trace trace = edge;
    if (leaf.own_profile) {
      trace = trace.below({0, 0});
    } else {
      const std::string& role = final_role(*edge.origins.front());
      trace = Trace::of_role(std::string(leaf.roles ? box_role(*leaf.roles, role) : std::string_view(role)));
    }
    traces.push_back(with_path(std::move(trace), leaf));
  }
  return traces;
}

// An area remembers the leaves it came from by number until its caps are named.
Trace area_of(std::size_t leaf) { return Trace::of_role(std::to_string(leaf)); }

std::vector<Trace> cap_traces(const std::vector<Trace>& areas, const std::vector<Leaf>& leaves, bool top) {
  std::vector<Trace> caps;
  for (const Trace& area : areas) {
    Trace cap;
    for (const OriginPtr& origin : area.origins) {
      if (origin->role().empty()) continue;
      const Leaf& leaf = leaves[std::stoul(origin->role())];
      const bool own_top = top != leaf.flipped;
      const std::string_view role = leaf.roles ? (own_top ? leaf.roles->top : leaf.roles->bottom)
                                    : own_top  ? "top"
                                               : "bottom";
      cap.merge(with_path(Trace::of_role(std::string(role)), leaf));
    }
    caps.push_back(std::move(cap));
  }
  return caps;
}

struct PrismPlan {
  Prism root;
  std::vector<Leaf> leaves;
  Placement frame;

  Result<Value> build(const PlanInputs& in) const {
    FW_TRY(const Regions regions, combine(root, in));
    FW_TRY(Body solid, make_prism(regions.body, cap_traces(regions.areas, leaves, false),
                                  cap_traces(regions.areas, leaves, true), {0, 0, root.low}, root.high - root.low));
    solid.shape = moved_shape(solid.shape, frame);
    for (PrismPiece& piece : solid.prisms) piece.at = frame * piece.at;
    return Value(Kind::solid, std::move(solid));
  }

 private:
  Result<RegionUse> leaf_use(const Prism& prism, const PlanInputs& in) const {
    const Leaf& leaf = leaves[prism.leaf];
    const Body& profile = in.values[prism.leaf]->body();
    FW_TRY(Body placed, placed_profile({profile.shape, side_traces(profile, leaf)}, leaf.in_plane));
    return RegionUse{std::move(placed), area_of(prism.leaf)};
  }

  // All members as regions; nested unions flattened, so that one combination sees every outline.
  Result<std::vector<RegionUse>> uses(const Prism& prism, const PlanInputs& in) const {
    std::vector<RegionUse> all;
    if (prism.how == Combine::leaf) {
      FW_TRY(RegionUse use, leaf_use(prism, in));
      all.push_back(std::move(use));
    } else if (prism.how == Combine::unite) {
      for (const Prism& member : prism.members) {
        FW_TRY(auto more, uses(member, in));
        std::move(more.begin(), more.end(), std::back_inserter(all));
      }
    } else {
      FW_TRY(const Regions regions, combine(prism, in));
      for (std::size_t i = 0; i < regions.areas.size(); ++i) {
        TraceCollector traces(TopAbs_EDGE);
        traces.inherit(regions.body, nullptr);
        all.push_back({traces.finish(faces_of(regions.body.shape)[i], "edge"), regions.areas[i]});
      }
    }
    return all;
  }

  Result<Regions> combine(const Prism& prism, const PlanInputs& in) const {
    if (prism.how != Combine::cut) {
      FW_TRY(auto members, uses(prism, in));
      return unite_regions(std::move(members), in.task.stop);
    }
    FW_TRY(Regions base, combine(prism.members.front(), in));
    std::vector<RegionUse> tools;
    for (std::size_t i = 1; i < prism.members.size(); ++i) {
      FW_TRY(auto more, uses(prism.members[i], in));
      std::move(more.begin(), more.end(), std::back_inserter(tools));
    }
    return cut_regions(std::move(base), tools, in.task.stop);
  }
};

bool combines(std::string_view operation) {
  return operation == "union" || operation == "cut" || operation.ends_with("_pattern");
}

}  // namespace

std::optional<Plan> match_prisms(const NodePtr& node) {
  if (node->operation().result != Kind::solid || !combines(node->operation().name)) return std::nullopt;
  for (const char axis : {'z', 'x', 'y'}) {
    Search search(axis);
    auto root = search.find(*node, {}, nullptr);
    if (!root) continue;
    auto prisms = std::make_shared<PrismPlan>(PrismPlan{std::move(*root), std::move(search.leaves), frame_along(axis)});
    Plan plan{Tier::profiles, {}, [prisms](const PlanInputs& in) { return prisms->build(in); }};
    for (const Leaf& leaf : prisms->leaves) plan.inputs.push_back(leaf.profile);
    return plan;
  }
  return std::nullopt;
}

}  // namespace fitwright
