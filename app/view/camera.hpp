// Where one looks from. Plain arithmetic, no graphics library. Lengths in mm, angles in degrees, Z up.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "geometry/core/math.hpp"

namespace fitwright {

enum class StandardView { iso, front, back, left, right, top, bottom };
std::string_view to_string(StandardView view);
std::optional<StandardView> standard_view(std::string_view name);

/// 4 x 4, column by column, as OpenGL takes it.
using Matrix4 = std::array<float, 16>;

struct Ray {
  Vec3 origin, direction;  ///< direction: unit
};

/// A camera that turns about a target. `yaw` 0 looks along +y (the front view), and grows as one walks to the right
/// around the model; `pitch` is how far one looks down: 90 is the top view.
struct Camera {
  Vec3 target;
  double yaw = 35, pitch = 25;  ///< degrees; pitch -90 to 90
  double span = 500;            ///< height in mm of what is seen at the target
  bool perspective = true;
  double field_of_view = 30;  ///< degrees, of the height; perspective only
  bool operator==(const Camera&) const = default;

  Vec3 forward() const;  ///< unit; likewise the next two
  Vec3 right() const;
  Vec3 up() const;
  double distance() const;  ///< mm from eye to target
  Vec3 eye() const;

  /// World to clip space. `scene` bounds near and far planes; `aspect` is width over height.
  Matrix4 world_to_clip(double aspect, const Box3& scene) const;

  /// Places in the picture are (-1, -1) bottom left to (1, 1) top right.
  Ray ray(Vec2 at, double aspect) const;
  /// Place in the picture and depth in mm along the line of sight; empty when behind the eye.
  struct Projected {
    Vec2 at;
    double depth = 0;
  };
  std::optional<Projected> project(Vec3 point, double aspect) const;
  /// Millimetres in the picture plane through a point that one unit of picture height (from -1 to 1: two) shows,
  /// halved.
  double half_height_at(Vec3 point) const;

  void orbit(double yaw_by, double pitch_by);
  /// The same about another point than the target: `pivot` stays where it is seen.
  void orbit_about(Vec3 pivot, double yaw_by, double pitch_by);
  /// Moves the target so that what lies at the target's depth follows by `by`, in the units of pictures.
  void pan(Vec2 by, double aspect);
  /// `factor` below 1 comes closer; what is seen at `at` stays there.
  void zoom(double factor, Vec2 at, double aspect);
  /// Direction of a standard view; target and span stay.
  void look(StandardView view);
  /// Target and span so that the box fills the picture with a little room. An empty box changes nothing.
  void fit(const Box3& box, double aspect);
};

/// A camera part of the way from one to another, for moves that the eye can follow; `share` 0 to 1, eased.
Camera between(const Camera& from, const Camera& to, double share);

}  // namespace fitwright
