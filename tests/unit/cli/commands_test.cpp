// list, show, check and the tables.
#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;
using Keys = std::set<std::string>;

TEST_CASE("help and version succeed, anything unknown is a usage error") {
  CHECK(fitwright_says("--help").status == 0);
  CHECK(fitwright_says("make --help").status == 0);
  CHECK(contains(fitwright_says("--version").out, "fitwright "));
  CHECK(refused(fitwright_says("", "env -u DISPLAY -u WAYLAND_DISPLAY"), 1));
  const Said slip = fitwright_says("mkae bookshelf");
  CHECK(refused(slip, 1));
  CHECK(contains(slip.err, "fitwright make"));
  CHECK(refused(fitwright_says("make"), 1));
  const auto complaint = [](const std::string& arguments) {
    const Said said = fitwright_says(arguments);
    CHECK(refused(said, 1));
    return said.err;
  };
  CHECK(contains(complaint("make knob --colour red"), "no option --colour"));
  CHECK(contains(complaint("make knob --sett a=1"), "did you mean --set?"));
  CHECK(contains(complaint("make knob spare"), "no use for \"spare\""));
  CHECK(contains(complaint("make"), "needs to be told what for"));
  CHECK(contains(complaint("make knob --process ''"), "--process"));
  CHECK(contains(complaint("make knob --per-part"), "-o"));
  CHECK(contains(complaint("make knob --set"), "takes one value"));
  CHECK(contains(complaint("test knob --count abc"), "whole number"));
  CHECK(contains(complaint("test knob --count 100001"), "whole number"));
  for (const char* later : {"render", "quote"}) CHECK(refused(fitwright_says(later), 1));
}

TEST_CASE("list names the shipped templates") {
  const Said said = fitwright_says("list --json");
  REQUIRE(said.status == 0);
  CHECK(said.err.empty());
  Keys ids;
  for (const Json& one : said.json()) {
    CHECK(keys(one) == Keys{"id", "name", "version", "summary", "processes", "source"});
    CHECK(fs::exists(one["source"].get<std::string>()));
    CHECK_FALSE(one["processes"].empty());
    ids.insert(one["id"]);
  }
  for (const char* id : {"bookshelf", "enclosure", "knob", "organiser"}) CHECK(ids.count(id) == 1);
  CHECK(contains(fitwright_says("list").out, "bookshelf"));
}

TEST_CASE("show tells all of a template") {
  const Json json = fitwright_says("show bookshelf --json").json();
  CHECK(keys(json) == Keys{"id", "name", "version", "licence", "author", "description", "processes", "parameters",
                           "rules", "presets"});
  const Keys fields{"name", "kind", "unit", "default", "min", "max", "step", "choices", "label", "help", "group"};
  Keys names;
  for (const Json& parameter : json["parameters"]) {
    CHECK(keys(parameter) == fields);
    names.insert(parameter["name"]);
    if (parameter["name"] == "width") {
      CHECK(parameter["kind"] == "length");
      CHECK(parameter["unit"] == "mm");
      CHECK(parameter["default"] == 800);
      CHECK(parameter["min"] < parameter["max"]);
    }
  }
  CHECK(names.count("width") + names.count("shelves") == 2);
  for (const Json& rule : json["rules"]) CHECK(keys(rule) == Keys{"message", "parameters"});
  CHECK(json["presets"].size() >= 4);
  for (const Json& preset : json["presets"]) CHECK(keys(preset) == Keys{"name", "label", "values"});
  CHECK(contains(fitwright_says("show bookshelf").out, "width"));
  const Said slip = fitwright_says("show bokshelf --json");
  CHECK(refused(slip, 1));
  CHECK(contains(slip.err, "did you mean bookshelf?"));
}

TEST_CASE("the tables are there as text and as JSON") {
  for (const char* table : {"formats", "processes", "materials", "services"}) {
    INFO(table);
    CHECK_FALSE(fitwright_says(table).out.empty());
    const Said said = fitwright_says(std::string(table) + " --json");
    CHECK(said.status == 0);
    CHECK(said.json().size() >= 3);
  }
  const Json processes = fitwright_says("processes --json").json();
  CHECK(processes[0]["id"] == "fdm");
  const Json& wall = processes[0]["limits"]["min_wall_supported_mm"];
  CHECK(wall["value"] == 0.8);
  CHECK(wall["unit"] == "mm");
  CHECK(wall["status"] == "derived");
  CHECK_FALSE(wall["source"].get<std::string>().empty());
}

TEST_CASE("check judges designs and model files") {
  const Said design = fitwright_says("check knob --json");
  REQUIRE(design.status == 0);
  CHECK(keys(design.json()) == Keys{"subject", "process", "verdict", "findings", "undecided"});
  CHECK(design.json()["subject"] == "knob");
  CHECK(design.json()["process"] == "fdm");

  const Scratch scratch;
  REQUIRE(fitwright_says("make organiser -o '" + scratch / "o.stl" + "' -o '" + scratch / "o.3mf" + "' -o '" +
                         scratch / "o.step" + "'")
              .status == 0);
  for (const char* file : {"o.stl", "o.3mf", "o.step"}) {
    const Said said = fitwright_says("check '" + scratch / file + "' --process sls_mjf --json");
    INFO(file << said.err);
    CHECK(said.status == 0);
    CHECK(said.json()["verdict"] == "clean");
  }
  // A beam cuts no round shapes and no pockets.
  const std::pair<std::string, std::string> subjects[] = {{"knob", "flat_part"},
                                                          {"'" + scratch / "o.step" + "'", "sheet_pocket"}};
  for (const auto& [subject, check] : subjects) {
    const Said unsuited = fitwright_says("check " + subject + " --process laser_sheet --json");
    INFO(subject << unsuited.out);
    CHECK(unsuited.status == 3);
    CHECK(unsuited.json()["verdict"] == "blocked");
    REQUIRE_FALSE(unsuited.json()["findings"].empty());
    CHECK(unsuited.json()["findings"][0]["check"] == check);
  }
  // What no check can tell is not called clean.
  const Said mesh = fitwright_says("check '" + scratch / "o.stl" + "' --process laser_sheet --json");
  CHECK(mesh.json()["verdict"] == "unverified");
}

TEST_CASE("STEP files name every product, however its part stands") {
  const Scratch scratch;
  const auto names_in = [&](const std::string& arguments) {
    REQUIRE(fitwright_says("make " + arguments + " -o '" + scratch / "a.step" + "' --force").status == 0);
    const std::string step = slurp(scratch / "a.step"), mark = "= PRODUCT('";
    Keys names;
    for (std::size_t at = step.find(mark); at != std::string::npos; at = step.find(mark, at + 1))
      names.insert(step.substr(at + mark.size(), step.find('\'', at + mark.size()) - at - mark.size()));
    return names;
  };
  CHECK(names_in("bookshelf") == Keys{"Bookshelf", "side_left", "side_right", "top_bottom", "shelf", "back"});
  CHECK(names_in("enclosure") == Keys{"Enclosure", "body", "lid"});
  CHECK(names_in("organiser") == Keys{"tray"});
}

TEST_CASE("an output that cannot be written is an error") {
  if (!fs::exists("/dev/full")) return;
  for (const std::string arguments : {"list", "show knob --json"}) {
    const std::string command = "'" FITWRIGHT_BINARY_DIR "/bin/fitwright' " + arguments + " >/dev/full 2>/dev/null";
    const int raw = std::system(command.c_str());
    CHECK(WEXITSTATUS(raw) == 1);
  }
}

TEST_CASE("check blocks what cannot be made") {
  const Said large = fitwright_says("check bookshelf --process fdm --json");
  CHECK(large.status == 3);
  CHECK(large.err.rfind("error: ", 0) == 0);
  const Json json = large.json();
  CHECK(json["verdict"] == "blocked");
  CHECK(json["process"] == "fdm");
  REQUIRE_FALSE(json["findings"].empty());
  const Json& finding = json["findings"][0];
  CHECK(keys(finding) == Keys{"check", "title", "severity", "part", "message", "measured", "required", "unit", "at_mm",
                              "places_mm", "parameters", "suggestion", "remedy", "source", "source_status", "detail"});
  CHECK(finding["check"] == "build_volume");
  CHECK(finding["severity"] == "blocks");
  CHECK(finding["measured"] == 1800);
  CHECK(finding["unit"] == "mm");

  const Scratch scratch;
  spill(scratch / "open.stl",
        "solid t\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 10 0 0\nvertex 0 10 "
        "0\nendloop\nendfacet\nendsolid t\n");
  const Said open = fitwright_says("check '" + scratch / "open.stl" + "' --json");
  CHECK(open.status == 3);
  CHECK(open.json()["verdict"] == "blocked");
  CHECK(open.json()["process"].is_null());
}

TEST_CASE("check names the parameter behind a finding, and a value that was tried") {
  const Scratch scratch;
  spill(scratch / "template.lua", R"lua(
return { id = "plate", version = "1.0.0", name = "Plate", summary = "A plate.", description = "A plate.",
  licence = "CC-BY-4.0", author = "Tester", processes = { "fdm" },
  parameters = { { "width", kind = "length", default = 40, min = 10, max = 90, label = "Width" },
    { "thickness", kind = "length", default = 0.5, min = 0.1, max = 9, step = 0.1, label = "Thickness" } },
  build = function(p) return { parts = { { name = "plate", solid = box(p.width, 30, p.thickness) } } } end }
)lua");
  const std::string subject = "'" + scratch / "template.lua" + "'";
  const Said said = fitwright_says("check " + subject + " --json");
  CHECK(said.status == 3);
  const Json finding = said.json()["findings"].at(0);
  CHECK(finding["title"] == "Wall thickness");
  CHECK(finding["parameters"].at(0) == "thickness");
  CHECK(finding["suggestion"] == "Thickness 0.5 \u2192 0.8 mm clears this");
  CHECK(finding["remedy"] == Json{{"parameter", "thickness"}, {"value", 0.8}, {"clears", 1}});
  CHECK(fitwright_says("check " + subject + " --set thickness=0.8").status == 0);
  const Said people = fitwright_says("check " + subject);
  CHECK(contains(people.out, "(Wall thickness)"));
  CHECK_FALSE(contains(people.out + people.err, "wall_thickness"));

  // The same as a page: whole in itself, with a picture of the place.
  const Said page = fitwright_says("check " + subject + " -o '" + scratch / "report.html" + "'");
  CHECK(page.status == 3);
  const std::string html = slurp(scratch / "report.html");
  CHECK(contains(html, "Wall thickness"));
  CHECK(contains(html, "0.5 mm"));
  CHECK(contains(html, "Protolabs"));
  CHECK(contains(html, "data:image/png;base64,iVBOR"));
  CHECK_FALSE(contains(html, "src=\"http"));
  fitwright_says("check " + subject + " -o '" + scratch / "again.html" + "'");
  CHECK(slurp(scratch / "again.html") == html);
  CHECK(refused(fitwright_says("check " + subject + " -o '" + scratch / "report.pdf" + "'"), 1));
}

TEST_CASE("machines are kept, listed and accepted as processes") {
  const Scratch scratch;
  const std::string home = "XDG_CONFIG_HOME='" + scratch.path().string() + "'";
  CHECK(contains(fitwright_says("machines", home).out, "none yet"));
  const Said added =
      fitwright_says("machines add mini process=fdm bed=180x180x180 nozzle=0.25 'name=The mini' --json", home);
  REQUIRE(added.status == 0);
  CHECK(added.json().at(0)["id"] == "mini");
  CHECK(added.json().at(0)["bed_mm"] == Json{180, 180, 180});
  CHECK(refused(fitwright_says("machines add mini process=fdm", home), 2));
  CHECK(refused(fitwright_says("machines add other process=fmd", home), 2));
  CHECK(refused(fitwright_says("machines set mini nozle=1", home), 2));
  CHECK(refused(fitwright_says("machines set none nozzle=1", home), 2));
  CHECK(refused(fitwright_says("machines add", home), 1));
  const Said check = fitwright_says("check knob --process mini --json", home);
  CHECK(check.status == 0);
  CHECK(check.json()["process"] == "mini");
  CHECK(refused(fitwright_says("check knob --process mini"), 2));  // of another maker
  CHECK(fitwright_says("machines set mini kerf=0.2mm nozzle=", home).status == 0);
  CHECK(contains(slurp(scratch / "fitwright/workshop.toml"), "kerf = 0.2"));
  CHECK(fitwright_says("machines remove mini", home).status == 0);
  // What is damaged is told and left as it is.
  spill(scratch / "fitwright/workshop.toml", "[machine.x\n");
  CHECK(refused(fitwright_says("machines add mini process=fdm", home), 1));
  CHECK(slurp(scratch / "fitwright/workshop.toml") == "[machine.x\n");
  const Said still = fitwright_says("check knob --json", home);
  CHECK(still.status == 0);
  CHECK(contains(still.err, "line 1"));
}

TEST_CASE("bad files end with exit 1") {
  const Scratch scratch;
  spill(scratch / "noise.stl", std::string(1000, 'x'));
  spill(scratch / "empty.step", "");
  spill(scratch / "noise.3mf", "PK not really");
  spill(scratch / "broken.fitwright", "{\"version\": 1,");
  spill(scratch / "what.xyz", "?");
  for (const char* file : {"noise.stl", "empty.step", "noise.3mf", "broken.fitwright", "what.xyz", "missing.stl"}) {
    INFO(file);
    CHECK(refused(fitwright_says("check '" + scratch / file + "' --json"), 1));
  }
  CHECK(refused(fitwright_says("list", "FITWRIGHT_ASSETS=/nonexistent"), 1));
}

TEST_CASE("the program finds its data beside itself") {
  const Scratch scratch;
  fs::create_directories(scratch.path() / "bin");
  fs::copy(FITWRIGHT_BINARY_DIR "/bin/fitwright", scratch.path() / "bin");
  fs::create_directories(scratch.path() / "share");
  fs::copy(FITWRIGHT_BINARY_DIR "/share/fitwright", scratch.path() / "share" / "fitwright",
           fs::copy_options::recursive);
  const std::string command = "cd / && '" + scratch / "bin/fitwright" + "' list --json >'" + scratch / "out" + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  for (const Json& one : Json::parse(slurp(scratch / "out")))
    CHECK(one["source"].get<std::string>().rfind(scratch.path().string(), 0) == 0);
}
