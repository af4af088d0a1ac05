#include "app/view/pick.hpp"

#include <algorithm>
#include <limits>

#include "app/view/frame.hpp"

namespace fitwright {
namespace {

/// Parameters of a ray, in mm from its origin.
struct Span {
  double from, to;
  bool empty() const { return from > to; }
};

Span within_half_space(Span span, const Ray& ray, const HalfSpace& kept) {
  const double height = kept.height(ray.origin), climb = dot(kept.normal, ray.direction);
  if (climb == 0) return height >= 0 ? span : Span{1, 0};
  const double crossing = -height / climb;
  return climb > 0 ? Span{std::max(span.from, crossing), span.to} : Span{span.from, std::min(span.to, crossing)};
}

Span within_box(Span span, const Ray& ray, const Box3& box) {
  for (const auto axis : {&Vec3::x, &Vec3::y, &Vec3::z}) {
    const double at = ray.origin.*axis, along = ray.direction.*axis;
    if (along == 0) {
      if (at < box.min.*axis || at > box.max.*axis) return {1, 0};
      continue;
    }
    const double one = (box.min.*axis - at) / along, other = (box.max.*axis - at) / along;
    span = {std::max(span.from, std::min(one, other)), std::min(span.to, std::max(one, other))};
  }
  return span;
}

struct Hit {
  double along = std::numeric_limits<double>::infinity();
  std::size_t triangle = 0;
  bool leaves = false;  ///< seen from behind: the ray was in material
};

/// Moeller and Trumbore's intersection, borders included.
void meet(const TriangleMesh& mesh, std::size_t index, const Ray& ray, const Span& span, Hit& nearest) {
  const Triangle& triangle = mesh.triangles[index];
  const Vec3 a = mesh.vertices[triangle[0]];
  const Vec3 ab = mesh.vertices[triangle[1]] - a, ac = mesh.vertices[triangle[2]] - a;
  const Vec3 p = cross(ray.direction, ac);
  const double facing = dot(ab, p);
  if (facing == 0) return;
  const Vec3 from_a = ray.origin - a;
  const double u = dot(from_a, p) / facing;
  if (u < 0 || u > 1) return;
  const Vec3 q = cross(from_a, ab);
  const double v = dot(ray.direction, q) / facing;
  if (v < 0 || u + v > 1) return;
  const double along = dot(ac, q) / facing;
  if (along < span.from || along > span.to || along >= nearest.along) return;
  nearest = {along, index, facing < 0};
}

Hit first_hit(const TriangleMesh& mesh, const Ray& ray, const Span& span) {
  Hit nearest;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) meet(mesh, i, ray, span, nearest);
  return nearest;
}

}  // namespace

std::optional<Pick> pick_along(const ViewScene& scene, const Ray& ray, bool behind_origin,
                               const std::optional<SectionPlane>& section) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Span sight{behind_origin ? -infinity : 0, infinity};
  if (section) sight = within_half_space(sight, ray, kept_by(*section));
  std::optional<Pick> found;
  for (std::size_t i = 0; i < scene.parts.size(); ++i) {
    const ViewPart& part = scene.parts[i];
    for (std::size_t copy = 0; part.visible && copy < part.copies.size(); ++copy) {
      const Placement to_part = part.copies[copy].inverse();
      const Ray local{to_part.apply(ray.origin), to_part.apply_direction(ray.direction)};
      const TriangleMesh& mesh = part.part->built.mesh;
      if (within_box(sight, local, part.part->built.box).empty()) continue;
      const Hit hit = first_hit(mesh, local, sight);
      if (hit.along > sight.to) continue;
      if (hit.leaves && !section) continue;  // the eye is in the material, whose inside is not drawn
      found.reset();
      // Where the ray leaves material that it never entered, the section opened it: one looks at the cap.
      sight.to = hit.leaves ? sight.from : hit.along;
      if (hit.leaves) {
        found = Pick{{i, copy, 0}, ray.origin + ray.direction * sight.from, true};
        continue;
      }
      const std::uint32_t face = mesh.face_of.empty() ? 0 : mesh.face_of[hit.triangle];
      found = Pick{{i, copy, face}, ray.origin + ray.direction * hit.along};
    }
  }
  return found;
}

}  // namespace fitwright
