#include "geometry/checks/exact_width.hpp"

#include <cmath>
#include <optional>

namespace fitwright {

namespace {

constexpr double parallel = 1e-9;  // sine

// Planes, cylinders and spheres are what lies at one distance from a plane, a line or a point.
bool has_core(const FaceInfo& face) {
  return face.kind == SurfaceKind::plane || face.kind == SurfaceKind::cylinder || face.kind == SurfaceKind::sphere;
}
double around(const FaceInfo& face) { return face.kind == SurfaceKind::plane ? 0 : face.radius; }

std::optional<double> from_plane(const FaceInfo& plane, const FaceInfo& other) {
  if (other.kind == SurfaceKind::plane && length(cross(plane.direction, other.direction)) > parallel) return {};
  if (other.kind == SurfaceKind::cylinder && std::abs(dot(plane.direction, other.direction)) > parallel) return {};
  return std::abs(dot(plane.direction, other.point - plane.point));
}

double from_line(const FaceInfo& line, Vec3 point) { return length(cross(line.direction, point - line.point)); }

double between_lines(const FaceInfo& a, const FaceInfo& b) {
  const Vec3 both = cross(a.direction, b.direction);
  const double size = length(both);
  return size < parallel ? from_line(a, b.point) : std::abs(dot(both, b.point - a.point)) / size;
}

std::optional<double> between_cores(const FaceInfo& a, const FaceInfo& b) {
  if (a.kind == SurfaceKind::plane) return from_plane(a, b);
  if (b.kind == SurfaceKind::plane) return from_plane(b, a);
  if (a.kind == SurfaceKind::cylinder && b.kind == SurfaceKind::cylinder) return between_lines(a, b);
  if (a.kind == SurfaceKind::cylinder) return from_line(a, b.point);
  if (b.kind == SurfaceKind::cylinder) return from_line(b, a.point);
  return length(b.point - a.point);
}

}  // namespace

double exact_width(const FaceInfo& a, const FaceInfo& b, double measured, double tolerance) {
  if (!has_core(a) || !has_core(b)) return measured;
  const auto apart = between_cores(a, b);
  if (!apart) return measured;
  // Each side stands in front of its core or behind it.
  double best = measured, off = tolerance;
  for (const double at_a : {-around(a), around(a)})
    for (const double at_b : {-around(b), around(b)}) {
      const double width = std::abs(*apart + at_a + at_b);
      if (std::abs(width - measured) >= off) continue;
      best = width;
      off = std::abs(width - measured);
    }
  return best;
}

}  // namespace fitwright
