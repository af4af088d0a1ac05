// Triangle meshes and what is known of the exact solid they came from. Plain data.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geometry/core/math.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

struct Vec3f {
  float x = 0, y = 0, z = 0;
  bool operator==(const Vec3f&) const = default;
};

using Triangle = std::array<std::uint32_t, 3>;

/// Indexed triangles, mm, counter-clockwise seen from outside. Vertices are shared between faces, so
/// closedness is a matter of indices, never of rounding.
struct TriangleMesh {
  std::vector<Vec3> vertices;
  std::vector<Triangle> triangles;
  std::vector<std::uint32_t> face_of;         ///< per triangle: index into FaceInfo; may be empty
  std::vector<std::array<Vec3f, 3>> normals;  ///< per triangle corner, unit, from the surface; may be empty
  bool operator==(const TriangleMesh&) const = default;
};

enum class MeshFaultKind {
  empty,
  bad_index,
  not_finite,
  degenerate,
  duplicate,
  open_edge,
  non_manifold_edge,
  flipped,
  inside_out
};
std::string_view to_string(MeshFaultKind kind);

/// What is wrong with a mesh, where. `count` counts all faults of the kind, `at` is the first.
struct MeshFault {
  MeshFaultKind kind;
  std::size_t count = 0;
  Vec3 at;
};

/// "3 open edges, the first at (10, 0, 2.5)".
std::string describe(const MeshFault& fault);

/// Closed (each edge used by exactly two triangles), consistently oriented, no degenerate (two equal
/// indices or coordinates) or duplicate triangle, finite, and every connected shell encloses material: positive volume,
/// or a cavity inside another shell. Empty when the mesh is sound. O(n log n).
std::vector<MeshFault> mesh_faults(const TriangleMesh& mesh);

/// Triangles that hang together by their edges.
struct MeshShell {
  double volume = 0;  ///< mm3; negative for a cavity
  Vec3 at;            ///< the middle of one of its triangles
};

/// The shells of a mesh, in the order of their first triangles; none when it is not sound. O(n log n).
std::vector<MeshShell> mesh_shells(const TriangleMesh& mesh);

/// Indexed mesh of a triangle soup: each three corners are a triangle, corners with equal coordinates become
/// one vertex (-0.0 equals 0.0; a corner with NaN stays alone). Drops nothing; vertices keep the order of
/// their first use. Trailing corners that make no whole triangle are ignored.
TriangleMesh weld(std::span<const Vec3> corners);

/// Signed volume in mm3 by the divergence theorem; meaningful for closed meshes.
double volume(const TriangleMesh& mesh);
/// Surface in mm2.
double area(const TriangleMesh& mesh);
Box3 bounds(const TriangleMesh& mesh);
/// Vertices moved; triangles turned over when the placement mirrors.
TriangleMesh placed(const TriangleMesh& mesh, const Placement& placement);

enum class SurfaceKind { plane, cylinder, cone, sphere, torus, extrusion, revolution, spline, other };
std::string_view to_string(SurfaceKind kind);

/// One face of the exact solid.
struct FaceInfo {
  SurfaceKind kind = SurfaceKind::other;
  double area = 0;       ///< mm2, of the exact face
  Vec3 point;            ///< a point on the face: plane origin or axis point
  Vec3 direction;        ///< outward normal of a plane, axis of a cylinder, cone or torus; unit
  double radius = 0;     ///< mm; cylinder, sphere, torus (major), cone (at `point`)
  double radius2 = 0;    ///< mm; torus (minor); cone: half angle in degrees
  bool concave = false;  ///< curved towards the material's outside, as a hole's wall is
  Box3 box;
  std::vector<std::string> origins;  ///< canonical provenance paths, e.g. "cut.tools[2]/extrude.profile/side"
  std::vector<std::string> tags;
};

enum class CurveKind { line, circle, ellipse, spline, other };
std::string_view to_string(CurveKind kind);

/// One edge of the exact solid with its discretisation.
struct EdgeInfo {
  CurveKind kind = CurveKind::other;
  double length = 0;                     ///< mm
  double radius = 0;                     ///< mm, circles
  double dihedral_deg = 180;             ///< angle inside the material between the faces at the middle; 180 is smooth
  std::array<std::uint32_t, 2> faces{};  ///< indices into FaceInfo; equal for a seam
  std::vector<Vec3> polyline;            ///< mm
};

/// Opaque exact solid, owned by the kernel and read by export/step.
class ExactSolid;

/// A part after evaluation and tessellation, in part coordinates.
struct BuiltPart {
  std::string name;
  TriangleMesh mesh;
  std::vector<FaceInfo> faces;
  std::vector<EdgeInfo> edges;
  double volume = 0;                        ///< mm3, exact solid
  double area = 0;                          ///< mm2, exact solid
  Box3 box;                                 ///< mm, exact solid
  std::shared_ptr<const ExactSolid> solid;  ///< null after crossing a process boundary
};

}  // namespace fitwright
