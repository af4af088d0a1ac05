// Draws scenes with OpenGL 3.3, into a texture. Needs its context to be current in every call, and in destructors;
// knows no window. Framebuffer and viewport are put back after every call; depth and stencil tests, culling, blending
// and scissors are then off.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/view/camera.hpp"
#include "app/view/scene.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

struct PixelSize {
  int width = 0, height = 0;
  bool operator==(const PixelSize&) const = default;
  double aspect() const { return height > 0 ? static_cast<double>(width) / height : 1; }
};

/// A face of a copy of a part.
struct FaceRef {
  std::size_t part = 0, copy = 0;
  std::uint32_t face = 0;  ///< index into the part's FaceInfo
  bool operator==(const FaceRef&) const = default;
};

/// What is seen at a place of the picture.
struct Pick {
  FaceRef face;         ///< `face` means nothing on a cut
  Vec3 at;              ///< mm, in the scene
  bool on_cut = false;  ///< where a section closes the part, not on a face of it
};

/// Everything on the side that `normal` points to is cut away; the cut is closed with a cap.
struct SectionPlane {
  Vec3 point, normal{0, -1, 0};
  bool operator==(const SectionPlane&) const = default;
};

/// sRGB, 0 to 1.
struct ViewColours {
  Colour background_top{0.95, 0.96, 0.97}, background_bottom{0.82, 0.84, 0.87};
  Colour edge{0.13, 0.15, 0.18};
  Colour ground_shadow{0, 0, 0};
  Colour hover{1.0, 0.72, 0.2}, selected{0.16, 0.5, 0.95};
  bool operator==(const ViewColours&) const = default;
};

/// Colours of triangles on a scale: 0 is well, 128 is at a limit, 255 is worst.
struct TriangleColours {
  std::vector<std::vector<std::uint8_t>> parts;  ///< of each part of the scene, a value for each triangle
};
/// The colour of a value, sRGB.
Colour scale_colour(double share);

struct DrawOptions {
  ViewColours colours;
  bool edges = true;
  bool shadow = true;        ///< soft ambient shadow between parts and on the ground
  bool transparent = false;  ///< no background: alpha 0 where nothing is
  double line_width = 1.2;   ///< pixels
  bool stale = false;        ///< drawn paler: not the model of the values
  /// Something moves and more pictures follow: where the processor draws, smoothing and the shadow between parts wait
  /// for the picture that follows when it rests.
  bool moving = false;
  std::optional<SectionPlane> section;
  std::optional<FaceRef> hover;
  std::vector<FaceRef> selected;               ///< faces; `copy` counts
  std::shared_ptr<const TriangleColours> map;  ///< in place of the parts' own colours; null: those
  bool operator==(const DrawOptions&) const = default;
};

/// A picture in the making. Made by a Renderer, used with it alone.
class RenderTarget;
struct RenderTargetDeleter {
  void operator()(RenderTarget* target) const;
};
using RenderTargetPtr = std::unique_ptr<RenderTarget, RenderTargetDeleter>;

class Renderer {
 public:
  /// Errors: usage (no OpenGL 3.3: says which version there is, and what would help), internal (a shader).
  static Result<std::unique_ptr<Renderer>> create();
  ~Renderer();

  RenderTargetPtr make_target();

  /// Draws the scene; returns the name of a texture with the picture, bottom row first, premultiplied alpha. It is the
  /// target's and holds until its next drawing. Meshes are kept on the graphics card while scenes use them; equal
  /// meshes of a later response are not sent again. 0 when the card cannot draw that size. Above 16 million pixels the
  /// picture is drawn as while things move.
  unsigned draw(RenderTarget& target, PixelSize size, const ViewScene& scene, const Camera& camera,
                const DrawOptions& options);

  /// What is seen at `at` (-1 to 1, as Camera has it); respects visibility and section. The cap of a section is no face
  /// and gives nothing. Follows the line of sight through the meshes, and draws nothing.
  std::optional<Pick> pick(const ViewScene& scene, const Camera& camera, PixelSize size, Vec2 at,
                           const std::optional<SectionPlane>& section = {});

  /// RGBA, 8 bit, top row first, not premultiplied, of what was drawn last.
  std::vector<std::uint8_t> pixels(RenderTarget& target) const;

  /// "Mesa llvmpipe (LLVM 15), OpenGL 4.5": for diagnostics.
  const std::string& description() const;
  /// Drawn by the processor: effects are taken back a little, and more of them while things move.
  bool in_software() const;

 private:
  struct State;
  explicit Renderer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fitwright
