#include "export/make/meeting.hpp"

#include <algorithm>
#include <cmath>

#include "export/layout.hpp"
#include "export/make/relief.hpp"

namespace fitwright {

namespace {

constexpr double breathing = 0.5;  // mm: the play of a loose fit stays in front of the rounding too

/// An inside corner and the part of the thickness over which it stands, in heights above the bottom face.
struct Place {
  InsideCorner corner;
  double low, high;
};

std::vector<Place> places_of(const Outline2D& outline) {
  std::vector<Place> places;
  const auto add = [&](const Contour2D& contour, double low, double high) {
    for (const InsideCorner& corner : inside_corners(contour)) places.push_back({corner, low, high});
  };
  add(outline.outer, 0, outline.thickness);
  for (const Contour2D& inner : outline.inner) add(inner, 0, outline.thickness);
  for (const Pocket2D& pocket : outline.pockets) {
    if (pocket.engraved) continue;
    const bool top = pocket.side == SheetSide::top;
    const double low = top ? outline.thickness - pocket.depth : 0, high = top ? outline.thickness : pocket.depth;
    add(reversed(pocket.outer), low, high);
    for (const Contour2D& island : pocket.islands) add(reversed(island), low, high);
  }
  return places;
}

/// A copy of a part: its mesh, its extent, and the way from the product into it.
struct Solid {
  const TriangleMesh* mesh;
  Box3 box;
  Placement into;
};

bool contains(const Box3& box, Vec3 p) {
  return p.x >= box.min.x && p.x <= box.max.x && p.y >= box.min.y && p.y <= box.max.y && p.z >= box.min.z &&
         p.z <= box.max.z;
}

/// Whether a ray in a direction of no particular kind leaves the mesh more often than it enters.
bool inside(const Solid& solid, Vec3 at) {
  const Vec3 p = solid.into.apply(at);
  if (!contains(solid.box, p)) return false;
  const Vec3 ray{0.3141, 0.5926, 0.7416};
  bool within = false;
  for (const auto& triangle : solid.mesh->triangles) {
    const Vec3 a = solid.mesh->vertices[triangle[0]] - p, b = solid.mesh->vertices[triangle[1]] - p,
               c = solid.mesh->vertices[triangle[2]] - p;
    const double u = dot(ray, cross(a, b)), v = dot(ray, cross(b, c)), w = dot(ray, cross(c, a));
    if (!((u > 0 && v > 0 && w > 0) || (u < 0 && v < 0 && w < 0))) continue;
    // The triangle's plane lies ahead.
    const Vec3 normal = cross(b - a, c - a);
    if (dot(normal, a) / dot(normal, ray) > 0) within = !within;
  }
  return within;
}

/// Places just before the material that a bit of radius r leaves in a corner, from one end of its arc to the other, at
/// three heights: what is there comes too near.
std::vector<Vec3> before_rounding(const Place& place, double r) {
  const auto& [corner, low, high] = place;
  const double half = corner.turn / 2, back = std::atan2(-corner.into.y, -corner.into.x);
  const Vec2 centre = corner.at + corner.into * (r / std::cos(half));
  const double reach = std::max(r / 2, r - breathing);
  std::vector<Vec3> found;
  for (int i = -19; i <= 19; ++i) {
    const double off = half * i / 20;
    const Vec2 at = centre + Vec2{std::cos(back + off), std::sin(back + off)} * reach;
    for (const double share : {0.1, 0.5, 0.9}) found.push_back({at.x, at.y, low + share * (high - low)});
  }
  return found;
}

std::vector<Solid> others(const Scene& scene, std::size_t part, std::size_t copy) {
  std::vector<Solid> found;
  for (std::size_t i = 0; i < scene.parts.size(); ++i)
    for (std::size_t k = 0; k < scene.parts[i].assembled.size(); ++k)
      if (i != part || k != copy)
        found.push_back({&scene.parts[i].mesh, bounds(scene.parts[i].mesh), scene.parts[i].assembled[k].inverse()});
  return found;
}

}  // namespace

std::vector<Vec2> met_corners(const Scene& scene, std::size_t part, double bit_diameter) {
  const ScenePart& flat = scene.parts[part];
  const std::vector<Place> places = places_of(**flat.flat);
  std::vector<bool> met(places.size(), false);
  const Placement lying = Placement::turning(flat.up, {0, 0, 1});
  double bottom = 1e300;
  for (const Vec3& v : flat.mesh.vertices) bottom = std::min(bottom, lying.apply(v).z);
  for (std::size_t copy = 0; copy < flat.assembled.size(); ++copy) {
    const std::vector<Solid> solids = others(scene, part, copy);
    const Placement standing = flat.assembled[copy] * lying.inverse();
    for (std::size_t i = 0; i < places.size(); ++i)
      for (const Vec3& near : before_rounding(places[i], bit_diameter / 2))
        met[i] = met[i] || std::any_of(solids.begin(), solids.end(), [&](const Solid& solid) {
                   return inside(solid, standing.apply(near + Vec3{0, 0, bottom}));
                 });
  }
  std::vector<Vec2> found;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (met[i]) found.push_back(places[i].corner.at);
  return found;
}

}  // namespace fitwright
