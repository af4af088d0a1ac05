#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

/// The sample: a panel of 120 x 90 x 4 with two slots, and a rim on it, 2.7 wide and 4 high.
double panel() {
  const double outline = rounded_rectangle(120, 90, 6);
  return 4 * (outline - 2 * stadium(14, 5)) + 4 * (outline - rounded_rectangle(114.6, 84.6, 3));
}

}  // namespace

TEST_CASE("board plate: standoffs of a Raspberry Pi on the sample panel") {
  const Made made = make("board_plate");
  // Four posts 6 across and 5 high; the core of M2.5 ends 1 mm above the panel.
  CHECK(made.part("plate").volume == Approx(panel() + 4 * (5 * disc(6) - 4 * disc(2.05))).epsilon(1e-6));
  // Holes 58 x 49 apart (the maker's drawing): the first lies at (3.5, 3.5) of a board of 85 x 56 in the middle.
  for (const double x : {-39.0, 19.0})
    for (const double y : {-24.5, 24.5}) CHECK(has_vertex(made.part("plate").mesh.vertices, {x + 3, y, 9}));
}

TEST_CASE("board plate: holes right through, moved") {
  const Values values{{"board", std::string("raspberry_pi_zero")}, {"mount", std::string("through")}, {"x", 12.5}};
  CHECK(make("board_plate", values).part("plate").volume == Approx(panel() - 4 * 4 * disc(2.9)).epsilon(1e-6));
}

TEST_CASE("board plate: a board that does not fit is refused by what was measured") {
  auto run = product_script("board_plate").run({{"x", 60.0}}, environment_with_font("board_plate"));
  REQUIRE(run.has_value());
  const auto parts = workshop().build(run->product, Deflection{});
  REQUIRE(!parts);
  CHECK(parts.error().kind == ErrorKind::rule);
  CHECK(parts.error().measured == Approx(120));
}

}  // namespace fitwright::test
