#include "geometry/mesh/distance2d.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include "tests/catch.hpp"

using namespace fitwright;

namespace {

constexpr double pi = std::numbers::pi;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_() >> 11) * 0x1p-53);
  }
  Vec2 place() { return {between(-10, 10), between(-10, 10)}; }
  Piece2D piece() {
    if (between(0, 1) < 0.4) return line2d(place(), place());
    const Vec2 centre = place();
    const double r = between(0.5, 8), from = between(0, 2 * pi), sweep = between(-6.2, 6.2);
    const auto at = [&](double angle) { return centre + Vec2{r * std::cos(angle), r * std::sin(angle)}; };
    return arc2d(at(from), at(from + sweep), centre, sweep);
  }

 private:
  std::mt19937_64 random_;
};

/// The nearest of many places of both, by trying them all.
double sampled(const Piece2D& a, const Piece2D& b) {
  constexpr int n = 400;
  std::vector<Vec2> places;
  for (int j = 0; j <= n; ++j) places.push_back(b.at(double(j) / n));
  double best = 1e300;
  for (int i = 0; i <= n; ++i) {
    const Vec2 p = a.at(double(i) / n);
    for (const Vec2 q : places) best = std::min(best, length(p - q));
  }
  return best;
}

}  // namespace

TEST_CASE("the distance of lines and arcs is that of their nearest places") {
  Dice dice(7);
  for (int i = 0; i < 300; ++i) {
    const Piece2D a = dice.piece(), b = dice.piece();
    const double told = distance(a, b), tried = sampled(a, b), step = (a.length() + b.length()) / 400;
    INFO(i << ": " << told << " told, " << tried << " tried");
    CHECK(told <= tried + 1e-9);
    CHECK(told >= tried - step);
    CHECK(distance(b, a) == Approx(told).margin(1e-9));
  }
}

TEST_CASE("distances in closed form") {
  const Contour2D disc{circle2d({0, 0}, 10)}, hole{circle2d({0, 0}, 15, true)};
  CHECK(distance(disc, hole) == Approx(5));
  CHECK(distance(disc, Contour2D{circle2d({3, 0}, 15)}) == Approx(2));  // nearest inside of the other
  CHECK(distance(disc, Contour2D{circle2d({30, 0}, 12)}) == Approx(8));
  CHECK(distance(disc, Contour2D{circle2d({15, 0}, 10)}) == 0);
  CHECK(distance(line2d({-20, 12}, {20, 12}), disc[0]) == Approx(2));
  CHECK(distance(line2d({-20, 0}, {20, 0}), disc[0]) == 0);
  CHECK(distance(line2d({-2, 0}, {2, 0}), disc[0]) == Approx(8));  // wholly inside
  CHECK(distance(disc, Contour2D{circle2d({100, 0}, 1)}, 5) == 5);
}

TEST_CASE("inside is told of outlines with arcs by the angle that they turn about a place") {
  // A half disc with a round bite: its straight side along y = 0.
  const Contour2D half{arc2d({10, 0}, {-10, 0}, {0, 0}, pi), line2d({-10, 0}, {-4, 0}),
                       arc2d({-4, 0}, {4, 0}, {0, 0}, -pi), line2d({4, 0}, {10, 0})};
  Dice dice(3);
  for (int i = 0; i < 500; ++i) {
    const Vec2 p = dice.place();
    const bool truth = p.y > 0 && length(p) < 10 && length(p) > 4;
    CHECK(inside(half, p) == truth);
    CHECK(inside(reversed(half), p) == truth);
  }
  for (const bool clockwise : {false, true})  // also on the chords in which circles are halved
    for (const double x : {-2.9, -1.0, 0.0, 1.0, 2.9}) CHECK(inside({circle2d({5, 5}, 3, clockwise)}, {5 + x, 5}));
  CHECK(!inside({circle2d({5, 5}, 3)}, {8.1, 5}));
  CHECK(inside({circle2d({5, 5}, 3)}, {5, 7.9}));
  CHECK(!inside({circle2d({5, 5}, 3)}, {5, 8.1}));
}

TEST_CASE("quarter turns are exact") {
  const Piece2D arc = arc2d({1.1, 0}, {0, 1.1}, {0, 0}, pi / 2);
  CHECK(turned(arc, 90).from == Vec2{0, 1.1});
  CHECK(turned(turned(arc, 90), 270) == arc);
  CHECK(moved({arc}, {1, 2})[0].centre == Vec2{1, 2});
}
