#include "templates/schema/values.hpp"

#include <limits>

#include "templates/schema/utf8.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

bool mentions(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

Parameter width() {
  Parameter p;
  p.name = p.label = "width";
  p.kind = ParameterKind::length;
  p.fallback = 800.0;
  p.min = 300;
  p.max = 1200;
  p.step = 10;
  return p;
}

Parameter of_kind(ParameterKind kind, ParameterValue fallback) {
  Parameter p;
  p.name = p.label = "thing";
  p.kind = kind;
  p.fallback = std::move(fallback);
  return p;
}

Parameter shelves() {
  Parameter p = of_kind(ParameterKind::count, 5.0);
  p.min = 1;
  p.max = 12;
  return p;
}

Parameter style() {
  Parameter p = of_kind(ParameterKind::choice, std::string("dado"));
  p.choices = {{"dado", "Dado joints"}, {"fixed", "Screwed"}};
  return p;
}

Template bookshelf() {
  Template about;
  about.id = "bookshelf";
  about.version = "1.0.0";
  about.name = "Bookshelf";
  about.licence = "CC-BY-4.0";
  about.processes = {"panel_saw"};
  about.parameters = {width(), shelves(), style()};
  about.parameters[1].name = "shelves";
  about.parameters[2].name = "style";
  return about;
}

ParameterValue parsed(const Parameter& parameter, std::string_view text) {
  const auto value = parse_value(parameter, text);
  INFO(text);
  REQUIRE(value);
  return *value;
}

Error refused(const Parameter& parameter, std::string_view text) {
  const auto value = parse_value(parameter, text);
  INFO(text);
  REQUIRE_FALSE(value);
  CHECK(value.error().kind == ErrorKind::value);
  CHECK(value.error().parameters == std::vector<std::string>{parameter.name});
  return value.error();
}

}  // namespace

TEST_CASE("values are read in the parameter's kind") {
  CHECK(parsed(width(), "31.5 in") == ParameterValue(800.1));
  CHECK(parsed(width(), "803.7") == ParameterValue(803.7));  // between two steps
  CHECK(parsed(shelves(), "4") == ParameterValue(4.0));
  CHECK(parsed(style(), "fixed") == ParameterValue(std::string("fixed")));
  CHECK(parsed(style(), "screwed") == ParameterValue(std::string("fixed")));
  const Parameter toggle = of_kind(ParameterKind::toggle, true);
  for (const char* yes : {"yes", "TRUE", "on", "1"}) CHECK(parsed(toggle, yes) == ParameterValue(true));
  for (const char* no : {"no", "False", "off", "0"}) CHECK(parsed(toggle, no) == ParameterValue(false));
  const Parameter colour = of_kind(ParameterKind::colour, std::string("#ffffff"));
  CHECK(parsed(colour, "#D9B98C") == ParameterValue(std::string("#d9b98c")));
  CHECK(parsed(colour, "fa0") == ParameterValue(std::string("#ffaa00")));
  CHECK(parsed(of_kind(ParameterKind::text, std::string()), " Büro 3 ") == ParameterValue(std::string(" Büro 3 ")));
  CHECK(parsed(of_kind(ParameterKind::number, 1.0), "1/4") == ParameterValue(0.25));
}

TEST_CASE("a value out of range is refused with what is allowed, never bent") {
  const Error error = refused(width(), "5 m");
  CHECK(error.message == "width: 5000 mm is not allowed; it must be between 300 mm and 1200 mm");
  CHECK(error.measured == 5000);
  CHECK(error.required == 1200);
  CHECK(error.unit == "mm");
  CHECK(error.suggestion.empty());  // a rule may forbid the end of the range
  CHECK(mentions(refused(width(), "1200.0000001").message, "1200.0000001"));
  CHECK(mentions(refused(shelves(), "4.5").message, "whole number between 1 and 12"));
  refused(shelves(), "0");
  refused(shelves(), "4 mm");
  refused(width(), "45 deg");
  refused(width(), "wide");
  refused(width(), "");
  CHECK(parse_value(width(), "300"));
  CHECK(parse_value(width(), "1.2 m"));
}

TEST_CASE("choices, toggles, colours and texts say what they take") {
  const Error error = refused(style(), "dadoo");
  CHECK(mentions(error.message, "one of dado, fixed"));
  CHECK(mentions(error.suggestion, "dado"));
  CHECK(mentions(refused(of_kind(ParameterKind::toggle, true), "perhaps").message, "yes or no"));
  CHECK(mentions(refused(of_kind(ParameterKind::colour, std::string()), "brown").message, "#rrggbb"));
  const Parameter text = of_kind(ParameterKind::text, std::string());
  refused(text, "\xff\xfe");
  refused(text, "a\nb");
  refused(text, std::string(201, 'x'));
  CHECK(parse_value(text, std::string(200, 'x')));
}

TEST_CASE("values of the wrong kind or not finite are refused") {
  CHECK_FALSE(check_value(width(), true));
  CHECK_FALSE(check_value(width(), std::string("800")));
  CHECK_FALSE(check_value(width(), std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(check_value(width(), std::numeric_limits<double>::infinity()));
  CHECK_FALSE(check_value(style(), 1.0));
  CHECK_FALSE(check_value(of_kind(ParameterKind::toggle, true), 1.0));
}

TEST_CASE("an unknown name is refused with the nearest") {
  const auto checked = check_values(bookshelf(), {{"widht", 800.0}});
  REQUIRE_FALSE(checked);
  CHECK(mentions(checked.error().message, "widht"));
  CHECK(mentions(checked.error().message, "width, shelves, style"));
  CHECK(checked.error().suggestion == "did you mean width?");
}

TEST_CASE("defaults fill what is not given") {
  const auto values = complete_values(bookshelf(), {{"shelves", 3.0}});
  REQUIRE(values);
  CHECK(*values == Values{{"width", 800.0}, {"shelves", 3.0}, {"style", std::string("dado")}});
  CHECK_FALSE(complete_values(bookshelf(), {{"shelves", 99.0}}));
}

TEST_CASE("a sound declaration passes the audit, each fault is named") {
  CHECK(audit(bookshelf()).empty());
  const auto faulty = [](auto change) {
    Template about = bookshelf();
    change(about);
    const auto faults = audit(about);
    CHECK_FALSE(faults.empty());
    return faults.empty() ? std::string() : faults[0].message;
  };
  CHECK(mentions(faulty([](Template& t) { t.id = "Book Shelf"; }), "id"));
  CHECK(mentions(faulty([](Template& t) { t.id = "../x"; }), "id"));
  CHECK(mentions(faulty([](Template& t) { t.version = "one"; }), "version"));
  CHECK(mentions(faulty([](Template& t) { t.processes.clear(); }), "processes"));
  CHECK(mentions(faulty([](Template& t) { t.parameters.push_back(t.parameters[0]); }), "twice"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].fallback = 5000.0; }), "default"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].fallback = std::string("wide"); }), "default"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].min = 2000; }), "min above max"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].min.reset(); }), "min and max"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].step = 0; }), "step"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].name = "Width mm"; }), "name"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[0].name = "end"; }), "word of Lua"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[1].max = 3.5; }), "whole"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[2].choices.clear(); }), "no choices"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[2].choices.push_back({"dado", "again"}); }), "twice"));
  CHECK(mentions(faulty([](Template& t) { t.parameters[2].max = 3; }), "no range"));
  CHECK(mentions(faulty([](Template& t) { t.rules = {{"too close", {"shelfs"}}}; }), "shelfs"));
  CHECK(mentions(faulty([](Template& t) { t.presets = {{"big", "Big", {{"width", 9000.0}}}}; }), "preset big"));
  CHECK(mentions(faulty([](Template& t) { t.presets = {{"big", "Big", {}}, {"big", "Big", {}}}; }), "twice"));
}

TEST_CASE("messages call a parameter and tell its range as its reader is used to") {
  const Wording american{"Width", true};
  const auto large = parse_value(width(), "60 in", american);
  REQUIRE_FALSE(large);
  // 300 mm are 11.811024 in and 1200 mm are 47.244094 in: rounded into the range.
  CHECK(large.error().message == "Width: 60 in is not allowed; it must be between 11.812 in and 47.244 in");
  CHECK(limit_text(width(), 1200, false, american) == "47.244 in");
  CHECK(limit_text(width(), 300, true, american) == "11.812 in");
  CHECK(*large.error().required == 1200);
  CHECK(parse_value(width(), "47.244 in", american));
  CHECK(parse_value(width(), "11.812 in", american));

  Parameter whole = width();
  whole.min = 254;
  const auto small = parse_value(whole, "9.9999 in", american);
  REQUIRE_FALSE(small);
  CHECK(small.error().message == "Width: 9.9999 in is not allowed; it must be between 10 in and 47.244 in");

  const auto unread = parse_value(width(), "wide", american);
  REQUIRE_FALSE(unread);
  CHECK(unread.error().message.starts_with("Width: "));
  CHECK(mentions(unread.error().message, "a length in inches, between 11.812 in"));
  const auto many = parse_value(shelves(), "99", {"Shelves", true});
  REQUIRE_FALSE(many);
  CHECK(many.error().message == "Shelves: 99 is not allowed; it must be a whole number between 1 and 12");
}

TEST_CASE("text of strangers is made printable") {
  CHECK(printable("a\x01"
                  "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(printable("\xff") == "\xEF\xBF\xBD");
  CHECK(printable("\xC3\xA4\t") == "\xC3\xA4\t");
  CHECK(printable(std::string(5000, 'x'), 10) == "xxxxxxxxxx…");
  // Overlong, surrogate, beyond U+10FFFF, truncated.
  for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) CHECK_FALSE(utf8_length(bad));
  CHECK(utf8_length("\xF0\x9F\x98\x80") == 1);
}
