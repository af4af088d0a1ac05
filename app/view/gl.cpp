#include "app/view/gl.hpp"

#include <fmt/format.h>

namespace fitwright::gl {
namespace {

Result<GLuint> compile(GLenum kind, std::string_view source) {
  const GLuint shader = glCreateShader(kind);
  const char* text = source.data();
  const GLint size = static_cast<GLint>(source.size());
  glShaderSource(shader, 1, &text, &size);
  glCompileShader(shader);
  GLint ok = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok) return shader;
  std::array<char, 1024> words{};
  glGetShaderInfoLog(shader, words.size(), nullptr, words.data());
  glDeleteShader(shader);
  return fail(ErrorKind::internal, fmt::format("the graphics driver refuses a shader: {}", words.data()));
}

}  // namespace

GLuint BufferKind::make() {
  GLuint name = 0;
  glGenBuffers(1, &name);
  return name;
}
void BufferKind::drop(GLuint name) { glDeleteBuffers(1, &name); }

GLuint VertexArrayKind::make() {
  GLuint name = 0;
  glGenVertexArrays(1, &name);
  return name;
}
void VertexArrayKind::drop(GLuint name) { glDeleteVertexArrays(1, &name); }

GLuint TextureKind::make() {
  GLuint name = 0;
  glGenTextures(1, &name);
  return name;
}
void TextureKind::drop(GLuint name) { glDeleteTextures(1, &name); }

GLuint FramebufferKind::make() {
  GLuint name = 0;
  glGenFramebuffers(1, &name);
  return name;
}
void FramebufferKind::drop(GLuint name) { glDeleteFramebuffers(1, &name); }

namespace {

/// No data is passed, so `layout` and `type` of it only have to go with the format.
Texture empty_texture(GLenum format, PixelSize size, GLenum layout, GLenum type, GLenum filter) {
  Texture made = Texture::make();
  glBindTexture(GL_TEXTURE_2D, made.get());
  glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(format), size.width, size.height, 0, layout, type, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, static_cast<GLint>(filter));
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, static_cast<GLint>(filter));
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return made;
}

}  // namespace

Texture texture(GLenum format, PixelSize size, GLenum filter) {
  return empty_texture(format, size, GL_RGBA, GL_UNSIGNED_BYTE, filter);
}

Texture depth_texture(PixelSize size) {
  return empty_texture(GL_DEPTH24_STENCIL8, size, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8, GL_NEAREST);
}

Texture multisample_texture(GLenum format, PixelSize size, int samples) {
  Texture made = Texture::make();
  glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, made.get());
  glTexImage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, samples, format, size.width, size.height, GL_TRUE);
  return made;
}

Framebuffer framebuffer(GLenum target, GLuint colour, GLuint depth_stencil) {
  Framebuffer made = Framebuffer::make();
  glBindFramebuffer(GL_FRAMEBUFFER, made.get());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, target, colour, 0);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, target, depth_stencil, 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) return {};
  return made;
}

void bind_texture(int unit, GLenum target, GLuint texture) {
  glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
  glBindTexture(target, texture);
}

void Canvas::everywhere() const {
  glBindVertexArray(nothing_.get());
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

void Canvas::quad() const {
  glBindVertexArray(nothing_.get());
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

Result<Program> Program::link(std::string_view vertex, std::string_view fragment) {
  FW_TRY(const GLuint vertex_shader, compile(GL_VERTEX_SHADER, vertex));
  auto fragment_shader = compile(GL_FRAGMENT_SHADER, fragment);
  if (!fragment_shader) {
    glDeleteShader(vertex_shader);
    return fail(std::move(fragment_shader).error());
  }
  Program program(glCreateProgram());
  glAttachShader(program.name_, vertex_shader);
  glAttachShader(program.name_, *fragment_shader);
  glLinkProgram(program.name_);
  glDeleteShader(vertex_shader);
  glDeleteShader(*fragment_shader);
  GLint ok = 0;
  glGetProgramiv(program.name_, GL_LINK_STATUS, &ok);
  if (ok) return program;
  std::array<char, 1024> words{};
  glGetProgramInfoLog(program.name_, words.size(), nullptr, words.data());
  return fail(ErrorKind::internal, fmt::format("the graphics driver cannot link shaders: {}", words.data()));
}

Program::Program(Program&& other) noexcept : name_(std::exchange(other.name_, 0)), places_(std::move(other.places_)) {}

Program& Program::operator=(Program&& other) noexcept {
  std::swap(name_, other.name_);
  std::swap(places_, other.places_);
  return *this;
}

Program::~Program() {
  if (name_ != 0) glDeleteProgram(name_);
}

void Program::use() const { glUseProgram(name_); }

GLint Program::place(const char* name) {
  const auto known = places_.find(std::string_view(name));
  if (known != places_.end()) return known->second;
  return places_.emplace(name, glGetUniformLocation(name_, name)).first->second;
}

void Program::set(const char* name, int value) { glUniform1i(place(name), value); }
void Program::set(const char* name, float value) { glUniform1f(place(name), value); }
void Program::set(const char* name, Vec2 value) {
  glUniform2f(place(name), static_cast<float>(value.x), static_cast<float>(value.y));
}
void Program::set_pixels(const char* name, PixelSize value) { glUniform2i(place(name), value.width, value.height); }
void Program::set(const char* name, Vec3 value) {
  glUniform3f(place(name), static_cast<float>(value.x), static_cast<float>(value.y), static_cast<float>(value.z));
}
void Program::set(const char* name, const Colour& value) { set(name, Vec3{value.r, value.g, value.b}); }
void Program::set(const char* name, const std::array<double, 4>& value) {
  glUniform4f(place(name), static_cast<float>(value[0]), static_cast<float>(value[1]), static_cast<float>(value[2]),
              static_cast<float>(value[3]));
}
void Program::set(const char* name, const Matrix4& value) {
  glUniformMatrix4fv(place(name), 1, GL_FALSE, value.data());
}

StateKeeper::StateKeeper() {
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &draw_);
  glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &read_);
  glGetIntegerv(GL_VIEWPORT, viewport_.data());
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_BLEND);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_STENCIL_TEST);
  glDisable(GL_FRAMEBUFFER_SRGB);
  glEnable(GL_MULTISAMPLE);
  glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthMask(GL_TRUE);
  glDepthFunc(GL_LEQUAL);
  glStencilMask(0xff);
}

StateKeeper::~StateKeeper() {
  for (const GLenum state : {GL_DEPTH_TEST, GL_STENCIL_TEST, GL_CULL_FACE, GL_SCISSOR_TEST, GL_BLEND, GL_DEPTH_CLAMP,
                             GL_POLYGON_OFFSET_FILL, GL_CLIP_DISTANCE0})
    glDisable(state);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthMask(GL_TRUE);
  glFrontFace(GL_CCW);
  glUseProgram(0);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  for (const int unit : {2, 1, 0}) {
    bind_texture(unit, GL_TEXTURE_2D, 0);
    glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, 0);
  }
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, static_cast<GLuint>(draw_));
  glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(read_));
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
}

}  // namespace fitwright::gl
