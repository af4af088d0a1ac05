// Responses made by hand, whose pictures follow from arithmetic.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/engine/message.hpp"

namespace fitwright {

enum BoxFace : std::uint32_t { left_face, right_face, front_face, back_face, bottom_face, top_face };

/// Adds the rectangle from `a` along `u` and `v`, whose outward normal is u x v.
inline void add_face(BuiltPart& built, Vec3 a, Vec3 u, Vec3 v) {
  TriangleMesh& mesh = built.mesh;
  const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
  for (const Vec3 corner : {a, a + u, a + u + v, a + v}) mesh.vertices.push_back(corner);
  mesh.triangles.push_back({first, first + 1, first + 2});
  mesh.triangles.push_back({first, first + 2, first + 3});
  mesh.face_of.insert(mesh.face_of.end(), 2, static_cast<std::uint32_t>(built.faces.size()));
  const Vec3 n = normalized(cross(u, v));
  const Vec3f normal{static_cast<float>(n.x), static_cast<float>(n.y), static_cast<float>(n.z)};
  mesh.normals.insert(mesh.normals.end(), 2, {normal, normal, normal});
  FaceInfo face;
  face.kind = SurfaceKind::plane;
  face.point = a;
  face.direction = n;
  built.faces.push_back(face);
}

inline void add_edge(BuiltPart& built, Vec3 from, Vec3 to, std::uint32_t a, std::uint32_t b) {
  EdgeInfo edge;
  edge.kind = CurveKind::line;
  edge.length = length(to - from);
  edge.dihedral_deg = 90;
  edge.faces = {a, b};
  edge.polyline = {from, to};
  built.edges.push_back(edge);
}

/// A box with the faces of BoxFace, and its twelve edges.
inline ResponsePart block(std::string name, const Box3& box, Colour colour = {0.9, 0.5, 0.1},
                          std::vector<Placement> copies = {{}}) {
  ResponsePart part;
  BuiltPart& built = part.built;
  built.name = std::move(name);
  built.box = box;
  const Vec3 o = box.min, s = box.size(), x{s.x, 0, 0}, y{0, s.y, 0}, z{0, 0, s.z};
  add_face(built, o, z, y);
  add_face(built, o + x, y, z);
  add_face(built, o, x, z);
  add_face(built, o + y, z, x);
  add_face(built, o, y, x);
  add_face(built, o + z, x, y);
  for (const auto& [at, level] : {std::pair{o, bottom_face}, std::pair{o + z, top_face}}) {
    add_edge(built, at, at + x, level, front_face);
    add_edge(built, at + y, at + x + y, level, back_face);
    add_edge(built, at, at + y, level, left_face);
    add_edge(built, at + x, at + x + y, level, right_face);
  }
  add_edge(built, o, o + z, left_face, front_face);
  add_edge(built, o + x, o + x + z, right_face, front_face);
  add_edge(built, o + y, o + y + z, left_face, back_face);
  add_edge(built, o + x + y, o + x + y + z, right_face, back_face);
  part.colour = colour;
  part.assembled = std::move(copies);
  return part;
}

inline std::shared_ptr<Response> response(std::vector<ResponsePart> parts) {
  auto made = std::make_shared<Response>();
  made->parts = std::move(parts);
  return made;
}

/// A cube of 20 mm on the ground, its middle above the origin.
inline std::shared_ptr<Response> cube() { return response({block("cube", {{-10, -10, 0}, {10, 10, 20}})}); }

}  // namespace fitwright
