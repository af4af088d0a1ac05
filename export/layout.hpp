// Where copies stand while they are made.
#pragma once

#include <span>

#include "export/scene.hpp"

namespace fitwright {

inline constexpr double layout_gap = 10;  ///< mm between the bounding boxes of neighbours

/// Places for boxes in rows along x, each row further along y; a row ends where it would become wider than `width`.
class Rows {
 public:
  explicit Rows(double width) : width_(width) {}
  /// The lowest corner of the next box.
  Vec2 next(Vec2 size);

 private:
  double width_, x_ = 0, y_ = 0, depth_ = 0;
};

/// The made pose of one copy: `up` turned to +z, resting on z = 0, its bounding box starting at x = y = 0.
/// `mirrored` makes the piece's mirror image, as a placement that mirrors asks for; `up` stays up.
Placement made_placement(const TriangleMesh& mesh, Vec3 up, bool mirrored = false);

/// Every copy in its made pose, in rows side by side, `layout_gap` apart, all in x, y, z >= 0.
/// Depends on the parts alone; follows their order.
ScenePlacements layout_made(std::span<const ScenePart> parts);

/// The placements of the scene's copies in the given pose.
ScenePlacements placements(const Scene& scene, Pose pose);

}  // namespace fitwright
