#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {

TEST_CASE("every shipped template is complete") {
  for (const std::string& id : product_ids) {
    INFO(id);
    const auto about = product_script(id).describe();
    REQUIRE(about.has_value());
    CHECK(about->id == id);
    CHECK(about->licence == "CC-BY-4.0");
    CHECK(about->presets.size() >= 4);
    CHECK(!about->processes.empty());
    for (const Parameter& parameter : about->parameters) {
      INFO(parameter.name);
      CHECK(!parameter.label.empty());
      CHECK(!parameter.help.empty());
      CHECK(!parameter.group.empty());
    }
    for (const Rule& rule : about->rules) CHECK(!rule.parameters.empty());
  }
}

TEST_CASE("every preset of every product builds") {
  for (const std::string& id : product_ids) {
    const auto about = product_script(id).describe();
    REQUIRE(about.has_value());
    for (const Preset& preset : about->presets) {
      INFO(id << " " << preset.name);
      const Made made = make(id, preset.values);
      CHECK(made.volume() > 0);
      CHECK(made.product.warnings.empty());
      for (const Mate& mate : made.product.mates) CHECK(mate.clearance >= 0);
    }
  }
}

}  // namespace fitwright::test
