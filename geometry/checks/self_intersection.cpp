#include "geometry/checks/self_intersection.hpp"

#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/box_intersection_d.h>

#include <algorithm>
#include <cmath>
#include <exception>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"

namespace fitwright {

namespace {

using Exact = CGAL::Exact_predicates_inexact_constructions_kernel;
using Point = Exact::Point_3;
using Box =
    CGAL::Box_intersection_d::Box_with_info_d<double, 3, std::uint32_t, CGAL::Box_intersection_d::ID_FROM_BOX_ADDRESS>;

enum class Halt { limit, cancelled, budget };

class Search {
 public:
  Search(const TriangleMesh& mesh, std::size_t limit, std::stop_token stop)
      : mesh_(mesh), limit_(limit), stop_(std::move(stop)), budget_(50'000'000 + 100 * mesh.triangles.size()) {}

  Result<std::vector<Crossing>> run() {
    std::vector<Box> boxes = make_boxes();
    try {
      constexpr std::ptrdiff_t cutoff = 2000;  // below this many boxes CGAL compares all pairs along one axis
      std::vector<const Box*> order;
      order.reserve(boxes.size());
      for (const Box& box : boxes) order.push_back(&box);
      CGAL::box_self_intersection_d(
          order.begin(), order.end(), [this](const Box* a, const Box* b) { meet(*a, *b); }, cutoff);
    } catch (Halt halt) {
      if (halt == Halt::cancelled) return fail(ErrorKind::cancelled, "the check for self-intersection was cancelled");
      if (halt == Halt::budget)
        return fail(ErrorKind::geometry, "too many triangles overlap closely to look for self-intersections");
    } catch (const std::exception& e) {
      return fail(ErrorKind::geometry, std::string("the search for self-intersections failed (") + e.what() + ")");
    }
    std::sort(found_.begin(), found_.end(), [](const Crossing& a, const Crossing& b) {
      return std::pair(a.first, a.second) < std::pair(b.first, b.second);
    });
    return std::move(found_);
  }

 private:
  Point point(std::uint32_t vertex) const {
    const Vec3& v = mesh_.vertices[vertex];
    return {v.x, v.y, v.z};
  }
  Exact::Triangle_3 triangle(const Triangle& t) const { return {point(t[0]), point(t[1]), point(t[2])}; }

  bool usable(const Triangle& t) const {
    for (const std::uint32_t i : t) {
      if (i >= mesh_.vertices.size()) return false;
      const Vec3& v = mesh_.vertices[i];
      if (!std::isfinite(v.x) || !std::isfinite(v.y) || !std::isfinite(v.z)) return false;
    }
    return !CGAL::collinear(point(t[0]), point(t[1]), point(t[2]));
  }

  std::vector<Box> make_boxes() const {
    std::vector<Box> boxes;
    boxes.reserve(mesh_.triangles.size());
    for (std::uint32_t i = 0; i < mesh_.triangles.size(); ++i)
      if (usable(mesh_.triangles[i])) boxes.emplace_back(triangle(mesh_.triangles[i]).bbox(), i);
    return boxes;
  }

  void meet(const Box& a, const Box& b) {
    if (budget_-- == 0) throw Halt::budget;
    if (budget_ % 4096 == 0 && stop_.stop_requested()) throw Halt::cancelled;
    if (!cross(mesh_.triangles[a.info()], mesh_.triangles[b.info()])) return;
    const auto middle = [&](int axis) {
      return (std::max(a.min_coord(axis), b.min_coord(axis)) + std::min(a.max_coord(axis), b.max_coord(axis))) / 2;
    };
    const auto [first, second] = std::pair(std::min(a.info(), b.info()), std::max(a.info(), b.info()));
    found_.push_back({first, second, {middle(0), middle(1), middle(2)}});
    if (found_.size() >= limit_) throw Halt::limit;
  }

  // Corners that both have come first, in the same order, in both.
  static int align(Triangle& a, Triangle& b) {
    int shared = 0;
    for (int i = 0; i < 3; ++i)
      for (int j = shared; j < 3; ++j)
        if (a[i] == b[j]) {
          std::swap(b[shared], b[j]);
          std::swap(a[shared], a[i]);
          ++shared;
          break;
        }
    return shared;
  }

  bool cross(Triangle a, Triangle b) const {
    switch (align(a, b)) {
      case 0: return CGAL::do_intersect(triangle(a), triangle(b));
      case 1:
        return CGAL::do_intersect(triangle(a), Exact::Segment_3(point(b[1]), point(b[2]))) ||
               CGAL::do_intersect(triangle(b), Exact::Segment_3(point(a[1]), point(a[2])));
      case 2: {  // an edge: they overlap only when folded flat onto each other
        const Point p = point(a[0]), q = point(a[1]), r = point(a[2]), s = point(b[2]);
        return CGAL::coplanar(p, q, r, s) && CGAL::coplanar_orientation(p, q, r, s) == CGAL::POSITIVE;
      }
      default: return true;
    }
  }

  const TriangleMesh& mesh_;
  std::size_t limit_;
  std::stop_token stop_;
  std::size_t budget_;
  std::vector<Crossing> found_;
};

void run(Specimen& specimen, CheckSink& sink) {
  constexpr std::size_t limit = 1000;
  const Result<std::vector<Crossing>> crossings = self_intersections(specimen.mesh(), limit, specimen.stop);
  if (!crossings) return sink.undecided(crossings.error().message);
  if (crossings->empty()) return;
  const std::string count = std::to_string(crossings->size());
  Finding finding;
  finding.severity = Severity::blocks;
  finding.message = "the surface of the part touches or runs through itself: " +
                    (crossings->size() == limit ? "at least " + count : count) + " pairs of triangles";
  finding.measured = static_cast<double>(crossings->size());
  finding.required = 0;
  finding.unit = "pairs";
  finding.at = crossings->front().at;
  finding.suggestion = "unite the bodies that overlap, or move them apart";
  sink.found(std::move(finding));
}

}  // namespace

Result<std::vector<Crossing>> self_intersections(const TriangleMesh& mesh, std::size_t limit, std::stop_token stop) {
  return Search(mesh, std::max<std::size_t>(limit, 1), std::move(stop)).run();
}

const Check self_intersection_check{
    "self_intersection",
    "No self-intersection",
    "No two triangles of the surface cross, overlap or touch save at shared edges and corners.",
    {},
    {},
    false,
    run,
    "Exact predicates on every pair of triangles whose boxes meet."};

}  // namespace fitwright
