// Largest sizes that work, where elementary geometry tells them.
#include "geometry/kernel/limits.hpp"

#include "tests/unit/kernel/build.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

// What is found must build, be no more than the limit, and at most 3 % below it.
void check_limit(const NodePtr& node, double limit, double slack = 0.03) {
  Evaluator evaluator;
  const Product product = product_of(node);
  CHECK_FALSE(evaluator.solid(node, product));
  const auto found = largest_working(evaluator, product, *node, std::chrono::seconds(20 * FITWRIGHT_SLOWDOWN));
  REQUIRE(found);
  CHECK(std::abs(found->works) <= std::abs(limit) + 1e-9);
  CHECK(std::abs(found->works) >= std::abs(limit) * (1 - slack));
  CHECK((found->works > 0) == (limit > 0));
}

}  // namespace

TEST_CASE("the largest rounding of a block's edges is half its width") {
  const auto block = op("box", {40.0, 20.0, 10.0});
  check_limit(op("fillet", {block, op("edges.parallel", {s("z")}), 15.0}), 10);
  check_limit(op("chamfer", {block, op("edges.parallel", {s("z")}), 30.0}), 10);
  check_limit(op("fillet", {block, op("edges.parallel", {s("x")}), 400.0}), 5);
}

TEST_CASE("the largest inset of a profile leaves something, the largest rounding of its corners fits its sides") {
  check_limit(op("offset", {op("rectangle", {30.0, 8.0}), -9.0}), -4);
  check_limit(op("profile_fillet", {op("rectangle", {30.0, 8.0}), 5.0}), 4);
}

TEST_CASE("the thickest wall of a shell leaves a hollow") {
  check_limit(op("shell", {op("box", {40.0, 20.0, 12.0}), 15.0}), 6);
}

TEST_CASE("what has no size to look for is left alone, and no time means no answer") {
  Evaluator evaluator;
  const auto block = op("box", {40.0, 20.0, 10.0});
  const auto nothing = op("cut", {block, Nodes{op("box", {50.0, 50.0, 50.0})}});
  CHECK_FALSE(largest_working(evaluator, product_of(nothing), *nothing, std::chrono::seconds(1)));
  const auto fillet = op("fillet", {block, op("edges.parallel", {s("z")}), 15.0});
  CHECK_FALSE(largest_working(evaluator, product_of(fillet), *fillet, std::chrono::milliseconds(0)));
}
