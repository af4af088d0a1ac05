#include "geometry/catalog/workshop.hpp"

#include <cmath>

#include "geometry/catalog/catalog.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

const Catalog& shipped() {
  static const Catalog catalog = Catalog::load(FITWRIGHT_DATA_DIR).value();
  return catalog;
}

constexpr const char* own = R"toml(# what stands in the cellar
[machine.prusa]
name = "Prusa in the cellar"
process = "fdm"
bed = [200, 190.5, 180]
nozzle = 0.6   # brass
fit_press = 0.08
max_bridge_mm = 14
colour = "orange"

[machine.laser]
process = "laser_sheet"
bed = [600, 400]
kerf = 0.13

[material.pla]
price_per_kg = 19
[material.birch_ply]
real_thickness_mm = 5.7
)toml";

}  // namespace

TEST_CASE("a machine is a process with figures of its own, and says so") {
  std::vector<std::string> warnings;
  const Catalog catalog = shipped().with_workshop(own, warnings).value();
  CHECK(catalog.processes().value().size() == shipped().processes().value().size() + 2);
  const Process& prusa = *catalog.process("prusa").value();
  CHECK(prusa.does == "fdm");
  CHECK(prusa.name == "Prusa in the cellar");
  REQUIRE(prusa.build_volumes.size() == 1);
  CHECK(prusa.build_volumes[0].size == Vec3{200, 190.5, 180});
  CHECK(prusa.build_volumes[0].source == "measured on Prusa in the cellar");
  CHECK(prusa.quantity("max_bridge_mm").value().value == 14);
  CHECK(prusa.quantity("max_bridge_mm").value().source == "measured on Prusa in the cellar");
  CHECK(catalog.fit("prusa", FitClass::press).value().value == 0.08);
  CHECK(catalog.fit("prusa", FitClass::slide).value() == shipped().fit("fdm", FitClass::slide).value());
  // A wider nozzle draws wider lines: two of them are the thinnest wall.
  CHECK(prusa.quantity("min_wall_supported_mm").value().value == Approx(0.8 * 0.6 / 0.4));
  CHECK(prusa.quantity("min_wall_supported_mm").value().status == DataStatus::inferred);
  CHECK(catalog.process("fdm").value()->quantity("min_wall_supported_mm").value().value == 0.8);
  const Process& laser = *catalog.process("laser").value();
  CHECK(laser.name == "laser");
  CHECK(std::isinf(laser.build_volumes.at(0).size.z));
  CHECK(laser.quantity("kerf_mm").value().value == 0.13);
  CHECK(catalog.material("pla").value()->quantity("price_per_kg").value().value == 19);
  CHECK(catalog.material("pla").value()->quantity("price_per_kg").value().source == "own price");
  CHECK(catalog.material("pla").value()->quantity("density_kg_m3").value().value == 1240);
}

TEST_CASE("what no catalog knows is left out and told; what is damaged is refused with its line") {
  std::vector<std::string> warnings;
  const Catalog catalog =
      shipped()
          .with_workshop(
              "[machine.x]\nprocess=\"fmd\"\n[machine.fdm]\nprocess=\"fdm\"\n[material.cheese]\nprice_per_kg=9\n",
              warnings)
          .value();
  CHECK(warnings.size() == 3);
  CHECK(catalog.processes().value().size() == shipped().processes().value().size());
  for (const char* damaged :
       {"[machine.x\n", "[machine.x]\nname=\"no process\"\n", "[machine.x]\nprocess=\"fdm\"\nbed=[1]\n",
        "[machine.x]\nprocess=\"fdm\"\nnozzle=-1\n", "machine=3\n", "[machine.x]\nprocess=\"fdm\"\nfit_snug=0.1\n"}) {
    INFO(damaged);
    CHECK_FALSE(read_workshop(damaged));
    CHECK_FALSE(set_machine(damaged, "y", {{"process", "fdm"}}));
  }
  CHECK(read_workshop("[machine.x\n").error().message.find("line 1") != std::string::npos);
}

TEST_CASE("setting values changes those lines and no others") {
  const std::string set =
      set_machine(own, "prusa", {{"nozzle", "0.4"}, {"bed", "250 x 21cm x 220"}, {"layer", "0.3 mm"}}).value();
  CHECK(set.find("# what stands in the cellar") == 0);
  CHECK(set.find("colour = \"orange\"") != std::string::npos);
  CHECK(set.find("bed = [250, 210, 220]") != std::string::npos);
  CHECK(set.find("[machine.laser]\nprocess = \"laser_sheet\"\nbed = [600, 400]\nkerf = 0.13\n") != std::string::npos);
  const Workshop read = read_workshop(set).value();
  REQUIRE(read.machines.size() == 2);
  CHECK(std::get<double>(read.machines[0].facts.at("nozzle_diameter_default_mm").value) == 0.4);
  CHECK(std::get<double>(read.machines[0].facts.at("layer_height_default_mm").value) == 0.3);
  // A new one at the end, and an empty value takes a key away.
  const std::string more = set_machine(set, "saw", {{"process", "panel_saw"}, {"name", "The \"old\" saw"}}).value();
  CHECK(read_workshop(more).value().machines.at(2).name == "The \"old\" saw");
  CHECK(read_workshop(set_machine(more, "prusa", {{"nozzle", ""}}).value())
            .value()
            .machines[0]
            .facts.count("nozzle_diameter_default_mm") == 0);
  const std::string less = remove_machine(more, "prusa").value();
  CHECK(read_workshop(less).value().machines.size() == 2);
  CHECK(less.find("[material.pla]\nprice_per_kg = 19") != std::string::npos);
  CHECK_FALSE(remove_machine(less, "prusa"));
  CHECK_FALSE(set_machine(own, "no good", {}));
  CHECK_FALSE(set_machine(own, "prusa", {{"nozle", "0.4"}}));
  CHECK_FALSE(set_machine(own, "prusa", {{"nozzle", "wide"}}));
  CHECK_FALSE(set_machine(own, "fresh", {{"bed", "250x210x220"}}));  // what does it do?
}

TEST_CASE("own prices of materials and machines are set, named as such, and in EUR") {
  auto text = set_material("# mine\n", "resin_standard", {{"price_per_kg", "30"}});
  REQUIRE(text);
  text = set_material(*text, "birch_plywood", {{"sheet_18mm_eur_m2", "52.5"}});
  REQUIRE(text);
  text = set_machine(*text, "saw", {{"process", "panel_saw"}, {"machine_cost_eur_per_hour", "3"}});
  REQUIRE(text);
  CHECK(text->starts_with("# mine\n"));
  std::vector<std::string> warnings;
  const Catalog catalog = shipped().with_workshop(*text, warnings).value();
  CHECK(warnings.empty());
  const Material& plywood = *catalog.material("birch_plywood").value();
  CHECK(plywood.quantity("sheet_18mm_eur_m2").value().value == 52.5);
  CHECK(plywood.quantity("sheet_18mm_eur_m2").value().source == "own price");
  CHECK(catalog.material("resin_standard").value()->text("price_currency").empty());
  CHECK(catalog.process("saw").value()->quantity("machine_cost_eur_per_hour").value().source == "own price");
  // Taken away again, the published price holds; nothing else is touched.
  const auto without = set_material(*text, "resin_standard", {{"price_per_kg", ""}});
  REQUIRE(without);
  CHECK(without->find("52.5") != std::string::npos);
  CHECK(without->find("price_per_kg") == std::string::npos);
  CHECK(set_material(*text, "pla", {{"price_per_kg", "-3"}}).error().kind == ErrorKind::value);
  CHECK(set_material(*text, "pla", {{"price_per_kg", "cheap"}}).error().kind == ErrorKind::value);
  CHECK(set_material(*text, "pla", {{"dear", "3"}}).error().kind == ErrorKind::value);
}
