#include "geometry/core/units.hpp"

#include <clocale>
#include <cmath>
#include <string>

#include "tests/catch.hpp"

using fitwright::Dimension;
using fitwright::ErrorKind;
using fitwright::parse_quantity;

namespace {

double mm(std::string_view text) {
  const auto value = parse_quantity(text, Dimension::length);
  INFO(text << ": " << (value ? "" : value.error().message));
  REQUIRE(value);
  return *value;
}

std::string refused(std::string_view text, Dimension dimension = Dimension::length) {
  const auto value = parse_quantity(text, dimension);
  INFO(text);
  REQUIRE_FALSE(value);
  CHECK(value.error().kind == ErrorKind::value);
  return value.error().message;
}

}  // namespace

TEST_CASE("lengths as people write them come out in mm") {
  // Exact by definition: 1 in = 25.4 mm, 1 ft = 304.8 mm.
  CHECK(mm("800") == 800);
  CHECK(mm("800 mm") == 800);
  CHECK(mm("800mm") == 800);
  CHECK(mm("31.5 in") == 800.1);
  CHECK(mm("0.8 m") == 800);
  CHECK(mm("80 cm") == 800);
  CHECK(mm("250 um") == 0.25);
  CHECK(mm("250 µm") == 0.25);
  CHECK(mm("1/2 in") == 12.7);
  CHECK(mm("1/2\"") == 12.7);
  CHECK(mm("1 1/2 in") == 38.1);
  CHECK(mm("-3") == -3);
  CHECK(mm(".5") == 0.5);
  CHECK(mm("  7\t") == 7);
  CHECK(mm("2 ft") == 609.6);
  CHECK(mm("2'") == 609.6);
  CHECK(mm("5' 3\"") == 1600.2);
  CHECK(mm("5 ft 3 1/2 in") == 1612.9);
  CHECK(mm("-5' 3\"") == -1600.2);
  CHECK(mm("2 inches") == 50.8);
  CHECK(mm("1 foot") == 304.8);
  CHECK(mm("6 feet 2 inches") == 1879.6);
  CHECK(mm("2 metres") == 2000);
  CHECK(mm("3 centimeters") == 30);
  CHECK(mm("800 MM") == 800);
  CHECK(mm("2 Inch") == 50.8);
  CHECK(mm("80 cm 5 mm") == 805);
  CHECK(mm("1 m 20 cm 3 mm") == 1203);
  CHECK(mm("1e3") == 1000);
  CHECK(mm("2.5E-1 cm") == 2.5);
}

TEST_CASE("unit conversion leaves no rounding error behind") {
  for (const int tenths : {11, 23, 47, 1, 3, 9}) {
    const std::string text = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " m";
    CHECK(mm(text) == tenths * 100.0);
  }
}

TEST_CASE("arithmetic, with a unit behind each number or once behind the whole") {
  CHECK(mm("2*18+3 mm") == 39);
  CHECK(mm("2*18+3 in") == Approx(39 * 25.4));
  CHECK(mm("2*(18+3)") == 42);
  CHECK(mm("1 m + 20 mm") == 1020);
  CHECK(mm("1 in + 1 mm") == 26.4);
  CHECK(mm("(1 + 2) in") == 76.2);
  CHECK(mm("10 mm * 3") == 30);
  CHECK(mm("1 m / 4") == 250);
  CHECK(mm("10-3-2") == 5);
  CHECK(mm("12/2/3") == 2);
  CHECK(mm("--5") == 5);
  CHECK(mm("2*-3") == -6);
}

TEST_CASE("a comma marks decimals when it can mean nothing else") {
  CHECK(mm("12,5") == 12.5);
  CHECK(mm("0,125 m") == 125);
  CHECK(mm("1234,567") == 1234.567);
  CHECK(refused("1,200").find("thousands") != std::string::npos);
  refused("1,2,3");
  refused("1,234.5");
  refused("12,");
}

TEST_CASE("angles and plain numbers") {
  CHECK(*parse_quantity("45", Dimension::angle) == 45);
  CHECK(*parse_quantity("45 deg", Dimension::angle) == 45);
  CHECK(*parse_quantity("45°", Dimension::angle) == 45);
  CHECK(*parse_quantity("0.5 rad", Dimension::angle) == Approx(28.64788975654116));
  CHECK(*parse_quantity("360/7", Dimension::angle) == Approx(51.42857142857143));
  CHECK(*parse_quantity("1/3", Dimension::number) == 1.0 / 3);
  refused("45 mm", Dimension::angle);
  refused("45 deg");
  refused("4 mm", Dimension::number);
}

TEST_CASE("what is no quantity is refused with the place") {
  CHECK(refused("12 parsecs").find("parsecs") != std::string::npos);
  CHECK(refused("1 in + 2").find("unit") != std::string::npos);
  CHECK(refused("3 +").find("lacks a number") != std::string::npos);
  refused("");
  refused("   ");
  refused("mm");
  refused("1 2");
  refused("1 mm mm");
  refused("(1");
  refused("1)");
  refused("1/0");
  refused("1 1/0 in");
  refused("10 mm * 10 mm");
  refused("10 mm / 5 mm");
  refused("1/(2 in)");
  refused("nan");
  refused("inf");
  refused("0x10");
  refused("1e");
  refused("1e999");
  refused("80 cm 5");
  refused("2 in 30 mm");
  refused("1..2");
  refused("\xff\xfe");
  refused(std::string_view("1\0 2", 4));
  refused(std::string(300, '1'));
  refused("1" + std::string(199, '('));
  refused(std::string(199, '-') + "1");
}

TEST_CASE("the program's locale does not matter") {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"})
    if (std::setlocale(LC_ALL, name)) CHECK(mm("12.5") == 12.5);
  std::setlocale(LC_ALL, before.c_str());
}
