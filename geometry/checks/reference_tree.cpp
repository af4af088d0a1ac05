#include "geometry/checks/reference_tree.hpp"

#include <CGAL/AABB_tree.h>
#include <CGAL/Simple_cartesian.h>
// CGAL 6 (Debian 13) renamed its headers.
#if __has_include(<CGAL/AABB_traits_3.h>)
#include <CGAL/AABB_traits_3.h>
#include <CGAL/AABB_triangle_primitive_3.h>
#else
#include <CGAL/AABB_traits.h>
#include <CGAL/AABB_triangle_primitive.h>
#endif

#include <cmath>
#include <vector>

namespace fitwright {
namespace {

using Kernel = CGAL::Simple_cartesian<double>;
using Triangles = std::vector<Kernel::Triangle_3>;
#if __has_include(<CGAL/AABB_traits_3.h>)
using Primitive = CGAL::AABB_triangle_primitive_3<Kernel, Triangles::const_iterator>;
using Tree = CGAL::AABB_tree<CGAL::AABB_traits_3<Kernel, Primitive>>;
#else
using Primitive = CGAL::AABB_triangle_primitive<Kernel, Triangles::const_iterator>;
using Tree = CGAL::AABB_tree<CGAL::AABB_traits<Kernel, Primitive>>;
#endif

Kernel::Point_3 point(Vec3 v) { return {v.x, v.y, v.z}; }

}  // namespace

struct ReferenceTree::State {
  Triangles triangles;
  Tree tree;
};

ReferenceTree::ReferenceTree(const TriangleMesh& mesh) : state_(std::make_unique<State>()) {
  const auto corner = [&](std::uint32_t vertex) { return point(mesh.vertices[vertex]); };
  for (const Triangle& t : mesh.triangles) state_->triangles.emplace_back(corner(t[0]), corner(t[1]), corner(t[2]));
  state_->tree.insert(state_->triangles.cbegin(), state_->triangles.cend());
  state_->tree.build();
}

ReferenceTree::~ReferenceTree() = default;

std::size_t ReferenceTree::crossings(Vec3 a, Vec3 b) const {
  return state_->tree.number_of_intersected_primitives(Kernel::Segment_3(point(a), point(b)));
}

bool ReferenceTree::meets(Vec3 a, Vec3 b) const {
  return state_->tree.do_intersect(Kernel::Segment_3(point(a), point(b)));
}

double ReferenceTree::distance(Vec3 p) const { return std::sqrt(state_->tree.squared_distance(point(p))); }

}  // namespace fitwright
