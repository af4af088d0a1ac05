#include <chrono>
#include <limits>
#include <numbers>

#include "tests/catch.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::size_t count_of(const std::vector<MeshFault>& faults, MeshFaultKind kind) {
  for (const MeshFault& fault : faults)
    if (fault.kind == kind) return fault.count;
  return 0;
}

}  // namespace

TEST_CASE("volume, area and bounds of a box are those of the closed form") {
  // 2 x 3 x 4 far from the origin: volume 24, area 2 (6 + 8 + 12) = 52.
  const TriangleMesh box = box_mesh({1e5, -2e5, 3e5}, {1e5 + 2, -2e5 + 3, 3e5 + 4});
  CHECK(volume(box) == Approx(24).epsilon(1e-12));
  CHECK(area(box) == Approx(52).epsilon(1e-12));
  CHECK(bounds(box) == Box3{{1e5, -2e5, 3e5}, {1e5 + 2, -2e5 + 3, 3e5 + 4}});
}

TEST_CASE("an octahedron has 4/3 r^3, and its refinements approach the ball from inside") {
  CHECK(volume(sphere_mesh({}, 3, 0)) == Approx(4.0 / 3 * 27).epsilon(1e-12));
  const double ball = 4.0 / 3 * std::numbers::pi * 27;
  const double fine = volume(sphere_mesh({5, 6, 7}, 3, 5));
  CHECK(fine < ball);
  CHECK(fine > 0.998 * ball);
}

TEST_CASE("sound meshes have no faults") {
  CHECK(mesh_faults(unit_cube()).empty());
  CHECK(mesh_faults(sphere_mesh({1, 2, 3}, 10, 3)).empty());
  CHECK(mesh_faults(together(unit_cube(), box_mesh({2, 0, 0}, {3, 1, 1}))).empty());
}

TEST_CASE("a placement that mirrors keeps a mesh outward") {
  TriangleMesh mesh = sphere_mesh({4, 0, 0}, 2, 2);
  mesh.normals.assign(mesh.triangles.size(), {Vec3f{1, 0, 0}, Vec3f{0, 1, 0}, Vec3f{0, 0, 1}});
  const TriangleMesh mirrored = placed(mesh, Placement::reflection({1, 0, 0}));
  CHECK(mesh_faults(mirrored).empty());
  CHECK(volume(mirrored) == Approx(volume(mesh)));
  CHECK(bounds(mirrored).max.x == Approx(-2));
  // Corners 1 and 2 change places together with their normals; x is reversed.
  CHECK(mirrored.normals[0] == std::array{Vec3f{-1, 0, 0}, Vec3f{0, 0, 1}, Vec3f{0, 1, 0}});

  const TriangleMesh moved = placed(mesh, Placement::translation({0, 0, 5}));
  CHECK(moved.triangles == mesh.triangles);
  CHECK(moved.normals == mesh.normals);
  CHECK(bounds(moved).min.z == Approx(3));
}

TEST_CASE("a missing triangle leaves three open edges") {
  TriangleMesh mesh = unit_cube();
  mesh.triangles.pop_back();  // {3, 7, 5}, in the plane x = 1
  const auto faults = mesh_faults(mesh);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == MeshFaultKind::open_edge);
  CHECK(faults[0].count == 3);
  CHECK(faults[0].at.x == 1);
  CHECK(describe(faults[0]).find("3 open edges, the first at (1, ") == 0);
}

TEST_CASE("a triangle turned over is found by its three edges") {
  TriangleMesh mesh = unit_cube();
  std::swap(mesh.triangles[4][0], mesh.triangles[4][1]);
  const auto faults = mesh_faults(mesh);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == MeshFaultKind::flipped);
  CHECK(faults[0].count == 3);
  CHECK(faults[0].at.y == 0);
}

TEST_CASE("a triangle that occurs twice is found, whichever corner it starts with and whichever way it faces") {
  for (const Triangle& again : {Triangle{3, 7, 5}, Triangle{7, 5, 3}, Triangle{5, 7, 3}}) {
    TriangleMesh mesh = unit_cube();
    mesh.triangles.push_back(again);
    const auto faults = mesh_faults(mesh);
    CHECK(count_of(faults, MeshFaultKind::duplicate) == 1);
    CHECK(count_of(faults, MeshFaultKind::non_manifold_edge) == 3);
  }
}

TEST_CASE("triangles with two equal indices or coordinates are degenerate") {
  TriangleMesh mesh = unit_cube();
  mesh.triangles.push_back({0, 0, 1});
  CHECK(count_of(mesh_faults(mesh), MeshFaultKind::degenerate) == 1);

  // Splitting vertex 7 in two at the same place: closed by index, but with two triangles without area.
  mesh = unit_cube();
  mesh.vertices.push_back(mesh.vertices[7]);
  mesh.triangles[9] = {3, 6, 7};  // y = 1 keeps 7
  mesh.triangles[7] = {3, 6, 8};
  mesh.triangles.push_back({3, 8, 7});
  CHECK(count_of(mesh_faults(mesh), MeshFaultKind::degenerate) == 1);
}

TEST_CASE("two cubes that share an edge are not manifold there") {
  // The second cube touches the first along x = y = 1; welding joins the vertices of that edge.
  const TriangleMesh both = together(unit_cube(), box_mesh({1, 1, 0}, {2, 2, 1}));
  CHECK(mesh_faults(both).empty());
  std::vector<Vec3> soup;
  for (const Triangle& t : both.triangles)
    for (const std::uint32_t i : t) soup.push_back(both.vertices[i]);
  const auto faults = mesh_faults(weld(soup));
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == MeshFaultKind::non_manifold_edge);
  CHECK(faults[0].count == 1);
  CHECK(faults[0].at == Vec3{1, 1, 0.5});
}

TEST_CASE("a shell inside out is a fault, a cavity is not") {
  const TriangleMesh outer = box_mesh({0, 0, 0}, {10, 10, 10});
  const TriangleMesh inner = box_mesh({4, 4, 4}, {6, 6, 6});
  CHECK(count_of(mesh_faults(turned_inside_out(outer)), MeshFaultKind::inside_out) == 1);
  CHECK(mesh_faults(together(outer, turned_inside_out(inner))).empty());
  CHECK(mesh_faults(together(turned_inside_out(inner), outer)).empty());
  // The small one stands outside the big one, so the sum of volumes alone would not tell.
  const TriangleMesh beside = turned_inside_out(box_mesh({20, 0, 0}, {21, 1, 1}));
  CHECK(count_of(mesh_faults(together(outer, beside)), MeshFaultKind::inside_out) == 1);
  // A cavity inside a cavity's air is outside the material.
  const TriangleMesh core = turned_inside_out(box_mesh({4.5, 4.5, 4.5}, {5.5, 5.5, 5.5}));
  CHECK(count_of(mesh_faults(together(together(outer, turned_inside_out(inner)), core)), MeshFaultKind::inside_out) ==
        1);
  // A flat pillow encloses nothing.
  TriangleMesh flat = unit_cube();
  for (Vec3& v : flat.vertices) v.z = v.x;  // squeezed into the plane z = x
  CHECK_FALSE(mesh_faults(flat).empty());
  TriangleMesh pillow;
  pillow.vertices = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  pillow.triangles = {{0, 1, 2}, {0, 2, 1}};
  CHECK(count_of(mesh_faults(pillow), MeshFaultKind::duplicate) == 1);
}

TEST_CASE("broken numbers and indices are reported, with a place that is a number") {
  TriangleMesh mesh = unit_cube();
  mesh.vertices[7].y = std::numeric_limits<double>::quiet_NaN();
  mesh.vertices[6].z = std::numeric_limits<double>::infinity();
  const auto faults = mesh_faults(mesh);
  REQUIRE(count_of(faults, MeshFaultKind::not_finite) == 2);
  CHECK(faults[0].at == Vec3{0, 1, 0});

  mesh = unit_cube();
  mesh.triangles[3] = {1, 2, 99};
  CHECK(count_of(mesh_faults(mesh), MeshFaultKind::bad_index) == 1);
  mesh.vertices.clear();
  CHECK(count_of(mesh_faults(mesh), MeshFaultKind::bad_index) == 12);

  REQUIRE(mesh_faults({}).size() == 1);
  CHECK(mesh_faults({})[0].kind == MeshFaultKind::empty);
}

TEST_CASE("welding joins equal corners only, in the order of first use") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Vec3> soup{{0, 0, 0},      {1, 0, 0},   {0, 1, 0},   {-0.0, 0, 0}, {0, 1, 0},
                               {1, 0, 1e-300}, {nan, 0, 0}, {nan, 0, 0}, {0, 0, 0},    {9, 9, 9}};
  const TriangleMesh mesh = weld(soup);
  REQUIRE(mesh.triangles.size() == 3);  // the tenth corner makes no triangle
  CHECK(mesh.triangles[0] == Triangle{0, 1, 2});
  CHECK(mesh.triangles[1] == Triangle{0, 2, 3});
  CHECK(mesh.triangles[2] == Triangle{4, 5, 0});
  CHECK(mesh.vertices.size() == 6);
  CHECK(weld({}).triangles.empty());
}

TEST_CASE("the manifold check is quick") {
  const TriangleMesh mesh = sphere_mesh({}, 50, 6);  // 32,768 triangles
  const auto start = std::chrono::steady_clock::now();
  CHECK(mesh_faults(mesh).empty());
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  INFO("mesh_faults of " << mesh.triangles.size() << " triangles: " << spent.count() << " ms");
  CHECK(spent.count() < 500);  // a hundred times what it takes: only a change of order shows
}
