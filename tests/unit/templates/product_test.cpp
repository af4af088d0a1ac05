// The table that build returns.
#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

const std::string size_parameter =
    "parameters={{'size', kind='length', default=10, min=1, max=20}, {'on', kind='toggle', default=true}},";

Error not_accepted(const std::string& table) {
  const Error error = refused(with_build("local b = box(1, 1, 1)\nreturn " + table, size_parameter));
  CHECK(error.kind == ErrorKind::script);
  CHECK(error.source.chunk == "t/template.lua");
  return error;
}

std::string part_with(const std::string& fields) { return "{parts={{name='a', solid=b, " + fields + "}}}"; }

}  // namespace

TEST_CASE("a product carries parts, places, mates, handles, rules and warnings") {
  const auto done = run(with_build(R"lua(
    return {
      parts={ {name="side", label="Left side", solid=box(18, 300, 100), role="side board", material="birch", colour="#ff8000",
               at={ {x=0}, {x=782, y=1, z=2, rz=90} }, up="+x", sheet="-x", grain="width", edges={"front", "left"}},
              {name="lid", solid=box(1, 1, 1), at={x=5}} },
      mates={ {kind="slide", a="lid", b="side", clearance=0.2} },
      handles={ {parameter="size", at={1, 2, 3}, direction="-y"} },
      rules={ {measure=box(1, 1, 1):volume(), min=1, max=2, unit="mm3", message="No.", parameters={"size"}} },
      hardware={ {item="screw", count=4}, {item="hinge"}, {item="screw", count=2} },
      warnings={"mind the grain"} })lua",
                                   size_parameter));
  INFO((done ? "" : describe(done.error())));
  REQUIRE(done);
  const Product& product = done->product;
  REQUIRE(product.parts.size() == 2);
  const Part& side = product.parts[0];
  CHECK(side.name == "side");
  CHECK(side.label == "Left side");
  CHECK(side.grain == Grain::width);
  CHECK(side.edges == std::vector<std::string>{"front", "left"});
  CHECK(product.parts[1].grain == Grain::none);
  CHECK(product.hardware == std::vector<HardwareItem>{{"screw", 6}, {"hinge", 1}});
  CHECK(product.parts[1].label.empty());
  CHECK(side.role == "side board");
  CHECK(side.material == "birch");
  CHECK(side.colour == Colour{1, 128.0 / 255, 0});
  CHECK(side.quantity() == 2);
  CHECK(side.up == Vec3{1, 0, 0});
  CHECK(side.sheet == Vec3{-1, 0, 0});
  CHECK(side.assembled[1].apply({1, 0, 0}) == Vec3{782, 2, 2});
  CHECK(product.parts[1].quantity() == 1);
  CHECK(product.parts[1].assembled[0].apply({0, 0, 0}) == Vec3{5, 0, 0});
  CHECK(product.parts[1].up == Vec3{0, 0, 1});
  CHECK_FALSE(product.parts[1].sheet);
  CHECK(product.mates.at(0).kind == MateKind::slide);
  CHECK(product.mates[0].clearance == 0.2);
  CHECK(product.handles.at(0).direction == Vec3{0, -1, 0});
  CHECK(product.measure_rules.at(0).parameters == std::vector<std::string>{"size"});
  CHECK(product.warnings == std::vector<std::string>{"mind the grain"});
}

TEST_CASE("rotations are about x, then y, then z, then the translation") {
  const auto done = run(with_build("return {parts={{name='a', solid=box(1,1,1), at={{x=10, rx=90, ry=90, rz=90}}}}}"));
  REQUIRE(done);
  // (1,2,3): about x -> (1,-3,2); about y -> (2,-3,-1); about z -> (3,2,-1); moved -> (13,2,-1).
  CHECK(done->product.parts[0].assembled[0].apply({1, 2, 3}) == Vec3{13, 2, -1});
}

TEST_CASE("a product that is not one is refused with part and field") {
  const std::pair<std::string, const char*> wrong[] = {
      {"3", "a number"},
      {"nil", "nothing"},
      {"print", "a function"},
      {"b", "a shape"},
      {"{}", "lacks parts"},
      {"{parts={}}", "no parts"},
      {"{parts=b}", "list of tables"},
      {"{parts={b}}", "a shape at position 1"},
      {"{parts={{name='a', solid=b}, nil, {name='c', solid=b}}}", "position 2"},
      {"{parts={{solid=b}}}", "lacks the text name"},
      {"{parts={{name='a'}}}", "part a lacks solid"},
      {"{parts={{name='a', solid=3}}}", "solid is a number"},
      {"{parts={{name='a', solid=rectangle(1,1)}}}", "solid is a profile"},
      {"{parts={{name='a', solid=b}, {name='a', solid=b}}}", "two parts"},
      {"{parts={{name='../a', solid=b}}}", "../a"},
      {"{parts={{name='', solid=b}}}", "name"},
      {"{parts={{name='\\xff', solid=b}}}", "UTF-8"},
      {"{parts={{name='a\\nb', solid=b}}}", "name"},
      {part_with("colour='red'"), "#rrggbb"},
      {part_with("color='#ffffff'"), "unknown field \"color\""},
      {part_with("up='z'"), "+z"},
      {part_with("sheet=3"), "sheet is a number"},
      {part_with("grain='oblique'"), "length, width or none"},
      {part_with("edges={'top'}"), "front, back, left and right"},
      {part_with("edges={'left', 'left'}"), "twice"},
      {part_with("at={}"), "no place"},
      {part_with("at={{x=0/0}}"), "finite"},
      {part_with("at={{x=1e300}}"), "beyond"},
      {part_with("at={{x='1'}}"), "a text"},
      {part_with("at={{angle=3}}"), "angle"},
      {part_with("at={{1,2,3}}"), "without a name"},
      {"{parts={{name='a', solid=b}}, mates={{kind='slide', a='a', b='c'}}}", "no part \"c\""},
      {"{parts={{name='a', solid=b}}, mates={{kind='glue', a='a', b='a'}}}", "press, slide"},
      {"{parts={{name='a', solid=b}}, handles={{parameter='size', at={1,2}, direction='+x'}}}", "{x, y, z}"},
      {"{parts={{name='a', solid=b}}, handles={{parameter='sise', at={1,2,3}, direction='+x'}}}", "sise"},
      {"{parts={{name='a', solid=b}}, handles={{parameter='on', at={1,2,3}, direction='+x'}}}", "is a toggle"},
      {"{parts={{name='a', solid=b}}, rules={{measure=3, max=1, message='m'}}}", "measure is a number"},
      {"{parts={{name='a', solid=b}}, rules={{measure=b:volume(), message='m'}}}", "neither min nor max"},
      {"{parts={{name='a', solid=b}}, hardware={{item='', count=1}}}", "one line"},
      {"{parts={{name='a', solid=b}}, hardware={{item='screw', count=1.5}}}", "whole number"},
      {"{parts={{name='a', solid=b}}, hardware={{count=1}}}", "lacks the text item"},
      {"{parts={{name='a', solid=b}}, warnings={3}}", "warnings"},
      {"{parts={{name='a', solid=b}}, part={}}", "unknown field \"part\""},
  };
  for (const auto& [table, message] : wrong) {
    INFO(table);
    const Error error = not_accepted(table);
    INFO(error.message);
    CHECK(mentions(error.message, message));
  }
}

TEST_CASE("parts and copies are bounded") {
  CHECK(mentions(
      build_refused("local t = {} for i = 1, 1001 do t[i] = {name='p' .. i, solid=box(1,1,1)} end return {parts=t}")
          .message,
      "1000 parts"));
  CHECK(mentions(
      build_refused(
          "local t = {} for i = 1, 10001 do t[i] = {x=i} end return {parts={{name='a', solid=box(1,1,1), at=t}}}")
          .message,
      "10000 copies"));
}

TEST_CASE("a result that is thrown away is told, with its line") {
  const auto warnings = [](const std::string& body) {
    const auto done = run(with_build(body), {});
    INFO((done ? "" : describe(done.error())));
    REQUIRE(done);
    return done->product.warnings;
  };
  const std::string whole = "local b = box(1, 1, 1)\n", end = "\nreturn {parts={{name='a', solid=b}}}";
  const auto told = warnings(whole + "b:cut(box(2, 2, 2):move(1))" + end);
  REQUIRE(told.size() == 1);
  CHECK(mentions(told[0], "result of cut in t/template.lua:3 is used by nothing"));
  CHECK(warnings(whole + "b:cut(box(2, 2, 2)):move(3)" + end).size() == 1);
  // In use, noted twice, measured, or a shape of its own for another setting: nothing is lost.
  CHECK(warnings(whole + "b = b:cut(box(2, 2, 2))" + end).empty());
  CHECK(warnings(whole + "b:move(1) b = b:move(1)" + end).empty());
  CHECK(warnings(whole + "local hole = box(2, 2, 2):move(1)" + end).empty());
  CHECK(warnings(whole + "return {parts={{name='a', solid=b}}, rules={{measure=b:move(1):volume(), max=9, "
                         "message='m', parameters={}}}}")
            .empty());
}
