#include "templates/schema/design.hpp"

#include <filesystem>
#include <limits>

#include "tests/catch.hpp"

using namespace fitwright;

namespace {

bool mentions(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

Design example() {
  Design design;
  design.name = "Büro";
  design.template_id = "bookshelf";
  design.template_version = "1.2.0";
  design.source = "return {\n\t\"quoted\\\" text\"\n}";
  design.chunk = "bookshelf/template.lua";
  design.modules = {{"boards", "return {}"}};
  design.files = {{"logo.svg", std::string("\0\xff<svg/>", 8)}};
  design.fonts = {{"", "font bytes"}};
  design.values = {{"width", 800.1}, {"third", 1.0 / 3}, {"back", true}, {"style", std::string("dado")}};
  design.process = "panel_saw";
  design.material = "birch";
  design.variants = {{"small", {{"width", 400.0}}}};
  return design;
}

std::string refused(std::string_view json) {
  const auto design = design_from_json(json);
  INFO(json.substr(0, 300));
  REQUIRE_FALSE(design);
  CHECK(design.error().kind == ErrorKind::file);
  CHECK(design.error().message.size() < 1000);
  return design.error().message;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("a design survives saving and loading, byte for byte") {
  const auto text = design_to_json(example());
  REQUIRE(text);
  const auto loaded = design_from_json(*text);
  REQUIRE(loaded);
  CHECK(*loaded == example());
  CHECK(*design_to_json(*loaded) == *text);
}

TEST_CASE("locked parameters are saved as a list of names, and a design without them is as it ever was") {
  Design design = example();
  const std::string without = *design_to_json(design);
  CHECK_FALSE(mentions(without, "locked"));
  CHECK(design_from_json(without)->locked.empty());
  design.locked = {"width", "back"};
  const std::string with = *design_to_json(design);
  CHECK(mentions(with, "\"locked\": [\n    \"back\",\n    \"width\"\n  ]"));
  CHECK(*design_from_json(with) == design);
  for (const char* wrong : {"\"width\"", "[3]", "{}"})
    CHECK(mentions(refused(replaced(without, "\"process\":", "\"locked\": " + std::string(wrong) + ", \"process\":")),
                   "a list of texts"));
}

TEST_CASE("which way up parts are made is saved as directions, and nothing else is taken for one") {
  Design design = example();
  const std::string without = *design_to_json(design);
  CHECK_FALSE(mentions(without, "\"up\""));
  design.ups = {{"lid", {0, 0, -1}}, {"box", {0.6, 0, 0.8}}};
  const std::string with = *design_to_json(design);
  CHECK(*design_from_json(with) == design);
  for (const char* wrong : {"3", "[0, 1]", "[0, 1, 0, 1]", "[0, \"1\", 0]", "[0, 0, 0]"})
    CHECK(mentions(
        refused(replaced(without, "\"process\":", "\"up\": {\"lid\": " + std::string(wrong) + "}, \"process\":")),
        "a direction"));
}

TEST_CASE("fields of newer programs are kept") {
  std::string text = *design_to_json(example());
  text = replaced(text, "\"process\":", "\"mood\": {\"is\": [1, 2.5, null]}, \"process\":");
  text = replaced(text, "\"id\":", "\"author\": \"someone\", \"id\":");
  text = replaced(text, "\"name\": \"small\"", "\"name\": \"small\", \"pinned\": true");
  const auto design = design_from_json(text);
  REQUIRE(design);
  const std::string again = *design_to_json(*design);
  for (const char* kept : {"\"mood\"", "2.5", "\"author\": \"someone\"", "\"pinned\": true"})
    CHECK(mentions(again, kept));
  CHECK(*design_from_json(again) == *design);
}

TEST_CASE("what is no design is refused with the reason") {
  const std::string good = *design_to_json(example());
  CHECK(mentions(refused(""), "JSON"));
  CHECK(mentions(refused("{"), "JSON"));
  CHECK(mentions(refused("[]"), "not a Fitwright design"));
  CHECK(mentions(refused("{}"), "not a Fitwright design"));
  CHECK(mentions(refused(replaced(good, "fitwright-design", "other")), "not a Fitwright design"));
  CHECK(mentions(refused(replaced(good, "\"version\": 1", "\"version\": 7")), "version 7"));
  CHECK(mentions(refused(replaced(good, "\"version\": 1", "\"version\": -1")), "version"));
  CHECK(mentions(refused(replaced(good, "\"version\": 1", "\"version\": 1e99")), "version"));
  CHECK(mentions(refused(replaced(good, "\"version\": 1", "\"version\": \"1\"")), "version"));
  CHECK(mentions(refused(replaced(good, "\"source\"", "\"sauce\"")), "source"));
  CHECK(mentions(refused(replaced(good, "800.1", "[800.1]")), "width"));
  CHECK(mentions(refused(replaced(good, "800.1", "1e999")), "number that is too large"));
  CHECK(mentions(refused(replaced(good, "800.1", "null")), "width"));
  CHECK(mentions(refused(replaced(good, "\"Zm9udCBieXRlcw==\"", "\"Zm9?\"")), "base64"));
  CHECK(mentions(refused(replaced(good, "\"variants\": [", "\"variants\": [3,")), "variant 1"));
  CHECK(mentions(refused(replaced(good, "\"panel_saw\"", "{}")), "process"));
  CHECK(mentions(refused("{\"format\": \"\xff\"}"), "JSON"));
  for (std::size_t cut = 0; cut < good.size() - 2; cut += 7) refused(good.substr(0, cut));
}

TEST_CASE("deeply nested and huge documents are refused in bounded time") {
  CHECK(mentions(refused(std::string(1'000'000, '[')), "nested"));
  std::string deep = "{\"format\":\"fitwright-design\",\"version\":1,\"x\":";
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  CHECK(mentions(refused(deep), "nested"));
  CHECK(mentions(refused(std::string(design_max_bytes + 1, ' ')), "larger"));
}

TEST_CASE("what JSON cannot hold is not saved") {
  Design design = example();
  design.values["width"] = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(design_to_json(design));
  design = example();
  design.source = "\xff";
  CHECK_FALSE(design_to_json(design));
  design = example();
  design.values["label"] = std::string("\xC0");
  CHECK_FALSE(design_to_json(design));
}

TEST_CASE("a design is saved to a file and loaded from it") {
  const auto path = std::filesystem::temp_directory_path() / "fitwright-design-test.fitwright";
  REQUIRE(save_design(example(), path));
  CHECK(*load_design(path) == example());
  std::filesystem::remove(path);
  const auto missing = load_design(path);
  REQUIRE_FALSE(missing);
  CHECK(mentions(missing.error().message, "no such file"));
}
