// Export in two steps, with the engine and products that ship.
#include "app/session/exporter.hpp"

#include <atomic>
#include <cstring>
#include <set>

#include "app/engine/assets.hpp"
#include "app/engine/engine.hpp"
#include "app/engine/subject.hpp"
#include "tests/catch.hpp"
#include "tests/unit/session/folder.hpp"

using namespace fitwright;
using namespace fitwright::test;
namespace fs = std::filesystem;

namespace {

/// The engine, counting how often it is asked.
class Counted : public RequestHandler {
 public:
  explicit Counted(std::atomic<int>& count) : count_(count) {}
  Response handle(const Request& request, std::stop_token stop, const Progress& progress) override {
    ++count_;
    return engine_.handle(request, std::move(stop), progress);
  }

 private:
  std::atomic<int>& count_;
  Engine engine_{asset_folder().value()};
};

Request product(const std::string& id) {
  const fs::path assets = asset_folder().value();
  return request_of(read_template(assets, find_subject(assets, id).value().path).value());
}

struct Desk {
  std::atomic<int> builds = 0;
  Folder folder;
  Exporter exporter{std::make_unique<Counted>(builds)};

  ExportChoice choice(const std::string& format) const {
    ExportChoice c;
    c.format = format;
    c.folder = folder.path();
    c.stem = "thing";
    return c;
  }
  Exporter::Plan prepared(const Request& design, const ExportChoice& c) {
    exporter.prepare(design, c);
    exporter.settle();
    return exporter.plan();
  }
  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder.path())) all.insert(entry.path().filename().string());
    return all;
  }
};

std::set<std::string> names(const Exporter::Plan& plan) {
  std::set<std::string> all;
  for (const PlannedFile& file : plan.files) all.insert(file.path.filename().string());
  return all;
}

/// A template of three parts that stand 20 mm high; two have the same name once it is made fit for a file.
constexpr const char* three_boxes = R"lua(return {
  id = "boxes", version = "1.0.0", name = "Boxes", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "size", kind = "length", default = 20, min = 1, max = 100, step = 1, label = "Size" } },
  build = function(p)
    return { parts = { { name = "a;b", solid = box(p.size, 20, 20) }, { name = "a b", solid = box(p.size, 10, 20), at = { { y = 40 } } },
                       { name = "pin", solid = cylinder(5, 20), at = { { y = 80 } } } } }
  end,
}
)lua";

Request boxes() {
  Request request;
  request.source = three_boxes;
  return request;
}

}  // namespace

TEST_CASE("a plan tells size and triangles before anything is written") {
  Desk desk;
  CHECK_FALSE(desk.exporter.plan().ready);
  CHECK(desk.exporter.write(false).error().kind == ErrorKind::usage);
  const Exporter::Plan plan = desk.prepared(product("knob"), desk.choice("stl"));
  REQUIRE(plan.ready);
  CHECK_FALSE(plan.busy);
  REQUIRE(plan.files.size() == 1);
  CHECK(plan.files[0].path == desk.folder / "thing.stl");
  CHECK_FALSE(plan.files[0].exists);
  CHECK(plan.files[0].bytes == 84 + 50 * plan.triangles);  // a binary STL of one part
  CHECK(desk.names().empty());
  const auto written = desk.exporter.write(false);
  REQUIRE(written);
  CHECK(*written == std::vector<fs::path>{desk.folder / "thing.stl"});
  const std::string bytes = slurp(desk.folder / "thing.stl");
  CHECK(bytes.size() == plan.files[0].bytes);
  std::uint32_t count = 0;
  std::memcpy(&count, bytes.data() + 80, sizeof count);
  CHECK(count == plan.triangles);
}

TEST_CASE("names, folder, part and force make nothing again; format and fineness do") {
  Desk desk;
  ExportChoice choice = desk.choice("stl");
  choice.per_part = true;
  const auto coarse = desk.prepared(boxes(), choice).triangles;
  CHECK(desk.builds == 1);
  choice.stem = "other";
  choice.folder /= "below";
  choice.force = true;
  choice.part = "pin";
  const Exporter::Plan renamed = desk.prepared(boxes(), choice);
  CHECK(desk.builds == 1);
  REQUIRE(renamed.files.size() == 1);
  CHECK(renamed.files[0].path == desk.folder / "below/other-pin.stl");
  choice.part.clear();
  choice.deflection = 0.01;
  CHECK(desk.prepared(boxes(), choice).triangles > coarse);
  CHECK(desk.builds == 2);
  choice.format = "3mf";
  CHECK(desk.prepared(boxes(), choice).ready);
  CHECK(desk.builds == 3);
}

TEST_CASE("parts in files of their own, told apart where their names collide") {
  Desk desk;
  ExportChoice choice = desk.choice("stl");
  choice.per_part = true;
  CHECK(names(desk.prepared(boxes(), choice)) ==
        std::set<std::string>{"thing-a-b.stl", "thing-a-b-2.stl", "thing-pin.stl"});
  choice.part = "a b";
  const Exporter::Plan one = desk.prepared(boxes(), choice);
  CHECK(names(one) == std::set<std::string>{"thing-a-b-2.stl"});
  CHECK(one.triangles == 12);
  REQUIRE(desk.exporter.write(false));
  CHECK(desk.names() == std::set<std::string>{"thing-a-b-2.stl"});
  choice.per_part = false;  // naming a part is enough
  CHECK(names(desk.prepared(boxes(), choice)) == std::set<std::string>{"thing-a-b-2.stl"});
  choice.part = "lid";
  const Exporter::Plan none = desk.prepared(boxes(), choice);
  CHECK_FALSE(none.ready);
  REQUIRE(none.error);
  CHECK(none.error->kind == ErrorKind::usage);
}

TEST_CASE("what is there is overwritten only when told, and then whole") {
  Desk desk;
  spill(desk.folder / "thing.3mf", "old");
  REQUIRE(desk.prepared(boxes(), desk.choice("3mf")).files.at(0).exists);
  const auto refused = desk.exporter.write(false);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::file);
  CHECK(refused.error().message.find("thing.3mf") != std::string::npos);
  CHECK(slurp(desk.folder / "thing.3mf") == "old");
  REQUIRE(desk.exporter.write(true));
  CHECK(slurp(desk.folder / "thing.3mf").substr(0, 2) == "PK");
  fs::remove(desk.folder / "thing.3mf");
  CHECK_FALSE(desk.exporter.plan().files.at(0).exists);  // looked up anew
}

TEST_CASE("a blocking finding holds the files back, and force writes them without a second build") {
  Desk desk;
  Request request = product("bookshelf");
  request.process = "fdm";  // boards far larger than a printer's bed
  ExportChoice choice = desk.choice("stl");
  const Exporter::Plan held = desk.prepared(request, choice);
  CHECK(held.blocked);
  CHECK_FALSE(held.ready);
  REQUIRE(held.error);
  CHECK(held.error->kind == ErrorKind::finding);
  CHECK(held.files.size() == 1);
  CHECK(desk.exporter.write(true).error().kind == ErrorKind::finding);
  CHECK(desk.names().empty());
  choice.force = true;
  const Exporter::Plan forced = desk.prepared(request, choice);
  CHECK(forced.blocked);
  CHECK(forced.ready);
  CHECK_FALSE(forced.error);
  CHECK(desk.builds == 1);
  REQUIRE(desk.exporter.write(false));
  CHECK(desk.names() == std::set<std::string>{"thing.stl"});
}

TEST_CASE("files are judged for what they are for") {
  const Catalog catalog = Catalog::load(asset_folder().value() / "data").value();
  Template about;
  about.processes = {"fdm", "cnc_mill_3axis"};
  CHECK(judged_for("stl", "fdm", about, catalog).empty());
  CHECK(judged_for("step", "fdm", about, catalog) == "cnc_mill_3axis");
  CHECK(judged_for("step", "cnc_mill_3axis", about, catalog).empty());
  CHECK(judged_for("stl", "cnc_mill_3axis", about, catalog) == "fdm");
  about.processes = {"fdm"};
  CHECK(judged_for("step", "fdm", about, catalog) == "any");
  CHECK(judged_for("dxf", "laser_sheet", about, catalog).empty());
  CHECK(judged_for("cutlist", "fdm", about, catalog).empty());  // says the same however it is made

  Desk desk;
  Request request = product("bookshelf");
  request.process = "fdm";
  ExportChoice choice = desk.choice("step");
  choice.check_for = "any";
  const Exporter::Plan plan = desk.prepared(request, choice);
  CHECK_FALSE(plan.blocked);
  CHECK(plan.ready);
}

TEST_CASE("drawings are made as the choice says") {
  Desk desk;
  const Request request = product("bookshelf");
  ExportChoice choice = desk.choice("dxf");
  CHECK(desk.prepared(request, choice).ready);
  choice.flat.relief = Relief::dogbone;
  const Exporter::Plan no_bit = desk.prepared(request, choice);
  REQUIRE(no_bit.error);
  CHECK(no_bit.error->message.find("diameter of the bit") != std::string::npos);
  choice.flat.bit = 6;
  CHECK(desk.prepared(request, choice).ready);
  choice.flat.profile = "nobody";
  REQUIRE(desk.prepared(request, choice).error);
}

TEST_CASE("folders that are missing, names that are none and builds that fail say so") {
  Desk desk;
  ExportChoice choice = desk.choice("stl");
  choice.folder /= "nowhere";
  CHECK(desk.prepared(boxes(), choice).ready);
  const auto missing = desk.exporter.write(false);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("there is no folder") != std::string::npos);
  for (const char* stem : {"", "a/b", "..", "/"}) {
    choice = desk.choice("stl");
    choice.stem = stem;
    const Exporter::Plan plan = desk.prepared(boxes(), choice);
    CHECK_FALSE(plan.ready);
    CHECK(plan.error->kind == ErrorKind::usage);
    CHECK_FALSE(desk.exporter.write(true));
  }
  Request wrong = boxes();
  wrong.values["size"] = 1000.0;
  CHECK(desk.prepared(wrong, desk.choice("stl")).error->kind == ErrorKind::value);
  CHECK(desk.exporter.write(true).error().kind == ErrorKind::value);
  CHECK(desk.prepared(boxes(), desk.choice("docx")).error->kind == ErrorKind::usage);
  CHECK(desk.names().empty());
}

TEST_CASE("after a cancel nothing is ready, and the same may be prepared again") {
  Desk desk;
  REQUIRE(desk.prepared(boxes(), desk.choice("stl")).ready);
  desk.exporter.cancel();
  CHECK_FALSE(desk.exporter.plan().ready);
  CHECK_FALSE(desk.exporter.write(true));
  CHECK(desk.prepared(boxes(), desk.choice("stl")).ready);
  CHECK(desk.builds == 2);
}

TEST_CASE("finer is finer, and all are within what the engine takes") {
  double last = 1;
  bool normal = false;
  for (const Fineness& one : finenesses()) {
    CHECK(one.deflection < last);
    CHECK(one.deflection >= 0.001);
    last = one.deflection;
    normal = normal || (one.id == "normal" && one.deflection == ExportChoice{}.deflection);
  }
  CHECK(normal);
}

TEST_CASE("names of designs become names of files") {
  CHECK(file_stem("my shelf/hall") == "my-shelf-hall");
  CHECK(file_stem("Regal für Mia (2)") == "Regal-für-Mia-2");
  CHECK(file_stem("v1.5") == "v1.5");
  CHECK(file_stem("../../etc") == "etc");
  CHECK(file_stem(".hidden") == "hidden");
  CHECK(file_stem("") == "design");
  CHECK(file_stem("???") == "design");
  std::string umlauts = "x";
  for (int i = 0; i < 100; ++i) umlauts += "ü";
  CHECK(file_stem(umlauts) == umlauts.substr(0, 99));  // no half of a character
}
