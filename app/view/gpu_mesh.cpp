#include "app/view/gpu_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace fitwright {
namespace {

constexpr std::uint64_t drawings_kept = 16;  // a few views may take turns
constexpr double smooth_deg = 2;

std::uint32_t packed_normal(Vec3f n) {
  const auto ten_bits = [](float part) {
    return static_cast<std::uint32_t>(std::lround(std::clamp(part, -1.0F, 1.0F) * 511)) & 0x3ffU;
  };
  return ten_bits(n.x) | ten_bits(n.y) << 10 | ten_bits(n.z) << 20;
}

std::array<float, 3> floats(Vec3 v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}

Vec3f flat_normal(const TriangleMesh& mesh, const Triangle& triangle) {
  const Vec3 a = mesh.vertices[triangle[0]];
  const Vec3 n = cross(mesh.vertices[triangle[1]] - a, mesh.vertices[triangle[2]] - a);
  const double l = length(n);
  if (!(l > 0)) return {0, 0, 1};
  return {static_cast<float>(n.x / l), static_cast<float>(n.y / l), static_cast<float>(n.z / l)};
}

/// One end of an edge segment; four make the quad that the vertex shader widens to the line's width.
struct LineEnd {
  std::array<float, 3> at, other;
  float side;
};

bool hard(const EdgeInfo& edge) {
  return edge.faces[0] != edge.faces[1] && std::abs(edge.dihedral_deg - 180) > smooth_deg;
}

void add_segment(std::vector<LineEnd>& ends, std::vector<std::uint32_t>& indices, Vec3 from, Vec3 to) {
  const auto a = floats(from), b = floats(to);
  const std::uint32_t first = static_cast<std::uint32_t>(ends.size());
  // Seen from its own end the other side is the left one: sides of the far end are swapped.
  ends.insert(ends.end(), {{a, b, 1}, {a, b, -1}, {b, a, 1}, {b, a, -1}});
  for (const std::uint32_t corner : {0U, 1U, 2U, 0U, 2U, 3U}) indices.push_back(first + corner);
}

std::vector<std::array<Vec3, 2>> hard_edges(const BuiltPart& part) {
  std::vector<std::array<Vec3, 2>> segments;
  for (const EdgeInfo& edge : part.edges)
    for (std::size_t i = 1; hard(edge) && i < edge.polyline.size(); ++i)
      segments.push_back({edge.polyline[i - 1], edge.polyline[i]});
  return segments;
}

bool same_edges(const std::vector<EdgeInfo>& a, const std::vector<EdgeInfo>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const EdgeInfo& x, const EdgeInfo& y) {
    return hard(x) == hard(y) && x.polyline == y.polyline;
  });
}

/// An offset into a buffer, which OpenGL takes as if it were an address.
const void* at_offset(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);  // NOLINT(performance-no-int-to-ptr)
}

void attribute(GLuint index, GLint count, GLenum type, GLboolean scaled, std::size_t stride, std::size_t offset) {
  glEnableVertexAttribArray(index);
  glVertexAttribPointer(index, count, type, scaled, static_cast<GLsizei>(stride), at_offset(offset));
}

}  // namespace

PackedFaces pack_faces(const TriangleMesh& mesh) {
  constexpr std::uint32_t none = ~0U;
  PackedFaces packed;
  packed.vertices.reserve(mesh.vertices.size() * 2);
  packed.indices.reserve(mesh.triangles.size() * 3);
  std::vector<std::uint32_t> first(mesh.vertices.size(), none), next;  // chains of what was made of each vertex
  next.reserve(mesh.vertices.size() * 2);
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    const Triangle& triangle = mesh.triangles[t];
    const std::uint32_t face = mesh.face_of.empty() ? 0 : mesh.face_of[t];
    const std::uint32_t flat = mesh.normals.empty() ? packed_normal(flat_normal(mesh, triangle)) : 0;
    for (std::size_t corner = 0; corner < 3; ++corner) {
      const std::uint32_t vertex = triangle[corner];
      const std::uint32_t normal = mesh.normals.empty() ? flat : packed_normal(mesh.normals[t][corner]);
      std::uint32_t made = first[vertex];
      while (made != none && (packed.vertices[made].normal != normal || packed.vertices[made].face != face))
        made = next[made];
      if (made == none) {
        made = static_cast<std::uint32_t>(packed.vertices.size());
        packed.vertices.push_back({floats(mesh.vertices[vertex]), normal, face});
        next.push_back(first[vertex]);
        first[vertex] = made;
      }
      packed.indices.push_back(made);
    }
  }
  return packed;
}

GpuLines::GpuLines(const std::vector<std::array<Vec3, 2>>& segments) {
  std::vector<LineEnd> ends;
  std::vector<std::uint32_t> quads;
  for (const auto& [from, to] : segments) add_segment(ends, quads, from, to);
  array_ = gl::VertexArray::make();
  glBindVertexArray(array_.get());
  ends_ = gl::buffer(GL_ARRAY_BUFFER, ends);
  quads_ = gl::buffer(GL_ELEMENT_ARRAY_BUFFER, quads);
  quad_count_ = static_cast<GLsizei>(quads.size());
  attribute(0, 3, GL_FLOAT, GL_FALSE, sizeof(LineEnd), offsetof(LineEnd, at));
  attribute(1, 3, GL_FLOAT, GL_FALSE, sizeof(LineEnd), offsetof(LineEnd, other));
  attribute(2, 1, GL_FLOAT, GL_FALSE, sizeof(LineEnd), offsetof(LineEnd, side));
  glBindVertexArray(0);
}

void GpuLines::draw() const {
  glBindVertexArray(array_.get());
  glDrawElements(GL_TRIANGLES, quad_count_, GL_UNSIGNED_INT, nullptr);
}

GpuMesh::GpuMesh(const BuiltPart& part, std::uint64_t serial) : edges_(hard_edges(part)), serial_(serial) {
  const PackedFaces packed = pack_faces(part.mesh);
  faces_ = gl::VertexArray::make();
  glBindVertexArray(faces_.get());
  vertices_ = gl::buffer(GL_ARRAY_BUFFER, packed.vertices);
  indices_ = gl::buffer(GL_ELEMENT_ARRAY_BUFFER, packed.indices);
  index_count_ = static_cast<GLsizei>(packed.indices.size());
  attribute(0, 3, GL_FLOAT, GL_FALSE, sizeof(PackedVertex), offsetof(PackedVertex, at));
  attribute(1, 4, GL_INT_2_10_10_10_REV, GL_TRUE, sizeof(PackedVertex), offsetof(PackedVertex, normal));
  glEnableVertexAttribArray(2);
  glVertexAttribIPointer(2, 1, GL_UNSIGNED_INT, sizeof(PackedVertex), at_offset(offsetof(PackedVertex, face)));
  glBindVertexArray(0);
}

void GpuMesh::draw_faces() const {
  glBindVertexArray(faces_.get());
  glDrawElements(GL_TRIANGLES, index_count_, GL_UNSIGNED_INT, nullptr);
}

void MeshCache::begin() {
  ++drawing_;
  std::erase_if(known_, [&](const auto& entry) { return entry.second.used + drawings_kept < drawing_; });
}

const GpuMesh& MeshCache::find(const ViewPart& part) {
  Known& known = known_[part.part];
  known.used = drawing_;
  if (!known.mesh) {
    known.model = part.model;
    known.mesh = equal_mesh(part.part->built);
  }
  if (!known.mesh) known.mesh = std::make_shared<GpuMesh>(part.part->built, ++uploads_);
  return *known.mesh;
}

std::shared_ptr<const GpuMesh> MeshCache::equal_mesh(const BuiltPart& part) const {
  for (const auto& [other, known] : known_) {
    const BuiltPart& built = other->built;
    if (known.mesh && built.name == part.name && built.mesh == part.mesh && same_edges(built.edges, part.edges))
      return known.mesh;
  }
  return nullptr;
}

}  // namespace fitwright
