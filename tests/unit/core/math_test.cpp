#include "geometry/core/math.hpp"

#include "tests/catch.hpp"

using namespace fitwright;

namespace {
void check_near(Vec3 a, Vec3 b) { CHECK(length(a - b) == Approx(0).margin(1e-12)); }
}  // namespace

TEST_CASE("quarter turns are exact") {
  const Placement turn = Placement::rotation({0, 0, 1}, 90);
  CHECK(turn.apply({1, 0, 0}) == Vec3{0, 1, 0});
  CHECK(Placement::rotation({1, 0, 0}, 90).apply({0, 1, 0}) == Vec3{0, 0, 1});
  CHECK(Placement::rotation({0, 1, 0}, 90).apply({0, 0, 1}) == Vec3{1, 0, 0});
  CHECK(Placement::rotation({0, 0, 1}, 360).apply({3, 4, 5}) == Vec3{3, 4, 5});
}

TEST_CASE("a rotation about a point leaves it in place") {
  const Placement turn = Placement::rotation({1, 1, 1}, 120, {5, 0, 0});
  check_near(turn.apply({5, 0, 0}), {5, 0, 0});
  // A third of a turn about the diagonal takes x to y.
  check_near(turn.apply_direction({1, 0, 0}), {0, 1, 0});
}

TEST_CASE("products apply the right factor first, inverses undo") {
  const Placement a = Placement::translation({10, 0, 0}), b = Placement::rotation({0, 0, 1}, 90);
  CHECK((a * b).apply({1, 0, 0}) == Vec3{10, 1, 0});
  CHECK((b * a).apply({1, 0, 0}) == Vec3{0, 11, 0});
  const Placement c = a * Placement::rotation({1, 2, 3}, 37) * Placement::reflection({1, 1, 0}, {2, 0, 0});
  check_near((c * c.inverse()).apply({1, 2, 3}), {1, 2, 3});
  CHECK(c.mirrors());
  CHECK_FALSE(c.inverse().inverse().determinant() > 0);
}

TEST_CASE("turning takes one direction to the other") {
  for (const Vec3 from : {Vec3{1, 0, 0}, Vec3{0, -1, 0}, Vec3{0, 0, 1}})
    for (const Vec3 to : {Vec3{0, 0, 1}, Vec3{0, 0, -1}, Vec3{-1, 0, 0}}) {
      CHECK(Placement::turning(from, to).apply_direction(from) == to);
      CHECK(Placement::turning(from, to).determinant() == Approx(1));
    }
}

TEST_CASE("boxes grow") {
  Box3 box;
  CHECK(box.empty());
  CHECK(box.size() == Vec3{});
  box.add(Vec3{1, 2, 3});
  box.add(Vec3{-1, 5, 0});
  CHECK(box.size() == Vec3{2, 3, 3});
}
