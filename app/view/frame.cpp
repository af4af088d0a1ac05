#include "app/view/frame.hpp"

#include <algorithm>

namespace fitwright {

Matrix4 operator*(const Matrix4& matrix, const Placement& placement) {
  const std::array<Vec3, 4> columns{Vec3{placement.linear[0].x, placement.linear[1].x, placement.linear[2].x},
                                    Vec3{placement.linear[0].y, placement.linear[1].y, placement.linear[2].y},
                                    Vec3{placement.linear[0].z, placement.linear[1].z, placement.linear[2].z},
                                    placement.offset};
  Matrix4 product{};
  for (std::size_t column = 0; column < 4; ++column)
    for (std::size_t row = 0; row < 4; ++row) {
      const Vec3 v = columns[column];
      const double shift = column == 3 ? matrix[12 + row] : 0.0;
      product[4 * column + row] =
          static_cast<float>(matrix[row] * v.x + matrix[4 + row] * v.y + matrix[8 + row] * v.z + shift);
    }
  return product;
}

HalfSpace HalfSpace::seen_from(const Placement& placement) const {
  return {placement.inverse().apply_direction(normal), offset + dot(normal, placement.offset)};
}

Cut HalfSpace::cut(const Box3& box) const {
  const Vec3 middle = (box.min + box.max) * 0.5, half = box.size() * 0.5;
  const double reach = std::abs(normal.x) * half.x + std::abs(normal.y) * half.y + std::abs(normal.z) * half.z;
  const double at = height(middle);
  if (at >= reach) return Cut::untouched;
  return at > -reach ? Cut::through : Cut::away;
}

HalfSpace kept_by(const SectionPlane& section) {
  constexpr double hair = 1e-3;  // mm
  const Vec3 outward = normalized(section.normal);
  return {outward * -1, dot(outward, section.point) - hair};
}

Frame::Frame(PixelSize picture, const Camera& from, const Box3& bounds, const std::optional<SectionPlane>& section)
    : size(picture), camera(from), world_to_clip(from.world_to_clip(picture.aspect(), bounds)) {
  world_to_view.linear = {camera.right(), camera.up(), camera.forward() * -1};
  world_to_view.offset = world_to_view.apply_direction(camera.eye()) * -1;
  if (section) kept = kept_by(*section);
}

void Frame::add_copies(const ViewScene& scene, MeshCache& meshes) {
  for (std::size_t i = 0; i < scene.parts.size(); ++i) {
    const ViewPart& part = scene.parts[i];
    if (!part.visible) continue;
    for (std::size_t copy = 0; copy < part.copies.size(); ++copy) {
      CopyToDraw drawn{nullptr, part.part, {i, copy, 0}, part.copies[copy], Cut::untouched};
      if (kept) drawn.cut = kept->seen_from(drawn.placement).cut(part.part->built.box);
      if (drawn.cut == Cut::away) continue;
      drawn.mesh = &meshes.find(part);
      copies.push_back(drawn);
    }
  }
}

Vec2 Frame::extent() const {
  const double height = camera.perspective ? camera.span / 2 / camera.distance() : camera.span / 2;
  return {height * size.aspect(), height};
}

Vec2 Frame::depth_terms() const {
  const Vec3 row{world_to_clip[2], world_to_clip[6], world_to_clip[10]};
  const Vec2 of_depth{dot(row, camera.forward()), dot(row, camera.eye()) + world_to_clip[14]};
  return of_depth;
}

void Frame::set_copy(gl::Program& program, const CopyToDraw& copy) const {
  static constexpr Matrix4 identity{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
  program.set("to_clip", world_to_clip * copy.placement);
  program.set("to_view", identity * (world_to_view * copy.placement));
  glFrontFace(copy.placement.mirrors() ? GL_CW : GL_CCW);
  // All of space where nothing is cut: Mesa 22 goes on clipping for a while after GL_CLIP_DISTANCE0 was disabled.
  const HalfSpace here = copy.cut == Cut::through ? kept->seen_from(copy.placement) : HalfSpace{{}, 1};
  program.set("section", std::array{here.normal.x, here.normal.y, here.normal.z, here.offset});
  if (copy.cut == Cut::through)
    glEnable(GL_CLIP_DISTANCE0);
  else
    glDisable(GL_CLIP_DISTANCE0);
}

}  // namespace fitwright
