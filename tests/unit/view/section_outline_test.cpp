// The rim of a cut, against sections known by hand.
#include "app/view/section_outline.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "tests/catch.hpp"

using namespace fitwright;

namespace {

constexpr std::uint32_t sides = 24;

/// A tube along z from 0 to 10 of regular polygons with corners on radii 5 and 3; its vertices are shared.
TriangleMesh tube() {
  TriangleMesh mesh;
  for (const double z : {0.0, 10.0})
    for (const double radius : {5.0, 3.0})
      for (std::uint32_t i = 0; i < sides; ++i) {
        const double angle = 2 * std::numbers::pi * i / sides;
        mesh.vertices.push_back({radius * std::cos(angle), radius * std::sin(angle), z});
      }
  const auto ring = [](std::uint32_t level, std::uint32_t i) { return level * sides + i % sides; };
  for (std::uint32_t i = 0; i < sides; ++i)
    for (const auto& [a, b] : {std::pair{0U, 2U}, {2U, 3U}, {3U, 1U}, {1U, 0U}}) {  // outside, top, inside, bottom
      mesh.triangles.push_back({ring(a, i), ring(a, i + 1), ring(b, i + 1)});
      mesh.triangles.push_back({ring(a, i), ring(b, i + 1), ring(b, i)});
    }
  return mesh;
}

double length_of(const std::vector<Segment>& outline) {
  double sum = 0;
  for (const auto& [a, b] : outline) sum += length(b - a);
  return sum;
}

/// As many segments begin or end at each point as make closed loops.
bool closed(const std::vector<Segment>& outline) {
  std::map<std::array<double, 3>, int> ends;
  for (const Segment& segment : outline)
    for (const Vec3& p : segment) ++ends[{p.x, p.y, p.z}];
  return !outline.empty() && std::all_of(ends.begin(), ends.end(), [](const auto& end) { return end.second == 2; });
}

}  // namespace

TEST_CASE("a tube cut across shows two polygons") {
  const auto outline = section_outline(tube(), {{0, 0, 1}, -4});
  CHECK(closed(outline));
  for (const Segment& segment : outline)
    for (const Vec3& p : segment) CHECK(p.z == Approx(4).margin(1e-12));
  const double chord = 2 * std::sin(std::numbers::pi / sides);
  CHECK(length_of(outline) == Approx(sides * chord * (5 + 3)));
}

TEST_CASE("a tube cut along its axis shows two rectangles") {
  // Between corners: the walls are as thick as the polygons' inscribed circles are apart.
  const double half = std::numbers::pi / sides;
  const auto outline = section_outline(tube(), {{-std::sin(half), std::cos(half), 0}, 0});
  CHECK(closed(outline));
  CHECK(length_of(outline) == Approx(2 * (2 * 10 + 2 * (5 - 3) * std::cos(half))));
}

TEST_CASE("a slanted cut, and one through vertices, leave no loop open; one beside the mesh shows nothing") {
  CHECK(closed(section_outline(tube(), {normalized(Vec3{0.3, 0.2, 1}), -5})));
  CHECK(closed(section_outline(tube(), {{0, 1, 0}, 0})));
  CHECK(section_outline(tube(), {{0, 0, 1}, 1}).empty());
}
