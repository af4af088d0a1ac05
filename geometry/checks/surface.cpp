#include "geometry/checks/surface.hpp"

#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace fitwright {

namespace {

constexpr double degrees = 180 / std::numbers::pi;
const double cos_smooth = std::cos(Surface::smooth_deg / degrees);

template <class Visit>
void in_parallel(std::size_t count, Visit visit) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 1024), [&](const auto& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) visit(static_cast<std::uint32_t>(i));
  });
}

Vec3 wide(Vec3f v) { return {v.x, v.y, v.z}; }
Vec3f narrow(Vec3 v) { return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)}; }

}  // namespace

Surface::Surface(const TriangleMesh& mesh) : mesh_(mesh), box_(bounds(mesh)) {
  measure_triangles();
  const auto build_tree = [&] {
    std::vector<Box3> boxes(size());
    in_parallel(size(), [&](std::uint32_t t) {
      for (const Vec3& corner : corners(t)) boxes[t].add(corner);
    });
    // Two sides of a thin wall stand in branches of their own, however large their triangles are beside its thickness.
    const double edge = std::sqrt(std::accumulate(areas_.begin(), areas_.end(), 0.0) / std::max(1u, size()));
    tree_ = BoxTree(boxes, normals_, 12 * edge);
  };
  const auto connect = [&] {
    find_neighbours();
    find_sharp_edges();
    find_patches();
  };
  tbb::parallel_invoke(build_tree, connect);
  if (mesh_.normals.size() != mesh_.triangles.size()) smooth_corners();
}

Corners Surface::corners(std::uint32_t triangle) const {
  const Triangle& t = mesh_.triangles[triangle];
  return {mesh_.vertices[t[0]], mesh_.vertices[t[1]], mesh_.vertices[t[2]]};
}

Vec3 Surface::middle(std::uint32_t triangle) const {
  const auto [a, b, c] = corners(triangle);
  return (a + b + c) * (1.0 / 3);
}

void Surface::measure_triangles() {
  normals_.resize(size());
  areas_.resize(size());
  // Of triangles flatter than the numbers of files hold, nobody knows where they face.
  const double flattest = 4e-7 * std::max(length(box_.min), length(box_.max));
  in_parallel(size(), [&](std::uint32_t t) {
    const auto [a, b, c] = corners(t);
    const Vec3 normal = cross(b - a, c - a);
    const double twice = length(normal), longest = std::max({length(b - a), length(c - b), length(a - c)});
    if (twice <= flattest * longest) return;
    areas_[t] = twice / 2;
    normals_[t] = normal * (1 / twice);
  });
}

void Surface::find_neighbours() {
  neighbours_.assign(size(), {none, none, none});
  // Half-edges gathered at their lower vertex; each finds its twin among the few others there.
  std::vector<std::uint32_t> start(mesh_.vertices.size() + 1, 0), items(3 * std::size_t{size()});
  const auto ends = [&](std::uint32_t half) {
    const Triangle& t = mesh_.triangles[half / 3];
    return std::pair(t[half % 3], t[(half % 3 + 1) % 3]);
  };
  const auto low = [&](std::uint32_t half) { return std::min(ends(half).first, ends(half).second); };
  const auto high = [&](std::uint32_t half) { return std::max(ends(half).first, ends(half).second); };
  const auto halves = static_cast<std::uint32_t>(items.size());
  for (std::uint32_t half = 0; half < halves; ++half) ++start[low(half) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::uint32_t> fill(start.begin(), start.end() - 1);
  for (std::uint32_t half = 0; half < halves; ++half) items[fill[low(half)]++] = half;
  in_parallel(mesh_.vertices.size(), [&](std::uint32_t vertex) {
    for (std::uint32_t i = start[vertex]; i < start[vertex + 1]; ++i)
      for (std::uint32_t j = start[vertex]; j < start[vertex + 1]; ++j)
        if (i != j && high(items[i]) == high(items[j])) neighbours_[items[i] / 3][items[i] % 3] = items[j] / 3;
  });
}

double Surface::inside_deg(std::uint32_t triangle, int k) const {
  const std::uint32_t other = neighbours_[triangle][k];
  if (other == none) return 180;
  const Triangle& t = mesh_.triangles[triangle];
  const Vec3 along = normalized(mesh_.vertices[t[(k + 1) % 3]] - mesh_.vertices[t[k]]);
  const Vec3 m = normals_[triangle], n = normals_[other];
  if (m == Vec3{} || n == Vec3{}) return 180;
  // Turning left along a counter-clockwise edge means that the surface bends away from the outside.
  return 180 - std::atan2(dot(cross(m, n), along), dot(m, n)) * degrees;
}

void Surface::find_sharp_edges() {
  for (std::uint32_t t = 0; t < size(); ++t)
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t other = neighbours_[t][k];
      if (other == none || other < t) continue;
      if (dot(normals_[t], normals_[other]) >= cos_smooth) continue;
      if (areas_[t] == 0 || areas_[other] == 0) continue;  // no angle
      const Corners c = corners(t);
      const Triangle& i = mesh_.triangles[t];
      sharp_.push_back({{t, other}, {i[k], i[(k + 1) % 3]}, c[k], c[(k + 1) % 3], inside_deg(t, k)});
    }
}

void Surface::find_patches() {
  patch_of_.assign(size(), none);
  std::vector<std::uint32_t> open;
  for (std::uint32_t seed = 0; seed < size(); ++seed) {
    if (patch_of_[seed] != none) continue;
    patch_of_[seed] = patch_count_;
    open.push_back(seed);
    while (!open.empty()) {
      const std::uint32_t t = open.back();
      open.pop_back();
      for (const std::uint32_t next : neighbours_[t])
        if (next != none && patch_of_[next] == none && dot(normals_[t], normals_[next]) >= cos_smooth) {
          patch_of_[next] = patch_count_;
          open.push_back(next);
        }
    }
    ++patch_count_;
  }
}

void Surface::smooth_corners() {
  std::vector<std::uint32_t> start(mesh_.vertices.size() + 1, 0), items(3 * std::size_t{size()});
  for (const Triangle& t : mesh_.triangles)
    for (const std::uint32_t v : t) ++start[v + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  // Weighted by the angle at the corner, which does not depend on how the surface was cut into triangles.
  std::vector<float> weight(items.size());
  std::vector<std::uint32_t> fill(start.begin(), start.end() - 1);
  for (std::uint32_t t = 0; t < size(); ++t)
    for (int k = 0; k < 3; ++k) items[fill[mesh_.triangles[t][k]]++] = 3 * t + k;
  in_parallel(size(), [&](std::uint32_t t) {
    const Corners c = corners(t);
    for (int k = 0; k < 3; ++k) {
      const Vec3 u = c[(k + 1) % 3] - c[k], v = c[(k + 2) % 3] - c[k];
      weight[3 * t + k] = static_cast<float>(std::atan2(2 * areas_[t], dot(u, v)));
    }
  });
  corner_normals_.resize(size());
  in_parallel(size(), [&](std::uint32_t t) {
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t vertex = mesh_.triangles[t][k];
      Vec3 sum;
      bool flat = true;
      for (std::uint32_t i = start[vertex]; i < start[vertex + 1]; ++i) {
        const Vec3& normal = normals_[items[i] / 3];
        const double cosine = dot(normals_[t], normal);
        if (cosine < cos_smooth) continue;
        flat = flat && cosine > 1 - 1e-12;
        sum = sum + normal * weight[items[i]];
      }
      const double size = length(sum);
      corner_normals_[t][k] = narrow(flat || size == 0 ? normals_[t] : sum * (1 / size));
    }
  });
}

Vec3 Surface::smooth_normal(std::uint32_t triangle, Vec3 at) const {
  if (is_flat(triangle)) return normals_[triangle];
  const auto& n = corner_normals(triangle);
  const auto w = weights_at(at, corners(triangle));
  const Vec3 sum = wide(n[0]) * w[0] + wide(n[1]) * w[1] + wide(n[2]) * w[2];
  const double size = length(sum);
  return size > 0 ? sum * (1 / size) : normals_[triangle];
}

Vec3 Surface::smooth_point(std::uint32_t triangle, Vec3 at) const {
  if (is_flat(triangle)) return at;
  const auto& n = corner_normals(triangle);
  const Corners c = corners(triangle);
  const auto w = weights_at(at, c);
  Vec3 off;
  for (int k = 0; k < 3; ++k) off = off + wide(n[k]) * (w[k] * dot(c[k] - at, wide(n[k])));
  return at + off * 0.5;
}

double Surface::deviation(std::uint32_t triangle) const {
  if (is_flat(triangle)) return 0;
  const Corners c = corners(triangle);
  double most = 0;
  for (int k = 0; k < 3; ++k) {
    const Vec3 middle = (c[k] + c[(k + 1) % 3]) * 0.5;
    most = std::max(most, length(smooth_point(triangle, middle) - middle));
  }
  return most;
}

}  // namespace fitwright
