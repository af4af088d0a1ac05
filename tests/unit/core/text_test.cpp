#include "geometry/core/text.hpp"

#include <limits>
#include <string>
#include <vector>

#include "geometry/core/hash.hpp"
#include "geometry/core/result.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

TEST_CASE("numbers are written as a person would") {
  CHECK(number_text(17.5) == "17.5");
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(1200) == "1200");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(1.0 / 3) == "0.333333");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "not a number");
}

TEST_CASE("a typing slip finds the name, another word does not") {
  const std::vector<std::string> names{"width", "height", "shelves"};
  CHECK(nearest_name("widht", names) == "width");
  CHECK(nearest_name("shelf", names).empty());
  CHECK(nearest_name("Height", names) == "height");
  CHECK(nearest_name("colour", names).empty());
  CHECK(nearest_name("x", {}).empty());
}

TEST_CASE("hashes are those of XXH3-128") {
  // Published test vector: XXH3 128 bits of nothing with seed 0 is 99AA06D3014798D86001C324468D497F.
  CHECK(to_hex(hash_bytes("")) == "99aa06d3014798d86001c324468d497f");
  CHECK(Hasher().add(-0.0).finish() == Hasher().add(0.0).finish());
  CHECK(Hasher().add(std::string_view("ab")).add(std::string_view("c")).finish() !=
        Hasher().add(std::string_view("a")).add(std::string_view("bc")).finish());
}

TEST_CASE("an error tells everything that is known of it, and its exit status") {
  Error error;
  error.kind = ErrorKind::rule;
  error.message = "too close";
  error.parameters = {"height", "shelves"};
  error.source = {"shelf.lua", 12};
  error.suggestion = "take fewer shelves";
  const std::string text = describe(error);
  for (const char* part : {"too close", "height, shelves", "shelf.lua:12", "take fewer shelves"})
    CHECK(text.find(part) != std::string::npos);
  CHECK(exit_status(ErrorKind::script) == 1);
  CHECK(exit_status(ErrorKind::file) == 1);
  CHECK(exit_status(ErrorKind::rule) == 2);
  CHECK(exit_status(ErrorKind::value) == 2);
  CHECK(exit_status(ErrorKind::finding) == 3);
  CHECK(exit_status(ErrorKind::geometry) == 4);
}
