// Walks every value of every shipped data file.
#include <set>

#include "geometry/catalog/catalog.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

struct Count {
  std::size_t values = 0, numbers = 0;
};

bool is_number(const Fact::Value& value) {
  return std::holds_alternative<double>(value) || std::holds_alternative<std::vector<double>>(value) ||
         std::holds_alternative<std::vector<std::vector<double>>>(value);
}

void walk(const Record& record, Count& count) {
  for (const auto& [key, fact] : record.facts) {
    INFO(record.label << " " << key);
    ++count.values;
    CHECK(fact.source.size() >= 4);
    const auto unit = unit_of_key(key);
    if (is_number(fact.value)) {
      ++count.numbers;
      REQUIRE(unit);
      CHECK(fact.unit == *unit);
    } else {
      CHECK(fact.unit.empty());
    }
    const bool says_unsourced = fact.source.find("engineering practice, no source") == 0;
    if (says_unsourced) CHECK(fact.status == DataStatus::unsourced);
    if (fact.status == DataStatus::sourced) CHECK_FALSE(says_unsourced);
  }
  for (const auto& [name, rows] : record.rows)
    for (const Record& row : rows) walk(row, count);
}

}  // namespace

TEST_CASE("every value has a unit or is plain, a source and a status") {
  const Catalog catalog = Catalog::load(FITWRIGHT_DATA_DIR).value();
  CHECK(catalog.files() == std::vector<std::string>{"formats.toml", "furniture.toml", "hardware.toml", "materials.toml",
                                                    "processes.toml", "rates.toml", "services.toml"});
  Count count;
  std::vector<std::string> files = catalog.files();
  for (const std::string& shop : catalog.files("shops")) files.push_back(shop);
  for (const std::string& file : files) {
    const auto record = catalog.file(file);
    INFO((record ? std::string() : describe(record.error())));
    REQUIRE(record);
    walk(**record, count);
  }
  // Fewer would mean that part of a file is skipped silently.
  CHECK(count.numbers > 1000);
  CHECK(count.values > count.numbers);
}
