#include "geometry/checks/overhang.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>
#include <unordered_set>

#include "geometry/checks/regions.hpp"

namespace fitwright {

namespace {

constexpr double degrees = 180 / std::numbers::pi;
constexpr double rounding_deg = 1e-4;  // of normals, in meshes from single-precision files

Vec2 flat(Vec3 v) { return {v.x, v.y}; }

// An edge of the rim, seen from above.
struct Rim {
  Vec3 a, b;
  bool held = false;
};

double distance(Vec2 p, const Rim& rim) {
  const Vec2 a = flat(rim.a), along = flat(rim.b) - a;
  const double whole = dot(along, along);
  const double t = whole > 0 ? std::clamp(dot(p - a, along) / whole, 0.0, 1.0) : 0.0;
  return length(p - a - along * t);
}

class Region {
 public:
  Region(const Surface& surface, std::vector<std::uint32_t> triangles, double bed) : surface_(surface), bed_(bed) {
    hang_.triangles = std::move(triangles);
    const std::unordered_set<std::uint32_t> inside(hang_.triangles.begin(), hang_.triangles.end());
    for (const std::uint32_t t : hang_.triangles) {
      const double down = -surface.normal(t).z;
      hang_.area += surface.area(t) * down;
      hang_.steepest_deg = std::max(hang_.steepest_deg, std::asin(std::min(1.0, down)) * degrees);
      for (int k = 0; k < 3; ++k)
        if (!inside.contains(surface.neighbour(t, k))) add_rim(t, k);
    }
  }

  Hang judge() {
    if (std::none_of(rims_.begin(), rims_.end(), [](const Rim& rim) { return rim.held; }))
      judge_island();
    else if (!judge_bridge())
      judge_overhang();
    return std::move(hang_);
  }

 private:
  // Held where the surface goes on downwards, or where the bed is.
  void add_rim(std::uint32_t t, int k) {
    const Corners c = surface_.corners(t);
    Rim rim{c[k], c[(k + 1) % 3]};
    rim.held = std::max(rim.a.z, rim.b.z) <= bed_;
    if (const std::uint32_t next = surface_.neighbour(t, k); !rim.held && next != Surface::none) {
      const Vec3 along = normalized(rim.b - rim.a), to_middle = surface_.middle(next) - rim.a;
      const Vec3 onwards = to_middle - along * dot(to_middle, along);
      rim.held = onwards.z < -1e-4 * length(onwards);
    }
    rims_.push_back(rim);
  }

  void judge_island() {
    hang_.kind = HangKind::island;
    Box3 box;
    hang_.at = surface_.corners(hang_.triangles.front())[0];
    for (const std::uint32_t t : hang_.triangles)
      for (const Vec3& corner : surface_.corners(t)) {
        box.add(corner);
        if (corner.z < hang_.at.z) hang_.at = corner;
      }
    hang_.reach = std::max(box.size().x, box.size().y);
  }

  // The direction in which every line over the region is held at both ends, and its longest line is shortest.
  bool judge_bridge() {
    double best = std::numeric_limits<double>::infinity();
    for (const double angle : directions()) {
      const Vec2 along{std::cos(angle), std::sin(angle)};
      Vec3 middle;
      const double span = longest_line(along, best, middle);
      if (span >= best) continue;
      best = span;
      hang_.at = middle;
    }
    if (!std::isfinite(best)) return false;
    hang_.kind = HangKind::bridge;
    hang_.reach = best;
    return true;
  }

  // Across each long held edge, and every 15 degrees.
  std::vector<double> directions() const {
    std::vector<const Rim*> held;
    for (const Rim& rim : rims_)
      if (rim.held) held.push_back(&rim);
    constexpr std::ptrdiff_t most = 12;
    const auto size = [](const Rim* rim) { return length(flat(rim->b) - flat(rim->a)); };
    const auto last = held.begin() + std::min<std::ptrdiff_t>(most, static_cast<std::ptrdiff_t>(held.size()));
    std::partial_sort(held.begin(), last, held.end(), [&](const Rim* a, const Rim* b) { return size(a) > size(b); });
    std::vector<double> angles;
    for (auto it = held.begin(); it != last; ++it) {
      const Vec2 along = flat((*it)->b) - flat((*it)->a);
      angles.push_back(std::atan2(along.x, -along.y));
    }
    for (int step = 0; step < 12; ++step) angles.push_back(step * 15 / degrees);
    return angles;
  }

  // Longest of the lines over the region along a direction; infinite when one has a free end, or more than `enough`.
  double longest_line(Vec2 along, double enough, Vec3& middle) const {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const Vec2 across{-along.y, along.x};
    double low = infinity, high = -infinity;
    for (const Rim& rim : rims_)
      for (const Vec3& end : {rim.a, rim.b}) {
        low = std::min(low, dot(across, flat(end)));
        high = std::max(high, dot(across, flat(end)));
      }
    constexpr int lines = 64;
    double longest = 0;
    struct End {
      double at;
      double z;
      bool held;
    };
    std::vector<End> ends;
    for (int i = 0; i < lines; ++i) {
      const double offset = low + (high - low) * (i + 0.5) / lines;
      ends.clear();
      for (const Rim& rim : rims_) {
        const double from = dot(across, flat(rim.a)) - offset, to = dot(across, flat(rim.b)) - offset;
        if ((from > 0) == (to > 0)) continue;
        const double t = from / (from - to);
        const Vec3 p = rim.a + (rim.b - rim.a) * t;
        ends.push_back({dot(along, flat(p)), p.z, rim.held});
      }
      std::sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.at < b.at; });
      for (std::size_t k = 0; k + 1 < ends.size(); k += 2) {
        if (!ends[k].held || !ends[k + 1].held) return infinity;
        const double span = ends[k + 1].at - ends[k].at;
        if (span >= enough) return infinity;
        if (span <= longest) continue;
        longest = span;
        const Vec2 at = across * offset + along * ((ends[k].at + ends[k + 1].at) / 2);
        middle = {at.x, at.y, (ends[k].z + ends[k + 1].z) / 2};
      }
    }
    return longest;
  }

  void judge_overhang() {
    hang_.kind = HangKind::overhang;
    std::vector<const Rim*> held;
    std::vector<Box3> boxes;
    for (const Rim& rim : rims_) {
      if (!rim.held) continue;
      held.push_back(&rim);
      Box3& box = boxes.emplace_back();
      box.add(Vec3{rim.a.x, rim.a.y, 0});
      box.add(Vec3{rim.b.x, rim.b.y, 0});
    }
    const BoxTree tree(boxes);
    for (const Rim& rim : rims_) {
      if (rim.held) continue;
      for (const Vec3& p : {rim.a, (rim.a + rim.b) * 0.5, rim.b}) {
        double nearest = std::numeric_limits<double>::infinity();
        Box3 at;
        at.add(Vec3{p.x, p.y, 0});
        tree.near(at, nearest, [&](std::uint32_t i) { nearest = std::min(nearest, distance(flat(p), *held[i])); });
        if (nearest <= hang_.reach) continue;
        hang_.reach = nearest;
        hang_.at = p;
      }
    }
  }

  const Surface& surface_;
  double bed_;
  Hang hang_;
  std::vector<Rim> rims_;
};

}  // namespace

namespace {

// Vertices lower than all their neighbours, with the material above them: tips that hang down steeply.
std::vector<std::uint32_t> hanging_tips(const Surface& surface, double bed) {
  const TriangleMesh& mesh = surface.mesh();
  std::vector<bool> lowest(mesh.vertices.size(), true);
  std::vector<double> down(mesh.vertices.size(), 0);
  for (std::uint32_t t = 0; t < surface.size(); ++t)
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = mesh.triangles[t][k], b = mesh.triangles[t][(k + 1) % 3];
      if (mesh.vertices[a].z >= mesh.vertices[b].z) lowest[a] = false;
      if (mesh.vertices[b].z >= mesh.vertices[a].z) lowest[b] = false;
      down[a] -= surface.normal(t).z * surface.area(t);
    }
  std::vector<std::uint32_t> tips;
  for (std::uint32_t v = 0; v < lowest.size(); ++v)
    if (lowest[v] && down[v] > 0 && mesh.vertices[v].z > bed) tips.push_back(v);
  return tips;
}

}  // namespace

std::vector<Hang> find_hangs(const Surface& surface, double limit_deg, double first_layer) {
  const double bed = surface.box().min.z + first_layer;
  const double steep = std::sin(std::min(90.0, limit_deg + rounding_deg) / degrees);
  const auto hangs = [&](std::uint32_t t) {
    if (-surface.normal(t).z <= steep) return false;
    const Corners c = surface.corners(t);
    return std::max({c[0].z, c[1].z, c[2].z}) > bed;
  };
  std::vector<Hang> found;
  for (auto& group : regions(surface, hangs, [](std::uint32_t) { return Surface::none; }))
    found.push_back(Region(surface, std::move(group), bed).judge());
  const std::vector<std::uint32_t> tips = hanging_tips(surface, bed);
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> around;
  for (const std::uint32_t tip : tips) around[tip];
  for (std::uint32_t t = 0; t < surface.size() && !tips.empty(); ++t)
    for (const std::uint32_t v : surface.mesh().triangles[t])
      if (const auto it = around.find(v); it != around.end()) it->second.push_back(t);
  for (const std::uint32_t tip : tips) {
    std::vector<std::uint32_t>& triangles = around[tip];
    // Tips with flat sides belong to what was found already.
    if (std::any_of(triangles.begin(), triangles.end(), hangs)) continue;
    found.push_back({HangKind::island, 0, 0, 0, surface.mesh().vertices[tip], std::move(triangles)});
  }
  return found;
}

}  // namespace fitwright
