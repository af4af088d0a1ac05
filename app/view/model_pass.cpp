#include "app/view/model_pass.hpp"

#include <algorithm>
#include <cmath>

#include "app/view/section_outline.hpp"
#include "app/view/shaders.hpp"

namespace fitwright {
namespace {

double linear(double srgb) { return srgb <= 0.04045 ? srgb / 12.92 : std::pow((srgb + 0.055) / 1.055, 2.4); }
Vec3 linear(const Colour& c) { return {linear(c.r), linear(c.g), linear(c.b)}; }

Colour mixed(const Colour& a, const Colour& b, double share) {
  return {a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share};
}

double brightness(const Colour& c) { return 0.3 * c.r + 0.6 * c.g + 0.1 * c.b; }

/// What is stale is greyer and paler, as the shader of the faces has it.
Colour shown(const Colour& c, bool stale) {
  const double grey = brightness(c);
  return stale ? mixed(mixed(c, {grey, grey, grey}, 0.6), {0.93, 0.93, 0.93}, 0.35) : c;
}

/// Lines must stand out on dark parts too.
Colour line_colour(const Colour& edge, const Colour& part) {
  return brightness(part) - brightness(edge) > 0.15 ? mixed(edge, part, 0.3) : mixed(part, {1, 1, 1}, 0.35);
}

/// How far edges are pulled towards the eye, so that their own faces don't hide them: about a pixel's width.
double edge_pull(const Frame& frame) {
  const double pixel = 2 * frame.extent().y / frame.size.height;
  const Vec2 terms = frame.depth_terms();
  return pixel * (frame.camera.perspective ? -terms.y : terms.x);
}

/// The largest rectangle in the plane that a copy's section can need.
struct CapQuad {
  Vec3 middle, across, along;
};
CapQuad cap_quad(const HalfSpace& kept, const CopyToDraw& copy) {
  const Box3& box = copy.part->built.box;
  const Vec3 middle = copy.placement.apply((box.min + box.max) * 0.5);
  const double reach = length(box.size()) / 2;
  const Vec3 aside = std::abs(kept.normal.z) < 0.9 ? Vec3{0, 0, 1} : Vec3{1, 0, 0};
  const Vec3 across = normalized(cross(kept.normal, aside));
  return {middle - kept.normal * kept.height(middle), across * reach, cross(kept.normal, across) * reach};
}

}  // namespace

Colour scale_colour(double share) {
  static constexpr std::array<Colour, 5> stops{
      {{0.55, 0.68, 0.80}, {0.42, 0.72, 0.55}, {0.93, 0.82, 0.35}, {0.90, 0.50, 0.20}, {0.75, 0.13, 0.13}}};
  const double at = std::clamp(share, 0.0, 1.0) * 4;
  const auto low = std::min<std::size_t>(3, static_cast<std::size_t>(at));
  return mixed(stops[low], stops[low + 1], at - static_cast<double>(low));
}

ModelPass::ModelPass(gl::Program face, gl::Program count, gl::Program cap, gl::Program edge)
    : face_(std::move(face)),
      count_(std::move(count)),
      cap_(std::move(cap)),
      edge_(std::move(edge)),
      marks_(gl::Buffer::make()),
      values_(gl::Buffer::make()),
      marks_view_(gl::Texture::make()),
      values_view_(gl::Texture::make()) {}

Result<ModelPass> ModelPass::create() {
  FW_TRY(gl::Program face, gl::Program::link(shaders::face_vertex, shaders::face));
  FW_TRY(gl::Program count, gl::Program::link(shaders::face_vertex, shaders::nothing));
  FW_TRY(gl::Program cap, gl::Program::link(shaders::cap_vertex, shaders::cap));
  FW_TRY(gl::Program edge, gl::Program::link(shaders::edge_vertex, shaders::edge));
  return ModelPass(std::move(face), std::move(count), std::move(cap), std::move(edge));
}

void ModelPass::draw(const Frame& frame, const DrawOptions& options) {
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_POLYGON_OFFSET_FILL);  // faces step back from their edges, the more the steeper they are
  glPolygonOffset(1, 1);
  draw_faces(frame, options);
  draw_caps(frame, options);
  glDisable(GL_POLYGON_OFFSET_FILL);
  if (options.edges) draw_edges(frame, options);
  if (options.edges && frame.kept) draw_outlines(frame, options);
  glDisable(GL_CLIP_DISTANCE0);
}

/// Tells the shader which faces of the copy are marked. False when none is.
bool ModelPass::mark_faces(const CopyToDraw& copy, const DrawOptions& options) {
  std::vector<std::uint8_t> marks;
  const auto mark = [&](const FaceRef& ref, std::uint8_t value) {
    if (ref.part != copy.place.part || ref.copy != copy.place.copy) return;
    marks.resize(std::max<std::size_t>({marks.size(), copy.part->built.faces.size(), 1}));
    if (ref.face < marks.size()) marks[ref.face] = value;
  };
  for (const FaceRef& ref : options.selected) mark(ref, 2);
  if (options.hover) mark(*options.hover, 1);
  if (marks.empty()) return false;
  glBindBuffer(GL_TEXTURE_BUFFER, marks_.get());
  glBufferData(GL_TEXTURE_BUFFER, static_cast<GLsizeiptr>(marks.size()), marks.data(), GL_STREAM_DRAW);
  gl::bind_texture(0, GL_TEXTURE_BUFFER, marks_view_.get());
  glTexBuffer(GL_TEXTURE_BUFFER, GL_R8UI, marks_.get());
  return true;
}

/// Gives the shader a value for each triangle of the copy. False when there is none, or too many for the card.
bool ModelPass::colour_triangles(const CopyToDraw& copy, const DrawOptions& options) {
  if (!options.map || copy.place.part >= options.map->parts.size()) return false;
  const std::vector<std::uint8_t>& values = options.map->parts[copy.place.part];
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &most);
  if (values.size() != copy.part->built.mesh.triangles.size() || values.size() > static_cast<std::size_t>(most))
    return false;
  glBindBuffer(GL_TEXTURE_BUFFER, values_.get());
  glBufferData(GL_TEXTURE_BUFFER, static_cast<GLsizeiptr>(values.size()), values.data(), GL_STREAM_DRAW);
  gl::bind_texture(1, GL_TEXTURE_BUFFER, values_view_.get());
  glTexBuffer(GL_TEXTURE_BUFFER, GL_R8UI, values_.get());
  return true;
}

void ModelPass::draw_faces(const Frame& frame, const DrawOptions& options) {
  face_.use();
  face_.set("up", frame.world_to_view.apply_direction({0, 0, 1}));
  face_.set("perspective", frame.camera.perspective);
  face_.set("stale", options.stale);
  face_.set("marks", 0);
  face_.set("values", 1);
  for (int i = 0; i < 5; ++i) face_.set(("scale[" + std::to_string(i) + "]").c_str(), linear(scale_colour(i / 4.0)));
  face_.set("mark_colours[1]", linear(options.colours.hover));
  face_.set("mark_colours[2]", linear(options.colours.selected));
  glEnable(GL_CULL_FACE);
  for (const CopyToDraw& copy : frame.copies) {
    frame.set_copy(face_, copy);
    face_.set("albedo", linear(copy.part->colour));
    face_.set("mapped", colour_triangles(copy, options));
    face_.set("marked", mark_faces(copy, options));
    copy.mesh->draw_faces();
  }
  glDisable(GL_CULL_FACE);
}

/// Along a line of sight behind the plane, material is left once more than it is entered exactly where the plane lies
/// in material. The stencil counts that, copy by copy, and the cap is drawn where the count is not zero.
void ModelPass::draw_caps(const Frame& frame, const DrawOptions& options) {
  if (!frame.kept) return;
  glEnable(GL_STENCIL_TEST);
  glEnable(GL_DEPTH_CLAMP);  // what the near plane cuts off would not be counted
  for (const CopyToDraw& copy : frame.copies) {
    if (copy.cut != Cut::through) continue;
    count_.use();
    frame.set_copy(count_, copy);
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    glDepthMask(GL_FALSE);
    glDepthFunc(GL_ALWAYS);
    glStencilFunc(GL_ALWAYS, 0, 0xff);
    glStencilOpSeparate(GL_FRONT, GL_KEEP, GL_KEEP, GL_DECR_WRAP);
    glStencilOpSeparate(GL_BACK, GL_KEEP, GL_KEEP, GL_INCR_WRAP);
    copy.mesh->draw_faces();

    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDepthMask(GL_TRUE);
    glDepthFunc(GL_LEQUAL);
    glDisable(GL_CLIP_DISTANCE0);
    glStencilFunc(GL_NOTEQUAL, 0, 0xff);
    glStencilOp(GL_KEEP, GL_ZERO, GL_ZERO);  // leaves the stencil clean for the next copy
    const CapQuad quad = cap_quad(*frame.kept, copy);
    cap_.use();
    cap_.set("to_clip", frame.world_to_clip);
    cap_.set("middle", quad.middle);
    cap_.set("across", quad.across);
    cap_.set("along", quad.along);
    const Colour paint = shown(mixed(copy.part->colour, {1, 1, 1}, 0.1), options.stale);
    cap_.set("paint", paint);
    cap_.set("stroke", brightness(paint) > 0.3 ? mixed(paint, {0, 0, 0}, 0.35) : mixed(paint, {1, 1, 1}, 0.25));
    cap_.set("lean", copy.place.part % 2 == 0 ? 1.0 : -1.0);
    canvas_.quad();
  }
  glDisable(GL_STENCIL_TEST);
  glDisable(GL_DEPTH_CLAMP);
}

void ModelPass::begin_lines(const Frame& frame, double width) {
  edge_.use();
  edge_.set("half_size", Vec2{frame.size.width / 2.0, frame.size.height / 2.0});
  edge_.set("half_width", width / 2);
  edge_.set("pull", edge_pull(frame));
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glDepthMask(GL_FALSE);
}

void ModelPass::end_lines() {
  glDepthMask(GL_TRUE);
  glDisable(GL_BLEND);
}

void ModelPass::draw_edges(const Frame& frame, const DrawOptions& options) {
  constexpr double opacity = 0.8;
  begin_lines(frame, options.line_width);
  for (const CopyToDraw& copy : frame.copies) {
    frame.set_copy(edge_, copy);
    const Colour paint = shown(line_colour(options.colours.edge, copy.part->colour), options.stale);
    edge_.set("paint", std::array{paint.r * opacity, paint.g * opacity, paint.b * opacity, opacity});
    copy.mesh->draw_edges();
  }
  end_lines();
}

/// The rim of what is cut stands out more than edges do: it is what one has cut open to see.
void ModelPass::draw_outlines(const Frame& frame, const DrawOptions& options) {
  begin_lines(frame, options.line_width * 1.6);
  for (const CopyToDraw& copy : frame.copies) {
    if (copy.cut != Cut::through) continue;
    const GpuLines outline(section_outline(copy.part->built.mesh, frame.kept->seen_from(copy.placement)));
    frame.set_copy(edge_, copy);
    edge_.set("section", std::array{0.0, 0.0, 0.0, 1.0});  // it lies in the plane, and is not to be cut by it
    const Colour paint = shown(line_colour(options.colours.edge, copy.part->colour), options.stale);
    edge_.set("paint", std::array{paint.r, paint.g, paint.b, 1.0});
    outline.draw();
  }
  end_lines();
}

}  // namespace fitwright
