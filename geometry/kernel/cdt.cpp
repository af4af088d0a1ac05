#include "geometry/kernel/cdt.hpp"

#include <CGAL/Constrained_Delaunay_triangulation_2.h>
#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/Triangulation_face_base_with_info_2.h>
#include <CGAL/Triangulation_vertex_base_with_info_2.h>

#include <algorithm>

namespace fitwright {

namespace {

using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
using VertexBase = CGAL::Triangulation_vertex_base_with_info_2<std::uint32_t, Kernel>;
using FaceBase =
    CGAL::Triangulation_face_base_with_info_2<int, Kernel, CGAL::Constrained_triangulation_face_base_2<Kernel>>;
using Cdt =
    CGAL::Constrained_Delaunay_triangulation_2<Kernel, CGAL::Triangulation_data_structure_2<VertexBase, FaceBase>,
                                               CGAL::No_constraint_intersection_tag>;

constexpr int unmarked = -1;

}  // namespace

struct RegionTriangulation::Impl {
  Cdt cdt;
  std::vector<Cdt::Vertex_handle> vertices;
  std::uint32_t next = 0;

  // Nesting level of every face: how many loops lie between it and the outside. Odd is inside.
  void mark() {
    for (auto f = cdt.all_faces_begin(); f != cdt.all_faces_end(); ++f) f->info() = unmarked;
    std::vector<Cdt::Edge> border;
    flood(cdt.infinite_face(), 0, border);
    while (!border.empty()) {
      const Cdt::Edge edge = border.back();
      border.pop_back();
      const auto other = edge.first->neighbor(edge.second);
      if (other->info() == unmarked) flood(other, edge.first->info() + 1, border);
    }
  }

  void flood(Cdt::Face_handle start, int level, std::vector<Cdt::Edge>& border) {
    std::vector<Cdt::Face_handle> todo{start};
    start->info() = level;
    while (!todo.empty()) {
      const auto face = todo.back();
      todo.pop_back();
      for (int i = 0; i < 3; ++i) {
        const auto other = face->neighbor(i);
        if (other->info() != unmarked) continue;
        if (cdt.is_constrained({face, i})) {
          border.push_back({face, i});
        } else {
          other->info() = level;
          todo.push_back(other);
        }
      }
    }
  }

  static bool inside(Cdt::Face_handle face) { return face->info() % 2 == 1; }
};

RegionTriangulation::RegionTriangulation(std::span<const Vec2> points,
                                         std::span<const std::vector<std::uint32_t>> loops)
    : impl_(std::make_unique<Impl>()) {
  Cdt& cdt = impl_->cdt;
  impl_->vertices.reserve(points.size());
  Cdt::Face_handle hint;
  for (const Vec2& p : points) {
    const auto vertex = cdt.insert({p.x, p.y}, hint);
    vertex->info() = impl_->next++;
    hint = vertex->face();
    impl_->vertices.push_back(vertex);
  }
  if (cdt.number_of_vertices() != points.size()) {  // two points coincide
    crossing_ = true;
    return;
  }
  try {
    for (const auto& loop : loops)
      for (std::size_t i = 0; i < loop.size(); ++i)
        cdt.insert_constraint(impl_->vertices[loop[i]], impl_->vertices[loop[(i + 1) % loop.size()]]);
  } catch (const Cdt::Intersection_of_constraints_exception&) {
    crossing_ = true;
    return;
  }
  impl_->mark();
}

RegionTriangulation::~RegionTriangulation() = default;

bool RegionTriangulation::insert(Vec2 point) {
  Cdt& cdt = impl_->cdt;
  Cdt::Locate_type type;
  int index = 0;
  const auto face = cdt.locate({point.x, point.y}, type, index);
  if (type == Cdt::VERTEX || type == Cdt::OUTSIDE_AFFINE_HULL || type == Cdt::OUTSIDE_CONVEX_HULL) return false;
  if (!Impl::inside(face) || (type == Cdt::EDGE && cdt.is_constrained({face, index}))) return false;
  const auto vertex = cdt.insert({point.x, point.y}, type, face, index);
  vertex->info() = impl_->next++;
  // Whatever the flips touched lies around the new vertex, inside the same loops.
  auto around = cdt.incident_faces(vertex), end = around;
  do around->info() = 1;
  while (++around != end);
  return true;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> RegionTriangulation::inner_edges() const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (auto e = impl_->cdt.finite_edges_begin(); e != impl_->cdt.finite_edges_end(); ++e) {
    if (impl_->cdt.is_constrained(*e) || !Impl::inside(e->first)) continue;
    edges.push_back(
        std::minmax(e->first->vertex(Cdt::cw(e->second))->info(), e->first->vertex(Cdt::ccw(e->second))->info()));
  }
  // CGAL lists edges in an order that depends on where its faces lie in memory.
  std::sort(edges.begin(), edges.end());
  return edges;
}

std::vector<std::array<std::uint32_t, 3>> RegionTriangulation::triangles() const {
  std::vector<std::array<std::uint32_t, 3>> all;
  if (crossing_) return all;
  for (auto f = impl_->cdt.finite_faces_begin(); f != impl_->cdt.finite_faces_end(); ++f)
    if (Impl::inside(f)) all.push_back({f->vertex(0)->info(), f->vertex(1)->info(), f->vertex(2)->info()});
  return all;
}

}  // namespace fitwright
