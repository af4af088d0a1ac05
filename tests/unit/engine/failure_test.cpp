// What goes wrong is answered with all that is known of it.
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

Error failed(Request request) {
  request.wants.parts = true;
  const Response response = ask(request);
  REQUIRE(response.error);
  return *response.error;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("refused values name the parameter and what is allowed") {
  Request request = block();
  request.entered = {{"szie", "40"}};
  const Error unknown = failed(request);
  CHECK(unknown.kind == ErrorKind::value);
  CHECK(contains(describe(unknown), "size"));
  request.entered = {{"size", "6 m"}};
  const Error large = failed(request);
  CHECK(large.kind == ErrorKind::value);
  CHECK(contains(describe(large), "5000"));
  CHECK(large.parameters == std::vector<std::string>{"size"});
  request.entered = {{"style", "fanzy"}};
  CHECK(failed(request).kind == ErrorKind::value);
  request.entered = {};
  request.preset = "lnog";
  CHECK(contains(describe(failed(request)), "did you mean long?"));
}

TEST_CASE("rules refuse with their message") {
  Request request = block();
  request.values["size"] = 13.0;
  const Error error = failed(request);
  CHECK(error.kind == ErrorKind::rule);
  CHECK(contains(error.message, "bad luck"));
  CHECK(error.parameters == std::vector<std::string>{"size"});
}

TEST_CASE("a fillet that leaves faces which cross themselves is to blame for them") {
  Request request = block();
  request.source = R"(
local function build(p)
  local clip = circle(6):union(rectangle(12, 6):move(-6, -6), rectangle(40, 3):move(-20, -6))
    :cut(circle(4), rectangle(8, 7):move(-4, -7)):extrude(12):rotate("x", 90)
  return { parts = { { name = "clip",
    solid = clip:fillet(edges.both(edges.parallel("z"), edges.convex()), p.round) } } }
end
return { id = "clip", version = "1.0.0", name = "Clip", author = "A", licence = "CC0-1.0", processes = { "fdm" },
  parameters = { { "round", kind = "length", default = 0.9, min = 0.01, max = 50, label = "Round" } }, build = build }
)";
  request.values = {};
  request.wants.parts = true;
  CHECK_FALSE(ask(request).error);
  // The straps are 2 mm thick, and both their edges are taken: from 1 mm on there is no room for the two roundings.
  for (const double round : {1.0, 1.05, 1.2, 1.5, 2.0}) {
    INFO(round);
    request.values = {{"round", round}};
    const Error error = failed(request);
    CHECK(error.operation == "fillet");
    CHECK(error.source.line == 6);
    CHECK(contains(error.message, "too large"));
    CHECK(error.parameters == std::vector<std::string>{"round"});
  }
}

TEST_CASE("a failed fillet is joined with part, line and the parameters behind it") {
  Request request = block();
  request.values["round"] = 60.0;  // larger than the block
  request.wants.explain_ms *= FITWRIGHT_SLOWDOWN;
  const Error error = failed(request);
  CHECK(error.kind == ErrorKind::geometry);
  CHECK(error.part == "block");
  CHECK(error.operation == "fillet");
  CHECK(error.source.line == 4);
  CHECK(contains(error.source.chunk, "block"));
  // The rounding is the fillet's own, the size that of what it rounds; gap and style are neither.
  CHECK(error.parameters == std::vector<std::string>{"round", "size"});
  // The block is 20 mm deep: one edge can be rounded by less than that.
  CHECK(error.measured == 60);
  REQUIRE(error.required);
  CHECK(*error.required < 20);
  CHECK(*error.required >= 19.6);
  CHECK(error.suggestion.starts_with("set round to 19."));
  request.values["round"] = *error.required;
  request.wants.parts = true;
  CHECK_FALSE(ask(request).error);
}

TEST_CASE("who is in a hurry gets the bare error") {
  Request request = block();
  request.values["round"] = 60.0;
  request.wants.explain_ms = 0;
  const Error error = failed(request);
  CHECK(error.kind == ErrorKind::geometry);
  CHECK(error.part == "block");
  CHECK(error.parameters.empty());
}

TEST_CASE("a broken template is a script error with its line") {
  Request request = block();
  request.source = "return {\n  id = = 3\n}";
  const Error error = failed(request);
  CHECK(error.kind == ErrorKind::script);
  CHECK(error.source.line == 2);
  request.source = "while true do end";
  CHECK(failed(request).kind == ErrorKind::script);
}

TEST_CASE("unknown processes, materials and formats") {
  Request request = block();
  request.process = "fmd";
  CHECK(contains(describe(failed(request)), "fdm"));
  request = block();
  request.material = "plaa";
  CHECK(contains(describe(failed(request)), "pla"));
  request = block();
  request.wants.exports = {{"docx", {}, false}};
  const Response response = ask(request);
  REQUIRE(response.error);
  CHECK(response.error->kind == ErrorKind::usage);
}

TEST_CASE("a stopped request says so and leaves the engine usable") {
  std::stop_source source;
  source.request_stop();
  Request request = block();
  request.values["size"] = 41.0;
  request.wants.parts = true;
  const Response response = ask(request, source.get_token());
  REQUIRE(response.error);
  CHECK(response.error->kind == ErrorKind::cancelled);
  CHECK_FALSE(ask(request).error);
}

TEST_CASE("bad model files are file errors") {
  for (const char* name : {"a.stl", "a.step", "a.3mf"})
    for (const std::string& bytes : {std::string(), std::string("nonsense"), std::string(2000, '\0')}) {
      INFO(name << " with " << bytes.size() << " bytes");
      Request request;
      request.model = ForeignModel{name, bytes};
      request.wants.check = true;
      const Response response = ask(request);
      REQUIRE(response.error);
      CHECK(response.error->kind == ErrorKind::file);
    }
}

TEST_CASE("an engine without assets answers with an error") {
  Engine lost("/nonexistent/assets");
  Request request = block();
  request.wants.parts = true;
  const Response response = lost.handle(request);
  REQUIRE(response.error);
  CHECK(response.error->kind == ErrorKind::file);
}
