// Convex hulls, and what fits where when it is turned.
#include <random>

#include "geometry/checks/hull.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

std::vector<Vec2> bar(double long_side, double short_side, double degrees) {
  const double a = degrees * 3.14159265358979323846 / 180;
  std::vector<Vec2> corners;
  for (const auto& [x, y] : {std::pair{0.0, 0.0}, {long_side, 0.0}, {long_side, short_side}, {0.0, short_side}})
    corners.push_back({x * std::cos(a) - y * std::sin(a), x * std::sin(a) + y * std::cos(a)});
  return convex_hull(std::move(corners));
}

// Whether a p x q rectangle (p >= q) fits in a x b (a >= b): Carver's inequality, proved in Wetzel's "Rectangles in
// rectangles", Mathematics Magazine 73 (2000).
bool carver(double p, double q, double a, double b) {
  if (p <= a) return q <= b;
  const double s = p * p + q * q;
  return q <= b && b * s >= 2 * p * q * a + (p * p - q * q) * std::sqrt(s - a * a) && s >= a * a;
}

}  // namespace

TEST_CASE("a rectangle is turned into another exactly when Carver's inequality says that it fits") {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> side(1, 30), angle(0, 360);
  int fitting = 0, aslant = 0;
  for (int i = 0; i < 4000; ++i) {
    const double a = side(random) + 20, b = std::min(a, side(random) + 5), p = side(random) * 2 + 5,
                 q = side(random) / 4;
    if (q > p) continue;
    const bool expected = carver(p, q, a, b);
    const auto turn = turn_that_fits(bar(p, q, angle(random)), a, b);
    CHECK(turn.has_value() == expected);
    fitting += expected;
    aslant += expected && p > a;
  }
  CHECK(fitting > 1000);
  CHECK(aslant > 20);
}

TEST_CASE("the turn that is told does fit") {
  const auto hull = bar(300, 10, 17);
  const auto turn = turn_that_fits(hull, 250, 210);
  REQUIRE(turn);
  Vec2 low{1e9, 1e9}, high{-1e9, -1e9};
  for (const Vec2& p : hull) {
    const Vec2 q{p.x * std::cos(*turn) - p.y * std::sin(*turn), p.x * std::sin(*turn) + p.y * std::cos(*turn)};
    low = {std::min(low.x, q.x), std::min(low.y, q.y)};
    high = {std::max(high.x, q.x), std::max(high.y, q.y)};
  }
  CHECK(high.x - low.x <= 250.00001);
  CHECK(high.y - low.y <= 210.00001);
}

TEST_CASE("the hull of a turned box has its corners and sides, and stands where the box would") {
  const Placement turn = Placement::rotation({1, 2, 3}, 40);
  std::vector<Vec3> points;
  for (int x = 0; x < 5; ++x)
    for (int y = 0; y < 5; ++y)
      for (int z = 0; z < 5; ++z) points.push_back(turn.apply({x * 10.0, y * 20.0, z * 30.0}));
  const auto hull = convex_hull(points);
  REQUIRE(hull);
  CHECK(hull->normals.size() >= 6);
  const auto up = up_that_fits(*hull, {40, 80, 120}, {});
  REQUIRE(up);
  CHECK(up->has_value());
  const auto too_small = up_that_fits(*hull, {40, 80, 119}, {});
  REQUIRE(too_small);
  CHECK_FALSE(too_small->has_value());
  CHECK_FALSE(convex_hull(std::vector<Vec3>{{0, 0, NAN}}));
  CHECK(convex_hull(std::vector<Vec3>{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}));
}
