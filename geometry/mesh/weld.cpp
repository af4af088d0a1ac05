#include <bit>
#include <limits>

#include "geometry/mesh/mesh.hpp"

namespace fitwright {

namespace {

std::uint64_t mix(std::uint64_t h) {
  h ^= h >> 32;
  h *= 0x9e3779b97f4a7c15ULL;
  return h ^ (h >> 29);
}

std::size_t hash_of(Vec3 v) {
  return mix(std::bit_cast<std::uint64_t>(v.x) +
             mix(std::bit_cast<std::uint64_t>(v.y) + mix(std::bit_cast<std::uint64_t>(v.z))));
}

// Open addressing with linear probing over the vertices found so far.
class VertexIndex {
 public:
  explicit VertexIndex(std::size_t expected) : slots_(std::bit_ceil(expected * 2 + 2), none) {}

  std::uint32_t index_of(Vec3 v, std::vector<Vec3>& vertices) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash_of(v) & mask;; slot = (slot + 1) & mask) {
      if (slots_[slot] == none) {
        slots_[slot] = static_cast<std::uint32_t>(vertices.size());
        vertices.push_back(v);
        return slots_[slot];
      }
      if (vertices[slots_[slot]] == v) return slots_[slot];
    }
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> slots_;
};

}  // namespace

TriangleMesh weld(std::span<const Vec3> corners) {
  TriangleMesh mesh;
  const std::size_t count = corners.size() / 3;
  mesh.triangles.resize(count);
  mesh.vertices.reserve(count / 2 + 3);
  VertexIndex index(3 * count);
  for (std::size_t i = 0; i < 3 * count; ++i) {
    // Adding zero turns -0.0 into 0.0.
    const Vec3 v = corners[i] + Vec3{};
    const bool alone = std::isnan(v.x) || std::isnan(v.y) || std::isnan(v.z);
    if (alone) mesh.vertices.push_back(v);
    mesh.triangles[i / 3][i % 3] =
        alone ? static_cast<std::uint32_t>(mesh.vertices.size() - 1) : index.index_of(v, mesh.vertices);
  }
  return mesh;
}

}  // namespace fitwright
