#include "geometry/checks/narrow.hpp"

#include <tbb/parallel_for.h>

#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <unordered_map>

namespace fitwright {

namespace {

constexpr double degrees = 180 / std::numbers::pi;

// A point that runs into what lies between the sides, such as the bottom of a conical pit.
struct SharpPoint {
  Vec3 at;
  std::vector<std::uint32_t> triangles;  // around it
  std::vector<Vec3> away;                // to its neighbours, unit
};

// A triangle, or a sharp edge that runs into what lies between the sides, such as the bottom of a V-groove in a wall,
// or such a point. Against an edge or a point the ball may lean to all directions that lie between those of its
// triangles.
struct Side {
  Corners corners;
  std::uint32_t triangle = Surface::none;
  const SharpEdge* edge = nullptr;
  const SharpPoint* point = nullptr;
  bool flat() const { return !edge && !point; }
};

// The space in front of a triangle: its plane, and the planes on its edges at right angles to it.
struct Prism {
  Vec3 front;
  std::array<Vec3, 3> corners, out;  // out of each edge, unit

  Prism(const Corners& triangle, Vec3 towards) : front(towards), corners(triangle) {
    for (int k = 0; k < 3; ++k) {
      const Vec3 edge = corners[(k + 1) % 3] - corners[k];
      Vec3 side = cross(edge, front);
      if (dot(side, corners[(k + 2) % 3] - corners[k]) > 0) side = side * -1;
      const double size = length(side);
      out[k] = size > 0 ? side * (1 / size) : Vec3{};
    }
  }
  // Whether another triangle lies wholly further off than `reach` in front of this one, or behind it. Across its plane
  // and along it are at right angles: together they are at least as far as the root of the squares' sum.
  bool beyond(const Corners& other, double reach) const {
    const auto [low, high] = extent(other, corners[0], front);
    if (low >= reach || high <= 0) return true;
    const double left = reach * reach - (low > 0 ? low * low : 0);
    for (int k = 0; k < 3; ++k)
      if (const double aside = extent(other, corners[k], out[k]).first; aside > 0 && aside * aside >= left) return true;
    return false;
  }

 private:
  static std::pair<double, double> extent(const Corners& other, Vec3 from, Vec3 along) {
    const double a = dot(other[0] - from, along), b = dot(other[1] - from, along), c = dot(other[2] - from, along);
    return {std::min({a, b, c}), std::max({a, b, c})};
  }
};

// Holds the normals of a branch of triangles: none is further from the axis than `half`, radians.
struct NormalCone {
  Vec3 axis;
  double half = std::numbers::pi;
};

double angle(Vec3 a, Vec3 b) { return std::acos(std::clamp(dot(a, b), -1.0, 1.0)); }

// Quick: sides at a smaller angle do not face each other, however the smooth surface differs from its triangles.
constexpr double least_facing = 100 / degrees;
const double cos_least_facing = std::cos(least_facing);

class Search {
 public:
  // Stops looking for narrower places that are narrower by less than the part `slack` of the width.
  Search(const Surface& surface, Between between, double limit, double slack)
      : surface_(surface), limit_(limit), slack_(slack), inwards_(between == Between::material ? -1 : 1) {
    for (const SharpEdge& edge : surface.sharp_edges()) {
      const double angle = between == Between::material ? edge.inside_deg : 360 - edge.inside_deg;
      if (angle > 180) edges_.push_back(&edge);
      // Along a bent edge the angle varies; the wedge of a knife edge reaches to where it is no longer one.
      constexpr double about_sharp = sharp_edge_deg + 15;
      if (angle < about_sharp) knives_.push_back({&edge, std::tan(std::max(angle, 0.5) / 2 / degrees)});
    }
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      for (const std::uint32_t vertex : edges_[e]->vertices) edges_at_.emplace(vertex, e);
    deviations_.resize(surface.size());
    tbb::parallel_for(tbb::blocked_range<std::uint32_t>(0, surface.size(), 1024), [&](const auto& range) {
      for (std::uint32_t t = range.begin(); t < range.end(); ++t)
        deviations_[t] = std::min(surface.deviation(t), limit / 2);
    });
    for (const double one : deviations_) margin_ = std::max(margin_, 2 * one);
    gather_normals();
    find_points();
    std::vector<Box3> places(points_.size());
    for (std::size_t i = 0; i < points_.size(); ++i) places[i].add(points_[i].at);
    point_tree_ = BoxTree(places);
    edge_tree_ = BoxTree(boxes(edges_, [](const SharpEdge* e) { return e; }));
    knife_tree_ = BoxTree(boxes(knives_, [](const Knife& k) { return k.edge; }));
  }

  NarrowPlace from(std::uint32_t triangle) const {
    return surface_.area(triangle) > 0 ? from(side(triangle)) : NarrowPlace{};
  }

  /// Whether any triangle of the branch can have something near that faces it.
  bool may_find(const BoxTree::Branch& branch) const {
    if (!edges_.empty() || !points_.empty()) return true;
    const NormalCone& own = cones_[branch.node];
    const Extent here = extent(branch.items, own.axis);
    bool found = false;
    double reach = limit_ + margin_;
    surface_.tree().near(
        branch.box, reach,
        [&](std::uint32_t t) {
          // Boxes of skins that lie aslant overlap; across the skin they are apart.
          const Extent there = extent(std::span(&t, 1), own.axis);
          if (found || there.low > here.high + reach || there.high < here.low - reach) return;
          found = true;
          reach = 0;
        },
        [&](std::uint32_t node) {
          const double spare = least_facing - cones_[node].half - own.half;
          return spare > 0 && dot(own.axis, cones_[node].axis) > std::cos(spare);
        });
    return found;
  }

  /// Sharp edges that run in, and the narrowest place of each; it counts for the first of its triangles.
  std::size_t edge_count() const { return edges_.size(); }
  std::uint32_t edge_triangle(std::size_t edge) const { return edges_[edge]->triangles[0]; }
  NarrowPlace from_edge(std::size_t edge) const { return from(side(*edges_[edge])); }
  /// The same for points, which count for all triangles around them.
  std::size_t point_count() const { return points_.size(); }
  const std::vector<std::uint32_t>& point_triangles(std::size_t point) const { return points_[point].triangles; }
  NarrowPlace from_point(std::size_t point) const { return from(side(points_[point])); }

 private:
  struct Knife {
    const SharpEdge* edge;
    double tangent;  // of half the angle
  };
  struct Best {
    NarrowPlace place;
    double bound;  // only what is narrower is of interest
    double reach;  // as far apart as triangles can be of which the smooth surfaces are so near
  };

  template <class Item, class Edge>
  static std::vector<Box3> boxes(const std::vector<Item>& items, Edge edge) {
    std::vector<Box3> all(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      const SharpEdge* at = edge(items[i]);
      all[i].add(at->a);
      all[i].add(at->b);
    }
    return all;
  }

  void gather_normals() {
    const auto around = [](Vec3 sum, auto&& widest) {
      const double size = length(sum);
      if (size < 1e-6) return NormalCone{};
      const Vec3 axis = sum * (1 / size);
      return NormalCone{axis, widest(axis)};
    };
    cones_ = surface_.tree().fold<NormalCone>(
        [&](std::span<const std::uint32_t> items) {
          Vec3 sum;
          for (const std::uint32_t t : items) sum = sum + surface_.normal(t);
          return around(sum, [&](Vec3 axis) {
            double least = 1;
            for (const std::uint32_t t : items) least = std::min(least, dot(axis, surface_.normal(t)));
            return std::acos(std::max(least, -1.0));
          });
        },
        [&](const NormalCone& a, const NormalCone& b) {
          return around(a.axis + b.axis, [&](Vec3 axis) {
            return std::max(angle(axis, a.axis) + a.half, angle(axis, b.axis) + b.half);
          });
        });
    for (const NormalCone& cone : cones_)
      never_faces_.push_back(cone.half < least_facing ? std::cos(least_facing - cone.half) : 2);
  }

  struct Extent {
    double low = std::numeric_limits<double>::infinity(), high = -low;
  };
  Extent extent(std::span<const std::uint32_t> triangles, Vec3 along) const {
    Extent all;
    for (const std::uint32_t t : triangles)
      for (const Vec3& corner : surface_.corners(t)) {
        const double at = dot(corner, along);
        all.low = std::min(all.low, at);
        all.high = std::max(all.high, at);
      }
    return all;
  }

  // Points from which the surface falls away all round more steeply than a smooth one does.
  void find_points() {
    const TriangleMesh& mesh = surface_.mesh();
    std::vector<Vec3> sums(mesh.vertices.size());
    for (std::uint32_t t = 0; t < surface_.size(); ++t)
      for (const std::uint32_t v : mesh.triangles[t]) sums[v] = sums[v] + surface_.normal(t);
    static const double steep = std::cos(widest_wedge_deg / 2 / degrees);
    std::vector<bool> is_sharp(sums.size(), true);
    for (const auto& [vertex, edge] : edges_at_) is_sharp[vertex] = false;  // the edges are sides already
    for (std::uint32_t t = 0; t < surface_.size(); ++t)
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t v = mesh.triangles[t][k];
        if (!is_sharp[v]) continue;
        const Vec3 away = mesh.vertices[mesh.triangles[t][(k + 1) % 3]] - mesh.vertices[v];
        is_sharp[v] = dot(surface_.normal(t), sums[v]) < steep * length(sums[v]) && dot(away, sums[v]) * inwards_ < 0;
      }
    std::unordered_map<std::uint32_t, std::size_t> known;
    for (std::uint32_t t = 0; t < surface_.size(); ++t)
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t v = mesh.triangles[t][k];
        if (!is_sharp[v]) continue;
        const auto [it, fresh] = known.try_emplace(v, points_.size());
        if (fresh) points_.push_back({mesh.vertices[v], {}, {}});
        points_[it->second].triangles.push_back(t);
        points_[it->second].away.push_back(
            normalized(mesh.vertices[mesh.triangles[t][(k + 1) % 3]] - mesh.vertices[v]));
      }
  }

  Side side(std::uint32_t triangle) const { return {surface_.corners(triangle), triangle}; }
  static Side side(const SharpEdge& edge) { return {{edge.a, edge.b, edge.b}, edge.triangles[0], &edge}; }
  static Side side(const SharpPoint& point) {
    return {{point.at, point.at, point.at}, point.triangles.front(), nullptr, &point};
  }

  NarrowPlace from(const Side& p) const {
    Best best{{}, limit_, limit_ + margin_};
    if (p.flat()) look_straight(p, best);
    Box3 box;
    for (const Vec3& corner : p.corners) box.add(corner);
    const Vec3 normal = surface_.normal(p.triangle);
    const std::optional<Prism> prism = p.flat() ? std::optional(prism_of(p)) : std::nullopt;
    const auto look_at = [&](const Side& q) {
      if (!prism || !prism->beyond(q.corners, best.reach)) consider(p, q, box, best);
    };
    surface_.tree().near(
        box, best.reach, [&](std::uint32_t t) { look_at(side(t)); },
        [&](std::uint32_t node) { return p.flat() && dot(normal, cones_[node].axis) > never_faces_[node]; });
    edge_tree_.near(box, best.reach, [&](std::uint32_t e) { look_at(side(*edges_[e])); });
    point_tree_.near(box, best.reach, [&](std::uint32_t i) { look_at(side(points_[i])); });
    return best.place;
  }

  // What lies straight across from the middle: seldom the narrowest, but a good start.
  void look_straight(const Side& p, Best& best) const {
    const Vec3 from = surface_.middle(p.triangle), normal = surface_.normal(p.triangle) * inwards_;
    const double far = limit_ + margin_;
    const Vec3 to = from + normal * far;
    double first = 1;
    std::uint32_t hit = Surface::none;
    surface_.tree().along(from, to, [&](std::uint32_t t) {
      if (t == p.triangle) return;
      const double at = crossing_of_segment(from, to, surface_.corners(t));
      if (at <= touching() || at >= first) return;
      first = at;
      hit = t;
    });
    if (hit != Surface::none) accept(p, side(hit), {from, from + (to - from) * first}, first * far, best);
  }

  void consider(const Side& p, const Side& q, const Box3& box, Best& best) const {
    if (p.flat() && q.flat() && dot(surface_.normal(p.triangle), surface_.normal(q.triangle)) > cos_least_facing)
      return;
    Box3 other;
    for (const Vec3& corner : q.corners) other.add(corner);
    if (squared_distance(box, other) >= best.reach * best.reach ||
        (q.flat() && prism_of(q).beyond(p.corners, best.reach)))
      return;
    const PointPair pair = nearest_of_triangles(p.corners, q.corners);
    accept(p, q, pair, std::sqrt(pair.squared), best);
  }

  void accept(const Side& p, const Side& q, const PointPair& pair, double apart, Best& best) const {
    if (apart >= best.reach || apart <= touching()) return;
    const Vec3 from = smooth(p, pair.p), to = smooth(q, pair.q);
    const double width_here = length(to - from);
    if (dot(to - from, pair.q - pair.p) <= 0) return;
    const Vec3 across = (to - from) * (1 / width_here);
    const double at_p = lean(p, pair.p, across), at_q = lean(q, pair.q, across * -1);
    static const double least = std::cos(widest_wedge_deg / 2 / degrees);
    if (at_p < least || at_q < least) return;
    const double width = width_here / std::min(at_p, at_q);
    if (width >= best.bound || at_knife(pair, width) || !sees(p, q, pair)) return;
    const double bound = width * (1 - slack_);
    best = {{width, from, to, q.triangle}, bound, bound + margin_};
  }

  Vec3 smooth(const Side& side, Vec3 at) const { return side.flat() ? surface_.smooth_point(side.triangle, at) : at; }

  Prism prism_of(const Side& side) const { return {side.corners, surface_.normal(side.triangle) * inwards_}; }

  // Sides of a wedge meet at its edge, where their distance says nothing.
  double touching() const { return 1e-9 * limit_; }

  // Cosine between the direction across and the surface's own at a point.
  double lean(const Side& side, Vec3 at, Vec3 across) const {
    if (side.edge) return leans_on_edge(*side.edge, at, across) ? 1 : 0;
    if (side.point) {
      const auto& away = side.point->away;
      return std::all_of(away.begin(), away.end(), [&](Vec3 way) { return dot(way, across) <= 1e-6; }) ? 1 : 0;
    }
    return dot(surface_.smooth_normal(side.triangle, at), across) * inwards_;
  }

  // Whether a ball that comes from `across` touches the edge at that point first, and nothing beside it.
  bool leans_on_edge(const SharpEdge& edge, Vec3 at, Vec3 across) const {
    constexpr double square = 1e-6;  // cosine
    static const double straight = std::cos(5 / degrees);
    for (const std::uint32_t t : edge.triangles) {
      if (dot(surface_.smooth_normal(t, at), across) * inwards_ > straight) return false;  // the triangle's own place
      Vec3 into = cross(surface_.normal(t), edge.b - edge.a);
      if (dot(into, surface_.middle(t) - edge.a) < 0) into = into * -1;
      if (dot(into, across) > square * length(into)) return false;
    }
    for (const std::uint32_t vertex : edge.vertices)
      if (at == surface_.mesh().vertices[vertex])
        for (auto [it, last] = edges_at_.equal_range(vertex); it != last; ++it) {
          const SharpEdge& next = *edges_[it->second];
          const Vec3 away = (next.vertices[0] == vertex ? next.b : next.a) - at;
          if (dot(away, across) > square * length(away)) return false;
        }
    return true;
  }

  // Whether the ball lies in the corner of a sharp edge. In a wedge of two planes a ball of radius r touches both at
  // r / tan(angle / 2) from the edge.
  bool at_knife(const PointPair& pair, double width) const {
    constexpr double curved = 1.5;  // sides that bend are narrower than the wedge at their edge
    if (knives_.empty()) return false;
    Box3 at;
    at.add(pair.p);
    bool found = false;
    double widest = 0;
    for (const Knife& knife : knives_) widest = std::max(widest, 1 / knife.tangent);
    const double most = curved * width / 2 * widest;
    knife_tree_.near(at, most, [&](std::uint32_t i) {
      const SharpEdge& edge = *knives_[i].edge;
      const double reach = curved * width / 2 / knives_[i].tangent;
      const auto close = [&](Vec3 p) { return nearest_of_segments(p, p, edge.a, edge.b).squared <= reach * reach; };
      found = found || (close(pair.p) && close(pair.q));
    });
    return found;
  }

  // Whether nothing but what is asked about lies between the points. They are drawn in a little from the rims of their
  // triangles, where the line would run along a third side.
  bool sees(const Side& p, const Side& q, const PointPair& pair) const {
    const double apart = std::sqrt(pair.squared);
    const auto drawn_in = [&](const Side& side, Vec3 at) {
      if (!side.flat()) return at;
      const Vec3 to_middle = surface_.middle(side.triangle) - at;
      const double far = length(to_middle);
      return far > 0 ? at + to_middle * (std::min(1e-3 * far, 1e-3 * apart) / far) : at;
    };
    const Vec3 from = drawn_in(p, pair.p), to = drawn_in(q, pair.q);
    bool blocked = false;
    surface_.tree().along(from, to, [&](std::uint32_t t) {
      if (blocked || t == p.triangle || t == q.triangle) return;
      if (std::abs(dot(surface_.normal(t), to - from)) < 1e-3 * apart) return;
      const double at = crossing_of_segment(from, to, surface_.corners(t));
      blocked = at > 1e-3 && at < 1 - 1e-3;
    });
    return !blocked;
  }

  const Surface& surface_;
  double limit_, slack_;
  std::vector<double> deviations_;  // by triangle, mm: how far the smooth surface lies off
  double margin_ = 0;               // mm: by how much two triangles may be further apart than what they stand for
  double inwards_;                  // -1: against the outward normal
  std::vector<const SharpEdge*> edges_;
  std::unordered_multimap<std::uint32_t, std::uint32_t> edges_at_;  // by vertex, into edges_
  std::vector<Knife> knives_;
  std::vector<SharpPoint> points_;
  BoxTree edge_tree_, point_tree_, knife_tree_;
  std::vector<NormalCone> cones_;    // by node of the surface's tree
  std::vector<double> never_faces_;  // by node: cosine to the axis above which a normal faces none of the branch
};

}  // namespace

Result<std::vector<NarrowPlace>> narrow_places(const Surface& surface, Between between, double limit, double slack,
                                               std::stop_token stop) {
  const Search search(surface, between, limit, slack);
  std::vector<NarrowPlace> places(surface.size());
  const auto branches = surface.tree().branches(32);
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, branches.size(), 8), [&](const auto& range) {
    if (stop.stop_requested()) return;
    for (std::size_t i = range.begin(); i < range.end(); ++i)
      if (search.may_find(branches[i]))
        for (const std::uint32_t t : branches[i].items) places[t] = search.from(t);
  });
  std::vector<NarrowPlace> at_edges(search.edge_count());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, at_edges.size(), 64), [&](const auto& range) {
    if (stop.stop_requested()) return;
    for (std::size_t e = range.begin(); e < range.end(); ++e) at_edges[e] = search.from_edge(e);
  });
  for (std::size_t e = 0; e < at_edges.size(); ++e)
    if (NarrowPlace& place = places[search.edge_triangle(e)]; at_edges[e].width < place.width) place = at_edges[e];
  for (std::size_t i = 0; i < search.point_count() && !stop.stop_requested(); ++i) {
    const NarrowPlace place = search.from_point(i);
    for (const std::uint32_t t : search.point_triangles(i))
      if (place.width < places[t].width) places[t] = place;
  }
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the search for narrow places was cancelled");
  return places;
}

}  // namespace fitwright
