#include <algorithm>

#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

/// Area of a bin's outline, n units by m, `inset` smaller all around.
double level(double n, double m, double inset) {
  return rounded_rectangle(42 * n - 0.5 - 2 * inset, 42 * m - 0.5 - 2 * inset, 3.75 - inset);
}

/// Volume of a slope at 45 degrees between two insets of a unit's outline: Simpson's rule is exact for squares.
double slope(double a, double b) {
  return std::abs(b - a) / 6 * (level(1, 1, a) + 4 * level(1, 1, (a + b) / 2) + level(1, 1, b));
}

/// A foot by the published profile. At the shoulder the template leaves 0.05 flat, before the slope begins on its line.
double foot() { return slope(2.95, 2.15) + 1.85 * level(1, 1, 2.15) + slope(2.1, 0); }

double half_width_at(const BuiltPart& part, double z) {
  double widest = 0;
  for (const Vec3& v : part.mesh.vertices)
    if (std::abs(v.z - z) < 1e-6) widest = std::max(widest, std::abs(v.x));
  return widest;
}

}  // namespace

TEST_CASE("grid bin: the foot has the published profile") {
  const Made made = make("grid_bin", {{"columns", 1.0}, {"lip", false}});
  const BuiltPart& bin = made.part("bin");
  // 35.6 at the ground, 37.2 from 0.8 to 2.6, 41.5 from 4.75: half of each.
  CHECK(half_width_at(bin, 0) == Approx(17.8));
  CHECK(half_width_at(bin, 0.8) == Approx(18.6));
  CHECK(half_width_at(bin, 2.65) == Approx(18.65));  // on the slope's line, 0.05 above its published foot
  CHECK(half_width_at(bin, 4.75) == Approx(20.75));
  CHECK(bin.box.size().z == Approx(42));  // six units of 7 mm
  CHECK(bin.volume ==
        Approx(foot() + 2.25 * level(1, 1, 0) + 35 * (level(1, 1, 0) - rounded_rectangle(39.1, 39.1, 2.55)))
            .epsilon(1e-6));
}

TEST_CASE("grid bin: units stand 42 mm apart, compartments and magnets") {
  const Made made = make("grid_bin", {{"columns", 3.0},
                                      {"rows", 2.0},
                                      {"height", 4.0},
                                      {"lip", false},
                                      {"across", 3.0},
                                      {"deep", 2.0},
                                      {"magnets", true}});
  const double x = (125.5 - 4 * 1.2) / 3, y = (83.5 - 3 * 1.2) / 2;
  CHECK(made.part("bin").volume ==
        Approx(6 * (foot() + 0.05 * level(1, 1, 0)) + 2.2 * level(3, 2, 0) +
               21 * (level(3, 2, 0) - 6 * rounded_rectangle(x, y, 2.55)) - 24 * 2.4 * disc(6.1))
            .epsilon(1e-6));
  // The toes of the first and of the last unit: 84 mm from middle to middle.
  double first = 0, last = 0;
  for (const Vec3& v : made.part("bin").mesh.vertices)
    if (std::abs(v.z) < 1e-9) first = std::min(first, v.x), last = std::max(last, v.x);
  CHECK(last - first == Approx(84 + 35.6));
}

TEST_CASE("grid bin: the lip takes a foot, and the plate too") {
  const Made bin = make("grid_bin", {{"columns", 1.0}, {"height", 3.0}});
  // Above the top of 21 mm: 0.7 out, 1.8 up, and out again until 0.5 mm are left; 2.6 deep in all.
  CHECK(bin.part("bin").box.max.z == Approx(21 + 0.7 + 1.8 + 1.9 - 0.5));
  double narrowest = 99;
  for (const Vec3& v : bin.part("bin").mesh.vertices)
    if (v.z > 20.9 && v.z < 21.1 && std::abs(v.y) < 17.5) narrowest = std::min(narrowest, std::abs(v.x));
  CHECK(narrowest == Approx(20.75 - 2.6).margin(0.06));
  const Made both = make("grid_bin", {{"columns", 1.0}, {"height", 3.0}, {"make", std::string("both")}});
  CHECK(both.part("base_plate").box.size().x == Approx(42));
  // The published foot has its place in the plate, and touches it: half of what it is wide at a height.
  const double lift = both.design("bin").assembled[0].apply({}).z;
  const auto foot_half = [](double z) { return z < 0.8 ? 17.8 + z : z < 2.6 ? 18.6 : 16 + z; };
  double least = 99;
  for (const Vec3& v : both.part("base_plate").mesh.vertices) {
    if (std::abs(v.x) > 20.9 || std::abs(v.y) > 17.01 || v.z < lift) continue;
    least = std::min(least, std::abs(v.x) - foot_half(v.z - lift));
  }
  CHECK(least > -1e-9);
  CHECK(least < 0.06);
}

}  // namespace fitwright::test
