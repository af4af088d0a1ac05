#include "app/engine/colour_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "export/layout.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/checks/narrow.hpp"
#include "geometry/checks/orientation.hpp"
#include "geometry/checks/surface.hpp"

namespace fitwright {
namespace {

constexpr double degrees = 180 / std::numbers::pi;
constexpr std::size_t most_triangles = 60'000;  // of a part

Vec3f middle_of(const Vec3f& a, const Vec3f& b) {
  const Vec3 sum{double{a.x} + b.x, double{a.y} + b.y, double{a.z} + b.z};
  const double size = length(sum);
  if (size < 1e-9) return a;
  return {static_cast<float>(sum.x / size), static_cast<float>(sum.y / size), static_cast<float>(sum.z / size)};
}

/// One round of cutting edges that are too long.
class Refinement {
 public:
  Refinement(const TriangleMesh& mesh, double longest) : from_(mesh), longest_(longest) {
    to_.vertices = mesh.vertices;
    smooth_ = mesh.normals.size() == mesh.triangles.size();
    known_ = mesh.face_of.size() == mesh.triangles.size();
    for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) cut(t);
  }
  bool changed() const { return changed_; }
  TriangleMesh take() { return std::move(to_); }

 private:
  struct Corner {
    std::uint32_t vertex = 0;
    Vec3f normal;
  };

  std::optional<std::uint32_t> middle(std::uint32_t a, std::uint32_t b) {
    const Vec3 &p = from_.vertices[a], &q = from_.vertices[b];
    if (length(p - q) <= longest_) return std::nullopt;
    const std::uint64_t key = (std::uint64_t{std::min(a, b)} << 32) | std::max(a, b);
    const auto [it, fresh] = middles_.try_emplace(key, static_cast<std::uint32_t>(to_.vertices.size()));
    if (fresh) to_.vertices.push_back((p + q) * 0.5);
    return it->second;
  }

  void cut(std::uint32_t t) {
    std::array<Corner, 3> corners;
    std::array<std::optional<Corner>, 3> cuts;  // on the edge from corner k to the next
    for (std::size_t k = 0; k < 3; ++k) corners[k] = {from_.triangles[t][k], smooth_ ? from_.normals[t][k] : Vec3f{}};
    for (std::size_t k = 0; k < 3; ++k)
      if (const auto vertex = middle(corners[k].vertex, corners[(k + 1) % 3].vertex))
        cuts[k] = Corner{*vertex, middle_of(corners[k].normal, corners[(k + 1) % 3].normal)};
    const auto count = std::count_if(cuts.begin(), cuts.end(), [](const auto& c) { return c.has_value(); });
    changed_ = changed_ || count > 0;
    if (count == 0) return add(t, corners[0], corners[1], corners[2]);
    if (count == 3) {
      for (std::size_t k = 0; k < 3; ++k) add(t, corners[k], *cuts[k], *cuts[(k + 2) % 3]);
      return add(t, *cuts[0], *cuts[1], *cuts[2]);
    }
    // Turned so that edge 0 is cut, and edge 2 is not.
    std::size_t k = 0;
    while (!cuts[k] || cuts[(k + 2) % 3]) ++k;
    const Corner &a = corners[k], &b = corners[(k + 1) % 3], &c = corners[(k + 2) % 3];
    add(t, a, *cuts[k], c);
    if (const auto& second = cuts[(k + 1) % 3]) {
      add(t, *cuts[k], b, *second);
      add(t, *cuts[k], *second, c);
    } else {
      add(t, *cuts[k], b, c);
    }
  }

  void add(std::uint32_t t, const Corner& a, const Corner& b, const Corner& c) {
    to_.triangles.push_back({a.vertex, b.vertex, c.vertex});
    if (smooth_) to_.normals.push_back({a.normal, b.normal, c.normal});
    if (known_) to_.face_of.push_back(from_.face_of[t]);
  }

  const TriangleMesh& from_;
  double longest_;
  TriangleMesh to_;
  std::unordered_map<std::uint64_t, std::uint32_t> middles_;
  bool smooth_ = false, known_ = false, changed_ = false;
};

MapScale scale_of(MapKind kind, const Process* process) {
  MapScale scale;
  const auto limit = [&](LimitNeeded needed) {
    const auto found = process ? find_limit(needed, *process) : std::nullopt;
    if (found) scale.limit = found->quantity.value;
  };
  switch (kind) {
    case MapKind::thickness:
      limit({"smallest wall", {"min_wall_supported_mm", "min_wall_mm"}});
      scale.unit = "mm";
      scale.high = std::max(4.0, 4 * scale.limit.value_or(1));
      break;
    case MapKind::overhang:
      limit({"steepest overhang", {"max_overhang_from_vertical_deg"}});
      scale.unit = "deg";
      scale.high = 90;
      break;
    case MapKind::draft:
      scale.unit = "deg";
      scale.low = -10;
      scale.high = 10;
      break;
    case MapKind::none: break;
  }
  return scale;
}

/// How far each triangle leans over from the vertical: 0 for what faces up or lies on the bed.
std::vector<float> overhangs(const Surface& surface) {
  constexpr double first_layer = 0.2;  // mm
  std::vector<float> values;
  for (std::uint32_t t = 0; t < surface.size(); ++t) {
    const Corners c = surface.corners(t);
    const bool on_bed = std::max({c[0].z, c[1].z, c[2].z}) <= surface.box().min.z + first_layer;
    const double down = on_bed ? 0 : std::clamp(-surface.normal(t).z, 0.0, 1.0);
    values.push_back(static_cast<float>(std::asin(down) * degrees));
  }
  return values;
}

/// The angle between each wall and the direction of building: 0 for upright ones, negative where it faces down.
std::vector<float> drafts(const Surface& surface) {
  std::vector<float> values;
  for (std::uint32_t t = 0; t < surface.size(); ++t)
    values.push_back(static_cast<float>(std::asin(std::clamp(surface.normal(t).z, -1.0, 1.0)) * degrees));
  return values;
}

Result<std::vector<float>> thicknesses(const Surface& surface, double most, const std::stop_token& stop) {
  FW_TRY(const auto places, narrow_places(surface, Between::material, most, 0.01, stop));
  std::vector<float> values;
  for (const NarrowPlace& place : places) values.push_back(static_cast<float>(std::min(place.width, most)));
  return values;
}

}  // namespace

TriangleMesh refined(const TriangleMesh& mesh, double longest, std::size_t most) {
  TriangleMesh fine = mesh;
  for (int round = 0; round < 12 && fine.triangles.size() * 4 <= most; ++round) {
    Refinement next(fine, longest);
    if (!next.changed()) break;
    fine = next.take();
  }
  return fine;
}

Result<void> rank_ways(const Process* process, std::vector<ResponsePart>& parts, const std::stop_token& stop) {
  constexpr std::size_t most = 6;
  if (!process) return {};
  const ProcessKind kind = kind_of(*process);
  if (kind != ProcessKind::filament && kind != ProcessKind::layers && kind != ProcessKind::powder) return {};
  OrientationWishes wishes;
  if (const auto limit = process->find("max_overhang_from_vertical_deg")) wishes.limit_deg = limit->value;
  for (ResponsePart& part : parts) {
    if (!mesh_faults(part.built.mesh).empty()) continue;
    FW_TRY(const auto ranked, rank_orientations(Surface(part.built.mesh), wishes, stop));
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i)
      part.ways.push_back({ranked[i].up, ranked[i].support_volume, ranked[i].contact_area, ranked[i].height});
  }
  return {};
}

Result<MapScale> map_parts(MapKind kind, const Process* process, bool foreign, std::vector<ResponsePart>& parts,
                           const std::stop_token& stop) {
  const MapScale scale = scale_of(kind, process);
  for (ResponsePart& part : parts) {
    TriangleMesh& mesh = part.built.mesh;
    if (!mesh_faults(mesh).empty())
      return fail(ErrorKind::geometry,
                  fmt::format("the surface of {} is not sound, so nothing can be measured on it", part.built.name));
    const double longest = std::max(length(bounds(mesh).size()) / 60, 0.5);
    // What is the same all over a flat face needs no finer triangles.
    if (kind == MapKind::thickness) mesh = refined(mesh, longest, most_triangles);
    const TriangleMesh made = foreign ? mesh : placed(mesh, made_placement(mesh, part.up));
    const Surface surface(made);
    if (kind == MapKind::thickness) {
      FW_TRY(part.map, thicknesses(surface, scale.high, stop));
    } else {
      part.map = kind == MapKind::overhang ? overhangs(surface) : drafts(surface);
    }
    if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the colours were cancelled");
  }
  return scale;
}

}  // namespace fitwright
