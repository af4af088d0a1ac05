// Offsets and reliefs against closed forms.
#include "export/make/offset.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "export/make/relief.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

constexpr double pi = std::numbers::pi;

Contour2D polygon(const std::vector<Vec2>& corners) {
  Contour2D contour;
  for (std::size_t i = 0; i < corners.size(); ++i)
    contour.push_back(line2d(corners[i], corners[(i + 1) % corners.size()]));
  return contour;
}

Contour2D rectangle(double w, double h) { return polygon({{0, 0}, {w, 0}, {w, h}, {0, h}}); }

Contour2D grown(const Contour2D& contour, double distance, Corners corners = Corners::sharp) {
  const auto path = offset_from_material(contour, distance, corners);
  if (!path) FAIL(describe(path.error()));
  for (std::size_t i = 0; i < path->size(); ++i)
    CHECK(length((*path)[i].to - (*path)[(i + 1) % path->size()].from) < 1e-9);
  return *path;
}

// Each side grows by `d` times its length; an outer corner that turns by t adds a sector (t/2 d2) when rounded and two
// right triangles (tan(t/2) d2) when sharp; an inner corner takes the two triangles away.
double grown_area(const Contour2D& contour, double d, Corners corners) {
  double area = signed_area(contour) + length(contour) * d;
  for (std::size_t i = 0; i < contour.size(); ++i) {
    const Vec2 in = contour[i].direction_out(), out = contour[(i + 1) % contour.size()].direction_in();
    const double turn = std::atan2(cross(in, out), dot(in, out));
    const bool sharp = turn < 0 || (corners == Corners::sharp && turn < pi / 2 + 1e-6);
    area += d * d * (sharp ? std::tan(turn / 2) : turn / 2);
  }
  return area;
}

/// Corners around the origin at random angles and distances.
Contour2D star(std::mt19937& random, double least, double most) {
  std::uniform_real_distribution<double> distance(least, most), wobble(-0.2, 0.2);
  const int n = std::uniform_int_distribution<int>(5, 16)(random);
  std::vector<Vec2> corners;
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * pi * (i + wobble(random)) / n, r = distance(random);
    corners.push_back({r * std::cos(angle), r * std::sin(angle)});
  }
  return polygon(corners);
}

}  // namespace

TEST_CASE("a rectangle grows by the kerf and an opening shrinks by it") {
  CHECK(signed_area(grown(rectangle(100, 50), 0.1)) == Approx(100.2 * 50.2).epsilon(1e-12));
  CHECK(grown(rectangle(100, 50), 0.1).size() == 4);
  CHECK(signed_area(grown(rectangle(100, 50), 0.1, Corners::round)) ==
        Approx(100 * 50 + 300 * 0.1 + pi * 0.01).epsilon(1e-12));
  CHECK(signed_area(grown(reversed(rectangle(100, 50)), 0.1)) == Approx(-99.8 * 49.8).epsilon(1e-12));
  CHECK(signed_area(grown({circle2d({5, 5}, 10)}, 0.1)) == Approx(pi * 10.1 * 10.1).epsilon(1e-12));
  CHECK(signed_area(grown({circle2d({5, 5}, 10, true)}, 0.1)) == Approx(-pi * 9.9 * 9.9).epsilon(1e-12));
}

TEST_CASE("random outlines grow by what perimeter and corners say") {
  std::mt19937 random(7);
  int concave = 0;
  for (int i = 0; i < 400; ++i) {
    const Contour2D contour = star(random, 40, 80);
    for (const Corners corners : {Corners::sharp, Corners::round}) {
      CHECK(signed_area(grown(contour, 0.5, corners)) == Approx(grown_area(contour, 0.5, corners)).epsilon(1e-12));
      // An opening of this shape: what is outside of it is the material.
      const Contour2D opening = reversed(contour);
      CHECK(signed_area(grown(opening, 0.5, corners)) == Approx(grown_area(opening, 0.5, corners)).epsilon(1e-12));
    }
    concave += grown_area(contour, 1, Corners::round) < signed_area(contour) + length(contour) + pi - 1e-9;
  }
  CHECK(concave > 200);
}

TEST_CASE("arcs stay arcs about the same centre") {
  // A slot of length 20 between the centres, radius 3.
  const Contour2D slot{line2d({0, -3}, {20, -3}), arc2d({20, -3}, {20, 3}, {20, 0}, pi), line2d({20, 3}, {0, 3}),
                       arc2d({0, 3}, {0, -3}, {0, 0}, pi)};
  const Contour2D larger = grown(slot, 0.25), smaller = grown(reversed(slot), 0.25);
  CHECK(larger.size() == 4);
  CHECK(signed_area(larger) == Approx(20 * 6.5 + pi * 3.25 * 3.25).epsilon(1e-12));
  CHECK(signed_area(smaller) == Approx(-(20 * 5.5 + pi * 2.75 * 2.75)).epsilon(1e-12));
  CHECK(std::count_if(larger.begin(), larger.end(), [](const Piece2D& p) { return p.is_arc(); }) == 2);
  // A half disc: an arc meets a line in a corner on the outside, and in one on the inside as an opening.
  const Contour2D half{line2d({-10, 0}, {10, 0}), arc2d({10, 0}, {-10, 0}, {0, 0}, pi)};
  CHECK(signed_area(grown(half, 1)) == Approx(50 * pi + (20 + 10 * pi) + pi).epsilon(1e-12));
  // A circular segment of radius 9 whose chord lies 1 above the middle.
  const double angle = 2 * std::acos(1.0 / 9);
  CHECK(signed_area(grown(reversed(half), 1)) == Approx(-(81.0 / 2) * (angle - std::sin(angle))).epsilon(1e-12));
}

TEST_CASE("what is narrower than the kerf is refused, naming the place") {
  const Contour2D slit = reversed(rectangle(50, 0.2));
  const auto path = offset_from_material(slit, 0.15);
  REQUIRE_FALSE(path);
  CHECK(path.error().kind == ErrorKind::geometry);
  CHECK(path.error().message.find("too narrow at") != std::string::npos);
  CHECK_FALSE(offset_from_material({circle2d({0, 0}, 0.1, true)}, 0.1));
  CHECK_FALSE(offset_from_material({circle2d({0, 0}, 0.1, true)}, 0.2));
  // A deep notch that is narrower than the kerf: its walls would change places.
  const Contour2D notch = polygon({{0, 0}, {20, 0}, {20, 20}, {10.1, 20}, {10.1, 5}, {10, 5}, {10, 20}, {0, 20}});
  CHECK_FALSE(offset_from_material(notch, 0.1));
  CHECK(offset_from_material(notch, 0.04));
  // Jaws that nearly close: no single piece vanishes, but the paths would cross.
  const Contour2D jaws = polygon({{0, 0},
                                  {20, 0},
                                  {20, 20},
                                  {10.1, 20},
                                  {10.1, 19},
                                  {15, 19},
                                  {15, 5},
                                  {5, 5},
                                  {5, 19},
                                  {10, 19},
                                  {10, 20},
                                  {0, 20}});
  CHECK_FALSE(offset_from_material(jaws, 0.1));
}

TEST_CASE("a dogbone takes the closed form from each inside corner") {
  // Two segments of the circle lie outside of the corner, each under the angle by which the corner turns.
  const auto bone = [](double r, double turn) { return r * r * (turn - std::sin(turn)); };
  const Contour2D opening = reversed(rectangle(40, 20));
  const auto boned = relieved(opening, Relief::dogbone, 6);
  REQUIRE(boned);
  CHECK(boned->size() == 8);
  CHECK(signed_area(*boned) == Approx(-(800 + 4 * bone(3, pi / 2))).epsilon(1e-12));
  // The circle goes through the corner.
  for (const Piece2D& piece : *boned)
    if (piece.is_arc()) {
      CHECK(piece.radius() == Approx(3));
      const Vec2 corner{piece.centre.x < 20 ? 0.0 : 40.0, piece.centre.y < 10 ? 0.0 : 20.0};
      CHECK(length(piece.at(0.5) - corner) < 1e-9);
    }
  // Only corners of the void get one: none of an outer rectangle, all where a star goes in.
  CHECK(relieved(rectangle(40, 20), Relief::dogbone, 6)->size() == 4);
  std::mt19937 random(3);
  for (int i = 0; i < 100; ++i) {
    const Contour2D contour = star(random, 60, 70);
    double expected = signed_area(contour);
    for (std::size_t k = 0; k < contour.size(); ++k) {
      const Vec2 in = contour[k].direction_in(), out = contour[(k + 1) % contour.size()].direction_in();
      const double turn = -std::atan2(cross(in, out), dot(in, out));
      if (turn > pi / 180) expected -= bone(1.5, turn);
    }
    CHECK(signed_area(relieved(contour, Relief::dogbone, 3).value()) == Approx(expected).epsilon(1e-12));
  }
}

TEST_CASE("a T-bone lengthens the opening and leaves its long walls alone") {
  const Contour2D opening = reversed(rectangle(40, 18));
  const auto boned = relieved(opening, Relief::tbone, 6);
  REQUIRE(boned);
  CHECK(signed_area(*boned) == Approx(-(40 * 18 + 4 * pi * 9 / 2)).epsilon(1e-12));
  const Bounds2D box = bounds(*boned);
  CHECK(box.min.x == Approx(-3));
  CHECK(box.max.x == Approx(43));
  CHECK(box.min.y == Approx(0).margin(1e-12));
  CHECK(box.max.y == Approx(18));
}

TEST_CASE("reliefs need edges long enough, and leave alone what is open") {
  const auto refused = relieved(reversed(rectangle(40, 5)), Relief::tbone, 6);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("5 mm") != std::string::npos);
  Contour2D dado = reversed(rectangle(40, 20));
  dado[0].open = true;  // runs out of the board at one end
  const auto boned = relieved(dado, Relief::dogbone, 6);
  REQUIRE(boned);
  CHECK(std::count_if(boned->begin(), boned->end(), [](const Piece2D& p) { return p.is_arc(); }) == 2);
}
