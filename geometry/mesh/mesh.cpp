#include "geometry/mesh/mesh.hpp"

#include <utility>

namespace fitwright {

namespace {

std::array<Vec3, 3> corners(const TriangleMesh& mesh, const Triangle& t) {
  return {mesh.vertices[t[0]], mesh.vertices[t[1]], mesh.vertices[t[2]]};
}

}  // namespace

double volume(const TriangleMesh& mesh) {
  if (mesh.triangles.empty()) return 0;
  // Measured from a vertex of the mesh: far from the origin the terms would cancel badly.
  const Vec3 base = mesh.vertices[mesh.triangles.front()[0]];
  double six_fold = 0;
  for (const Triangle& t : mesh.triangles) {
    const auto [a, b, c] = corners(mesh, t);
    six_fold += dot(a - base, cross(b - base, c - base));
  }
  return six_fold / 6;
}

double area(const TriangleMesh& mesh) {
  double twice = 0;
  for (const Triangle& t : mesh.triangles) {
    const auto [a, b, c] = corners(mesh, t);
    twice += length(cross(b - a, c - a));
  }
  return twice / 2;
}

Box3 bounds(const TriangleMesh& mesh) {
  Box3 box;
  for (const Vec3& v : mesh.vertices) box.add(v);
  return box;
}

TriangleMesh placed(const TriangleMesh& mesh, const Placement& placement) {
  TriangleMesh moved = mesh;
  for (Vec3& v : moved.vertices) v = placement.apply(v);
  for (auto& corner_normals : moved.normals)
    for (Vec3f& n : corner_normals) {
      const Vec3 turned = placement.apply_direction({n.x, n.y, n.z});
      n = {static_cast<float>(turned.x), static_cast<float>(turned.y), static_cast<float>(turned.z)};
    }
  if (placement.mirrors()) {
    for (Triangle& t : moved.triangles) std::swap(t[1], t[2]);
    for (auto& corner_normals : moved.normals) std::swap(corner_normals[1], corner_normals[2]);
  }
  return moved;
}

std::string_view to_string(CurveKind kind) {
  switch (kind) {
    case CurveKind::line: return "line";
    case CurveKind::circle: return "circle";
    case CurveKind::ellipse: return "ellipse";
    case CurveKind::spline: return "spline";
    case CurveKind::other: return "other";
  }
  return "other";
}

std::string_view to_string(SurfaceKind kind) {
  switch (kind) {
    case SurfaceKind::plane: return "plane";
    case SurfaceKind::cylinder: return "cylinder";
    case SurfaceKind::cone: return "cone";
    case SurfaceKind::sphere: return "sphere";
    case SurfaceKind::torus: return "torus";
    case SurfaceKind::extrusion: return "extrusion";
    case SurfaceKind::revolution: return "revolution";
    case SurfaceKind::spline: return "spline";
    case SurfaceKind::other: break;
  }
  return "other";
}

}  // namespace fitwright
