// Meshes and edges on the graphics card, kept while scenes use them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "app/view/gl.hpp"

namespace fitwright {

/// Straight lines of one width on the screen, ready to draw.
class GpuLines {
 public:
  explicit GpuLines(const std::vector<std::array<Vec3, 2>>& segments);
  void draw() const;

 private:
  gl::VertexArray array_;
  gl::Buffer ends_, quads_;
  GLsizei quad_count_ = 0;
};

/// A part's triangles and hard edges, ready to draw.
class GpuMesh {
 public:
  /// `serial`: a number of its own.
  GpuMesh(const BuiltPart& part, std::uint64_t serial);
  std::uint64_t serial() const { return serial_; }
  void draw_faces() const;
  void draw_edges() const { edges_.draw(); }

 private:
  gl::VertexArray faces_;
  gl::Buffer vertices_, indices_;
  GpuLines edges_;
  std::uint64_t serial_;
  GLsizei index_count_ = 0;
};

/// A corner of the mesh as the card takes it.
struct PackedVertex {
  std::array<float, 3> at;
  std::uint32_t normal;  ///< three signed 10-bit numbers
  std::uint32_t face;
};

struct PackedFaces {
  std::vector<PackedVertex> vertices;
  std::vector<std::uint32_t> indices;
};

/// Corners that agree in vertex, normal and face become one: vertex work is what a large mesh costs. Without normals
/// the triangles are flat.
PackedFaces pack_faces(const TriangleMesh& mesh);

/// Finds the GpuMesh of a part, and makes it when no equal one is known.
class MeshCache {
 public:
  /// Begins a drawing: what the last few had no use for is dropped.
  void begin();
  const GpuMesh& find(const ViewPart& part);
  std::uint64_t uploads() const { return uploads_; }  ///< meshes sent so far

 private:
  struct Known {
    std::shared_ptr<const Response> model;  ///< keeps the part, and with it the key, alive
    std::shared_ptr<const GpuMesh> mesh;
    std::uint64_t used = 0;
  };
  std::shared_ptr<const GpuMesh> equal_mesh(const BuiltPart& part) const;
  std::map<const ResponsePart*, Known> known_;
  std::uint64_t drawing_ = 0;
  std::uint64_t uploads_ = 0;
};

}  // namespace fitwright
