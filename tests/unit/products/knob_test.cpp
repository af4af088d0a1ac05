#include <algorithm>

#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Knob {
  double diameter = 40, height = 18, chamfer = 1.5, grooves = 60, groove_r = 0.8;
  double bore_area = 0, bore_depth = 12, mark_area = 0, mark_depth = 0;
};

// Round bore less the segment beyond the flat.
double d_bore(double shaft, double flat) { return disc(shaft) - segment(shaft / 2, flat); }

// Simpson's rule; exact to rounding for the smooth integrands here.
template <class F>
double integral(double a, double b, F f) {
  const int n = 4000;
  const double h = (b - a) / n;
  double sum = f(a) + f(b);
  for (int i = 1; i < n; ++i) sum += f(a + i * h) * (i % 2 ? 4 : 2);
  return sum * h / 3;
}

// Summed up over slices z = const. A slice is a disc of radius R less its common area with each groove's disc
// of radius g about a point at distance R0 = diameter/2. Below the chamfer R = R0; within it R = R0 - s with
// s from 0 to the chamfer, and the groove is left behind at s = g. There the common area vanishes like
// (g - s)^1.5: with s = g - t2 the integrand is smooth. The discs themselves make a cylinder and a frustum.
double by_slices(const Knob& k) {
  const double r0 = k.diameter / 2, c = k.chamfer, g = k.groove_r, r1 = r0 - c;
  const double solid = pi * r0 * r0 * (k.height - c) + pi * c / 3 * (r0 * r0 + r0 * r1 + r1 * r1);
  const double t_low = std::sqrt(std::max(0.0, g - c));
  const double in_chamfer =
      integral(t_low, std::sqrt(g), [&](double t) { return lens(r0, r0 - g + t * t, g) * 2 * t; });
  const double groove = lens(r0, r0, g) * (k.height - c) + in_chamfer;
  return solid - k.grooves * groove - k.bore_area * k.bore_depth - k.mark_area * k.mark_depth;
}

}  // namespace

TEST_CASE("knob: volume and size at the defaults") {
  const Made made = make("knob");
  const double expected = by_slices({.bore_area = d_bore(6, 1.5)});
  CHECK(made.volume() == Approx(expected).epsilon(1e-6));
  // An independent kernel's model of the same drawing has 21201.7 mm3 with its ordinary integration, which is
  // good to a few parts in a million here.
  CHECK(expected == Approx(21201.7).epsilon(5e-6));
  CHECK(made.pieces() == 1);
  CHECK(near(made.part("knob").box.size().z, 18));
}

TEST_CASE("knob: volume with deep lobes that reach the top, round bore, pointer") {
  const Made made = make("knob", {{"diameter", 52.0},
                                  {"height", 25.0},
                                  {"grooves", 8.0},
                                  {"groove_r", 5.0},
                                  {"chamfer", 2.0},
                                  {"shape", std::string("round")},
                                  {"shaft", 8.0},
                                  {"bore_depth", 18.0},
                                  {"bore_gap", 0.1},
                                  {"mark", true},
                                  {"mark_length", 9.0},
                                  {"mark_width", 2.0},
                                  {"mark_depth", 1.0}});
  const double expected = by_slices({.diameter = 52,
                                     .height = 25,
                                     .chamfer = 2,
                                     .grooves = 8,
                                     .groove_r = 5,
                                     .bore_area = disc(8.2),
                                     .bore_depth = 18,
                                     .mark_area = stadium(9, 2),
                                     .mark_depth = 1});
  CHECK(made.volume() == Approx(expected).epsilon(1e-6));
}

TEST_CASE("knob: volume when smooth, on a square stem with a sliding fit") {
  const Made made = make("knob", {{"diameter", 30.0},
                                  {"height", 14.0},
                                  {"grooves", 0.0},
                                  {"chamfer", 2.5},
                                  {"shape", std::string("square")},
                                  {"shaft", 7.0},
                                  {"bore_fit", std::string("slide")},
                                  {"bore_depth", 9.0}});
  const double expected = by_slices(
      {.diameter = 30, .height = 14, .chamfer = 2.5, .grooves = 0, .bore_area = square(7.5), .bore_depth = 9});
  CHECK(made.volume() == Approx(expected).epsilon(1e-6));
  CHECK(near(made.part("knob").box.size(), {30, 30, 14}));
}

}  // namespace fitwright::test
