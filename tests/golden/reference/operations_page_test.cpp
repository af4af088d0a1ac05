// docs/operations.md is made from the operation table. With FITWRIGHT_WRITE_DOCS set, this test writes the page;
// otherwise it demands that the page in the repository is what the table gives.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "geometry/core/file_io.hpp"
#include "geometry/core/text.hpp"
#include "geometry/graph/operation.hpp"
#include "geometry/kernel/kernel.hpp"
#include "tests/catch.hpp"

using namespace fitwright;  // NOLINT(google-build-using-namespace)

namespace {

const char* const page_path = FITWRIGHT_SOURCE_DIR "/docs/operations.md";

bool is_node(ArgKind kind) {
  return kind == ArgKind::profile || kind == ArgKind::profiles || kind == ArgKind::solid || kind == ArgKind::solids;
}

/// A node's operations are written as its methods: "solid:fillet", "profile:move".
std::string call_name(const Operation& row) {
  const std::string name(row.script_name());
  if (row.args.empty() || !is_node(row.args.front().kind)) return name;
  const bool solid = row.args.front().kind == ArgKind::solid || row.args.front().kind == ArgKind::solids;
  return std::string(solid ? "solid:" : "profile:") + name;
}

std::string default_text(const Arg& value) {
  if (const auto* number = std::get_if<double>(&value)) return number_text(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("\"{}\"", *text);
  if (const auto* v = std::get_if<Vec3>(&value))
    return fmt::format("{{{}, {}, {}}}", number_text(v->x), number_text(v->y), number_text(v->z));
  return "";
}

std::string range_text(const ArgSpec& arg) {
  const bool above = std::isfinite(arg.min), below = std::isfinite(arg.max);
  if (above && below)
    return fmt::format(", {}{} to {}", arg.min_open ? "above " : "", number_text(arg.min), number_text(arg.max));
  if (above) return fmt::format(", {} {}", arg.min_open ? "above" : "at least", number_text(arg.min));
  if (below) return fmt::format(", at most {}", number_text(arg.max));
  return "";
}

std::string argument_line(const ArgSpec& arg) {
  std::string what(to_string(arg.kind));
  if (!arg.choices.empty()) what = fmt::format("\"{}\"", fmt::join(arg.choices, "\", \""));
  what += range_text(arg);
  if (arg.fallback) {
    const std::string given = default_text(*arg.fallback);
    what += given.empty() ? "; may be left out" : "; " + given + " if left out";
  }
  return fmt::format("- `{}`: {} ({})\n", arg.name, arg.doc, what);
}

std::string entry(const Operation& row) {
  const bool method = !row.args.empty() && is_node(row.args.front().kind);
  const bool list = method && (row.args.front().kind == ArgKind::profiles || row.args.front().kind == ArgKind::solids);
  std::vector<std::string_view> names;
  std::string lines;
  for (std::size_t i = 0; i < row.args.size(); ++i) {
    if (i == 0 && method && !list) continue;
    names.push_back(list && i == 0 ? std::string_view("others") : row.args[i].name);
    if (!(list && i == 0)) lines += argument_line(row.args[i]);
  }
  return fmt::format("### {}({})\n{}.\n{}\n", call_name(row), fmt::join(names, ", "), row.summary,
                     lines.empty() ? "" : "\n" + lines);
}

std::string section(std::string_view title, Kind kind) {
  std::string text = fmt::format("## {}\n\n", title);
  for (const Operation* row : operations().rows())
    if (!row->hidden && row->result == kind && !row->name.starts_with("number.")) text += entry(*row);
  return text;
}

/// Built by the test "the examples of the page of operations build".
constexpr const char* example = R"md(Some of them at work; each line is a solid:

```lua
{
  plate = rounded_rectangle(60, 40, 6):extrude(5),
  ridge = polygon { { 0, 0 }, { 20, 0 }, { 10, 15 } }:extrude(40):rotate("x", 90),
  drilled = box(40, 20, 10):cut { cylinder(3, 10):move(10, 10, 0), cylinder(3, 10):move(30, 10, 0) },
  holes = box(60, 20, 5):cut(cylinder(2, 5):move(10, 10, 0):linear_pattern(3, 20)),
  soft = box(40, 20, 10):fillet(edges.parallel("z"), 4):chamfer(edges.of(faces.extreme("+z")), 1),
  tray = box(80, 50, 30):shell(2, faces.extreme("+z")),
  knob = polygon { { 0, 0 }, { 12, 0 }, { 9, 15 }, { 0, 18 } }:revolve(),
  pipe = circle(5):cut(circle(3.5)):sweep(path({ { 0, 0, 0 }, { 0, 0, 40 }, { 50, 0, 40 } }, 15)),
  funnel = circle(30):loft(circle(8), { 0, 40 }),
  wheel = gear(2, 18):extrude(8):cut(cylinder(4, 8)),
  sign = rectangle(60, 20):extrude(3):union(text("Anna", 10):move(8, 5):extrude(1):move { z = 3 }),
}
```

)md";

std::string page() {
  std::string text =
      "# Operations\n\n"
      "Arguments go in order or by name: `box(10, 20, 5)`, `box { x = 10, y = 20, z = 5 }`. What is written as a "
      "method\n"
      "can be called as a function too, with the profile or solid first. Lists may be tables or follow one after the\n"
      "other. Lengths are mm, angles degrees. A method never changes what it is called on, it returns something new.\n\n";
  text += example;
  text += section("Profiles", Kind::profile) + section("Solids", Kind::solid) + section("Paths", Kind::path) +
          section("Face selectors", Kind::faces) + section("Edge selectors", Kind::edges) +
          section("Measures", Kind::number);
  text +=
      "This page is made from the operation table: change the rows in `geometry/kernel/ops` and run\n"
      "`FITWRIGHT_WRITE_DOCS=1 ./dev test -R operations_page`.\n";
  return text;
}

}  // namespace

TEST_CASE("the page of operations says what the table says") {
  const std::string wanted = page();
  if (std::getenv("FITWRIGHT_WRITE_DOCS")) REQUIRE(write_file_atomic(page_path, wanted));
  INFO("To bring the page up to date: FITWRIGHT_WRITE_DOCS=1 ./dev test -R operations_page");
  CHECK(read_file(page_path) == wanted);
}
