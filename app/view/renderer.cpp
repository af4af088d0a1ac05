#include "app/view/renderer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/view/ambient_shadow.hpp"
#include "app/view/gl.hpp"
#include "app/view/ground_shadow.hpp"
#include "app/view/model_pass.hpp"
#include "app/view/pick.hpp"
#include "app/view/shaders.hpp"

namespace fitwright {
namespace {

constexpr int usual_samples = 4;
constexpr long most_sampled_pixels = 1L << 24;  // larger pictures are drawn as in haste: memory is worth more

std::string text_of(GLenum name) {
  const GLubyte* text = glGetString(name);
  return text ? reinterpret_cast<const char*>(text) : "unknown";
}

bool drawn_by_processor(const std::string& renderer) {
  constexpr std::array<const char*, 4> names{"llvmpipe", "softpipe", "swrast", "SwiftShader"};
  return std::any_of(names.begin(), names.end(),
                     [&](const char* name) { return renderer.find(name) != std::string::npos; });
}

/// The pixels that things in a box can touch, with some room for lines.
PixelRect touched_pixels(const Frame& frame, const Box3& box) {
  constexpr double room = 4;
  const PixelSize size = frame.size;
  Vec2 low{size.width * 1.0, size.height * 1.0}, high{0, 0};
  for (int i = 0; i < 8; ++i) {
    const Vec3 corner{(i & 1 ? box.max : box.min).x, (i & 2 ? box.max : box.min).y, (i & 4 ? box.max : box.min).z};
    const auto seen = frame.camera.project(corner, size.aspect());
    if (!seen) return {0, 0, size.width, size.height};
    const Vec2 pixel{(seen->at.x + 1) / 2 * size.width, (seen->at.y + 1) / 2 * size.height};
    low = {std::min(low.x, pixel.x), std::min(low.y, pixel.y)};
    high = {std::max(high.x, pixel.x), std::max(high.y, pixel.y)};
  }
  const auto clamped = [](double value, int most) { return static_cast<int>(std::clamp(value, 0.0, most * 1.0)); };
  const int x = clamped(low.x - room, size.width), y = clamped(low.y - room, size.height);
  return {x, y, std::max(0, clamped(high.x + room, size.width) - x),
          std::max(0, clamped(high.y + room, size.height) - y)};
}

}  // namespace

class RenderTarget {
 public:
  PixelSize size;
  int samples = 1;
  gl::Texture picture, backdrop, colour, depth, hasty_depth;
  gl::Framebuffer output, to_backdrop, scene, hasty;  ///< `hasty`: straight into the picture
  std::optional<std::array<Colour, 2>> gradient;      ///< of the backdrop
  AmbientShadow ambient;
  GroundShadow ground;

  /// Makes the images for a size; false when the card cannot.
  bool provide(PixelSize wanted, bool in_haste) {
    if (size != wanted) resize(wanted);
    if (output.get() == 0 || to_backdrop.get() == 0) return false;
    gl::Framebuffer& needed = in_haste ? hasty : scene;
    if (needed.get() == 0) in_haste ? make_hasty() : make_scene();
    return needed.get() != 0;
  }

 private:
  void resize(PixelSize wanted) {
    size = wanted;
    for (gl::Framebuffer* one : {&output, &to_backdrop, &scene, &hasty}) *one = {};
    for (gl::Texture* one : {&colour, &depth, &hasty_depth}) *one = {};
    gradient.reset();
    GLint widest = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &widest);
    if (std::min(size.width, size.height) < 1 || std::max(size.width, size.height) > widest) return;
    picture = gl::texture(GL_RGBA8, size, GL_LINEAR);
    output = gl::framebuffer(GL_TEXTURE_2D, picture.get(), 0);
    backdrop = gl::texture(GL_RGBA8, size);
    to_backdrop = gl::framebuffer(GL_TEXTURE_2D, backdrop.get(), 0);
  }
  void make_scene() {
    GLint most = 1;
    glGetIntegerv(GL_MAX_SAMPLES, &most);
    samples = std::clamp(static_cast<int>(most), 1, usual_samples);
    colour = gl::multisample_texture(GL_RGBA8, size, samples);
    depth = gl::multisample_texture(GL_DEPTH24_STENCIL8, size, samples);
    scene = gl::framebuffer(GL_TEXTURE_2D_MULTISAMPLE, colour.get(), depth.get());
  }
  void make_hasty() {
    hasty_depth = gl::depth_texture(size);
    hasty = gl::framebuffer(GL_TEXTURE_2D, picture.get(), hasty_depth.get());
  }
};

void RenderTargetDeleter::operator()(RenderTarget* target) const { delete target; }

struct Renderer::State {
  ModelPass model;
  GroundPass ground;
  AmbientPass ambient;
  gl::Program background, composite;
  gl::Canvas canvas{};
  MeshCache meshes{};
  std::string description{};
  bool software = false;
  AmbientQuality quality{};

  bool in_haste(PixelSize size, const DrawOptions& options) const {
    return (options.moving && software) || static_cast<long>(size.width) * size.height > most_sampled_pixels;
  }
  void draw(RenderTarget& target, const ViewScene& scene, const Camera& camera, const DrawOptions& options);
  void draw_model(const gl::Framebuffer& to, const Frame& frame, GLbitfield cleared, const DrawOptions& options);
  void draw_backdrop(RenderTarget& target, const Frame& frame, bool shadow, const DrawOptions& options);
  void lay_over(RenderTarget& target, const Frame& frame, double radius, bool shaded);
};

/// The model is drawn on its own and laid over background and ground; in haste it is drawn right there.
void Renderer::State::draw(RenderTarget& target, const ViewScene& scene, const Camera& camera,
                           const DrawOptions& options) {
  const bool shadow = options.shadow && !scene.box.empty();
  Box3 bounds = scene.box;
  if (shadow) bounds.add(GroundPass::area(scene.box));
  Frame frame(target.size, camera, bounds, options.section);
  meshes.begin();
  frame.add_copies(scene, meshes);
  if (shadow) ground.cast(target.ground, frame, scene.box);
  draw_backdrop(target, frame, shadow, options);
  if (scene.box.empty()) return;

  const PixelRect touched = touched_pixels(frame, scene.box);
  glEnable(GL_SCISSOR_TEST);
  glScissor(touched.x, touched.y, touched.width, touched.height);
  if (in_haste(target.size, options))
    return draw_model(target.hasty, frame, GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT, options);
  draw_model(target.scene, frame, GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT, options);
  const double radius = ambient_radius(scene.box);
  if (shadow) ambient.draw(target.ambient, frame, target.depth.get(), radius, quality, touched);
  glScissor(touched.x, touched.y, touched.width, touched.height);
  lay_over(target, frame, radius, shadow);
}

void Renderer::State::draw_model(const gl::Framebuffer& to, const Frame& frame, GLbitfield cleared,
                                 const DrawOptions& options) {
  glBindFramebuffer(GL_FRAMEBUFFER, to.get());
  glViewport(0, 0, frame.size.width, frame.size.height);
  glClearColor(0, 0, 0, 0);
  glClearDepth(1);
  glClearStencil(0);
  glClear(cleared);
  model.draw(frame, options);
}

/// Fills the picture with all that lies behind the model. The gradient is drawn when it changes, and copied otherwise.
void Renderer::State::draw_backdrop(RenderTarget& target, const Frame& frame, bool shadow, const DrawOptions& options) {
  const std::array<Colour, 2> colours{options.colours.background_top, options.colours.background_bottom};
  if (!options.transparent && target.gradient != colours) {
    target.gradient = colours;
    glBindFramebuffer(GL_FRAMEBUFFER, target.to_backdrop.get());
    background.use();
    background.set("top", colours[0]);
    background.set("bottom", colours[1]);
    background.set("height", target.size.height * 1.0);
    glViewport(0, 0, target.size.width, target.size.height);
    canvas.everywhere();
  }
  glBindFramebuffer(GL_FRAMEBUFFER, target.output.get());
  glViewport(0, 0, target.size.width, target.size.height);
  if (options.transparent) {
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
  } else {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target.to_backdrop.get());
    glBlitFramebuffer(0, 0, target.size.width, target.size.height, 0, 0, target.size.width, target.size.height,
                      GL_COLOR_BUFFER_BIT, GL_NEAREST);
  }
  if (shadow) ground.draw(target.ground, frame, options.colours.ground_shadow);
}

/// Smooths the model's picture, adds the shadow between parts and puts it before what the output shows.
void Renderer::State::lay_over(RenderTarget& target, const Frame& frame, double radius, bool shaded) {
  glBindFramebuffer(GL_FRAMEBUFFER, target.output.get());
  glViewport(0, 0, target.size.width, target.size.height);
  gl::bind_texture(2, GL_TEXTURE_2D, target.ambient.image.get());
  gl::bind_texture(1, GL_TEXTURE_2D_MULTISAMPLE, target.depth.get());
  gl::bind_texture(0, GL_TEXTURE_2D_MULTISAMPLE, target.colour.get());
  composite.use();
  composite.set("image", 0);
  composite.set("depth", 1);
  composite.set("shade", 2);
  composite.set("samples", target.samples);
  composite.set("step_size", quality.step_size);
  composite.set("shaded", shaded);
  composite.set("perspective", frame.camera.perspective);
  composite.set("depth_terms", frame.depth_terms());
  composite.set("radius", radius);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  canvas.everywhere();
  glDisable(GL_BLEND);
}

Renderer::Renderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Renderer::~Renderer() = default;

Result<std::unique_ptr<Renderer>> Renderer::create() {
  const std::string card = text_of(GL_RENDERER);
  const int version = epoxy_gl_version();
  if (version < 33)
    return fail(ErrorKind::usage,
                fmt::format("drawing needs OpenGL 3.3, and {} offers {}.{}", card, version / 10, version % 10),
                "install a newer graphics driver, or start with LIBGL_ALWAYS_SOFTWARE=1 to draw without the card");
  const gl::StateKeeper keeper;
  FW_TRY(ModelPass model, ModelPass::create());
  FW_TRY(GroundPass ground, GroundPass::create());
  FW_TRY(AmbientPass ambient, AmbientPass::create());
  FW_TRY(gl::Program background, gl::Program::link(shaders::everywhere, shaders::background));
  FW_TRY(gl::Program composite, gl::Program::link(shaders::everywhere, shaders::composite));
  auto state = std::unique_ptr<State>(
      new State{std::move(model), std::move(ground), std::move(ambient), std::move(background), std::move(composite)});
  state->software = drawn_by_processor(card);
  if (state->software) state->quality = {.step_size = 3, .samples = 10};
  state->description = fmt::format("{} {}, OpenGL {}", text_of(GL_VENDOR), card, text_of(GL_VERSION));
  return std::unique_ptr<Renderer>(new Renderer(std::move(state)));
}

RenderTargetPtr Renderer::make_target() { return RenderTargetPtr(new RenderTarget); }

unsigned Renderer::draw(RenderTarget& target, PixelSize size, const ViewScene& scene, const Camera& camera,
                        const DrawOptions& options) {
  const gl::StateKeeper keeper;
  if (!target.provide(size, state_->in_haste(size, options))) return 0;
  state_->draw(target, scene, camera, options);
  return target.picture.get();
}

std::optional<Pick> Renderer::pick(const ViewScene& scene, const Camera& camera, PixelSize size, Vec2 at,
                                   const std::optional<SectionPlane>& section) {
  return pick_along(scene, camera.ray(at, size.aspect()), !camera.perspective, section);
}

std::vector<std::uint8_t> Renderer::pixels(RenderTarget& target) const {
  if (target.output.get() == 0) return {};
  const gl::StateKeeper keeper;
  const std::ptrdiff_t row = std::ptrdiff_t{4} * target.size.width, rows = target.size.height;
  std::vector<std::uint8_t> all(static_cast<std::size_t>(row * rows));
  glBindFramebuffer(GL_READ_FRAMEBUFFER, target.output.get());
  glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glPixelStorei(GL_PACK_ROW_LENGTH, 0);
  glReadPixels(0, 0, target.size.width, target.size.height, GL_RGBA, GL_UNSIGNED_BYTE, all.data());
  for (std::ptrdiff_t y = 0; y < rows / 2; ++y)
    std::swap_ranges(all.begin() + y * row, all.begin() + (y + 1) * row, all.begin() + (rows - 1 - y) * row);
  for (std::size_t i = 0; i < all.size(); i += 4) {
    const unsigned alpha = all[i + 3];
    for (std::size_t channel = i; alpha > 0 && alpha < 255 && channel < i + 3; ++channel)
      all[channel] = static_cast<std::uint8_t>(std::min(255U, (all[channel] * 255U + alpha / 2) / alpha));
  }
  return all;
}

const std::string& Renderer::description() const { return state_->description; }
bool Renderer::in_software() const { return state_->software; }

}  // namespace fitwright
