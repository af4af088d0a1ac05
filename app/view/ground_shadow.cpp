#include "app/view/ground_shadow.hpp"

#include <algorithm>

#include "app/view/shaders.hpp"

namespace fitwright {
namespace {

constexpr PixelSize image_size{192, 192};
constexpr double margin = 0.22;                            // of the scene's diagonal, on each side
constexpr double narrow_height = 0.02, wide_height = 0.2;  // of the diagonal: where the shadow is down to half

/// From below: the area fills the picture, and z goes from the ground (-1) to the top of the scene (1).
Matrix4 ground_to_clip(const Box3& area, double height) {
  const Vec3 middle = (area.min + area.max) * 0.5, half = area.size() * 0.5;
  const auto f = [](double value) { return static_cast<float>(value); };
  return {f(1 / half.x),
          0,
          0,
          0,
          0,
          f(1 / half.y),
          0,
          0,
          0,
          0,
          f(2 / height),
          0,
          f(-middle.x / half.x),
          f(-middle.y / half.y),
          f(-2 * area.min.z / height - 1),
          1};
}

void make_images(GroundShadow& shadow) {
  shadow.image = gl::texture(GL_RG16, image_size, GL_LINEAR);
  shadow.passing = gl::texture(GL_RG16, image_size, GL_LINEAR);
  shadow.to_image = gl::framebuffer(GL_TEXTURE_2D, shadow.image.get(), 0);
  shadow.to_passing = gl::framebuffer(GL_TEXTURE_2D, shadow.passing.get(), 0);
}

/// Notes what casts the shadow. False when it is what cast it before.
bool note_casters(GroundShadow& shadow, const Frame& frame, const Box3& area) {
  std::vector<GroundShadow::Caster> casters;
  for (const CopyToDraw& copy : frame.copies) casters.push_back({copy.mesh->serial(), copy.placement});
  const HalfSpace kept = frame.kept.value_or(HalfSpace{});
  if (shadow.image.get() != 0 && shadow.area == area && shadow.casters == casters && shadow.cut_normal == kept.normal &&
      shadow.cut_offset == kept.offset)
    return false;
  shadow.area = area;
  shadow.casters = std::move(casters);
  shadow.cut_normal = kept.normal;
  shadow.cut_offset = kept.offset;
  return true;
}

}  // namespace

GroundPass::GroundPass(gl::Program height, gl::Program blur, gl::Program ground)
    : height_(std::move(height)), blur_(std::move(blur)), ground_(std::move(ground)) {}

Result<GroundPass> GroundPass::create() {
  FW_TRY(gl::Program height, gl::Program::link(shaders::height_vertex, shaders::height));
  FW_TRY(gl::Program blur, gl::Program::link(shaders::everywhere, shaders::shadow_blur));
  FW_TRY(gl::Program ground, gl::Program::link(shaders::ground_vertex, shaders::ground));
  return GroundPass(std::move(height), std::move(blur), std::move(ground));
}

Box3 GroundPass::area(const Box3& scene) {
  const double room = length(scene.size()) * margin;
  return {{scene.min.x - room, scene.min.y - room, scene.min.z}, {scene.max.x + room, scene.max.y + room, scene.min.z}};
}

void GroundPass::cast(GroundShadow& shadow, const Frame& frame, const Box3& scene) {
  if (!note_casters(shadow, frame, area(scene))) return;
  if (shadow.image.get() == 0) make_images(shadow);
  const double diagonal = length(scene.size()), height = std::max(scene.size().z, diagonal * 1e-3) * 1.001;
  glViewport(0, 0, image_size.width, image_size.height);
  glBindFramebuffer(GL_FRAMEBUFFER, shadow.to_image.get());
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  height_.use();
  height_.set("falloff", Vec2{height / (narrow_height * diagonal), height / (wide_height * diagonal)});
  glEnable(GL_BLEND);
  glBlendEquation(GL_MAX);  // what is lowest casts the darkest shadow
  const Matrix4 to_clip = ground_to_clip(shadow.area, height);
  for (const CopyToDraw& copy : frame.copies) {
    frame.set_copy(height_, copy);
    height_.set("to_clip", to_clip * copy.placement);
    copy.mesh->draw_faces();
  }
  glBlendEquation(GL_FUNC_ADD);
  glDisable(GL_BLEND);
  glDisable(GL_CLIP_DISTANCE0);

  blur_.use();
  const auto blur = [&](const gl::Framebuffer& to, const gl::Texture& from, Vec2 stride, double wider) {
    glBindFramebuffer(GL_FRAMEBUFFER, to.get());
    gl::bind_texture(0, GL_TEXTURE_2D, from.get());
    blur_.set("stride", stride);
    blur_.set("wider", wider);
    canvas_.everywhere();
  };
  // Twice, the second time so wide that only what is smooth already comes out smooth.
  for (const double wider : {1.8, 6.5}) {
    blur(shadow.to_passing, shadow.image, {0.7, 0}, wider);
    blur(shadow.to_image, shadow.passing, {0, 0.7}, wider);
  }
}

void GroundPass::draw(const GroundShadow& shadow, const Frame& frame, const Colour& paint) {
  const Camera& camera = frame.camera;
  const bool above = camera.perspective ? camera.eye().z > shadow.area.min.z : camera.forward().z < 0;
  if (!above || shadow.area.empty()) return;
  const Vec3 half = shadow.area.size() * 0.5;
  ground_.use();
  ground_.set("to_clip", frame.world_to_clip);
  ground_.set("middle", (shadow.area.min + shadow.area.max) * 0.5);
  ground_.set("across", Vec3{half.x, 0, 0});
  ground_.set("along", Vec3{0, half.y, 0});
  ground_.set("paint", paint);
  gl::bind_texture(0, GL_TEXTURE_2D, shadow.image.get());
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  canvas_.quad();
  glDisable(GL_BLEND);
}

}  // namespace fitwright
