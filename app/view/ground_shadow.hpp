// The soft shadow on the ground below a model.
#pragma once

#include "app/view/frame.hpp"

namespace fitwright {

/// The shadow of one scene, kept until what casts it changes: turning the camera does not draw it anew.
struct GroundShadow {
  struct Caster {
    std::uint64_t mesh;  ///< its serial number
    Placement placement;
    bool operator==(const Caster&) const = default;
  };
  std::vector<Caster> casters;
  Vec3 cut_normal;
  double cut_offset = 0;
  Box3 area;  ///< on the ground, flat; empty when nothing was drawn yet
  gl::Texture image, passing;
  gl::Framebuffer to_image, to_passing;
};

class GroundPass {
 public:
  /// Errors: internal (a shader).
  static Result<GroundPass> create();
  /// Where the shadow of things in a box can fall.
  static Box3 area(const Box3& scene);
  /// Brings the shadow up to date. Binds framebuffers of its own.
  void cast(GroundShadow& shadow, const Frame& frame, const Box3& scene);
  /// Draws it into the framebuffer that is bound, for the model to be laid over: from above nothing lies behind the
  /// ground. From below it is not seen.
  void draw(const GroundShadow& shadow, const Frame& frame, const Colour& paint);

 private:
  GroundPass(gl::Program height, gl::Program blur, gl::Program ground);
  gl::Program height_, blur_, ground_;
  gl::Canvas canvas_;
};

}  // namespace fitwright
