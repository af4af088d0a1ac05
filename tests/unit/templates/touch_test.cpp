// Which parameter touches what.
#include "templates/runtime/touch.hpp"

#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

const std::string boxes = R"lua(
return { id="boxes", version="1.0.0", name="Boxes", summary="Boxes.", description="Boxes.", licence="CC-BY-4.0",
  author="Tester", processes={"fdm"},
  parameters={
    {"width", kind="length", default=40, min=40, max=50, step=1, label="Width"},
    {"wall", kind="length", default=2, min=1, max=5, label="Wall"},
    {"holes", kind="count", default=2, min=1, max=9, label="Holes"},
    {"gap", kind="length", default=3, min=0, max=9, label="Gap"},
    {"lid", kind="toggle", default=true, label="Lid"},
    {"note", kind="text", label="Note"},
    {"idle", kind="length", default=3, min=0, max=9, label="Idle"},
  },
  rules={ { check=function(p) return p.wall == 2 end, message="Two it is.", parameters={"wall"} } },
  build=function(p, ctx)
    local body = box(p.width, 20, 10)
    local tools = {}
    for i = 1, p.holes do tools[i] = box(p.wall, 5, 30):move { x = 4 * i } end
    local parts = { { name="body", solid=body:cut(tools) } }
    if p.lid then parts[2] = { name="lid", solid=box(p.width, 20, p.wall), at={ { z = 10 + p.gap } } } end
    return { parts=parts }
  end }
)lua";

const Touch& of(const std::vector<Touch>& all, const std::string& name) {
  return *std::find_if(all.begin(), all.end(), [&](const Touch& t) { return t.parameter == name; });
}

}  // namespace

TEST_CASE("a parameter touches the nodes whose own arguments it changes, whatever the rules say") {
  const TemplateScript template_script = script(boxes);
  const auto run = template_script.run({}, {});
  INFO((run ? "" : describe(run.error())));
  REQUIRE(run);
  const auto touches = find_touches(template_script, *run, {});
  REQUIRE(touches.size() == 7);
  const Node& cut = *run->product.parts[0].solid;
  const Node& body = *cut.child({0, 0});
  const Node& hole = *cut.child({1, 0})->child({0, 0});
  const Node& lid = *run->product.parts[1].solid;
  CHECK(of(touches, "width").nodes == std::set<Hash128>{body.hash(), lid.hash()});
  CHECK(of(touches, "wall").nodes == std::set<Hash128>{hole.hash(), lid.hash()});
  CHECK(of(touches, "holes").nodes == std::set<Hash128>{cut.hash()});
  CHECK(of(touches, "gap").nodes.empty());
  CHECK(of(touches, "gap").parts == std::set<std::string>{"lid"});
  CHECK(of(touches, "lid").nodes.empty());
  CHECK(of(touches, "lid").parts == std::set<std::string>{"lid"});
  CHECK(of(touches, "note").nodes.empty());
  CHECK(of(touches, "idle").nodes.empty());
}

TEST_CASE("what shapes a node: its own parameters first, then those of what it is made of") {
  const TemplateScript template_script = script(boxes);
  const auto run = template_script.run({}, {});
  REQUIRE(run);
  const auto touches = find_touches(template_script, *run, {});
  const Node& cut = *run->product.parts[0].solid;
  CHECK(parameters_behind(cut, touches) == std::vector<std::string>{"holes", "width", "wall"});
  CHECK(parameters_behind(*cut.child({0, 0}), touches) == std::vector<std::string>{"width"});
  CHECK(parameters_behind(*run->product.parts[1].solid, touches) == std::vector<std::string>{"width", "wall"});
}

TEST_CASE("once stopped, no parameter is moved any more") {
  const TemplateScript template_script = script(boxes);
  const auto run = template_script.run({}, {});
  REQUIRE(run);
  std::stop_source stop;
  stop.request_stop();
  for (const Touch& touch : find_touches(template_script, *run, {}, stop.get_token())) CHECK(touch.nodes.empty());
}
