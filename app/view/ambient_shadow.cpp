#include "app/view/ambient_shadow.hpp"

#include "app/view/shaders.hpp"

namespace fitwright {
namespace {

void make_images(AmbientShadow& shadow, PixelSize size) {
  if (shadow.size == size) return;
  shadow.size = size;
  shadow.image = gl::texture(GL_RG32F, size);
  shadow.passing = gl::texture(GL_RG32F, size);
  shadow.to_image = gl::framebuffer(GL_TEXTURE_2D, shadow.image.get(), 0);
  shadow.to_passing = gl::framebuffer(GL_TEXTURE_2D, shadow.passing.get(), 0);
}

}  // namespace

double ambient_radius(const Box3& scene) { return length(scene.size()) * 0.06; }

AmbientPass::AmbientPass(gl::Program ambient, gl::Program blur)
    : ambient_(std::move(ambient)), blur_(std::move(blur)) {}

Result<AmbientPass> AmbientPass::create() {
  FW_TRY(gl::Program ambient, gl::Program::link(shaders::everywhere, shaders::ambient));
  FW_TRY(gl::Program blur, gl::Program::link(shaders::everywhere, shaders::ambient_blur));
  return AmbientPass(std::move(ambient), std::move(blur));
}

void AmbientPass::draw(AmbientShadow& shadow, const Frame& frame, GLuint depth, double radius,
                       const AmbientQuality& quality, const PixelRect& where) {
  const int step = quality.step_size;
  make_images(shadow, {(frame.size.width + step - 1) / step, (frame.size.height + step - 1) / step});
  glViewport(0, 0, shadow.size.width, shadow.size.height);
  glScissor(where.x / step - 2, where.y / step - 2, where.width / step + 5, where.height / step + 5);

  glBindFramebuffer(GL_FRAMEBUFFER, shadow.to_passing.get());
  gl::bind_texture(0, GL_TEXTURE_2D_MULTISAMPLE, depth);
  ambient_.use();
  ambient_.set_pixels("size", frame.size);
  ambient_.set("step_size", step);
  ambient_.set("perspective", frame.camera.perspective);
  ambient_.set("depth_terms", frame.depth_terms());
  ambient_.set("extent", frame.extent());
  ambient_.set("radius", radius);
  ambient_.set("samples", quality.samples);
  canvas_.everywhere();

  glBindFramebuffer(GL_FRAMEBUFFER, shadow.to_image.get());
  gl::bind_texture(0, GL_TEXTURE_2D, shadow.passing.get());
  blur_.use();
  blur_.set("radius", radius);
  canvas_.everywhere();
}

}  // namespace fitwright
