#include <thread>

#include "geometry/kernel/provenance.hpp"
#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {
NodePtr pocketed(double depth) {
  return op("cut",
            {op("box", {20.0, 20.0, 10.0}), Nodes{op("move", {op("box", {5.0, 5.0, 20.0}), 5.0, 5.0, 10.0 - depth})}});
}
}  // namespace

TEST_CASE("what is remembered is not computed again, across equal graphs") {
  Evaluator evaluator;
  BuildStats first, second, third;
  REQUIRE(evaluator.build(product_of(pocketed(4)), {}, {}, &first));
  REQUIRE(evaluator.build(product_of(pocketed(4)), {}, {}, &second));
  REQUIRE(evaluator.build(product_of(pocketed(5)), {}, {}, &third));
  CHECK(first.evaluated == 5);  // the cut, and its two prisms' rectangles in place
  CHECK(second.evaluated == 0);
  CHECK(second.tier == Tier::memo);
  CHECK(third.evaluated == 1);  // the rectangles are known
}

TEST_CASE("the memo keeps to its bound and results stay right") {
  Evaluator evaluator({.memo_bytes = 50'000});
  for (int i = 1; i <= 30; ++i) {
    auto built = evaluator.build(product_of(pocketed(i * 0.25)), {});
    REQUIRE(built);
    CHECK(built->front().volume == Approx(4000 - 25 * i * 0.25).epsilon(1e-9));
    CHECK(evaluator.memo_bytes() <= 50'000);
  }
}

TEST_CASE("a stopped build reports so and is not remembered") {
  Evaluator evaluator;
  std::stop_source stop;
  stop.request_stop();
  auto stopped = evaluator.build(product_of(pocketed(3)), {}, stop.get_token());
  REQUIRE(!stopped);
  CHECK(stopped.error().kind == ErrorKind::cancelled);
  CHECK(evaluator.memo_bytes() == 0);
  CHECK(evaluator.build(product_of(pocketed(3)), {}));
}

TEST_CASE("stopping during a long boolean returns soon") {
  Nodes tools;
  for (int i = 0; i < 15; ++i)
    for (int j = 0; j < 15; ++j) tools.push_back(op("move", {op("cylinder", {2.0, 3.0}), 6.0 * i, 6.0 * j, 3.0}));
  const auto solid = op("cut", {op("box", {100.0, 100.0, 5.0}), tools});
  Evaluator evaluator({.rewrite = false});  // the general boolean takes seconds here, the short cut a moment
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop.request_stop();
  });
  auto built = evaluator.build(product_of(solid), {}, stop.get_token());
  REQUIRE(!built);
  CHECK(built.error().kind == ErrorKind::cancelled);
}

TEST_CASE("a failure is remembered without its line, and told with it") {
  Evaluator evaluator;
  for (const int line : {12, 40}) {
    const auto bad = op("fillet", {op("box", {4.0, 4.0, 4.0}), op("edges.all"), 5.0});
    Product product = product_of(bad);
    product.made_at[bad.get()] = {"shelf.lua", line};
    auto built = evaluator.build(product, {});
    REQUIRE(!built);
    CHECK(built.error().source == SourceLocation{"shelf.lua", line});
    CHECK(built.error().operation == "fillet");
  }
}

TEST_CASE("results do not depend on threads or on what was built before") {
  const auto solid = op("union", {Nodes{pocketed(3), op("move", {pocketed(4), 30.0, 0.0, 0.0}),
                                        op("move", {op("cylinder", {4.0, 30.0}), 10.0, 10.0, 0.0})}});
  Evaluator one({.threads = 1}), many, warm;
  REQUIRE(warm.build(product_of(solid), {.linear = 0.5}));
  const auto a = one.build(product_of(solid), {}), b = many.build(product_of(solid), {}),
             c = warm.build(product_of(solid), {});
  REQUIRE((a && b && c));
  CHECK(a->front().mesh == b->front().mesh);
  CHECK(a->front().mesh == c->front().mesh);
}

TEST_CASE("previews make what moves last; canonical results never see that") {
  // Skew cylinders through a ball: nothing but general booleans.
  const auto half = op(
      "profile_cut", {op("circle", {12.0}), Nodes{op("profile_move", {op("rectangle", {30.0, 40.0}), -30.0, -20.0})}});
  const auto ball = op("revolve", {half});
  const auto bore = [](double r, double turn) {
    return op("move", {op("rotate", {op("move", {op("cylinder", {r, 40.0}), 3.0, 0.0, -20.0}), std::string("x"), turn}),
                       1.0, 0.5, 0.2});
  };
  const auto drilled = [&](double r) { return op("cut", {ball, Nodes{bore(2, 25), bore(r, 70), bore(1.5, 110)}}); };
  const auto joined = [&](double r) { return op("union", {Nodes{bore(2, 25), bore(r, 70), bore(1.5, 110)}}); };
  for (const bool cut : {true, false}) {
    const auto at = [&](double r) { return product_of(cut ? drilled(r) : joined(r)); };
    Evaluator evaluator, fresh;
    BuildStats first, second, third;
    REQUIRE(evaluator.build(at(2.0), {}, {}, &first, Order::preview));
    CHECK(first.reordered == 0);
    REQUIRE(evaluator.build(at(2.1), {}, {}, &second, Order::preview));
    CHECK(second.reordered == 1);
    const auto preview = evaluator.build(at(2.2), {}, {}, &third, Order::preview);
    CHECK(third.reordered == 1);
    const auto canonical = evaluator.build(at(2.2), {}), reference = fresh.build(at(2.2), {});
    REQUIRE((preview && canonical && reference));
    CHECK(difference(preview->front(), reference->front(), 1e-6) == "");
    CHECK(faults_text(preview->front().mesh) == "");
    CHECK(canonical->front().mesh == reference->front().mesh);
    // What was built canonically serves previews too.
    BuildStats fourth;
    const auto again = evaluator.build(at(2.2), {}, {}, &fourth, Order::preview);
    REQUIRE(again);
    CHECK(fourth.evaluated == 0);
    CHECK(again->front().mesh == reference->front().mesh);
  }
}

TEST_CASE("measure rules are decided after the build") {
  Product product = product_of(op("box", {10.0, 10.0, 10.0}));
  product.measure_rules.push_back(
      {op("volume", {product.parts[0].solid}), {}, 900.0, "mm3", "the block must stay below 900 mm3", {"size"}});
  Evaluator evaluator;
  auto built = evaluator.build(product, {});
  REQUIRE(!built);
  CHECK(built.error().kind == ErrorKind::rule);
  CHECK(built.error().measured.value() == Approx(1000));
  CHECK(built.error().parameters == std::vector<std::string>{"size"});
}

TEST_CASE("a broken rule is told before what cannot be built because of it") {
  const auto block = op("box", {4.0, 4.0, 4.0});
  Product product = product_of(op("fillet", {block, op("edges.all"), 5.0}));
  product.measure_rules.push_back({op("volume", {block}), 100.0, {}, "mm3", "the block must hold 100 mm3", {"size"}});
  auto built = Evaluator().build(product, {});
  REQUIRE(!built);
  CHECK(built.error().kind == ErrorKind::rule);
  product.measure_rules[0].min = 50;  // it holds 64: then the fillet is to blame
  built = Evaluator().build(product, {});
  REQUIRE(!built);
  CHECK(built.error().operation == "fillet");
}

TEST_CASE("origins lead back to the node that made a face") {
  const auto post = op("move", {op("cylinder", {3.0, 12.0}), 10.0, 10.0, 0.0});
  const auto solid = op("union", {Nodes{op("box", {20.0, 20.0, 10.0}), post}});
  const BuiltPart part = build(solid);
  const auto has = [&](const std::string& wanted) {
    for (const FaceInfo& face : part.faces)
      if (std::find(face.origins.begin(), face.origins.end(), wanted) != face.origins.end()) return true;
    return false;
  };
  CHECK(has("solids[0].left"));
  CHECK(has("solids[1].solid.round"));
  const auto origin = Origin::below({0, 1}, Origin::below({0, 0}, Origin::make("round")));
  CHECK(to_string(*origin, *solid) == "solids[1].solid.round");
  CHECK(maker(*origin, *solid)->operation().name == "cylinder");
}

TEST_CASE("adding a copy at the end of a list renames nothing") {
  const auto with = [](int n) {
    Nodes tools;
    for (int i = 0; i < n; ++i) tools.push_back(op("move", {op("box", {4.0, 4.0, 4.0}), 6.0 * i + 2, 2.0, 8.0}));
    return build(op("cut", {op("box", {60.0, 10.0, 10.0}), tools}));
  };
  const BuiltPart three = with(3), four = with(4);
  for (const FaceInfo& face : three.faces) {
    const bool kept =
        std::any_of(four.faces.begin(), four.faces.end(), [&](const FaceInfo& f) { return f.origins == face.origins; });
    CHECK(kept);
  }
}

TEST_CASE("a deep chain neither overflows the stack nor takes for ever") {
  NodePtr node = op("box", {1.0, 1.0, 1.0});
  for (int i = 0; i < 100'000; ++i) node = op("move", {node, 0.001});
  CHECK(node->depth() == 100'001);
  CHECK(count_nodes({node}) == 100'001);
  node = op("box", {1.0, 1.0, 1.0});
  for (int i = 0; i < 1000; ++i) node = op("move", {node, 0.001});  // the depth that the sandbox allows
  CHECK(build(node).box.min.x == Approx(1).epsilon(1e-9));
}

TEST_CASE("every row of the operation table is sound") {
  for (const std::string& fault : audit(operations())) FAIL_CHECK(fault);
  CHECK(operations().rows().size() >= 60);
}
