#include "tests/unit/templates/dummy_operations.hpp"

#include <ctime>

#include "tests/catch.hpp"

namespace fitwright {
// The kernel's own types, which these tests do without.
class Value {};
class BuildContext {};
}  // namespace fitwright

namespace fitwright::test {

namespace {

Result<Value> never_called(const BuildContext&) {
  return fail(ErrorKind::internal, "dummy operations are never built");
}

/// A sanitizer's instructions take computing time that is not the template's.
constexpr int slowdown = FITWRIGHT_SLOWDOWN;

const Arg optional_node = std::monostate{};

const Operation rows[] = {
    {.name = "rectangle",
     .summary = "Rectangle",
     .result = Kind::profile,
     .args = {{.name = "x", .kind = ArgKind::length, .doc = "width", .min = 0, .min_open = true},
              {.name = "y", .kind = ArgKind::length, .doc = "depth", .min = 0, .min_open = true},
              {.name = "centered", .kind = ArgKind::flag, .doc = "about the origin", .fallback = false}},
     .build = never_called},
    {.name = "polygon",
     .summary = "Polygon",
     .result = Kind::profile,
     .args = {{.name = "points", .kind = ArgKind::points, .doc = "corners"}},
     .build = never_called},
    {.name = "text",
     .summary = "Text",
     .result = Kind::profile,
     .args = {{.name = "text", .kind = ArgKind::text, .doc = "what it says"},
              {.name = "size", .kind = ArgKind::length, .doc = "cap height", .min = 0, .min_open = true},
              {.name = "font", .kind = ArgKind::blob, .doc = "font", .fallback = std::string()},
              {.name = "align",
               .kind = ArgKind::choice,
               .doc = "side",
               .fallback = std::string("left"),
               .choices = {"left", "center", "right"}}},
     .build = never_called},
    {.name = "profile.union",
     .summary = "Join profiles",
     .result = Kind::profile,
     .args = {{.name = "profiles", .kind = ArgKind::profiles, .doc = "what to join"}},
     .build = never_called,
     .lua_name = "union"},
    {.name = "extrude",
     .summary = "Extrude",
     .result = Kind::solid,
     .args = {{.name = "profile", .kind = ArgKind::profile, .doc = "what"},
              {.name = "h", .kind = ArgKind::length, .doc = "height"}},
     .build = never_called},
    {.name = "loft",
     .summary = "Loft",
     .result = Kind::solid,
     .args = {{.name = "profiles", .kind = ArgKind::profiles, .doc = "from below to above"},
              {.name = "heights", .kind = ArgKind::numbers, .doc = "of each"},
              {.name = "ruled", .kind = ArgKind::flag, .doc = "straight", .fallback = false}},
     .build = never_called},
    {.name = "box",
     .summary = "Box",
     .result = Kind::solid,
     .args = {{.name = "x", .kind = ArgKind::length, .doc = "width", .min = 0, .min_open = true},
              {.name = "y", .kind = ArgKind::length, .doc = "depth", .min = 0, .min_open = true},
              {.name = "z", .kind = ArgKind::length, .doc = "height", .min = 0, .min_open = true}},
     .build = never_called},
    {.name = "solid.union",
     .summary = "Join solids",
     .result = Kind::solid,
     .args = {{.name = "solids", .kind = ArgKind::solids, .doc = "what to join"}},
     .build = never_called,
     .lua_name = "union"},
    {.name = "cut",
     .summary = "Cut",
     .result = Kind::solid,
     .args = {{.name = "solid", .kind = ArgKind::solid, .doc = "from what"},
              {.name = "tools", .kind = ArgKind::solids, .doc = "what"}},
     .build = never_called},
    {.name = "move",
     .summary = "Move",
     .result = Kind::solid,
     .args = {{.name = "solid", .kind = ArgKind::solid, .doc = "what"},
              {.name = "x", .kind = ArgKind::length, .doc = "by", .fallback = 0.0},
              {.name = "y", .kind = ArgKind::length, .doc = "by", .fallback = 0.0},
              {.name = "z", .kind = ArgKind::length, .doc = "by", .fallback = 0.0}},
     .build = never_called},
    {.name = "rotate",
     .summary = "Rotate",
     .result = Kind::solid,
     .args = {{.name = "solid", .kind = ArgKind::solid, .doc = "what"},
              {.name = "axis", .kind = ArgKind::choice, .doc = "about", .choices = {"x", "y", "z"}},
              {.name = "angle", .kind = ArgKind::angle, .doc = "by"},
              {.name = "origin", .kind = ArgKind::vector, .doc = "through", .fallback = Vec3{}}},
     .build = never_called},
    {.name = "fillet",
     .summary = "Fillet",
     .result = Kind::solid,
     .args = {{.name = "solid", .kind = ArgKind::solid, .doc = "what"},
              {.name = "edges", .kind = ArgKind::edges, .doc = "which"},
              {.name = "r", .kind = ArgKind::length, .doc = "radius", .min = 0, .min_open = true},
              {.name = "expect", .kind = ArgKind::count, .doc = "how many", .fallback = optional_node},
              {.name = "optional", .kind = ArgKind::flag, .doc = "none is fine", .fallback = false}},
     .build = never_called},
    {.name = "faces.facing",
     .summary = "Faces that face a direction",
     .result = Kind::faces,
     .args = {{.name = "direction", .kind = ArgKind::text, .doc = "where"}}},
    {.name = "edges.parallel",
     .summary = "Edges along an axis",
     .result = Kind::edges,
     .args = {{.name = "axis", .kind = ArgKind::choice, .doc = "which", .choices = {"x", "y", "z"}}}},
    {.name = "edges.of",
     .summary = "Edges of faces",
     .result = Kind::edges,
     .args = {{.name = "faces", .kind = ArgKind::faces, .doc = "which"}}},
    {.name = "volume",
     .summary = "Volume",
     .result = Kind::number,
     .args = {{.name = "solid", .kind = ArgKind::solid, .doc = "of what"}},
     .build = never_called},
    {.name = "number.add",
     .summary = "Sum",
     .result = Kind::number,
     .args = {{.name = "a", .kind = ArgKind::number, .doc = "a"}, {.name = "b", .kind = ArgKind::number, .doc = "b"}},
     .build = never_called},
    {.name = "number.multiply",
     .summary = "Product",
     .result = Kind::number,
     .args = {{.name = "a", .kind = ArgKind::number, .doc = "a"}, {.name = "b", .kind = ArgKind::number, .doc = "b"}},
     .build = never_called},
    {.name = "number.negate",
     .summary = "Opposite",
     .result = Kind::number,
     .args = {{.name = "a", .kind = ArgKind::number, .doc = "a"}},
     .build = never_called},
    {.name = "planner.secret",
     .summary = "The planner's own",
     .result = Kind::solid,
     .args = {{.name = "solid", .kind = ArgKind::solid, .doc = "what"}},
     .build = never_called,
     .hidden = true},
};

}  // namespace

const OperationTable& dummy_operations() {
  static const OperationTable table = [] {
    std::vector<const Operation*> pointers;
    for (const Operation& row : rows) pointers.push_back(&row);
    return OperationTable(std::move(pointers));
  }();
  return table;
}

std::string with_build(std::string_view body, std::string_view extra) {
  // Line 1 is the head, so that line 2 is the first of the body.
  std::string source = R"(return { id="t", version="1.0.0", name="T", licence="CC0-1.0", processes={"fdm"}, )";
  source += extra;
  source += " build=function(p, ctx)\n";
  source += body;
  source += "\nend }\n";
  return source;
}

TemplateScript script(std::string source, std::map<std::string, std::string> modules) {
  ScriptLimits limits;
  limits.time *= slowdown;
  return TemplateScript(std::move(source), "t/template.lua", std::move(modules), dummy_operations(), limits);
}

BuildEnvironment environment() {
  BuildEnvironment environment;
  environment.process = "fdm";
  environment.material = "pla";
  environment.fit = {{"slide", 0.2}, {"press", 0.05}};
  environment.hardware = {{"M3", {{"clearance", 3.4}, {"tap", 2.5}}}};
  environment.fonts = {{"", "default font bytes"}, {"serif", "serif bytes"}};
  environment.files = {{"logo.svg", "<svg/>"}};
  environment.text_width = [](const std::string& text, const std::string& font, double size) -> Result<double> {
    return static_cast<double>(text.size()) * size + static_cast<double>(font.size());
  };
  return environment;
}

Result<ScriptRun> run(const std::string& source, const Values& values) {
  return script(source).run(values, environment());
}

NodePtr solid_of(std::string_view body) {
  auto result = run(with_build(body));
  INFO(body);
  INFO((result ? "" : describe(result.error())));
  REQUIRE(result);
  return result->product.parts.at(0).solid;
}

Error refused(const std::string& source, const Values& values) {
  const std::clock_t start = std::clock();  // computing time: other programs do not count
  const auto result = run(source, values);
  const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  INFO(source.substr(0, 500));
  REQUIRE_FALSE(result);
  INFO(describe(result.error()));
  CHECK(taken < 2 * slowdown);
  CHECK_FALSE(result.error().message.empty());
  CHECK(result.error().message.size() < 5000);
  return result.error();
}

Error build_refused(std::string_view body) { return refused(with_build(body)); }

bool mentions(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace fitwright::test
