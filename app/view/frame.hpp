// What all passes of one drawing share: the camera as matrices, the section, and the copies to draw.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "app/view/gpu_mesh.hpp"
#include "app/view/renderer.hpp"

namespace fitwright {

Matrix4 operator*(const Matrix4& matrix, const Placement& placement);

/// Where a copy lies to the section.
enum class Cut { untouched, through, away };

/// A half space: dot(normal, p) + offset >= 0 stays.
struct HalfSpace {
  Vec3 normal;
  double offset = 0;
  double height(Vec3 p) const { return dot(normal, p) + offset; }
  /// The same half space in the coordinates of what is placed so.
  HalfSpace seen_from(const Placement& placement) const;
  Cut cut(const Box3& box) const;
};

/// What the section leaves. A hair more than asked for is taken away, so that a face in the very plane is gone for
/// certain and not in spots.
HalfSpace kept_by(const SectionPlane& section);

/// A copy of a part, about to be drawn.
struct CopyToDraw {
  const GpuMesh* mesh = nullptr;
  const ResponsePart* part = nullptr;
  FaceRef place;  ///< part and copy
  Placement placement;
  Cut cut = Cut::untouched;
};

struct Frame {
  PixelSize size;
  Camera camera;
  Matrix4 world_to_clip{};
  Placement world_to_view;  ///< x right, y up, the eye at 0 looking along -z
  std::optional<HalfSpace> kept;
  std::vector<CopyToDraw> copies;  ///< visible, and not wholly cut away

  /// `bounds`: all that is drawn.
  Frame(PixelSize size, const Camera& camera, const Box3& bounds, const std::optional<SectionPlane>& section);
  void add_copies(const ViewScene& scene, MeshCache& meshes);

  /// Half of what is seen: at a depth of 1 mm in perspective, everywhere otherwise.
  Vec2 extent() const;
  /// With depth d in mm, z in the depth buffer (-1 to 1) is x + y / d in perspective, x * d + y otherwise.
  Vec2 depth_terms() const;
  /// Matrices, clipping and winding for a copy.
  void set_copy(gl::Program& program, const CopyToDraw& copy) const;
};

}  // namespace fitwright
