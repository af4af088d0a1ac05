// Walls and gaps between meshes made by hand, against closed forms.
#include "geometry/checks/narrow.hpp"

#include <random>

#include "geometry/checks/reference_tree.hpp"
#include "tests/catch.hpp"
#include "tests/unit/checks/bodies.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

NarrowPlace narrowest(const TriangleMesh& mesh, Between between, double limit) {
  REQUIRE(mesh_faults(mesh).empty());
  const Surface surface(mesh);
  const auto places = narrow_places(surface, between, limit);
  REQUIRE(places);
  NarrowPlace best;
  for (const NarrowPlace& place : *places)
    if (place.width < best.width) best = place;
  return best;
}

double thickness(const TriangleMesh& mesh, double limit) { return narrowest(mesh, Between::material, limit).width; }
double gap(const TriangleMesh& mesh, double limit) { return narrowest(mesh, Between::air, limit).width; }

}  // namespace

TEST_CASE("a plate is as thick as its planes are apart, wherever it lies; its edges are not thin") {
  for (const double t : {0.1, 0.8, 3.0}) {
    const TriangleMesh plate = box_mesh({-50, 7, 0}, {60, 40, t});
    CHECK(thickness(plate, t + 1) == Approx(t).epsilon(1e-12));
    CHECK(std::isinf(thickness(plate, t)));  // exactly at the limit is not below it
    const TriangleMesh turned = placed(plate, Placement::rotation({1, 2, 3}, 33, {500, 0, 20}));
    CHECK(thickness(turned, t + 1) == Approx(t).epsilon(1e-9));
  }
  CHECK(std::isinf(gap(box_mesh({0, 0, 0}, {9, 9, 1}), 100)));
}

TEST_CASE("a ball is as thick as its diameter, a shell as its wall") {
  CHECK(thickness(sphere_mesh({1, 2, 3}, 2, 3), 5) == Approx(4).epsilon(0.02));
  CHECK(std::isinf(thickness(sphere_mesh({1, 2, 3}, 2, 3), 3.8)));
  const TriangleMesh shell = together(sphere_mesh({}, 20, 5), turned_inside_out(sphere_mesh({}, 19, 5)));
  CHECK(thickness(shell, 2) == Approx(1).epsilon(0.02));
  CHECK(std::isinf(thickness(shell, 0.98)));
}

TEST_CASE("a cavity that lies off the middle of everything is found where it comes near the face") {
  // A ball of radius 2 in a block of two triangles a side, its top 0.5 below the face, in a far corner.
  const Vec3 at{93.7, 88.1, 10 - 2.5};
  const TriangleMesh block = together(box_mesh({0, 0, 0}, {100, 100, 10}), turned_inside_out(sphere_mesh(at, 2, 4)));
  const NarrowPlace place = narrowest(block, Between::material, 0.8);
  CHECK(place.width == Approx(0.5).margin(0.01));
  const Vec3 middle = (place.p + place.q) * 0.5;
  CHECK(length(middle - Vec3{at.x, at.y, 9.75}) < 0.2);
  CHECK(std::isinf(thickness(block, 0.49)));
}

TEST_CASE("two balls of air side by side leave the wall between them") {
  const TriangleMesh block =
      together(together(box_mesh({0, 0, 0}, {40, 40, 40}), turned_inside_out(sphere_mesh({13.1, 17, 20}, 5, 4))),
               turned_inside_out(sphere_mesh({13.1 + 10.6, 17, 20}, 5, 4)));
  const NarrowPlace place = narrowest(block, Between::material, 0.8);
  CHECK(place.width == Approx(0.6).margin(0.02));
  CHECK(length((place.p + place.q) * 0.5 - Vec3{18.4, 17, 20}) < 0.5);
}

TEST_CASE("a groove with a sharp bottom leaves what is under its bottom, however steep its sides") {
  for (const double half_width : {0.3, 1.0, 3.0})
    for (const double left : {0.4, 0.7}) {
      // Profile of a bar 10 high with a V cut down to `left`; bottom off the middle.
      const TriangleMesh bar = prism_mesh(
          {{0, 0}, {30, 0}, {30, 10}, {11.3 + half_width, 10}, {11.3, left}, {11.3 - half_width, 10}, {0, 10}}, 25);
      const NarrowPlace place = narrowest(bar, Between::material, 0.8);
      CHECK(place.width == Approx(left).epsilon(1e-9));
      CHECK(place.p.x == Approx(11.3).margin(0.5));
    }
}

TEST_CASE("opposite grooves leave what is between their bottoms") {
  const TriangleMesh bar =
      prism_mesh({{0, 0}, {9, 0}, {10, 4.7}, {11, 0}, {30, 0}, {30, 10}, {12, 10}, {10, 5.3}, {8, 10}, {0, 10}}, 25);
  CHECK(thickness(bar, 0.8) == Approx(0.6).epsilon(1e-9));
}

TEST_CASE("a wedge has no thickness at its knife edge; cut off it is as thick as its end") {
  for (const double degrees : {5.0, 20.0, 35.0, 45.0}) {
    const double rise = std::tan(degrees / 2 * 3.14159265358979 / 180);
    const TriangleMesh sharp = prism_mesh({{0, 0}, {20, -20 * rise}, {20, 20 * rise}}, 15);
    CHECK(std::isinf(thickness(sharp, 1)));
    const double end = 0.5, start = end / 2 / rise;
    const TriangleMesh blunt = prism_mesh({{start, -end / 2}, {20, -20 * rise}, {20, 20 * rise}, {start, end / 2}}, 15);
    if (start < 19) CHECK(thickness(blunt, 1) == Approx(end / std::cos(degrees / 2 * 3.14159265358979 / 180)));
  }
  // Sides that lean more bound no wall.
  const double rise = std::tan(35 * 3.14159265358979 / 180);
  CHECK(std::isinf(
      thickness(prism_mesh({{0.3, -0.3 * rise}, {20, -20 * rise}, {20, 20 * rise}, {0.3, 0.3 * rise}}, 15), 0.8)));
}

TEST_CASE("a slot is as wide as its sides are apart; what lies behind a wall counts for nothing") {
  const TriangleMesh slotted =
      prism_mesh({{0, 0}, {30, 0}, {30, 10}, {15.4, 10}, {15.4, 3}, {15, 3}, {15, 10}, {0, 10}}, 20);
  CHECK(gap(slotted, 0.5) == Approx(0.4).epsilon(1e-9));
  CHECK(std::isinf(gap(slotted, 0.4)));
  // Two plates a little apart: each wall is 2 thick, the air between them 0.3.
  const TriangleMesh plates = together(box_mesh({0, 0, 0}, {50, 50, 2}), box_mesh({0, 0, 2.3}, {50, 50, 4.3}));
  CHECK(gap(plates, 1) == Approx(0.3).epsilon(1e-9));
  CHECK(thickness(plates, 10) == Approx(2).epsilon(1e-9));
}

TEST_CASE("two blocks that meet at a corner leave a neck") {
  // An S of two squares that overlap by 0.3 in both directions: the neck is the diagonal of the overlap.
  const TriangleMesh neck =
      prism_mesh({{0, 0}, {10, 0}, {10, 9.7}, {20, 9.7}, {20, 20}, {9.7, 20}, {9.7, 10}, {0, 10}}, 12);
  const NarrowPlace place = narrowest(neck, Between::material, 1);
  CHECK(place.width == Approx(0.3 * std::sqrt(2.0)).epsilon(1e-9));
}

TEST_CASE("lines of sight agree with CGAL's tree") {
  const TriangleMesh mesh = together(sphere_mesh({}, 10, 4), sphere_mesh({18, 3, 1}, 7, 3));
  const ReferenceTree tree(mesh);
  const Surface surface(mesh);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(-25, 30);
  for (int i = 0; i < 2000; ++i) {
    const Vec3 a{place(random), place(random), place(random)}, b{place(random), place(random), place(random)};
    std::size_t ours = 0;
    surface.tree().along(a, b, [&](std::uint32_t t) { ours += crossing_of_segment(a, b, surface.corners(t)) >= 0; });
    CHECK(ours == tree.crossings(a, b));
    // The nearest point of the surface, by the same tree.
    double nearest = 1e9;
    Box3 here;
    here.add(a);
    surface.tree().near(here, nearest, [&](std::uint32_t t) {
      nearest = std::min(nearest, length(nearest_on_triangle(a, surface.corners(t)) - a));
    });
    CHECK(nearest == Approx(tree.distance(a)).epsilon(1e-9));
  }
}

TEST_CASE("the search can be cancelled") {
  const TriangleMesh mesh = sphere_mesh({}, 1, 5);
  const Surface surface(mesh);
  std::stop_source stop;
  stop.request_stop();
  const auto places = narrow_places(surface, Between::material, 1, 0, stop.get_token());
  REQUIRE_FALSE(places);
  CHECK(places.error().kind == ErrorKind::cancelled);
}
