// OpenGL names with owners, and programs. Every function needs a current context, destructors too.
#pragma once

#include <epoxy/gl.h>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/view/renderer.hpp"

namespace fitwright::gl {

/// Owns what a GL name stands for. `Kind` makes and drops names.
template <class Kind>
class Name {
 public:
  Name() = default;  ///< owns nothing
  static Name make() { return Name(Kind::make()); }
  ~Name() {
    if (name_ != 0) Kind::drop(name_);
  }
  Name(Name&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
  Name& operator=(Name&& other) noexcept {
    std::swap(name_, other.name_);
    return *this;
  }
  GLuint get() const { return name_; }

 private:
  explicit Name(GLuint name) : name_(name) {}
  GLuint name_ = 0;
};

struct BufferKind {
  static GLuint make();
  static void drop(GLuint name);
};
struct VertexArrayKind {
  static GLuint make();
  static void drop(GLuint name);
};
struct TextureKind {
  static GLuint make();
  static void drop(GLuint name);
};
struct FramebufferKind {
  static GLuint make();
  static void drop(GLuint name);
};
using Buffer = Name<BufferKind>;
using VertexArray = Name<VertexArrayKind>;
using Texture = Name<TextureKind>;
using Framebuffer = Name<FramebufferKind>;

/// A buffer with these values, bound to `target`.
template <class Value>
Buffer buffer(GLenum target, const std::vector<Value>& values) {
  Buffer made = Buffer::make();
  glBindBuffer(target, made.get());
  glBufferData(target, static_cast<GLsizeiptr>(values.size() * sizeof(Value)), values.data(), GL_STATIC_DRAW);
  return made;
}

/// An empty texture, clamped at its border. `format` is an internal format such as GL_RGBA8.
Texture texture(GLenum format, PixelSize size, GLenum filter = GL_NEAREST);
/// Depth and stencil.
Texture depth_texture(PixelSize size);
Texture multisample_texture(GLenum format, PixelSize size, int samples);

/// A framebuffer that draws into these; either name may be 0. Empty when the card refuses it, as for want of memory.
Framebuffer framebuffer(GLenum target, GLuint colour, GLuint depth_stencil);

/// Binds a texture to a unit.
void bind_texture(int unit, GLenum target, GLuint texture);

/// Draws what vertex shaders make from gl_VertexID alone.
class Canvas {
 public:
  void everywhere() const;  ///< a triangle that covers the picture
  void quad() const;        ///< a strip of four corners

 private:
  VertexArray nothing_ = VertexArray::make();
};

/// A linked pair of shaders. set() is for the program in use; names the compiler threw out are passed over.
class Program {
 public:
  /// Errors: internal (with the driver's words).
  static Result<Program> link(std::string_view vertex, std::string_view fragment);
  Program(Program&& other) noexcept;
  Program& operator=(Program&& other) noexcept;
  ~Program();

  void use() const;
  void set(const char* name, int value);
  void set(const char* name, float value);
  void set(const char* name, double value) { set(name, static_cast<float>(value)); }
  void set(const char* name, Vec2 value);
  void set_pixels(const char* name, PixelSize value);
  void set(const char* name, Vec3 value);
  void set(const char* name, const Colour& value);
  void set(const char* name, const std::array<double, 4>& value);
  void set(const char* name, const Matrix4& value);

 private:
  explicit Program(GLuint name) : name_(name) {}
  GLint place(const char* name);
  GLuint name_ = 0;
  std::map<std::string, GLint, std::less<>> places_;
};

/// Keeps framebuffer, viewport and what else drawing changes; puts them back, and turns off what the user interface
/// does not expect to be on.
class StateKeeper {
 public:
  StateKeeper();
  ~StateKeeper();
  StateKeeper(const StateKeeper&) = delete;
  StateKeeper& operator=(const StateKeeper&) = delete;

 private:
  GLint draw_ = 0, read_ = 0;
  std::array<GLint, 4> viewport_{};
};

}  // namespace fitwright::gl
