// Pictures without a window: a context of EGL's own, and PNG files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/view/renderer.hpp"

namespace fitwright {

/// An OpenGL context with no display; current on the thread that made it until it goes. Not for a thread where a
/// window's context is current: EGL refuses that. On threads of their own the two do not disturb each other.
class OffscreenContext {
 public:
  /// Errors: usage (no EGL driver that can do it; names the package that brings one).
  static Result<std::unique_ptr<OffscreenContext>> create();
  ~OffscreenContext();

 private:
  struct State;
  explicit OffscreenContext(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// PNG bytes of RGBA pixels, top row first. Equal pixels give equal bytes. Errors: internal.
Result<std::string> png_bytes(PixelSize size, const std::vector<std::uint8_t>& rgba);

struct PictureOptions {
  PixelSize size{1200, 900};
  StandardView view = StandardView::iso;
  bool perspective = true;
  Pose pose = Pose::assembled;
  bool transparent = false;
};

/// A picture of a response's parts, fitted into the frame, drawn with a context of its own. Errors: usage (no OpenGL,
/// or a size that it cannot draw), internal.
Result<std::string> picture(const std::shared_ptr<const Response>& model, const PictureOptions& options);

}  // namespace fitwright
