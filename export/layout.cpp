#include "export/layout.hpp"

#include <algorithm>
#include <cmath>

namespace fitwright {

namespace {

Box3 bounds_when(const TriangleMesh& mesh, const Placement& placement) {
  Box3 box;
  for (const Vec3& v : mesh.vertices) box.add(placement.apply(v));
  return box;
}

Vec3 unit_or_z(Vec3 v) {
  const double l = length(v);
  return std::isfinite(l) && l > 0 ? v * (1 / l) : Vec3{0, 0, 1};
}

}  // namespace

Vec2 Rows::next(Vec2 size) {
  if (x_ > 0 && x_ + size.x > width_) {
    y_ += depth_ + layout_gap;
    x_ = depth_ = 0;
  }
  const Vec2 corner{x_, y_};
  x_ += size.x + layout_gap;
  depth_ = std::max(depth_, size.y);
  return corner;
}

Placement made_placement(const TriangleMesh& mesh, Vec3 up, bool mirrored) {
  const Vec3 to_sky = unit_or_z(up);
  Placement turned = Placement::turning(to_sky, {0, 0, 1});
  // Mirrored after turning, in x: the side that rests stays the same.
  if (mirrored) turned = Placement::reflection({1, 0, 0}) * turned;
  const Box3 box = bounds_when(mesh, turned);
  return box.empty() ? turned : Placement::translation(box.min * -1) * turned;
}

ScenePlacements layout_made(std::span<const ScenePart> parts) {
  ScenePlacements all;
  std::vector<std::vector<Vec3>> sizes;
  double footprint = 0, widest = 0;
  for (const ScenePart& part : parts) {
    all.emplace_back();
    sizes.emplace_back();
    for (const Placement& copy : part.assembled) {
      all.back().push_back(made_placement(part.mesh, part.up, copy.mirrors()));
      const Vec3 size = bounds_when(part.mesh, all.back().back()).size();
      sizes.back().push_back(size);
      footprint += (size.x + layout_gap) * (size.y + layout_gap);
      widest = std::max(widest, size.x);
    }
  }
  Rows rows(std::max(widest, std::sqrt(footprint)));
  for (std::size_t part = 0; part < all.size(); ++part)
    for (std::size_t copy = 0; copy < all[part].size(); ++copy) {
      const Vec2 corner = rows.next({sizes[part][copy].x, sizes[part][copy].y});
      all[part][copy] = Placement::translation({corner.x, corner.y, 0}) * all[part][copy];
    }
  return all;
}

ScenePlacements placements(const Scene& scene, Pose pose) {
  if (pose == Pose::made) return layout_made(scene.parts);
  ScenePlacements all;
  for (const ScenePart& part : scene.parts) all.push_back(part.assembled);
  return all;
}

}  // namespace fitwright
