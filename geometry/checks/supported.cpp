#include "geometry/checks/supported.hpp"

#include <cmath>
#include <map>
#include <unordered_set>
#include <vector>

namespace fitwright {

namespace {

// One smooth side of the wall and how its rim is held.
struct Panel {
  Vec3 facing;  // sum of normals by area
  double area = 0;
  struct Hold {
    Vec3 away;  // from the panel, unit
    double length = 0;
  };
  std::vector<Hold> holds;

  bool bends_round() const { return length(facing) < 0.5 * area; }

  // Held from more than one direction.
  bool held() const {
    if (bends_round()) return true;
    Vec3 sum;
    double whole = 0;
    for (const Hold& hold : holds) {
      sum = sum + hold.away * hold.length;
      whole += hold.length;
    }
    if (whole == 0) return false;
    const double size = length(sum);
    if (size < 0.1 * whole) return true;  // from opposite sides
    double aside = 0;
    for (const Hold& hold : holds)
      if (dot(hold.away, sum) < 0.5 * size) aside += hold.length;
    return aside >= 0.05 * whole;
  }
};

}  // namespace

bool is_supported(const Surface& surface, std::span<const std::uint32_t> wall) {
  const std::unordered_set<std::uint32_t> thin(wall.begin(), wall.end());
  std::map<std::uint32_t, Panel> panels;
  for (const std::uint32_t t : wall) {
    Panel& panel = panels[surface.patch_of()[t]];
    panel.facing = panel.facing + surface.normal(t) * surface.area(t);
    panel.area += surface.area(t);
    const Corners c = surface.corners(t);
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t next = surface.neighbour(t, k);
      if (next == Surface::none) continue;
      const bool bend = thin.contains(next);
      if (bend && surface.patch_of()[next] == surface.patch_of()[t]) continue;
      // Where the surface turns away from the wall it ends, unless another thin wall goes on there.
      if (!bend && surface.inside_deg(t, k) < 180 - Surface::smooth_deg) continue;
      const Vec3 along = c[(k + 1) % 3] - c[k];
      const double size = length(along);
      if (size > 0) panel.holds.push_back({cross(along, surface.normal(t)) * (1 / size), size});
    }
  }
  double total = 0, held = 0;
  for (const auto& [patch, panel] : panels) {
    total += panel.area;
    if (panel.held()) held += panel.area;
  }
  return held > 0.6 * total;
}

ThinKind thin_kind(const Surface& surface, std::span<const std::uint32_t> place, double width, double limit,
                   double low) {
  const std::unordered_set<std::uint32_t> thin(place.begin(), place.end());
  Box3 box;
  double area = 0, free = 0, rising = 0;
  for (const std::uint32_t t : place) {
    area += surface.area(t);
    const Corners c = surface.corners(t);
    for (int k = 0; k < 3; ++k) {
      box.add(c[k]);
      const std::uint32_t next = surface.neighbour(t, k);
      if (next == Surface::none || thin.contains(next)) continue;
      const double inside = surface.inside_deg(t, k), size = length(c[(k + 1) % 3] - c[k]);
      if (inside < 180 - Surface::smooth_deg) free += size;
      if (inside > 180 + Surface::smooth_deg) rising += size;
    }
  }
  if (free == 0) return ThinKind::wall;
  const double high = area / free, along = length(box.size());
  if (high <= low && rising > 0.4 * free) return ThinKind::relief;
  const bool ridge = high < width && along > 3 * high, sliver = area / 2 < limit * limit;
  return ridge || sliver ? ThinKind::tip : ThinKind::wall;
}

}  // namespace fitwright
