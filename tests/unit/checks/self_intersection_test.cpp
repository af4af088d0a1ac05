#include "geometry/checks/self_intersection.hpp"

#include <limits>

#include "tests/catch.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::vector<Crossing> crossings(const TriangleMesh& mesh, std::size_t limit = 100'000) {
  const auto found = self_intersections(mesh, limit);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("sound surfaces do not cross themselves") {
  CHECK(crossings(unit_cube()).empty());
  CHECK(crossings(sphere_mesh({1, 2, 3}, 10, 4)).empty());
  CHECK(crossings(together(sphere_mesh({}, 1, 3), sphere_mesh({2.5, 0, 0}, 1, 3))).empty());
  // A cavity lies inside without touching.
  CHECK(crossings(together(sphere_mesh({}, 2, 3), turned_inside_out(sphere_mesh({}, 1, 3)))).empty());
}

TEST_CASE("interpenetrating spheres cross near the circle in which they meet") {
  // Unit spheres at x = 0 and x = 1.2 meet where x = 0.6 and y^2 + z^2 = 1 - 0.36 = 0.64.
  const auto found = crossings(together(sphere_mesh({}, 1, 4), sphere_mesh({1.2, 0, 0}, 1, 4)));
  REQUIRE(found.size() > 20);
  for (const Crossing& c : found) {
    CHECK(c.at.x == Approx(0.6).margin(0.1));
    CHECK(std::hypot(c.at.y, c.at.z) == Approx(0.8).margin(0.1));
    CHECK(c.first < 2048);  // one triangle of each: 8 * 4^4 = 2048 a sphere
    CHECK(c.second >= 2048);
  }
}

TEST_CASE("two boxes pushed through each other cross on every side that is pierced") {
  // A post of 1 x 1 through a plate of thickness 1: it goes in and out, so crossings lie at z = 0 and z = 1.
  const auto found = crossings(together(box_mesh({-5, -5, 0}, {5, 5, 1}), box_mesh({1, 2, -3}, {2, 3, 4})));
  bool below = false, above = false;
  for (const Crossing& c : found) {
    below = below || c.at.z == Approx(0).margin(1e-9);
    above = above || c.at.z == Approx(1).margin(1e-9);
  }
  CHECK(below);
  CHECK(above);
}

TEST_CASE("touching counts") {
  CHECK_FALSE(crossings(together(unit_cube(), box_mesh({1, 0, 0}, {2, 1, 1}))).empty());  // by a face
  CHECK_FALSE(crossings(together(unit_cube(), box_mesh({1, 1, 0}, {2, 2, 1}))).empty());  // by an edge
  CHECK_FALSE(crossings(together(unit_cube(), box_mesh({1, 1, 1}, {2, 2, 2}))).empty());  // by a corner
  CHECK(crossings(together(unit_cube(), box_mesh({1 + 1e-9, 0, 0}, {2, 1, 1}))).empty());
}

TEST_CASE("neighbours folded flat onto each other cross, neighbours in a plane do not") {
  TriangleMesh mesh;
  mesh.vertices = {{0, 0, 0}, {4, 0, 0}, {2, 3, 0}, {2, 1, 0}, {2, -3, 0}};
  mesh.triangles = {{0, 1, 2}, {1, 0, 3}};
  CHECK(crossings(mesh).size() == 1);
  mesh.triangles = {{0, 1, 2}, {1, 0, 4}};
  CHECK(crossings(mesh).empty());
}

TEST_CASE("triangles that share a corner cross when one runs through the other") {
  TriangleMesh mesh;
  mesh.vertices = {{0, 0, 0}, {4, 0, 0}, {0, 4, 0}, {1, 1, 1}, {2, 2, -1}, {1, 1, 2}};
  mesh.triangles = {{0, 1, 2}, {3, 0, 4}};
  CHECK(crossings(mesh).size() == 1);
  mesh.triangles = {{0, 1, 2}, {3, 0, 5}};
  CHECK(crossings(mesh).empty());
}

TEST_CASE("open, non-manifold and broken input is searched all the same") {
  TriangleMesh mesh = together(sphere_mesh({}, 1, 2), sphere_mesh({1, 0, 0}, 1, 2));
  const std::size_t before = crossings(mesh).size();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto next = static_cast<std::uint32_t>(mesh.vertices.size());
  mesh.vertices.push_back({nan, 0, 0});
  mesh.triangles.push_back({0, 1, next});       // not a number
  mesh.triangles.push_back({0, 1, next + 50});  // no such vertex
  mesh.triangles.push_back({2, 2, 3});          // degenerate
  CHECK(crossings(mesh).size() == before);
  CHECK(crossings({}).empty());
}

TEST_CASE("the search stops at its limit, at a stop request, and before it takes minutes") {
  const TriangleMesh mesh = together(sphere_mesh({}, 1, 4), sphere_mesh({1, 0, 0}, 1, 4));
  CHECK(crossings(mesh, 5).size() == 5);

  std::stop_source source;
  source.request_stop();
  const auto stopped = self_intersections(sphere_mesh({}, 1, 6), 1000, source.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().kind == ErrorKind::cancelled);
}
