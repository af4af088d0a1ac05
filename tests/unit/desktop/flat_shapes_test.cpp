// What is drawn of flat parts, measured against their closed forms.
#include "app/desktop/flat/flat_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/catch.hpp"

using namespace fitwright;
using namespace fitwright::desktop;

namespace {

constexpr double pi = std::numbers::pi;

double area(const std::vector<Band>& bands) {
  double sum = 0;
  for (const Band& b : bands) sum += (b.high - b.low) * (b.right_low - b.left_low + b.right_high - b.left_high) / 2;
  return sum;
}

Contour2D rectangle(Vec2 min, Vec2 max) {
  return {line2d(min, {max.x, min.y}), line2d({max.x, min.y}, max), line2d(max, {min.x, max.y}),
          line2d({min.x, max.y}, min)};
}

/// 200 x 100 from (-50, 20) on: an opening 40 x 20, holes of 8 and 20, a pocket 60 x 30 with an island of 10 x 10.
Outline2D plate() {
  Outline2D o;
  o.thickness = 12;
  o.outer = rectangle({-50, 20}, {150, 120});
  o.inner = {reversed(rectangle({-40, 30}, {0, 50}))};
  o.drillings = {{{100, 40}, 8, 12, true, SheetSide::top}, {{130, 40}, 20, 12, true, SheetSide::top}};
  o.pockets = {
      {rectangle({20, 70}, {80, 100}), {reversed(rectangle({30, 80}, {40, 90}))}, 5, SheetSide::bottom, false}};
  return o;
}

}  // namespace

TEST_CASE("areas of polygons are filled exactly, holes left out") {
  const std::vector<Loop> star{{{0, 0}, {10, 3}, {20, 0}, {14, 8}, {18, 18}, {9, 11}, {1, 17}, {5, 8}}};
  double twice = 0;
  for (std::size_t i = 0; i < star[0].size(); ++i) {
    const Vec2 a = star[0][i], b = star[0][(i + 1) % star[0].size()];
    twice += a.x * b.y - b.x * a.y;
  }
  CHECK(area(filled(star)) == Approx(std::abs(twice) / 2).epsilon(1e-12));
  const std::vector<Loop> frame{{{0, 0}, {30, 0}, {30, 20}, {0, 20}}, {{10, 5}, {10, 15}, {20, 15}, {20, 5}}};
  CHECK(area(filled(frame)) == Approx(600 - 100).epsilon(1e-12));
  CHECK(inside(frame, {5, 10}));
  CHECK_FALSE(inside(frame, {15, 10}));
  CHECK_FALSE(inside(frame, {31, 10}));
}

TEST_CASE("a part begins at nought and keeps its area, its shapes and their depths") {
  const FlatPart part = flat_part(plate());
  CHECK(part.size == Vec2{200, 100});
  CHECK(part.thickness == 12);
  // Circles are drawn within 0.02 mm.
  CHECK(area(part.face) == Approx(20000 - 800 - pi * (16 + 100)).margin(2 * pi * 14 * 0.02));
  const auto of = [&](Meaning meaning) {
    std::vector<FlatShape> found;
    for (const FlatShape& shape : part.shapes)
      if (shape.meaning == meaning) found.push_back(shape);
    return found;
  };
  REQUIRE(of(Meaning::pocket).size() == 1);
  CHECK(of(Meaning::pocket)[0].depth == 5);
  CHECK(of(Meaning::pocket)[0].side == SheetSide::bottom);
  CHECK(area(of(Meaning::pocket)[0].fill) == Approx(1800 - 100).epsilon(1e-12));
  REQUIRE(of(Meaning::drill).size() == 1);  // what no drill is for is cut
  CHECK(of(Meaning::drill)[0].diameter == 8);
  CHECK(of(Meaning::drill)[0].depth == 0);
  CHECK(of(Meaning::cut_inside).size() == 2);
  CHECK(part.shapes.back().meaning == Meaning::cut_outside);
}

TEST_CASE("parts that lie side by side keep apart, with room for their words") {
  const std::vector<Vec2> sizes{{1800, 300}, {1800, 300}, {800, 300}, {764, 290}, {20, 500}, {764, 1790}};
  for (const double width : {1500.0, 2700.0, 9000.0}) {
    const FlatLayout layout = lay_out(sizes, width, 200, 80, 30);
    CHECK(layout.size.x <= std::max(width, 1800.0));
    REQUIRE(layout.corners.size() == sizes.size());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const Vec2 low = layout.corners[i];
      CHECK(low.x >= 0);
      CHECK(low.y >= 80 - 1e-9);
      CHECK(low.x + layout.widths[i] <= layout.size.x + 1e-9);
      CHECK(low.y + sizes[i].y <= layout.size.y + 1e-9);
      CHECK(layout.widths[i] == std::max(200.0, sizes[i].x));
      for (std::size_t k = 0; k < i; ++k) {
        const Vec2 other = layout.corners[k];
        const bool apart = low.x + layout.widths[i] + 30 <= other.x + 1e-9 ||
                           other.x + layout.widths[k] + 30 <= low.x + 1e-9 ||
                           low.y + sizes[i].y + 110 <= other.y + 1e-9 || other.y + sizes[k].y + 110 <= low.y + 1e-9;
        CHECK(apart);
      }
    }
  }
}
