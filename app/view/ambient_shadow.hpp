// The soft shadow in corners and between parts, worked out from depth at a coarser scale than the picture.
#pragma once

#include "app/view/frame.hpp"

namespace fitwright {

/// How much work goes into it.
struct AmbientQuality {
  int step_size = 2;  ///< pixels of the picture for one of the shadow's, in each direction
  int samples = 12;
};

struct AmbientShadow {
  PixelSize size;
  gl::Texture image, passing;  ///< light left and depth
  gl::Framebuffer to_image, to_passing;
};

/// The radius, in mm, within which things shade each other.
double ambient_radius(const Box3& scene);

/// Part of the picture, in pixels from the bottom left.
struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
};

class AmbientPass {
 public:
  /// Errors: internal (a shader).
  static Result<AmbientPass> create();
  /// Binds framebuffers of its own. `depth`: multisample texture of the frame's size. Only `where` is worked out: it
  /// sets the scissors, which must be enabled.
  void draw(AmbientShadow& shadow, const Frame& frame, GLuint depth, double radius, const AmbientQuality& quality,
            const PixelRect& where);

 private:
  AmbientPass(gl::Program ambient, gl::Program blur);
  gl::Program ambient_, blur_;
  gl::Canvas canvas_;
};

}  // namespace fitwright
