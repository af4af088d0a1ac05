#include <unistd.h>

#include "geometry/catalog/catalog.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tests/catch.hpp"

namespace fs = std::filesystem;
using namespace fitwright;

namespace {

const Catalog& shipped() {
  static const Catalog catalog = Catalog::load(FITWRIGHT_DATA_DIR).value();
  return catalog;
}

/// A data folder of its own with one file in it.
struct Folder {
  fs::path path;
  Folder(const std::string& file, const std::string& text) {
    static int number = 0;
    path = fs::temp_directory_path() /
           ("fitwright_catalog_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    fs::create_directories(path);
    std::ofstream(path / file) << text;
  }
  ~Folder() { fs::remove_all(path); }
};

Error error_of(const std::string& processes_toml) {
  const Folder folder("processes.toml", processes_toml);
  const Catalog catalog = Catalog::load(folder.path).value();
  const auto rows = catalog.processes();
  REQUIRE_FALSE(rows);
  return rows.error();
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("processes come in the file's order with the limits of every status") {
  const auto processes = shipped().processes().value();
  REQUIRE(processes.size() == 9);
  CHECK(processes[0].id == "fdm");
  CHECK(processes[8].id == "panel_saw");
  const Process& fdm = *shipped().process("fdm").value();
  CHECK(fdm.input_kind == "solid");
  CHECK(fdm.needs_supports);
  const Quantity wall = fdm.quantity("min_wall_supported_mm").value();
  CHECK(wall.value == 0.8);
  CHECK(wall.unit == "mm");
  CHECK(wall.status == DataStatus::derived);
  CHECK(contains(wall.source, "Protolabs Network"));
  CHECK(fdm.quantity("min_text_height_mm").value().status == DataStatus::unsourced);
  CHECK(fdm.list("reference").size() == 11);
}

TEST_CASE("a key asked for by a slip of spelling is answered with the right one") {
  const Process& fdm = *shipped().process("fdm").value();
  const auto slip = fdm.quantity("min_wall_suported_mm");
  REQUIRE_FALSE(slip);
  CHECK(contains(slip.error().message, "processes.toml: process.fdm"));
  CHECK(contains(slip.error().suggestion, "min_wall_supported_mm"));
  const auto unknown = shipped().process("fmd");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ErrorKind::value);
  CHECK(contains(unknown.error().suggestion, "fdm"));
}

TEST_CASE("build volumes bound sheets in the plane alone") {
  const Process& router = *shipped().process("cnc_router_sheet").value();
  REQUIRE(router.build_volumes.size() == 2);
  CHECK(router.build_volumes[0].size.x == 2440);
  CHECK(router.build_volumes[0].size.y == 1220);
  CHECK(std::isinf(router.build_volumes[0].size.z));
  const Process& fdm = *shipped().process("fdm").value();
  REQUIRE(fdm.build_volumes.size() == 2);
  CHECK(fdm.build_volumes[0].size == Vec3{250, 210, 220});
  CHECK(fdm.build_volumes[1].size == Vec3{900, 600, 900});
  CHECK(shipped().process("sheet_bend").value()->build_volumes.empty());
}

TEST_CASE("fits follow the published clearances") {
  // Layer One: a press hole is 0.1 mm larger in diameter, so 0.05 mm a side; three guides agree on 0.2 a side to slide.
  CHECK(shipped().fit("fdm", FitClass::press).value().value == Approx(0.05));
  const Quantity slide = shipped().fit("fdm", FitClass::slide).value();
  CHECK(slide.value == Approx(0.2));
  CHECK(slide.unit == "mm");
  CHECK(slide.status == DataStatus::derived);
  CHECK(shipped().fit("sls_mjf", FitClass::press).value().status == DataStatus::sourced);
  CHECK(shipped().fit("fdm", FitClass::thread).value().status == DataStatus::unsourced);
  const auto processes = shipped().processes().value();
  for (const Process& process : processes) {
    INFO(process.id);
    CHECK(shipped().fit(process.id, FitClass::rest).value().value == 0);
    const double sliding = shipped().fit(process.id, FitClass::slide).value().value;
    CHECK(sliding <= shipped().fit(process.id, FitClass::free).value().value);
    if (const auto press = shipped().fit(process.id, FitClass::press)) CHECK(press->value <= sliding);
  }
  const auto missing = shipped().fit("panel_saw", FitClass::thread);
  REQUIRE_FALSE(missing);
  CHECK(contains(missing.error().suggestion, "slide"));
  CHECK(fit_class("press").value() == FitClass::press);
  CHECK(contains(fit_class("pres").error().suggestion, "press"));
}

TEST_CASE("materials know their processes and every one of these exists") {
  const auto materials = shipped().materials().value();
  CHECK(materials.size() == 20);
  for (const Material& material : materials) {
    INFO(material.id);
    CHECK(material.quantity("density_kg_m3").value().value > 100);
    for (const std::string& id : material.processes) CHECK(shipped().process(id));
  }
  CHECK(shipped().material("birch_plywood").value()->quantity("young_mpa").value().unit == "MPa");
}

TEST_CASE("metric sizes, sheets and services") {
  // ISO 4762: an M3 head measures 5.5 by 3; ISO 273 medium: 3.4.
  const Record& m3 = *shipped().metric("M3").value();
  CHECK(m3.quantity("cap_head_d_mm").value().value == 5.5);
  CHECK(m3.quantity("clearance_medium_mm").value().value == 3.4);
  CHECK(m3.quantity("clearance_medium_mm").value().status == DataStatus::sourced);
  CHECK(shipped().metric("M2").value()->quantity("clearance_coarse_mm").value().status == DataStatus::unsourced);
  CHECK(shipped().metric("M8").value()->quantity("tap_drill_mm").value().status == DataStatus::unsourced);
  CHECK_FALSE(shipped().metric("M33"));
  const auto birch = shipped().sheets("birch_plywood").value();
  REQUIRE(birch.size() == 1);
  CHECK(birch[0]->numbers("average_mm").at(5) == 17.7);
  CHECK(shipped().services().value().size() == 11);
}

TEST_CASE("a faulty data file is refused with file, place and key") {
  const std::string head = "schema_version = 1\n[process.a]\nname = \"A\"\ninput_kind = \"solid\"\n";
  const Error no_source = error_of(head);
  CHECK(no_source.kind == ErrorKind::file);
  CHECK(contains(no_source.message, "processes.toml: process.a: "));
  CHECK(contains(no_source.message, "no source"));
  const std::string sound = head + "source = \"s\"\nstatus = \"sourced\"\n";
  CHECK(contains(error_of(sound + "wall = 3\n").message, "wall has a number, but its name states no unit"));
  CHECK(contains(error_of(sound + "[process.a.default]\nname = \"B\"\n").message, "name is given twice"));
  CHECK(contains(error_of(head + "source = \"s\"\nstatus = \"guessed\"\n").message, "guessed"));
  CHECK(contains(error_of(sound + "wall_mm = = 3\n").message, "line 7"));
  CHECK(contains(error_of("schema_version = 2\n").message, "schema_version"));
  CHECK(contains(error_of(sound + "mixed_mm = [1, \"a\"]\n").message, "mixed_mm"));
}

TEST_CASE("missing folders and files are errors with a way out") {
  const auto nowhere = Catalog::load("/nonexistent/fitwright");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().kind == ErrorKind::file);
  const Folder folder("other.toml", "");
  const Catalog catalog = Catalog::load(folder.path).value();
  CHECK(catalog.processes().error().kind == ErrorKind::file);
}

TEST_CASE("units are read off the end of a key") {
  CHECK(unit_of_key("min_wall_mm") == "mm");
  CHECK(unit_of_key("squareness_mm_per_m") == "mm/m");
  CHECK(unit_of_key("density_kg_m3") == "kg/m3");
  CHECK(unit_of_key("hole_depth_max_over_diameter") == "");
  CHECK(unit_of_key("escape_hole_count") == "");
  CHECK(unit_of_key("min_part_over_8mm_thick_mm") == "mm");
  CHECK_FALSE(unit_of_key("wall"));
}
