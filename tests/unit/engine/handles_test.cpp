// Handles follow their parameters at the rate that the engine found.
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

/// A plate centred in x, from 0 in y, with handles of every sort.
Request plate() {
  Request request;
  request.source = R"lua(
local function build(p, ctx)
  local a = math.rad(p.swing)
  return {
    parts = { { name = "plate", solid = box { x = p.width, y = p.depth, z = p.height, centered = true } } },
    handles = {
      { parameter = "width", at = { p.width / 2, 0, 0 }, direction = "+x" },
      { parameter = "width", at = { -p.width / 2, 0, 0 }, direction = "+x" },
      { parameter = "depth", at = { 0, p.depth, 0 }, direction = "+y" },
      { parameter = "swing", at = { 50 * math.cos(a), 50 * math.sin(a), 0 }, direction = "+y" },
      { parameter = "idle", at = { 1, 2, 3 }, direction = "+z" },
      { parameter = "height", at = { 0, 0, math.min(p.height, 8) }, direction = "+z" },
      { parameter = "rows", at = { 0, p.rows * 7, 0 }, direction = "+y" },
    },
  }
end
return {
  id = "plate", version = "1.0.0", name = "Plate", summary = "A plate.", description = "A plate.",
  licence = "CC-BY-4.0", author = "Tester", processes = { "fdm" },
  parameters = {
    { "width", kind = "length", default = 100, min = 10, max = 100, label = "Width" },
    { "depth", kind = "length", default = 40, min = 10, max = 100, step = 10, label = "Depth" },
    { "swing", kind = "angle", default = 30, min = 0, max = 90, label = "Swing" },
    { "idle", kind = "length", default = 5, min = 0, max = 9, label = "Idle" },
    { "height", kind = "length", default = 8, min = 1, max = 20, label = "Height" },
    { "rows", kind = "count", default = 2, min = 1, max = 9, label = "Rows" },
  },
  rules = { { check = function(p) return p.depth == 40 end, message = "Forty it is.", parameters = { "depth" } } },
  build = build,
}
)lua";
  return request;
}

Response answer(const Request& request) {
  Response response = ask(request);
  INFO((response.error ? describe(*response.error) : std::string()));
  REQUIRE_FALSE(response.error);
  return response;
}

}  // namespace

TEST_CASE("a handle's rate is how far it moves for each unit of its parameter") {
  Request request = plate();
  request.wants.handles = true;
  const auto handles = answer(request).handles;
  REQUIRE(handles.size() == 7);
  CHECK(handles[0].at == Vec3{50, 0, 0});
  CHECK(handles[0].rate == 0.5);   // centred, and already as wide as can be
  CHECK(handles[1].rate == -0.5);  // its other end goes against the arrow
  CHECK(handles[2].rate == 1);     // one-sided, though a rule forbids every other value
  CHECK(handles[3].rate == Approx(25 * 1.7320508 * 3.1415927 / 180).epsilon(1e-3));  // mm for a degree, at 30
  CHECK(handles[4].rate == 0);                                                       // goes nowhere
  CHECK(handles[5].rate == 1);  // at a kink: follows downwards alone
  CHECK(handles[6].rate == 7);  // a whole row at a time
}

TEST_CASE("rates are not looked for unless they are wanted") {
  Request request = plate();
  request.wants.parts = request.wants.preview = true;
  const auto handles = answer(request).handles;
  REQUIRE(handles.size() == 7);
  CHECK(handles[0].at == Vec3{50, 0, 0});
  CHECK(handles[0].direction == Vec3{1, 0, 0});
  CHECK(handles[0].rate == 0);
}

TEST_CASE("dragging by a distance over the rate brings the handle there") {
  Request request = plate();
  request.values["width"] = 60.0;
  request.wants.handles = true;
  const Handle before = answer(request).handles[0];
  request.values["width"] = 60.0 + 8 / before.rate;
  CHECK(answer(request).handles[0].at == Vec3{before.at.x + 8, 0, 0});
}
