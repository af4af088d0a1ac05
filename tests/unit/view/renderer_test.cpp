// The renderer held to pictures that follow from arithmetic.
#include "app/view/renderer.hpp"

#include <epoxy/gl.h>

#include <cmath>

#include "app/view/picture.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"
#include "tests/unit/view/shapes.hpp"

using namespace fitwright;

namespace {

struct Pixel {
  int r, g, b, a;
  int brightness() const { return r + g + b; }
};

struct Drawn {
  PixelSize size;
  std::vector<std::uint8_t> rgba;
  Pixel at(int x, int y) const {
    const std::uint8_t* p = &rgba[static_cast<std::size_t>(y * size.width + x) * 4];
    return {p[0], p[1], p[2], p[3]};
  }
  /// Pixels within [left, right) and [top, bottom) that something covers.
  int covered(int left, int top, int right, int bottom) const {
    int count = 0;
    for (int y = top; y < bottom; ++y)
      for (int x = left; x < right; ++x) count += at(x, y).a == 255;
    return count;
  }
  bool operator==(const Drawn& other) const { return size == other.size && rgba == other.rgba; }
  int covered() const { return covered(0, 0, size.width, size.height); }
};

/// A context, a renderer and a target of 200 x 200 pixels.
class Studio {
 public:
  Drawn draw(const ViewScene& scene, const Camera& camera, const DrawOptions& options) {
    const PixelSize size{200, 200};
    REQUIRE(renderer_->draw(*target_, size, scene, camera, options) != 0);
    CHECK(glGetError() == GL_NO_ERROR);
    return {size, renderer_->pixels(*target_)};
  }
  Drawn draw(const std::shared_ptr<const Response>& model, const Camera& camera, const DrawOptions& options) {
    return draw(view_scene(model, Pose::assembled), camera, options);
  }
  Renderer& renderer() { return *renderer_; }

 private:
  std::unique_ptr<OffscreenContext> context_ = OffscreenContext::create().value();
  std::unique_ptr<Renderer> renderer_ = Renderer::create().value();
  RenderTargetPtr target_ = renderer_->make_target();
};

/// 40 mm fill the picture of 200 pixels: 5 pixels a millimetre.
Camera flat(StandardView view, double span = 40) {
  Camera camera;
  camera.perspective = false;
  camera.target = {0, 0, 10};
  camera.span = span;
  camera.look(view);
  return camera;
}

/// Faces alone on nothing.
DrawOptions bare() {
  DrawOptions options;
  options.edges = options.shadow = false;
  options.transparent = true;
  return options;
}

/// Where the colour lies on the colour wheel, in degrees.
double hue(const Pixel& p) { return std::atan2(std::sqrt(3) * (p.g - p.b), 2.0 * p.r - p.g - p.b) * 180 / 3.14159265; }

}  // namespace

TEST_CASE("a cube seen from the front covers exactly its rectangle") {
  Studio studio;
  const Drawn drawn = studio.draw(cube(), flat(StandardView::front), bare());
  CHECK(drawn.covered(50, 50, 150, 150) == 100 * 100);
  CHECK(drawn.covered() == 100 * 100);
  CHECK(drawn.at(0, 0).a == 0);
  CHECK(hue(drawn.at(100, 100)) == Approx(hue({230, 128, 26, 255})).margin(3));
}

TEST_CASE("equal scenes give equal pixels, in the background and with all effects too") {
  Studio studio;
  Camera camera = flat(StandardView::iso);
  const Drawn first = studio.draw(cube(), camera, {});
  studio.draw(cube(), flat(StandardView::top), bare());
  CHECK((studio.draw(cube(), camera, {}) == first));
  CHECK(first.covered() == 200 * 200);
  // The background is a gradient from top to bottom.
  CHECK(first.at(5, 3).brightness() > first.at(5, 196).brightness() + 40);
}

TEST_CASE("a section halves a cube and closes it with a cap of its colour") {
  Studio studio;
  DrawOptions options = bare();
  options.section = SectionPlane{{0, 0, 0}, {1, 0, 0}};
  const Drawn front = studio.draw(cube(), flat(StandardView::front), options);
  CHECK(front.covered(50, 50, 100, 150) == 50 * 100);
  CHECK(front.covered() == 50 * 100);

  const Drawn right = studio.draw(cube(), flat(StandardView::right), options);
  CHECK(right.covered(50, 50, 150, 150) == 100 * 100);
  CHECK(right.covered() == 100 * 100);
  int lines = 0;
  for (int y = 50; y < 150; ++y)
    for (int x = 50; x < 150; ++x) {
      REQUIRE(hue(right.at(x, y)) == Approx(hue({230, 128, 26, 255})).margin(4));
      lines += right.at(x, y).brightness() < right.at(100, 100).brightness() - 30 ||
               right.at(x, y).brightness() > right.at(100, 100).brightness() + 30;
    }
  CHECK(lines > 100);  // hatched, so that it reads as a cut

  // Without the section the cube is whole again, as if there never had been one.
  CHECK(studio.draw(cube(), flat(StandardView::front), bare()).covered() == 100 * 100);

  // Seen from a corner the cap stands where the plane is: the cube's half is as wide as its projection.
  Camera corner = flat(StandardView::front);
  corner.yaw = 60;
  const double expected = (10 * std::cos(60 * 3.14159265 / 180) + 20 * std::sin(60 * 3.14159265 / 180)) * 5 * 100;
  CHECK(studio.draw(cube(), corner, options).covered() == Approx(expected).epsilon(0.02));
}

TEST_CASE("a hole in a block is a hole in its cap") {
  Request request = block();
  request.source = R"lua(return { id = "bored", version = "1.0.0", name = "Bored", summary = "s", description = "d",
    licence = "CC0-1.0", author = "Tester", processes = { "fdm" }, parameters = {},
    build = function()
      return { parts = { { name = "block", colour = "#3080e0",
        solid = box(30, 30, 20):move { x = -15, y = -15 }:cut(cylinder(8, 20)) } } }
    end })lua";
  request.wants.parts = true;
  const auto model = std::make_shared<const Response>(ask(request));
  INFO((model->error ? describe(*model->error) : ""));
  REQUIRE(model->parts.size() == 1);
  DrawOptions options = bare();
  options.section = SectionPlane{{0, 0, 10}, {0, 0, 1}};
  Studio studio;
  const Drawn drawn = studio.draw(model, flat(StandardView::top), options);
  const double hole = 150 * 150 - drawn.covered(25, 25, 175, 175);
  const double radius = model->parts[0].built.faces.empty() ? 0 : 8 * 5;
  CHECK(hole == Approx(3.14159265 * radius * radius).epsilon(0.03));
  CHECK(drawn.at(100, 100).a == 0);
  CHECK(hue(drawn.at(40, 40)) == Approx(hue({48, 128, 224, 255})).margin(4));
  // The section took the upper half: from the front, 10 of 20 mm are left.
  const Drawn front = studio.draw(model, flat(StandardView::front), options);
  CHECK(front.covered() == 150 * 50);
}

TEST_CASE("parts that are hidden are not drawn") {
  Studio studio;
  const auto model = response({block("a", {{-15, 0, 0}, {-5, 10, 10}}), block("b", {{5, 0, 0}, {15, 10, 10}})});
  CHECK(studio.draw(model, flat(StandardView::front), bare()).covered() == 2 * 50 * 50);
  const ViewScene scene = view_scene(model, Pose::assembled, 0, {"a"});
  const Drawn drawn = studio.draw(scene, flat(StandardView::front), bare());
  CHECK(drawn.covered() == 50 * 50);
  CHECK(drawn.covered(125, 100, 175, 150) == 50 * 50);
  CHECK(studio.draw(view_scene(model, Pose::assembled, 0, {"a", "b"}), flat(StandardView::front), {}).covered() ==
        200 * 200);
}

TEST_CASE("a mirrored copy looks like what it mirrors") {
  Studio studio;
  const Box3 box{{-10, -10, 0}, {10, 10, 20}};
  const Drawn plain = studio.draw(response({block("a", box)}), flat(StandardView::iso), bare());
  const Drawn mirrored = studio.draw(response({block("a", box, {0.9, 0.5, 0.1}, {Placement::reflection({1, 0, 0})})}),
                                     flat(StandardView::iso), bare());
  CHECK((plain == mirrored));
}

TEST_CASE("hover and selection tint their own face") {
  Studio studio;
  const Camera camera = flat(StandardView::iso);
  const Drawn plain = studio.draw(cube(), camera, bare());
  DrawOptions options = bare();
  options.hover = FaceRef{0, 0, top_face};
  const Drawn hovered = studio.draw(cube(), camera, options);
  options.selected = {{0, 0, front_face}};
  const Drawn both = studio.draw(cube(), camera, options);
  const auto spot = [&](Vec3 point) {
    const Vec2 at = camera.project(point, 1)->at;
    return std::pair{static_cast<int>((at.x + 1) * 100), static_cast<int>((1 - at.y) * 100)};
  };
  const auto [tx, ty] = spot({0, 0, 20});
  const auto [fx, fy] = spot({0, -10, 10});
  const auto [rx, ry] = spot({10, 0, 10});
  CHECK(hovered.at(tx, ty).g > plain.at(tx, ty).g + 20);
  CHECK(hovered.at(fx, fy).g == plain.at(fx, fy).g);
  CHECK(both.at(fx, fy).b > plain.at(fx, fy).b + 60);
  CHECK(both.at(tx, ty).g == hovered.at(tx, ty).g);
  CHECK(both.at(rx, ry).brightness() == plain.at(rx, ry).brightness());
  options.hover = FaceRef{7, 7, 7};  // of a model that is gone
  options.selected = {{0, 0, 99}};
  CHECK((studio.draw(cube(), camera, options) == plain));
}

TEST_CASE("hard edges are drawn as lines of the width asked for, smooth ones and seams not") {
  Studio studio;
  DrawOptions options = bare();
  const Drawn without = studio.draw(cube(), flat(StandardView::iso), options);
  options.edges = true;
  options.line_width = 4;
  const Drawn with = studio.draw(cube(), flat(StandardView::front), options);
  // On the outline: two pixels inside, two outside.
  for (const int x : {48, 49, 50, 51}) CHECK(with.at(x, 100).brightness() < 300);
  for (const int x : {46, 53}) CHECK((with.at(x, 100).a == 0 || with.at(x, 100).brightness() > 300));
  CHECK(with.at(48, 100).a > 150);
  const auto smooth = cube(), seams = cube();
  for (EdgeInfo& edge : smooth->parts[0].built.edges) edge.dihedral_deg = 178.5;
  for (EdgeInfo& edge : seams->parts[0].built.edges) edge.faces = {1, 1};
  CHECK((studio.draw(smooth, flat(StandardView::iso), options) == without));
  CHECK((studio.draw(seams, flat(StandardView::iso), options) == without));
  CHECK_FALSE((studio.draw(cube(), flat(StandardView::iso), options) == without));
}

TEST_CASE("a shadow lies on the ground, seen from above alone") {
  Studio studio;
  DrawOptions options = bare();
  options.shadow = true;
  Camera camera = flat(StandardView::top, 60);
  const Drawn above = studio.draw(cube(), camera, options);
  camera.look(StandardView::bottom);
  const Drawn below = studio.draw(cube(), camera, options);
  const int beside = 100 + 67 / 2 + 4;  // just outside the cube's 66.7 pixels
  CHECK(above.at(beside, 100).a > 25);
  CHECK(above.at(beside, 100).a > above.at(beside + 15, 100).a + 10);
  CHECK(above.at(1, 1).a == 0);
  CHECK(below.at(beside, 100).a == 0);
}

TEST_CASE("corners between parts are darker than open places") {
  Studio studio;
  const auto model = response({block("floor", {{-20, -20, 0}, {20, 20, 2}}, {0.8, 0.8, 0.8}),
                               block("wall", {{-20, 0, 2}, {20, 20, 30}}, {0.8, 0.8, 0.8})});
  Camera camera = flat(StandardView::front, 50);
  camera.pitch = 45;
  DrawOptions options = bare();
  const Drawn without = studio.draw(model, camera, options);
  options.shadow = true;
  const Drawn with = studio.draw(model, camera, options);
  const auto darkening = [&](Vec3 point) {
    const Vec2 at = camera.project(point, 1)->at;
    const int x = static_cast<int>((at.x + 1) * 100), y = static_cast<int>((1 - at.y) * 100);
    return without.at(x, y).brightness() - with.at(x, y).brightness();
  };
  CHECK(darkening({0, -0.7, 2}) > 45);
  CHECK(darkening({0, -15, 2}) < 12);
  CHECK(darkening({0, 10, 30}) < 12);
}

TEST_CASE("while things move the same is drawn, if less smoothly") {
  Studio studio;
  DrawOptions options = bare();
  options.section = SectionPlane{{0, 0, 0}, {1, 0, 0}};
  options.moving = true;
  CHECK(studio.draw(cube(), flat(StandardView::front), options).covered() == 50 * 100);
  CHECK(studio.draw(cube(), flat(StandardView::right), options).covered() == 100 * 100);
  DrawOptions all;
  const Drawn rest = studio.draw(cube(), flat(StandardView::iso), all);
  all.moving = true;
  const Drawn moving = studio.draw(cube(), flat(StandardView::iso), all);
  int far_off = 0;
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 200; ++x) far_off += std::abs(rest.at(x, y).brightness() - moving.at(x, y).brightness()) > 60;
  CHECK(far_off < 400);  // along the outline
}

TEST_CASE("a stale model is paler") {
  Studio studio;
  DrawOptions options = bare();
  const Pixel fresh = studio.draw(cube(), flat(StandardView::front), options).at(100, 100);
  options.stale = true;
  const Pixel stale = studio.draw(cube(), flat(StandardView::front), options).at(100, 100);
  CHECK(stale.r - stale.b < (fresh.r - fresh.b) / 2);
  CHECK(stale.b > fresh.b);
}

TEST_CASE("drawing leaves the state of OpenGL to others") {
  Studio studio;
  glViewport(3, 4, 50, 60);
  glEnable(GL_SCISSOR_TEST);
  DrawOptions options;
  options.section = SectionPlane{{0, 0, 10}, {0, 0, 1}};
  const RenderTargetPtr target = studio.renderer().make_target();
  studio.renderer().draw(*target, {40, 30}, view_scene(cube(), Pose::assembled), flat(StandardView::iso), options);
  CHECK(glGetError() == GL_NO_ERROR);
  std::array<GLint, 4> viewport{};
  glGetIntegerv(GL_VIEWPORT, viewport.data());
  CHECK(viewport == std::array<GLint, 4>{3, 4, 50, 60});
  GLint bound = -1, program = -1, vertices = -1, equation = -1;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &bound);
  glGetIntegerv(GL_CURRENT_PROGRAM, &program);
  glGetIntegerv(GL_VERTEX_ARRAY_BINDING, &vertices);
  glGetIntegerv(GL_BLEND_EQUATION_RGB, &equation);
  CHECK(bound == 0);
  CHECK(program == 0);
  CHECK(vertices == 0);
  CHECK(equation == GL_FUNC_ADD);
  for (const GLenum state : {GL_DEPTH_TEST, GL_STENCIL_TEST, GL_CULL_FACE, GL_SCISSOR_TEST, GL_BLEND, GL_DEPTH_CLAMP,
                             GL_CLIP_DISTANCE0, GL_POLYGON_OFFSET_FILL})
    CHECK_FALSE(glIsEnabled(state));
}

TEST_CASE("a size that cannot be drawn is refused, and the next one drawn") {
  Studio studio;
  const RenderTargetPtr target = studio.renderer().make_target();
  const ViewScene scene = view_scene(cube(), Pose::assembled);
  CHECK(studio.renderer().draw(*target, {0, 10}, scene, {}, {}) == 0);
  CHECK(studio.renderer().draw(*target, {1 << 20, 10}, scene, {}, {}) == 0);
  CHECK(studio.renderer().pixels(*target).empty());
  CHECK(studio.renderer().draw(*target, {30, 20}, scene, {}, {}) != 0);
  CHECK(studio.renderer().pixels(*target).size() == 30 * 20 * 4);
  CHECK(studio.renderer().description().find("OpenGL") != std::string::npos);
}
