#include "geometry/kernel/cells.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr double same = 1e-7;   // mm: levels that are meant to be equal
constexpr double apart = 1e-5;  // mm: levels nearer than this but not the same are left to the general tier
constexpr double full_turn = 2 * M_PI - 1e-6;

bool any_in(const LeafSet& leaves, const PrismTree& tree) {
  const auto it = std::lower_bound(leaves.begin(), leaves.end(), tree.first);
  return it != leaves.end() && *it < tree.first + tree.count;
}

template <class T>
void sort_unique(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

std::vector<double> levels_of(std::span<const LeafRange> ranges) {
  std::vector<double> all, levels;
  for (const LeafRange& r : ranges) {
    all.push_back(r.low);
    all.push_back(r.high);
  }
  std::sort(all.begin(), all.end());
  for (const double z : all) {
    if (!levels.empty() && z - levels.back() <= same) continue;
    require(levels.empty() || z - levels.back() >= apart);
    levels.push_back(z);
  }
  return levels;
}

class Complex {
 public:
  Complex(const Arrangement& a, const PrismTree& tree, std::span<const LeafRange> ranges)
      : a_(a), tree_(tree), levels_(levels_of(ranges)), layers_(levels_.size() - 1), joined_(a.atoms.size() * layers_) {
    for (const LeafRange& r : ranges) {
      const auto place = [&](double z) {
        return static_cast<std::size_t>(std::lower_bound(levels_.begin(), levels_.end(), z - same) - levels_.begin());
      };
      spans_.emplace_back(place(r.low), place(r.high));
    }
    at_vertex_.resize(a.vertices.size());
    for (std::size_t i = 0; i < a.atoms.size(); ++i) {
      at_vertex_[a.atoms[i].from].push_back({i, true});
      at_vertex_[a.atoms[i].to].push_back({i, false});
    }
  }

  CellComplex run() {
    fill();
    find_level_pieces();
    find_upright_pieces();
    number_walls();
    add_seams();
    count_ends();
    chain_level();
    chain_upright();
    CellComplex result;
    make_walls(result);
    make_flats(result);
    result.levels = levels_;
    result.edges = std::move(edges_);
    check_volume(result);
    return result;
  }

 private:
  struct End {
    std::size_t atom;
    bool from;
  };
  struct LevelPiece {
    std::size_t atom = 0, level = 0;
    bool wall_above = false, left = false, up = false;
    bool used = false;
  };
  struct UprightPiece {
    std::size_t vertex, layer, arrives, leaves;  // cells
    bool used = false;
  };
  /// What meets in a node. The pieces mean something where there is one of their kind.
  struct Meeting {
    int starts = 0, ends = 0, uprights = 0;  ///< level pieces that start, that end; upright pieces
    std::size_t start = 0, end = 0;
    std::optional<std::size_t> upright_above;
    bool runs_through() const { return starts + ends + uprights == 2; }
  };

  std::size_t cell(std::size_t atom, std::size_t layer) const { return atom * layers_ + layer; }
  std::size_t node(std::size_t vertex, std::size_t level) const { return vertex * (layers_ + 1) + level; }
  bool left(std::size_t atom, std::size_t layer) const { return left_[cell(atom, layer)]; }
  bool right(std::size_t atom, std::size_t layer) const { return right_[cell(atom, layer)]; }
  bool wall(std::size_t atom, std::size_t layer) const { return left(atom, layer) != right(atom, layer); }
  LeafSet active(const LeafSet& leaves, std::size_t layer) const {
    LeafSet set;
    for (const std::size_t leaf : leaves)
      if (spans_[leaf].first <= layer && layer < spans_[leaf].second) set.push_back(leaf);
    return set;
  }

  void fill() {
    left_.resize(a_.atoms.size() * layers_);
    right_.resize(left_.size());
    for (std::size_t i = 0; i < a_.atoms.size(); ++i)
      for (std::size_t k = 0; k < layers_; ++k) {
        left_[cell(i, k)] = holds(tree_, active(a_.atoms[i].left, k));
        right_[cell(i, k)] = holds(tree_, active(a_.atoms[i].right, k));
      }
  }

  void find_level_pieces() {
    for (std::size_t i = 0; i < a_.atoms.size(); ++i)
      for (std::size_t l = 0; l <= layers_; ++l) {
        const bool below_l = l > 0 && left(i, l - 1), below_r = l > 0 && right(i, l - 1);
        const bool above_l = l < layers_ && left(i, l), above_r = l < layers_ && right(i, l);
        const bool below = below_l != below_r, above = above_l != above_r;
        if (below && above) {
          require(below_l == above_l);  // else four faces meet
          joined_.join(cell(i, l - 1), cell(i, l));
        } else if (below || above) {
          const bool other = below ? above_l : below_l;  // beyond the wall's end, on both sides
          level_pieces_.push_back({i, l, above, !other, above == other});
        }
      }
  }

  // The direction in which the wall's material lies on the left, as seen from the piece's wall.
  bool forward(const LevelPiece& p) const { return left(p.atom, p.wall_above ? p.level : p.level - 1); }
  std::size_t start_of(const LevelPiece& p) const {
    return node(forward(p) ? a_.atoms[p.atom].from : a_.atoms[p.atom].to, p.level);
  }
  std::size_t end_of(const LevelPiece& p) const {
    return node(forward(p) ? a_.atoms[p.atom].to : a_.atoms[p.atom].from, p.level);
  }
  PlaneCurve directed(std::size_t atom, bool forward) const {
    return forward ? a_.atoms[atom].curve : a_.atoms[atom].curve.reversed();
  }

  bool continues(std::size_t arrives, bool arrives_forward, std::size_t leaves, bool leaves_forward) const {
    if (arrives == leaves) return true;  // a closed curve
    const PlaneCurve a = directed(arrives, arrives_forward), b = directed(leaves, leaves_forward);
    if (!same_support(a, b)) return false;
    if (a.kind == PlaneCurve::Kind::line) return dot(a.to - a.from, b.to - b.from) > 0;
    return (a.sweep > 0) == (b.sweep > 0);
  }

  void find_upright_pieces() {
    for (std::size_t v = 0; v < at_vertex_.size(); ++v)
      for (std::size_t k = 0; k < layers_; ++k) {
        std::vector<std::size_t> arriving, leaving;
        for (const End& end : at_vertex_[v])
          if (wall(end.atom, k)) (end.from == left(end.atom, k) ? leaving : arriving).push_back(end.atom);
        if (arriving.empty() && leaving.empty()) continue;
        require(arriving.size() == 1 && leaving.size() == 1);  // else walls touch along a line
        const std::size_t x = arriving.front(), y = leaving.front();
        const UprightPiece piece{v, k, cell(x, k), cell(y, k)};
        if (continues(x, left(x, k), y, left(y, k))) {
          joined_.join(piece.arrives, piece.leaves);
          smooth_.push_back(piece);
        } else {
          upright_pieces_.push_back(piece);
        }
      }
  }

  void number_walls() {
    wall_of_.assign(a_.atoms.size() * layers_, 0);
    for (std::size_t i = 0; i < a_.atoms.size(); ++i)
      for (std::size_t k = 0; k < layers_; ++k) {
        if (!wall(i, k)) continue;
        const std::size_t root = joined_.find(cell(i, k));
        if (root == cell(i, k)) {
          wall_of_[root] = cells_of_wall_.size();
          cells_of_wall_.emplace_back();
        }
        wall_of_[cell(i, k)] = wall_of_[root];
        cells_of_wall_[wall_of_[root]].push_back(cell(i, k));
      }
  }

  // A wall that runs all around is cut open along an upright line, its seam.
  void add_seams() {
    for (std::size_t w = 0; w < cells_of_wall_.size(); ++w) {
      CellWall& wall = walls_.emplace_back();
      const std::size_t first = cells_of_wall_[w].front();
      wall.piece = {first / layers_, left_[first] != 0};
      find_start(cells_of_wall_[w], wall);
      if (!wall.round) continue;
      for (const UprightPiece& p : smooth_)
        if (p.vertex == wall.start && wall_of_[p.arrives] == w) {
          upright_pieces_.push_back(p);
          seam_nodes_.insert({node(p.vertex, p.layer), w});
          seam_nodes_.insert({node(p.vertex, p.layer + 1), w});
        }
    }
    std::sort(upright_pieces_.begin(), upright_pieces_.end(), [](const UprightPiece& a, const UprightPiece& b) {
      return std::pair(a.vertex, a.layer) < std::pair(b.vertex, b.layer);
    });
  }

  // What ends or starts at each node decides where edges run on.
  void count_ends() {
    at_node_.resize(a_.vertices.size() * (layers_ + 1));
    for (std::size_t p = 0; p < level_pieces_.size(); ++p) {
      Meeting &start = at_node_[start_of(level_pieces_[p])], &end = at_node_[end_of(level_pieces_[p])];
      ++start.starts;
      start.start = p;
      ++end.ends;
      end.end = p;
    }
    for (std::size_t p = 0; p < upright_pieces_.size(); ++p) {
      const UprightPiece& piece = upright_pieces_[p];
      Meeting& below = at_node_[node(piece.vertex, piece.layer)];
      ++below.uprights;
      below.upright_above = p;
      ++at_node_[node(piece.vertex, piece.layer + 1)].uprights;
    }
    for (const Meeting& m : at_node_) require(m.starts + m.ends + m.uprights != 1);
  }

  // The level piece that carries the same edge on beyond `p`.
  std::optional<std::size_t> next_level(const LevelPiece& p) const {
    const Meeting& at = at_node_[end_of(p)];
    if (!at.runs_through() || at.starts != 1) return std::nullopt;
    const LevelPiece& q = level_pieces_[at.start];
    if (!continues(p.atom, forward(p), q.atom, forward(q))) return std::nullopt;
    return at.start;
  }
  bool starts_edge(const LevelPiece& p) const {
    const Meeting& at = at_node_[start_of(p)];
    if (at.ends != 1) return true;
    const auto next = next_level(level_pieces_[at.end]);
    return !next || &level_pieces_[*next] != &p;
  }

  std::size_t wall_of(const LevelPiece& p) const {
    return wall_of_[cell(p.atom, p.wall_above ? p.level : p.level - 1)];
  }

  void chain_from(std::size_t start) {
    CellEdge edge;
    const LevelPiece& first = level_pieces_[start];
    edge.from = start_of(first);
    edge.wall = wall_of(first);
    edge.wall_above = first.wall_above;
    edge.left = first.left;
    edge.up = first.up;
    std::optional<std::size_t> at = start;
    while (at && !level_pieces_[*at].used) {
      LevelPiece& p = level_pieces_[*at];
      p.used = true;
      edge.pieces.push_back({p.atom, forward(p)});
      edge.to = end_of(p);
      at = next_level(p);
    }
    edges_.push_back(std::move(edge));
  }

  void chain_level() {
    for (std::size_t p = 0; p < level_pieces_.size(); ++p)
      if (!level_pieces_[p].used && starts_edge(level_pieces_[p])) chain_from(p);
    // None is closed without a corner: seams see to that.
    for (const LevelPiece& p : level_pieces_) require(p.used);
  }

  void chain_upright() {
    for (UprightPiece& p : upright_pieces_) {
      if (p.used) continue;  // pieces come vertex by vertex, lowest layer first
      CellEdge edge;
      edge.upright = true;
      edge.from = node(p.vertex, p.layer);
      edge.arrives = wall_of_[p.arrives];
      edge.leaves = wall_of_[p.leaves];
      UprightPiece* at = &p;
      for (;;) {
        at->used = true;
        edge.to = node(at->vertex, at->layer + 1);
        const Meeting& above = at_node_[edge.to];
        if (!above.upright_above || !above.runs_through()) break;
        at = &upright_pieces_[*above.upright_above];
      }
      edges_.push_back(std::move(edge));
    }
  }

  // Joins directed edges to closed loops. Where two edges of one face leave one place nothing is certain. `end` tells
  // places: of a use, its head or its tail.
  template <class End>
  std::vector<CellLoop> loops_of(const std::vector<EdgeUse>& uses, const End& end) const {
    std::vector<std::pair<std::size_t, std::size_t>> leaving;
    for (std::size_t i = 0; i < uses.size(); ++i) leaving.emplace_back(end(uses[i], false), i);
    std::sort(leaving.begin(), leaving.end());
    for (std::size_t i = 1; i < leaving.size(); ++i) require(leaving[i - 1].first != leaving[i].first);
    std::vector<bool> used(uses.size());
    std::vector<CellLoop> loops;
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (used[i]) continue;
      CellLoop loop;
      for (std::size_t at = i; !used[at];) {
        used[at] = true;
        loop.push_back(uses[at]);
        const std::size_t head = end(uses[at], true);
        const auto next = std::lower_bound(leaving.begin(), leaving.end(), std::pair(head, std::size_t{0}));
        require(next != leaving.end() && next->first == head);
        at = next->second;
      }
      require(end(loop.back(), true) == end(loop.front(), false));
      loops.push_back(std::move(loop));
    }
    return loops;
  }
  std::size_t end_node(const EdgeUse& u, bool head) const {
    return u.forward == head ? edges_[u.edge].to : edges_[u.edge].from;
  }
  // In a wall, places on both sides of its seam differ: outlines end on one side of it and start on the other.
  std::size_t end_in_wall(std::size_t wall, const EdgeUse& u, bool head) const {
    const std::size_t at = end_node(u, head);
    if (!seam_nodes_.contains({at, wall})) return 2 * at;
    return 2 * at + (edges_[u.edge].upright ? u.forward : u.forward == head);
  }

  void make_walls(CellComplex& result) {
    std::vector<std::vector<EdgeUse>> uses(cells_of_wall_.size());
    for (std::size_t e = 0; e < edges_.size(); ++e) {
      const CellEdge& edge = edges_[e];
      if (edge.upright) {
        uses[edge.arrives].push_back({e, true});
        uses[edge.leaves].push_back({e, false});
      } else {
        uses[edge.wall].push_back({e, edge.wall_above});
      }
    }
    for (std::size_t w = 0; w < walls_.size(); ++w) {
      CellWall& wall = walls_[w];
      for (const std::size_t c : cells_of_wall_[w]) {
        const Atom& atom = a_.atoms[c / layers_];
        std::vector<std::size_t> leaves;
        boundary_leaves(tree_, active(atom.left, c % layers_), active(atom.right, c % layers_), leaves);
        for (const Atom::Use& use : atom.uses)
          if (std::find(leaves.begin(), leaves.end(), use.region) != leaves.end())
            wall.sources.emplace_back(use.region, use.curve);
      }
      sort_unique(wall.sources);
      wall.loops = loops_of(uses[w], [&](const EdgeUse& u, bool head) { return end_in_wall(w, u, head); });
      const auto outer = [&](const CellLoop& loop) { return unrolled_area(loop) > 0; };
      require(!wall.round || std::count_if(wall.loops.begin(), wall.loops.end(), outer) == 1);
    }
    result.walls = std::move(walls_);
  }

  // Up to a positive factor.
  double unrolled_area(const CellLoop& loop) const {
    double area = 0;
    for (const EdgeUse& use : loop)
      if (!edges_[use.edge].upright)
        for (const CellEdge::Piece& p : edges_[use.edge].pieces) {
          const PlaneCurve& c = a_.atoms[p.atom].curve;
          const double run = c.kind == PlaneCurve::Kind::arc ? std::abs(c.sweep) : 1;
          area -= (use.forward ? run : -run) * levels_[edges_[use.edge].from % (layers_ + 1)];
        }
    return area;
  }

  // Whether the wall runs all around, and where angles along it start.
  void find_start(const std::vector<std::size_t>& cells, CellWall& wall) const {
    std::vector<std::size_t> atoms, starts, ends;
    for (const std::size_t c : cells) atoms.push_back(c / layers_);
    sort_unique(atoms);
    const PlaneCurve& curve = a_.atoms[atoms.front()].curve;
    if (curve.kind == PlaneCurve::Kind::other) {
      wall.round = curve.closed();
      wall.start = a_.atoms[atoms.front()].from;
    } else if (curve.kind == PlaneCurve::Kind::arc) {
      double sweep = 0;
      for (const std::size_t atom : atoms) {
        const Atom& x = a_.atoms[atom];
        sweep += std::abs(x.curve.sweep);
        starts.push_back(x.curve.sweep > 0 ? x.from : x.to);
        ends.push_back(x.curve.sweep > 0 ? x.to : x.from);
      }
      wall.round = sweep >= full_turn;
      wall.start = *std::min_element(starts.begin(), starts.end());
      if (!wall.round)
        wall.start = *std::find_if(starts.begin(), starts.end(),
                                   [&](std::size_t s) { return std::find(ends.begin(), ends.end(), s) == ends.end(); });
    }
  }

  double area2(const CellLoop& loop) const {
    double sum = 0;
    for (const EdgeUse& use : loop)
      for (const CellEdge::Piece& p : edges_[use.edge].pieces)
        sum += (p.forward == use.forward ? 1 : -1) * a_.atoms[p.atom].curve.area2();
    return sum;
  }
  bool inside(const CellLoop& loop, Vec2 p) const {
    // A polyline close to the loop tells well enough: loops of one level keep apart.
    Polygon polygon;
    for (const EdgeUse& use : loop) {
      auto pieces = edges_[use.edge].pieces;
      if (!use.forward) std::reverse(pieces.begin(), pieces.end());
      for (const CellEdge::Piece& piece : pieces) {
        const PlaneCurve c = directed(piece.atom, piece.forward == use.forward);
        const int n = c.kind == PlaneCurve::Kind::line ? 1 : 64;
        for (int i = 0; i < n; ++i) polygon.points.push_back(c.at(1.0 * i / n));
      }
    }
    return contains(polygon, p);
  }

  void make_flats(CellComplex& result) {
    for (std::size_t l = 0; l <= layers_; ++l)
      for (const bool up : {false, true}) {
        std::vector<EdgeUse> uses;
        for (std::size_t e = 0; e < edges_.size(); ++e)
          if (!edges_[e].upright && edges_[e].from % (layers_ + 1) == l && edges_[e].up == up)
            uses.push_back({e, edges_[e].left});
        add_flats(result, l, up, loops_of(uses, [&](const EdgeUse& u, bool head) { return end_node(u, head); }));
      }
  }

  void add_flats(CellComplex& result, std::size_t level, bool up, std::vector<CellLoop> loops) const {
    std::vector<CellLoop> holes;
    const std::size_t first = result.flats.size();
    for (CellLoop& loop : loops) {
      const double area = area2(loop) / 2;
      if (area <= 0) {
        holes.push_back(std::move(loop));
        continue;
      }
      CellFlat& flat = result.flats.emplace_back();
      flat.level = level;
      flat.up = up;
      flat.area = area;
      flat.loops = {std::move(loop)};
    }
    if (first == result.flats.size()) return require(holes.empty());
    for (CellLoop& hole : holes) {
      const CellEdge::Piece& piece = edges_[hole.front().edge].pieces.front();
      CellFlat& around = result.flats[flat_around(result, first, a_.atoms[piece.atom].curve.at(0.5))];
      around.area += area2(hole) / 2;
      around.loops.push_back(std::move(hole));
    }
    name_flats(result, first, level, up);
  }

  // Which leaves' ends make up each face: asked beside every atom that lies in or at the edge of the face.
  void name_flats(CellComplex& result, std::size_t first, std::size_t level, bool up) const {
    std::vector<std::optional<std::size_t>> flat_of_atom(a_.atoms.size());  // atoms on outlines
    for (std::size_t f = first; f < result.flats.size(); ++f)
      for (const CellLoop& loop : result.flats[f].loops)
        for (const EdgeUse& use : loop)
          for (const CellEdge::Piece& p : edges_[use.edge].pieces)
            if (!flat_of_atom[p.atom]) flat_of_atom[p.atom] = f;
    for (std::size_t i = 0; i < a_.atoms.size(); ++i)
      for (const bool on_left : {true, false}) {
        const LeafSet& leaves = on_left ? a_.atoms[i].left : a_.atoms[i].right;
        const auto side = [&](std::size_t k) { return on_left ? left(i, k) : right(i, k); };
        const bool below = level > 0 && side(level - 1), above = level < layers_ && side(level);
        if (below == above || below != up) continue;
        std::vector<std::size_t> found;
        boundary_leaves(tree_, level > 0 ? active(leaves, level - 1) : LeafSet{},
                        level < layers_ ? active(leaves, level) : LeafSet{}, found);
        const std::size_t f =
            flat_of_atom[i] ? *flat_of_atom[i] : flat_around(result, first, a_.atoms[i].curve.at(0.5));
        auto& all = result.flats[f].leaves;
        all.insert(all.end(), found.begin(), found.end());
      }
    for (std::size_t f = first; f < result.flats.size(); ++f) sort_unique(result.flats[f].leaves);
  }
  // The face of this level whose outline runs closest around a place.
  std::size_t flat_around(const CellComplex& result, std::size_t first, Vec2 p) const {
    if (result.flats.size() == first + 1) return first;
    std::optional<std::size_t> best;
    for (std::size_t f = first; f < result.flats.size(); ++f)
      if (inside(result.flats[f].loops.front(), p) &&
          (!best || area2(result.flats[f].loops.front()) < area2(result.flats[*best].loops.front())))
        best = f;
    require(best.has_value());
    return *best;
  }

  // The volume by the walls and by the level faces: two ways that must agree.
  void check_volume(const CellComplex& result) const {
    double by_walls = 0, by_flats = 0;
    for (std::size_t i = 0; i < a_.atoms.size(); ++i)
      for (std::size_t k = 0; k < layers_; ++k)
        if (wall(i, k))
          by_walls += (left(i, k) ? 0.5 : -0.5) * a_.atoms[i].curve.area2() * (levels_[k + 1] - levels_[k]);
    for (const CellFlat& flat : result.flats) by_flats += (flat.up ? 1 : -1) * flat.area * levels_[flat.level];
    require(std::abs(by_walls - by_flats) <= 1e-7 * std::abs(by_walls) + 1e-9);
  }

  const Arrangement& a_;
  const PrismTree& tree_;
  const std::vector<double> levels_;
  const std::size_t layers_;
  Joined joined_;
  std::vector<std::pair<std::size_t, std::size_t>> spans_;  // of leaves, in layers
  std::vector<std::vector<End>> at_vertex_;
  std::vector<char> left_, right_;
  std::vector<LevelPiece> level_pieces_;
  std::vector<UprightPiece> upright_pieces_, smooth_;
  std::vector<Meeting> at_node_;
  std::set<std::pair<std::size_t, std::size_t>> seam_nodes_;  // with their wall
  std::vector<std::size_t> wall_of_;
  std::vector<std::vector<std::size_t>> cells_of_wall_;
  std::vector<CellWall> walls_;
  std::vector<CellEdge> edges_;
};

}  // namespace

bool holds(const PrismTree& tree, const LeafSet& leaves) {
  if (!any_in(leaves, tree)) return false;
  const auto& m = tree.members;
  const auto in = [&](const PrismTree& member) { return holds(member, leaves); };
  switch (tree.how) {
    case PrismTree::How::leaf: return true;
    case PrismTree::How::unite: return std::any_of(m.begin(), m.end(), in);
    case PrismTree::How::cut: return in(m.front()) && std::none_of(m.begin() + 1, m.end(), in);
    case PrismTree::How::common: return std::all_of(m.begin(), m.end(), in);
  }
  return false;
}

void boundary_leaves(const PrismTree& tree, const LeafSet& a, const LeafSet& b, std::vector<std::size_t>& found) {
  if (holds(tree, a) == holds(tree, b)) return;
  if (tree.how == PrismTree::How::leaf) {
    found.push_back(tree.first);
  } else {
    for (const PrismTree& member : tree.members) boundary_leaves(member, a, b, found);
  }
}

std::optional<CellComplex> cell_complex(const Arrangement& arrangement, const PrismTree& tree,
                                        std::span<const LeafRange> ranges) {
  return if_certain([&] { return Complex(arrangement, tree, ranges).run(); });
}

}  // namespace fitwright
