#include <array>

#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Stand {
  double angle = 65, thickness = 5, rounding = 1.2, slot = 0, rest = 0, lip = 10, lift = 20, front = 8, rear = 25,
         height = 0;
};

/// Whether a point lies in a rectangle with rounded corners that starts at a corner.
bool in_rounded(double x, double y, double w, double h, double r) {
  if (x < 0 || y < 0 || x > w || y > h) return false;
  const double dx = std::max({r - x, x - (w - r), 0.0}), dy = std::max({r - y, y - (h - r), 0.0});
  return std::hypot(dx, dy) <= r || dx == 0 || dy == 0;
}

/// Area of the side view, by counting the middles of small squares that lie in any of the pieces it is put together
/// from.
double side_area(const Stand& s) {
  const double a = s.angle * pi / 180, c = std::cos(a), n = std::sin(a), t = s.thickness;
  const double lowest = t / 3 + t * (c + n) + s.lift;
  const auto at = [&](double w, double u) { return std::array{u * c - w * n, lowest + u * n + w * c}; };
  const double front = at(s.slot + t, -t)[0], foot_front = front - s.front;
  const double foot_rear = std::max(at(s.slot / 2, s.height / 2)[0], at(-t, -t)[0]) + s.rear;
  const double block_rear = std::max(at(-t / 2, t)[0], at(-t, -t)[0] + t / 5);
  // The block under the cradle: right of its front, left of its rear, below the lines through its upper corners.
  const std::array<std::array<double, 2>, 3> roof{at(s.slot + t, -t), at(-t / 2, -t / 2),
                                                  std::array{block_rear, at(-t / 2, t)[1]}};
  const auto under_roof = [&](double x, double y) {
    for (int i = 0; i < 2; ++i) {
      const auto &p = roof[i], &q = roof[i + 1];
      if (x >= p[0] && x <= q[0]) return y <= p[1] + (x - p[0]) / (q[0] - p[0]) * (q[1] - p[1]);
    }
    return false;
  };
  const double step = 0.05, top = lowest + s.rest + s.slot + 2 * t;
  double area = 0;
  for (double x = foot_front - 1; x < foot_rear + s.rest; x += step)
    for (double y = 0; y < top; y += step) {
      const double px = x + step / 2, py = y + step / 2, up = py - lowest;
      const double u = px * c + up * n, w = -px * n + up * c;
      const bool in = in_rounded(u + t, w + t, s.rest + t, t, s.rounding) ||
                      in_rounded(u + t, w - s.slot, s.lip + t, t, s.rounding) ||
                      (u >= -t && u <= 0 && w >= -t && w <= s.slot + t) ||
                      in_rounded(px - foot_front, py, foot_rear - foot_front, t, s.rounding) ||
                      (py >= t / 4 && px >= front && px <= block_rear && under_roof(px, py));
      area += in ? step * step : 0;
    }
  return area;
}

}  // namespace

TEST_CASE("device stand: volume and height for a phone without a cable") {
  const Made made = make("device_stand", {{"cable", false}});
  // A phone of 71.6 x 147.6 x 7.8 in a case of 1.5: 74.6 x 150.6 x 10.8, with 0.7 of room on both sides.
  const Stand s{.slot = 10.8 + 1.4, .rest = 0.6 * 150.6, .height = 150.6};
  CHECK(made.part("stand").volume == Approx(0.85 * 74.6 * side_area(s)).epsilon(1e-3));
  const Box3 box = made.assembled_box();
  CHECK(box.size().x == Approx(0.85 * 74.6));
  CHECK(box.min.z == Approx(0).margin(1e-9));
  // The rest's upper corner, rounded: its circle's middle lies 1.2 inside both faces.
  const double a = 65 * pi / 180, lowest = 5.0 / 3 + 5 * (std::cos(a) + std::sin(a)) + 20;
  CHECK(box.max.z == Approx(lowest + (s.rest - 1.2) * std::sin(a) - 1.2 * std::cos(a) + 1.2).margin(0.02));
}

TEST_CASE("device stand: volume for a reader on its side, steep, thick") {
  const Made made = make("device_stand", {{"device", std::string("reader")},
                                          {"lying", true},
                                          {"cable", false},
                                          {"case", 0.0},
                                          {"angle", 75.0},
                                          {"thickness", 6.0},
                                          {"lift", 0.0},
                                          {"share", 50.0},
                                          {"rounding", 2.0}});
  const Stand s{
      .angle = 75, .thickness = 6, .rounding = 2, .slot = 8.1 + 1.4, .rest = 0.6 * 124.6, .lift = 0, .height = 124.6};
  CHECK(made.part("stand").volume == Approx(0.5 * 174.2 * side_area(s)).epsilon(1e-3));
}

TEST_CASE("device stand: the foot reaches behind the weight of the device") {
  // The middle of a tablet's weight, half-way up its height, lies ahead of the foot's end by what was asked for.
  const Made made = make("device_stand", {{"device", std::string("tablet")}, {"rear", 40.0}, {"thickness", 6.0}});
  const double a = 65 * pi / 180, half = (248.6 + 3) / 2, slot = 7 + 3 + 1.4;
  CHECK(made.assembled_box().max.y >= half * std::cos(a) - slot / 2 * std::sin(a) + 40 - 1e-6);
}

}  // namespace fitwright::test
