#include "geometry/kernel/prism_plan.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/layers.hpp"
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
  NodePtr profile;          ///< evaluated by the memo as any other node
  Placement in_plane;       ///< profile to frame, z kept
  LeafRange range;          ///< ends along the axis
  bool flipped = false;     ///< the prism's own top lies at `range.low`
  bool own_profile = true;  ///< false: the profile was drawn for a box or cylinder, which has no such child
  std::optional<BoxRoles> roles;
  std::vector<Slot> path;  ///< from the planned node down to the prism's node
  std::vector<std::string> tags;
  /// A prism with tags on chosen faces: which faces shows once it is built, so it is built and taken apart.
  NodePtr built;
  Placement placement;  ///< of what was built, to frame
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

struct InFrame {
  Placement in_plane;
  bool flipped = false;
};

/// How a profile's placement moves it across the axis, when it stands along it.
std::optional<InFrame> in_frame(const Placement& to_frame) {
  const double along = to_frame.linear[2].z;
  if (std::abs(std::abs(along) - 1) > 1e-12) return std::nullopt;
  InFrame result{to_frame, along < 0};
  result.in_plane.linear[2] = {0, 0, 1};
  result.in_plane.linear[0].z = result.in_plane.linear[1].z = 0;
  result.in_plane.offset.z = 0;
  return result;
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

  /// The tree of a union, cut or pattern. Members of a union and tools of a cut that do not belong in it are named in
  /// `rest`; absent when less than two members belong.
  std::optional<PrismTree> whole(const Node& node, std::vector<Slot>& rest) {
    const std::string_view name = node.operation().name;
    if (name.ends_with("_pattern")) return repeat(node, {});
    if (name != "union" && name != "cut") return std::nullopt;
    return combine_children(node, {}, &rest);
  }

  std::optional<PrismTree> find(const NodePtr& at, const Where& where) {
    const Node& node = *at;
    if (where.depth > max_depth || leaves.size() >= max_leaves || !PlainArgs::plain(node)) return std::nullopt;
    const std::string_view name = node.operation().name;
    const PlainArgs args(node);
    if (name == "box") return box(args, where);
    if (name == "cylinder") return cylinder(args, where);
    if (name == "extrude" && args.number(2) == 0 && args.number(3) == 0)
      return leaf(std::get<NodePtr>(node.args()[0]), where, where.placement, args.number(1), true, {});
    if (name == "move" || name == "rotate" || name == "mirror")
      return find(child(node), below(where, {0, 0}, placement_of(name, args)));
    if (name == "tag" && !std::holds_alternative<std::monostate>(node.args()[2])) return tagged(at, where);
    if (name == "tag") {
      Where inner = below(where, {0, 0}, {});
      inner.tags.push_back(args.text(1));
      return find(child(node), inner);
    }
    if (name == "union" || name == "cut") return combine_children(node, where, nullptr);
    if (name.ends_with("_pattern")) return repeat(node, where);
    return std::nullopt;
  }

  std::vector<Leaf> leaves;

 private:
  static const NodePtr& child(const Node& node) { return std::get<NodePtr>(node.args()[0]); }

  static Where below(const Where& where, Slot slot, const Placement& placement) {
    Where inner = where;
    inner.placement = where.placement * placement;
    inner.path.push_back(slot);
    ++inner.depth;
    return inner;
  }

  // `local` takes prism coordinates (profile in z = 0, raised by `height`) to part coordinates.
  std::optional<PrismTree> leaf(NodePtr profile, const Where& where, const Placement& local, double height, bool own,
                                std::optional<BoxRoles> roles) {
    const Placement to_frame = to_frame_ * local;
    const auto flat = in_frame(to_frame);
    if (!profile || !flat) return std::nullopt;
    const double a = to_frame.offset.z, b = a + (flat->flipped ? -height : height);
    leaves.push_back({.profile = std::move(profile),
                      .in_plane = flat->in_plane,
                      .range = {std::min(a, b), std::max(a, b)},
                      .flipped = flat->flipped,
                      .own_profile = own,
                      .roles = roles,
                      .path = where.path,
                      .tags = where.tags});
    return PrismTree{PrismTree::How::leaf, {}, leaves.size() - 1, 1};
  }

  std::optional<PrismTree> tagged(const NodePtr& node, const Where& where) {
    const std::size_t before = leaves.size();
    auto inner = find(child(*node), below(where, {0, 0}, {}));
    if (!inner || inner->how != PrismTree::How::leaf) {
      leaves.resize(before);
      return std::nullopt;
    }
    Leaf& leaf = leaves.back();
    leaf.built = node;
    leaf.placement = to_frame_ * where.placement;
    leaf.path = where.path;
    leaf.tags = where.tags;
    return inner;
  }

  // A box is a prism along each of its axes.
  std::optional<PrismTree> box(const PlainArgs& args, const Where& where) {
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

  std::optional<PrismTree> cylinder(const PlainArgs& args, const Where& where) {
    auto disc = make_node(*operations().find("circle"), {args.number(0)});
    return leaf(disc ? *disc : nullptr, where, where.placement, args.number(1), false, {});
  }

  std::optional<PrismTree> combine(PrismTree::How how, std::vector<PrismTree> members) {
    if (members.empty()) return std::nullopt;
    const std::size_t first = members.front().first, last = members.back().first + members.back().count;
    return PrismTree{how, std::move(members), first, last - first};
  }

  // Without `rest` every member must belong.
  std::optional<PrismTree> combine_children(const Node& node, const Where& where, std::vector<Slot>* rest) {
    const bool cutting = node.operation().name == "cut";
    std::vector<PrismTree> members;
    const auto add = [&](const NodePtr& child, Slot slot, bool may_stay_out) {
      const std::size_t before = leaves.size();
      auto member = find(child, below(where, slot, {}));
      if (member) {
        members.push_back(std::move(*member));
        return true;
      }
      leaves.resize(before);
      if (may_stay_out) rest->push_back(slot);
      return may_stay_out;
    };
    if (cutting && !add(child(node), {0, 0}, false)) return std::nullopt;
    const std::uint16_t arg = cutting ? 1 : 0;
    const auto& list = std::get<std::vector<NodePtr>>(node.args()[arg]);
    for (std::size_t i = 0; i < list.size(); ++i)
      if (!add(list[i], {arg, static_cast<std::uint16_t>(i)}, rest != nullptr)) return std::nullopt;
    if (rest && !rest->empty() && members.size() < 2) return std::nullopt;
    return combine(cutting ? PrismTree::How::cut : PrismTree::How::unite, std::move(members));
  }

  std::optional<PrismTree> repeat(const Node& node, const Where& where) {
    const auto placements = pattern_of(node.operation().name, PlainArgs(node));
    if (!placements) return std::nullopt;
    std::vector<PrismTree> members;
    for (std::size_t i = 0; i < placements->size(); ++i) {
      auto member = find(child(node), below(where, {0, static_cast<std::uint16_t>(i)}, (*placements)[i]));
      if (!member) return std::nullopt;
      members.push_back(std::move(*member));
    }
    return combine(PrismTree::How::unite, std::move(members));
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

Trace end_trace(const Leaf& leaf, bool at_high) {
  const bool own_top = at_high != leaf.flipped;
  const std::string_view role = leaf.roles ? (own_top ? leaf.roles->top : leaf.roles->bottom)
                                : own_top  ? "top"
                                           : "bottom";
  return with_path(Trace::of_role(std::string(role)), leaf);
}

/// The one range of a tree whose section is the same all along it: members end level, tools pass right through.
class Slab {
 public:
  Slab(const PrismTree& tree, const std::vector<Leaf>& leaves) : leaves_(leaves) {
    if (const auto range = range_of(tree); range && level(tree, *range)) range_ = range;
  }
  const std::optional<LeafRange>& range() const { return range_; }

 private:
  std::optional<LeafRange> range_of(const PrismTree& tree) const {
    return tree.how == PrismTree::How::leaf ? leaves_[tree.first].range : range_of(tree.members.front());
  }
  bool level(const PrismTree& tree, const LeafRange& range) const {
    if (tree.how == PrismTree::How::leaf) {
      const LeafRange& own = leaves_[tree.first].range;
      return std::abs(own.low - range.low) <= coincident && std::abs(own.high - range.high) <= coincident;
    }
    for (std::size_t i = 0; i < tree.members.size(); ++i) {
      const bool tool = tree.how == PrismTree::How::cut && i > 0;
      if (tool ? !covers(tree.members[i], range) : !level(tree.members[i], range)) return false;
    }
    return true;
  }
  bool covers(const PrismTree& tree, const LeafRange& range) const {
    if (tree.how == PrismTree::How::leaf) {
      const LeafRange& own = leaves_[tree.first].range;
      return own.low <= range.low + coincident && own.high >= range.high - coincident;
    }
    return std::all_of(tree.members.begin(), tree.members.end(), [&](const PrismTree& m) { return covers(m, range); });
  }

  const std::vector<Leaf>& leaves_;
  std::optional<LeafRange> range_;
};

/// A node's members that are prisms along one axis, and the slots of those that are not.
struct PrismPlan {
  PrismTree tree;
  std::vector<Leaf> leaves;
  Placement frame;
  std::vector<Slot> rest;

  Result<Value> build(const PlanInputs& in) const {
    FW_TRY(Body solid, prisms(in));
    solid.shape = moved_shape(solid.shape, frame);
    for (PrismPiece& piece : solid.prisms) piece.at = frame * piece.at;
    if (rest.empty()) return Value(Kind::solid, std::move(solid));
    std::vector<SolidUse> others;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const Body& body = in.values[leaves.size() + i]->body();
      SolidUse use{{body.shape, {}, body.prisms}};
      for (const Trace& trace : body.traces) use.body.traces.push_back(trace.below(rest[i]));
      others.push_back(std::move(use));
    }
    if (tree.how == PrismTree::How::cut) {
      FW_TRY(solid, subtract({std::move(solid)}, std::move(others), in.task));
    } else {
      others.insert(others.begin(), {std::move(solid)});
      FW_TRY(solid, unite(std::move(others), in.task));
    }
    return Value(Kind::solid, std::move(solid));
  }

 private:
  Result<LayerPrism> section(std::size_t i, const PlanInputs& in) const {
    const Leaf& leaf = leaves[i];
    const Body& body = in.values[i]->body();
    if (leaf.built) return taken_apart(leaf, body);
    FW_TRY(Body placed, placed_profile({body.shape, side_traces(body, leaf)}, leaf.in_plane));
    return LayerPrism{std::move(placed), end_trace(leaf, false), end_trace(leaf, true), leaf.range};
  }

  static Result<LayerPrism> taken_apart(const Leaf& leaf, const Body& body) {
    if (body.prisms.size() != 1 || body.prisms.front().thread)
      return geometry_error("a tagged prism is none after all");
    const PrismPiece& piece = body.prisms.front();
    const auto to_frame = in_frame(leaf.placement * piece.at);
    if (!to_frame) return geometry_error("a tagged prism lies along another axis");
    const auto trace = [&](std::size_t face) { return with_path(body.traces[piece.faces[face]], leaf); };
    Body profile{piece.profile, {}};
    for (std::size_t face = 2; face < piece.faces.size(); ++face) profile.traces.push_back(trace(face));
    FW_TRY(Body placed, placed_profile(profile, to_frame->in_plane));
    return LayerPrism{std::move(placed), trace(to_frame->flipped ? 1 : 0), trace(to_frame->flipped ? 0 : 1),
                      leaf.range};
  }

  // Where no layout is certain the plan fails, and the evaluator takes the direct one.
  Result<Body> prisms(const PlanInputs& in) const {
    const auto uncertain = [] { return geometry_error("the outlines of these prisms meet in an uncertain way"); };
    std::vector<LayerPrism> all;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      FW_TRY(LayerPrism prism, section(i, in));
      all.push_back(std::move(prism));
    }
    if (const Slab slab(tree, leaves); slab.range()) {
      std::vector<RegionUse> uses;
      for (std::size_t i = 0; i < all.size(); ++i) uses.push_back({all[i].profile, Trace::of_role(std::to_string(i))});
      FW_TRY(const auto regions, layered_regions(tree, uses));
      if (!regions) return uncertain();
      return make_prism(regions->body, ends(all, regions->areas, false), ends(all, regions->areas, true),
                        slab.range()->low, slab.range()->high - slab.range()->low, in.task);
    }
    FW_TRY(auto solid, layered_solid(tree, all));
    if (!solid) return uncertain();
    return std::move(*solid);
  }

  // An area remembers the prisms it came from by number until its ends are named.
  static std::vector<Trace> ends(const std::vector<LayerPrism>& prisms, const std::vector<Trace>& areas, bool high) {
    std::vector<Trace> traces;
    for (const Trace& area : areas) {
      Trace end;
      for (const OriginPtr& origin : area.origins) {
        const LayerPrism& prism = prisms[std::stoul(origin->role())];
        end.merge(high ? prism.top : prism.bottom);
      }
      traces.push_back(std::move(end));
    }
    return traces;
  }
};

}  // namespace

std::optional<Plan> match_prisms(const NodePtr& node) {
  if (node->operation().result != Kind::solid) return std::nullopt;
  std::optional<PrismPlan> best;
  for (const char axis : {'z', 'x', 'y'}) {
    Search search(axis);
    std::vector<Slot> rest;
    auto tree = search.whole(*node, rest);
    if (!tree || (best && best->rest.size() <= rest.size())) continue;
    best = PrismPlan{std::move(*tree), std::move(search.leaves), frame_along(axis), std::move(rest)};
    if (best->rest.empty()) break;
  }
  if (!best) return std::nullopt;
  const auto prisms = std::make_shared<PrismPlan>(std::move(*best));
  Plan plan{Tier::profiles, {}, [prisms](const PlanInputs& in) { return prisms->build(in); }};
  for (const Leaf& leaf : prisms->leaves) plan.inputs.push_back(leaf.built ? leaf.built : leaf.profile);
  for (const Slot& slot : prisms->rest)
    plan.inputs.push_back(std::get<std::vector<NodePtr>>(node->args()[slot.arg])[slot.item]);
  return plan;
}

}  // namespace fitwright
