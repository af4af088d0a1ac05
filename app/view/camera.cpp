#include "app/view/camera.hpp"

#include <algorithm>
#include <limits>
#include <numbers>

namespace fitwright {
namespace {

constexpr double room = 0.92;  // share of the picture that a fitted box takes
constexpr double smallest_span = 1e-2, largest_span = 1e7;
constexpr double deepest = 5000;  // far over near at most, so that depth keeps its precision

struct NamedView {
  StandardView view;
  std::string_view name;
  double yaw, pitch;
};
constexpr std::array<NamedView, 7> standard_views{{{StandardView::iso, "iso", 35, 25},
                                                   {StandardView::front, "front", 0, 0},
                                                   {StandardView::back, "back", 180, 0},
                                                   {StandardView::left, "left", -90, 0},
                                                   {StandardView::right, "right", 90, 0},
                                                   {StandardView::top, "top", 0, 90},
                                                   {StandardView::bottom, "bottom", 0, -90}}};

const NamedView& named(StandardView view) {
  return *std::find_if(standard_views.begin(), standard_views.end(),
                       [&](const NamedView& v) { return v.view == view; });
}

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// Into (-180, 180].
double wrapped(double degrees) {
  const double turn = std::remainder(degrees, 360);
  return turn == -180 ? 180 : turn;
}

std::array<Vec3, 8> corners(const Box3& box) {
  std::array<Vec3, 8> all;
  for (std::size_t i = 0; i < 8; ++i)
    all[i] = {(i & 1 ? box.max : box.min).x, (i & 2 ? box.max : box.min).y, (i & 4 ? box.max : box.min).z};
  return all;
}

/// Half the height of what is seen one millimetre in front of the eye.
double slope(const Camera& camera) { return std::tan(radians(camera.field_of_view) / 2); }

/// What must be seen along one axis of the picture, at the target's depth. A point nearer to the eye needs more than
/// its place, on both sides: the borders of what is seen run towards each other there.
struct Reach {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  void add(double place, double less) {
    low = std::min(low, place + less);
    high = std::max(high, place - less);
  }
  double middle() const { return (low + high) / 2; }
  double half() const { return (high - low) / 2; }
};

struct DepthRange {
  double near, far;
};

DepthRange depth_range(const Camera& camera, const Box3& scene) {
  const double distance = camera.distance();
  if (scene.empty()) return {distance / 10, distance * 10};
  DepthRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const Vec3& corner : corners(scene)) {
    const double depth = dot(corner - camera.eye(), camera.forward());
    range = {std::min(range.near, depth), std::max(range.far, depth)};
  }
  const double slack = (range.far - range.near) * 0.01 + 1e-3;
  range = {range.near - slack, range.far + slack};
  if (camera.perspective) {
    range.far = std::max(range.far, distance * 1e-3);
    range.near = std::max(range.near, range.far / deepest);
  }
  return range;
}

}  // namespace

std::string_view to_string(StandardView view) { return named(view).name; }

std::optional<StandardView> standard_view(std::string_view name) {
  for (const NamedView& view : standard_views)
    if (view.name == name) return view.view;
  return std::nullopt;
}

Vec3 Camera::forward() const {
  const double y = radians(yaw), p = radians(pitch);
  return {-std::sin(y) * std::cos(p), std::cos(y) * std::cos(p), -std::sin(p)};
}
Vec3 Camera::right() const { return {std::cos(radians(yaw)), std::sin(radians(yaw)), 0}; }
Vec3 Camera::up() const { return cross(right(), forward()); }
double Camera::distance() const { return span / 2 / slope(*this); }
Vec3 Camera::eye() const { return target - forward() * distance(); }

Matrix4 Camera::world_to_clip(double aspect, const Box3& scene) const {
  const auto [near, far] = depth_range(*this, scene);
  const Vec3 r = right(), u = up(), f = forward(), e = eye();
  const double height = perspective ? slope(*this) : span / 2, width = height * aspect;
  // Rows of clip space as functions of the world: each is a direction and a constant.
  const double depth_scale = perspective ? (far + near) / (far - near) : 2 / (far - near);
  const double depth_shift = perspective ? -2 * far * near / (far - near) : -(far + near) / (far - near);
  const std::array<Vec3, 4> rows{r * (1 / width), u * (1 / height), f * depth_scale, perspective ? f : Vec3{}};
  const std::array<double, 4> shifts{0, 0, depth_shift, perspective ? 0.0 : 1.0};
  Matrix4 matrix{};
  for (std::size_t row = 0; row < 4; ++row) {
    matrix[row] = static_cast<float>(rows[row].x);
    matrix[4 + row] = static_cast<float>(rows[row].y);
    matrix[8 + row] = static_cast<float>(rows[row].z);
    matrix[12 + row] = static_cast<float>(shifts[row] - dot(rows[row], e));
  }
  return matrix;
}

Ray Camera::ray(Vec2 at, double aspect) const {
  const Vec3 across = right() * (at.x * aspect) + up() * at.y;
  if (perspective) return {eye(), normalized(forward() + across * slope(*this))};
  return {eye() + across * (span / 2), forward()};
}

std::optional<Camera::Projected> Camera::project(Vec3 point, double aspect) const {
  const Vec3 seen = point - eye();
  const double depth = dot(seen, forward());
  if (perspective && depth <= 0) return std::nullopt;
  const double height = half_height_at(point);
  return Projected{{dot(seen, right()) / (height * aspect), dot(seen, up()) / height}, depth};
}

double Camera::half_height_at(Vec3 point) const {
  return perspective ? dot(point - eye(), forward()) * slope(*this) : span / 2;
}

void Camera::orbit(double yaw_by, double pitch_by) {
  yaw = wrapped(yaw + yaw_by);
  pitch = std::clamp(pitch + pitch_by, -90.0, 90.0);
}

void Camera::orbit_about(Vec3 pivot, double yaw_by, double pitch_by) {
  const Vec3 away = target - pivot;
  const Vec3 seen{dot(away, right()), dot(away, up()), dot(away, forward())};
  orbit(yaw_by, pitch_by);
  target = pivot + right() * seen.x + up() * seen.y + forward() * seen.z;
}

void Camera::pan(Vec2 by, double aspect) { target = target - (right() * (by.x * aspect) + up() * by.y) * (span / 2); }

void Camera::zoom(double factor, Vec2 at, double aspect) {
  const double before = span;
  span = std::clamp(span * factor, smallest_span, largest_span);
  // The eye moves along the line of sight through `at`, so everything on that line stays where it is seen.
  target = target + (right() * (at.x * aspect) + up() * at.y) * ((before - span) / 2);
}

void Camera::look(StandardView view) {
  yaw = named(view).yaw;
  pitch = named(view).pitch;
}

void Camera::fit(const Box3& box, double aspect) {
  if (box.empty()) return;
  const Vec3 middle = (box.min + box.max) * 0.5;
  const double tangent = perspective ? slope(*this) : 0;
  Reach across, upward;
  for (const Vec3& corner : corners(box)) {
    const Vec3 seen = corner - middle;
    const double nearer = dot(seen, forward()) * tangent * room;
    across.add(dot(seen, right()), nearer * aspect);
    upward.add(dot(seen, up()), nearer);
  }
  target = middle + right() * across.middle() + up() * upward.middle();
  span = std::clamp(2 * std::max(upward.half(), across.half() / aspect) / room, smallest_span, largest_span);
}

Camera between(const Camera& from, const Camera& to, double share) {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const double eased = share * share * (3 - 2 * share);
  Camera camera = to;
  camera.target = from.target + (to.target - from.target) * eased;
  camera.yaw = wrapped(from.yaw + wrapped(to.yaw - from.yaw) * eased);
  camera.pitch = from.pitch + (to.pitch - from.pitch) * eased;
  camera.span = from.span * std::pow(to.span / from.span, eased);
  camera.field_of_view = from.field_of_view + (to.field_of_view - from.field_of_view) * eased;
  return camera;
}

}  // namespace fitwright
