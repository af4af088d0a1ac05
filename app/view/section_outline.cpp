#include "app/view/section_outline.hpp"

namespace fitwright {

std::vector<Segment> section_outline(const TriangleMesh& mesh, const HalfSpace& kept) {
  std::vector<double> heights;
  heights.reserve(mesh.vertices.size());
  for (const Vec3& vertex : mesh.vertices) heights.push_back(kept.height(vertex));
  std::vector<Segment> outline;
  for (const Triangle& triangle : mesh.triangles) {
    // A vertex in the plane counts as above it, for all of its triangles alike, so that no loop is left open.
    Segment segment{};
    std::size_t crossed = 0;
    for (std::size_t i = 0; i < 3 && crossed < 2; ++i) {
      std::uint32_t a = triangle[i], b = triangle[(i + 1) % 3];
      if ((heights[a] >= 0) == (heights[b] >= 0)) continue;
      if (a > b) std::swap(a, b);  // both triangles of an edge find the very same point
      const double share = heights[a] / (heights[a] - heights[b]);
      segment[crossed++] = mesh.vertices[a] + (mesh.vertices[b] - mesh.vertices[a]) * share;
    }
    if (crossed == 2 && !(segment[0] == segment[1])) outline.push_back(segment);
  }
  return outline;
}

}  // namespace fitwright
