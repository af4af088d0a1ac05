// The operation table as a script sees it.
#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

NodePtr made(std::string_view expression) {
  return solid_of("return {parts={{name='a', solid=" + std::string(expression) + "}}}");
}
double number(const NodePtr& node, std::size_t arg) { return std::get<double>(node->args().at(arg)); }
std::string_view name(const NodePtr& node) { return node->operation().name; }
const std::vector<NodePtr>& list(const NodePtr& node, std::size_t arg) {
  return std::get<std::vector<NodePtr>>(node->args().at(arg));
}
Error not_made(std::string_view expression) {
  return build_refused("local b = box(1, 1, 1)\nreturn " + std::string(expression));
}

}  // namespace

TEST_CASE("the dummy table is sound") { CHECK(audit(dummy_operations()).empty()); }

TEST_CASE("arguments are positional, named, or both") {
  for (const char* call :
       {"box(10, 20, 5)", "box{x=10, y=20, z=5}", "box{10, 20, 5}", "box{10, 20, z=5}", "box(10, 20, {z=5})"}) {
    INFO(call);
    const NodePtr box = made(call);
    CHECK(name(box) == "box");
    CHECK(number(box, 0) == 10);
    CHECK(number(box, 1) == 20);
    CHECK(number(box, 2) == 5);
  }
}

TEST_CASE("operations on a node are its methods as well") {
  for (const char* call : {"box(1,1,1):move{z=3}", "box(1,1,1):move(0,0,3)", "move(box(1,1,1), 0, 0, 3)",
                           "move{solid=box(1,1,1), z=3}", "move{box(1,1,1), z=3}", "box(1,1,1):move(nil, nil, 3)"}) {
    INFO(call);
    const NodePtr moved = made(call);
    CHECK(name(moved) == "move");
    CHECK(number(moved, 1) == 0);
    CHECK(number(moved, 3) == 3);
    CHECK(name(std::get<NodePtr>(moved->args()[0])) == "box");
  }
}

TEST_CASE("numbers after a list of shapes stand for themselves, however the list is written") {
  for (const std::string call :
       {"rectangle(9, 9):loft(rectangle(4, 4), {0, 40})", "rectangle(9, 9):loft({rectangle(4, 4)}, {0, 40})",
        "loft({rectangle(9, 9), rectangle(4, 4)}, {0, 40})", "loft(rectangle(9, 9), rectangle(4, 4), {0, 40}, true)",
        "rectangle(9, 9):loft(rectangle(4, 4), {heights={0, 40}})"}) {
    INFO(call);
    const NodePtr node = made(call);
    CHECK(list(node, 0).size() == 2);
    CHECK(std::get<std::vector<double>>(node->args()[1]) == std::vector<double>{0, 40});
  }
}

TEST_CASE("lists are a table or the rest of the arguments") {
  for (const char* call :
       {"box(1,1,1):cut(box(2,2,2), box(3,3,3))", "box(1,1,1):cut{box(2,2,2), box(3,3,3)}",
        "box(1,1,1):cut{tools={box(2,2,2), box(3,3,3)}}", "cut(box(1,1,1), {box(2,2,2), box(3,3,3)})",
        "cut{box(1,1,1), box(2,2,2), box(3,3,3)}", "cut{solid=box(1,1,1), tools={box(2,2,2), box(3,3,3)}}"}) {
    INFO(call);
    const NodePtr cut = made(call);
    REQUIRE(list(cut, 1).size() == 2);
    CHECK(number(list(cut, 1)[0], 0) == 2);
    CHECK(number(list(cut, 1)[1], 0) == 3);
  }
  for (const char* call : {"box(1,1,1):union(box(2,2,2), box(3,3,3))", "union(box(1,1,1), box(2,2,2), box(3,3,3))",
                           "union{box(1,1,1), box(2,2,2), box(3,3,3)}", "box(1,1,1):union{box(2,2,2), box(3,3,3)}",
                           "box(1,1,1):union{solids={box(2,2,2), box(3,3,3)}}"}) {
    INFO(call);
    const NodePtr joined = made(call);
    CHECK(name(joined) == "solid.union");
    REQUIRE(list(joined, 0).size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(number(list(joined, 0)[i], 0) == static_cast<double>(i + 1));
  }
}

TEST_CASE("the first node picks the row of a shared name") {
  CHECK(name(std::get<NodePtr>(made("rectangle(1,1):union(rectangle(2,2)):extrude(3)")->args()[0])) == "profile.union");
  CHECK(name(made("union{box(1,1,1)}")) == "solid.union");
  CHECK(name(made("box(1,1,1):union({})")) == "solid.union");
  CHECK(mentions(not_made("b:union()").message, "one shape alone"));
  CHECK(mentions(not_made("b:union((function() end)())").suggestion, "return"));
  CHECK(mentions(not_made("union(3)").message, "profile or a solid"));
  CHECK(mentions(not_made("union()").message, "none"));
}

TEST_CASE("vectors and points are tables of numbers or of names") {
  for (const std::string origin : {"{1, 2, 3}", "{x=1, y=2, z=3}"}) {
    CHECK(std::get<Vec3>(made("box(1,1,1):rotate('z', 45, " + origin + ")")->args()[3]) == Vec3{1, 2, 3});
    CHECK(std::get<Vec3>(made("box(1,1,1):rotate{axis='z', angle=45, origin=" + origin + "}")->args()[3]) ==
          Vec3{1, 2, 3});
  }
  const NodePtr polygon = std::get<NodePtr>(made("polygon({{0,0},{10,0},{x=10,y=5}}):extrude(1)")->args()[0]);
  CHECK(std::get<std::vector<Vec2>>(polygon->args()[0]) == std::vector<Vec2>{{0, 0}, {10, 0}, {10, 5}});
  CHECK(mentions(not_made("polygon{{1,2},{1,2,3}}").message, "2 numbers"));
  CHECK(mentions(not_made("polygon{1,2}").message, "2 numbers"));
  CHECK(mentions(not_made("polygon{{1,0/0},{1,2},{3,4}}").message, "finite"));
  CHECK(mentions(not_made("b:rotate('z', 4, {1,b:volume(),3})").message, "plain numbers"));
}

TEST_CASE("selectors are nodes in sub-tables") {
  const NodePtr filleted = made("box(1,1,1):fillet(edges.parallel 'z', 0.2)");
  CHECK(name(std::get<NodePtr>(filleted->args()[1])) == "edges.parallel");
  CHECK(std::holds_alternative<std::monostate>(filleted->args()[3]));
  CHECK(name(made("box(1,1,1):fillet{edges=edges.of(faces.facing('+z')), r=0.2, expect=4}")) == "fillet");
  CHECK(mentions(not_made("b:fillet(edges.paralel 'z', 1)").message, "paralel"));
  CHECK(mentions(not_made("b:fillet(faces.facing('+z'), 1)").message, "face selector"));
}

TEST_CASE("fonts and files enter the graph as content hashes, their bytes beside it") {
  const auto done =
      run(with_build("return {parts={{name='a', solid=text('Hi', 8):extrude(1)}, {name='b', solid=text{'Hi', size=8, "
                     "font='serif'}:extrude(1)}}}"));
  REQUIRE(done);
  const auto font = [&](std::size_t part) {
    const NodePtr& node = done->product.parts[part].solid;
    return std::get<std::string>(std::get<NodePtr>(node->args()[0])->args()[2]);
  };
  CHECK(font(0) == to_hex(hash_bytes("default font bytes")));
  CHECK(font(1) == to_hex(hash_bytes("serif bytes")));
  CHECK(done->product.blobs.at(font(0)) == "default font bytes");
  CHECK(done->product.blobs.size() == 2);
  CHECK(mentions(not_made("text('a', 1, 'comic')").message, "comic"));
}

TEST_CASE("measures can be calculated with, but not compared") {
  const auto done = run(with_build(R"lua(
    local b = box(1, 2, 3)
    local m = -(b:volume() * 2 + 1) * 0.5 + b:volume()
    return {parts={{name='a', solid=b}}, rules={{measure=m, max=1e6, unit="mm3", message="Too heavy.", parameters={}}}})lua"));
  INFO((done ? "" : describe(done.error())));
  REQUIRE(done);
  const NodePtr measure = done->product.measure_rules.at(0).measure;
  CHECK(name(measure) == "number.add");
  CHECK(done->product.measure_rules[0].max == 1e6);
  CHECK_FALSE(done->product.measure_rules[0].min);
  for (const char* use : {"b:volume() < 3", "b:volume() <= b:volume()", "3 > b:volume()", "b:volume() == b:volume()",
                          "b:volume() .. ''", "b:volume() ^ 2", "b:volume() // 2", "#b:volume()"}) {
    INFO(use);
    CHECK(mentions(not_made(use).message, "known only after the build"));
  }
  CHECK(mentions(not_made("b:volume() + b").message, "measure"));
  CHECK(mentions(not_made("b:volume() + '1'").message, "measure"));
  CHECK(mentions(not_made("b + 1").message, "arithmetic on a solid"));
  // A measure is a legal length.
  CHECK(name(std::get<NodePtr>(made("box(box(1,1,1):volume(), 1, 1)")->args()[0])) == "volume");
}

TEST_CASE("wrong arguments name argument, operation, what was given, and the line") {
  const std::pair<const char*, const char*> wrong[] = {
      {"box(1, 2)", "z of box is missing"},
      {"box(1, 2, 3, 4)", "at most 3"},
      {"box(1, 2, -3)", "z of box is -3"},
      {"box(1, 2, 0/0)", "z of box is not a finite number"},
      {"box(1, 2, 1/0)", "z of box is not a finite number"},
      {"box(1, 2, 1e300)", "beyond any size"},
      {"box(1, 2, 'x')", "z of box is a text"},
      {"box(1, 2, print)", "z of box is a function"},
      {"box(1, {}, 3)", "y of box is a table"},
      {"box{x=1, y=2, h=3}", "no argument \"h\""},
      {"box{1, 2, 3, x=1}", "given twice"},
      {"b:cut(3)", "tools of cut is a number"},
      {"b:move(0, 0, 2, 3)", "move takes at most 3 arguments besides the shape, 4 were given"},
      {"box('20mm', 1, 1)", "x of box is a text, \"20mm\""},
      {"rectangle(1, 1):union(b)", "profiles of union has a solid"},
      {"b:cut(nil)", "nothing at position 1"},
      {"b:cut(b, nil, b)", "nothing at position 2"},
      {"b:cut({b, 3})", "a number at position 2"},
      {"b:cut(rectangle(1,1))", "profile at position 1"},
      {"b:cut()", "tools of cut is missing"},
      {"b:rotate('w', 3)", "one of x, y, z"},
      {"b:extrude(3)", "no operation \"extrude\""},
      {"b.x", "no operation \"x\""},
      {"b[1]", "no operation"},
      {"text('\\xff', 3)", "UTF-8"},
      {"text(string.rep('x', 5000), 3)", "1000 bytes"},
      {"secret(b)", "secret"},
      {"planner", "planner"},
  };
  for (const auto& [call, message] : wrong) {
    INFO(call);
    const Error error = not_made(call);
    INFO(error.message);
    CHECK(error.kind == ErrorKind::script);
    CHECK(mentions(error.message, message));
    CHECK(error.source == SourceLocation{"t/template.lua", 3});
  }
  CHECK(mentions(not_made("b:filet(1)").suggestion, "fillet"));
  CHECK(mentions(not_made("bx(1)").suggestion, "box"));
}

TEST_CASE("each node knows the line that made it") {
  const auto done =
      run(with_build("local function cube(a)\n  return box(a, a, a)\nend\nlocal c = cube(2)\nreturn {parts={{name='a', "
                     "solid=c:move(1)}}}"));
  REQUIRE(done);
  const Part& part = done->product.parts[0];
  CHECK(locate(done->product, part, part.solid->hash()) == SourceLocation{"t/template.lua", 6});
  const NodePtr box = std::get<NodePtr>(part.solid->args()[0]);
  CHECK(locate(done->product, part, box->hash()) == SourceLocation{"t/template.lua", 3});
}

TEST_CASE("what would work is said for calls that go wrong") {
  const std::pair<const char*, const char*> wrong[] = {
      {"b.cut(b)", "shape:cut(...), with a colon"},
      {"b:cut(rectangle(1, 1))", "extrude the profile first"},
      {"rectangle(1, 1):union(b)", "is a profile too"},
      {"rectangle(1, 1):fillet(1)", "extrude the profile first"},
      {"b:fillet(faces.facing('+z'), 1)", "edges.of(...)"},
      {"b:fillet(1, edges.parallel('z'))", "shape:fillet takes edges, r, expect, optional"},
      {"box('20mm', 1, 1)", "write the number alone"},
      {"box { x = 1, y = 2, deep = 3 }", "box takes x, y, z"},
      {"box { x = 1, y = 2 }", "box takes x, y, z"},
      {"b:rotate { z = 90 }", "shape:rotate takes axis, angle, origin"},
      {"cube(3)", "did you mean box?"},
      {"b:substract(b)", "did you mean cut?"},
      {"b - b", "a:cut(b)"},
      {"b + rectangle(1, 1)", "a:cut(b)"},
  };
  for (const auto& [call, suggestion] : wrong) {
    INFO(call);
    const Error error = not_made(call);
    INFO(describe(error));
    CHECK(mentions(error.suggestion, suggestion));
  }
  CHECK(mentions(build_refused("local b = box(1, 1, 1) for i = 1, 1100 do b = b:cut(box(1, 1, 1)) end").suggestion,
                 "cut or join them once"));
}
