// Edits of a document, and the way back.
#include "app/session/document.hpp"

#include <random>

#include "tests/catch.hpp"

using namespace fitwright;

namespace {

Design shelf() {
  Design design;
  design.name = "Hallway";
  design.template_id = "bookshelf";
  design.template_version = "1.0.0";
  design.source = "return {}";
  design.values = {{"width", 800.0}, {"back", true}};
  return design;
}

double width(const Document& document) { return std::get<double>(document.values().at("width")); }

Template about() {
  Template t;
  t.id = "bookshelf";
  t.parameters = {{.name = "width", .fallback = 700.0},
                  {.name = "depth", .fallback = 250.0},
                  {.name = "back", .kind = ParameterKind::toggle, .fallback = true}};
  t.presets = {{"low", "Low and deep", {{"depth", 400.0}, {"back", false}}}};
  return t;
}

}  // namespace

TEST_CASE("a drag is one step of undo, and so is each drag after it") {
  Document document(shelf());
  CHECK_FALSE(document.can_undo());
  for (const double w : {810.0, 820.0, 830.0}) document.set("width", w, "drag 1");
  for (const double w : {840.0, 850.0}) document.set("width", w, "drag 2");
  CHECK(document.undo_text() == "width");
  document.undo();
  CHECK(width(document) == 830);
  document.undo();
  CHECK(width(document) == 800);
  CHECK_FALSE(document.can_undo());
  CHECK(document.redo_text() == "width");
  document.redo();
  CHECK(width(document) == 830);
  document.redo();
  CHECK(width(document) == 850);
  CHECK_FALSE(document.can_redo());
}

TEST_CASE("what changes nothing is no edit, and a new edit ends redo") {
  Document document(shelf());
  document.set("width", 800.0);
  CHECK_FALSE(document.can_undo());
  CHECK_FALSE(document.dirty());
  document.set("width", 900.0);
  document.undo();
  CHECK(document.can_redo());
  document.set("back", false);
  CHECK_FALSE(document.can_redo());
}

TEST_CASE("a drag goes on after undo as a step of its own") {
  Document document(shelf());
  document.set("width", 810.0, "drag");
  document.undo();
  document.set("width", 820.0, "drag");
  document.undo();
  CHECK(width(document) == 800);
}

TEST_CASE("dirty is what differs from the saved state, not what was touched") {
  Document document(shelf());
  document.set("width", 900.0);
  CHECK(document.dirty());
  document.undo();
  CHECK_FALSE(document.dirty());
  document.redo();
  document.mark_saved();
  CHECK_FALSE(document.dirty());
  document.undo();
  CHECK(document.dirty());
}

TEST_CASE("variants overlay the design's values and keep what they do not name") {
  Document document(shelf());
  document.duplicate_variant("Narrow");
  document.set("width", 600.0);
  CHECK(width(document) == 600);
  CHECK(std::get<bool>(document.values().at("back")));
  document.select_variant({});
  CHECK(width(document) == 800);
  document.set("back", false);
  document.select_variant(0);
  CHECK_FALSE(std::get<bool>(document.values().at("back")));
  document.reset("width", 800.0);
  CHECK(width(document) == 800);
  document.undo();
  CHECK(width(document) == 600);
  document.duplicate_variant("Narrow too");
  CHECK(document.state().variants.size() == 2);
  CHECK(width(document) == 600);
  document.remove_variant(0);
  CHECK(document.state().variant == 0);
  CHECK(document.state().variants[0].name == "Narrow too");
  document.remove_variant(0);
  CHECK_FALSE(document.state().variant);
  CHECK(width(document) == 800);
}

TEST_CASE("a reset goes to the template's default, in a variant too") {
  Document document(shelf());
  document.reset("width", 700.0);
  CHECK_FALSE(document.values().contains("width"));
  document.undo();
  document.duplicate_variant("Narrow");
  document.set("width", 600.0);
  document.set("depth", 500.0);
  document.reset("width", 700.0);  // the design says 800
  CHECK(width(document) == 700);
  document.reset("depth", 250.0);  // of which the design says nothing
  CHECK_FALSE(document.values().contains("depth"));
  document.select_variant({});
  CHECK(width(document) == 800);
}

TEST_CASE("all is reset in one step, and so is a preset put on, which takes the rest to its defaults") {
  Document document(shelf());
  document.set("depth", 300.0);
  const Design before = document.design();
  document.reset_all(about());
  CHECK(with_defaults(about(), document.values()) == with_defaults(about(), {}));
  document.undo();
  CHECK(document.design() == before);
  document.apply_preset(about(), about().presets[0]);
  CHECK(document.undo_text() == "Low and deep");
  CHECK(with_defaults(about(), document.values()) == Values{{"width", 700.0}, {"depth", 400.0}, {"back", false}});
  document.undo();
  CHECK(document.design() == before);
  document.duplicate_variant("Low");
  document.apply_preset(about(), about().presets[0]);
  CHECK(with_defaults(about(), document.values()) == Values{{"width", 700.0}, {"depth", 400.0}, {"back", false}});
  document.reset_all(about());
  CHECK(with_defaults(about(), document.values()) == with_defaults(about(), {}));
}

TEST_CASE("a preset chooses what it is meant for, but leaves a machine of one's own that does the same") {
  Template meant = about();
  Preset& preset = meant.presets[0];
  preset.process = "laser_sheet";
  preset.material = "pmma";
  Document document(shelf());
  document.choose_process("fdm");
  document.choose_material("pla");
  document.apply_preset(meant, preset, "fdm");
  CHECK(document.state().process == "laser_sheet");
  CHECK(document.state().material == "pmma");
  document.undo();
  CHECK(document.state().process == "fdm");
  CHECK(document.state().material == "pla");
  document.choose_process("my_laser");
  document.apply_preset(meant, preset, "laser_sheet");
  CHECK(document.state().process == "my_laser");
  CHECK(document.state().material == "pmma");
}

TEST_CASE("a locked value stays until it is unlocked") {
  Document document(shelf());
  document.lock("width", true);
  CHECK(document.dirty());
  CHECK(document.design().locked == std::set<std::string>{"width"});
  const DocumentState locked = document.state();
  document.set("width", 900.0);
  document.reset("width", 700.0);
  document.set_all({{"width", 900.0}}, "all");
  CHECK(document.state() == locked);
  CHECK(document.undo_text() == "lock of width");  // nothing of this was an edit
  document.set_all({{"width", 900.0}, {"depth", 320.0}}, "all");
  CHECK(document.values() == Values{{"width", 800.0}, {"depth", 320.0}, {"back", true}});
  document.apply_preset(about(), about().presets[0]);
  CHECK(document.values() == Values{{"width", 800.0}, {"depth", 400.0}, {"back", false}});
  document.reset_all(about());
  CHECK(with_defaults(about(), document.values()) == Values{{"width", 800.0}, {"depth", 250.0}, {"back", true}});
  document.duplicate_variant("Narrow");
  document.set("width", 600.0);
  CHECK(width(document) == 800);
  document.lock("width", false);
  document.set("width", 600.0);
  CHECK(width(document) == 600);
  for (int i = 0; i < 2; ++i) document.undo();
  CHECK(document.state().locked.contains("width"));
}

TEST_CASE("two sets of values differ where their complete values do") {
  const Values a{{"width", 700.0}, {"back", false}}, b{{"depth", 300.0}, {"back", false}};
  CHECK(differing(about(), a, b) == std::vector<std::string>{"depth"});
  CHECK(differing(about(), a, a).empty());
  Document document(shelf());
  document.duplicate_variant("Narrow");
  document.set("width", 600.0);
  const DocumentState& state = document.state();
  CHECK(differing(about(), values_of(state, {}), values_of(state, 0)) == std::vector<std::string>{"width"});
  CHECK(values_of(state, 9) == values_of(state, {}));
}

TEST_CASE("an illegal edit is taken back without a trace") {
  Document document(shelf());
  document.set("width", 900.0, "drag 1");
  const DocumentState legal = document.state();
  document.set("width", 5000.0, "drag 2");
  document.retract(legal);
  CHECK(width(document) == 900);
  document.undo();
  CHECK(width(document) == 800);
  // In the midst of a drag the legal part of it stays one step.
  document.redo();
  document.set("width", 950.0, "drag 3");
  const DocumentState further = document.state();
  document.set("width", 5000.0, "drag 3");
  const std::string gesture = document.retract(further);
  CHECK(width(document) == 950);
  document.set("width", 1200.0, gesture);  // as near to the limit as it can go
  document.undo();
  CHECK(width(document) == 900);
}

TEST_CASE("a design survives the round through a document") {
  Design design = shelf();
  design.files = {{"logo.svg", "<svg/>"}};
  design.variants = {{.name = "Low", .values = {{"width", 500.0}}}};
  design.unknown = R"({"later": 1})";
  design.locked = {"back"};
  Document document(design);
  CHECK(document.design() == design);
  document.add_file("photo.svg", "<svg></svg>");
  CHECK(document.design().files.size() == 2);
  document.undo();
  CHECK(document.design() == design);
}

TEST_CASE("random edits, undone to the first and redone to the last, pass the same states") {
  std::mt19937 random(5);
  Document document(shelf());
  std::vector<Design> states{document.design()};
  for (int i = 0; i < 200; ++i) {
    switch (random() % 7) {
      case 0: document.set("width", 400.0 + random() % 400); break;
      case 1: document.set("back", random() % 2 == 0); break;
      case 2: document.rename("Shelf " + std::to_string(random() % 5)); break;
      case 3: document.choose_material(random() % 2 ? "birch_plywood" : "mdf"); break;
      case 4: document.set_all({{"width", 500.0}, {"depth", 300.0 + random() % 50}}, "preset"); break;
      case 5: document.lock("back", random() % 2 == 0); break;
      default: document.reset("depth", 250.0); break;
    }
    if (!(document.design() == states.back())) states.push_back(document.design());
  }
  REQUIRE(states.size() > 100);
  for (std::size_t i = states.size(); i-- > 1;) {
    CHECK((document.design() == states[i]));
    document.undo();
  }
  CHECK_FALSE(document.can_undo());
  for (const Design& state : states) {
    CHECK((document.design() == state));
    document.redo();
  }
}

TEST_CASE("what an opened template turns out to be is no edit") {
  Design fresh = shelf();
  fresh.template_id = fresh.template_version = fresh.name = "";
  Document document(std::move(fresh));
  document.set("width", 810.0);
  Template found = about();
  found.version = "2.0.0";
  found.name = "Bookshelf";
  document.identify(found);
  CHECK(document.design().template_id == "bookshelf");
  CHECK(document.design().template_version == "2.0.0");
  CHECK(document.design().name == "Bookshelf");
  document.undo();
  CHECK(document.design().template_id == "bookshelf");
  CHECK_FALSE(document.dirty());
  CHECK_FALSE(document.can_undo());
  found.id = "another";
  document.identify(found);  // known already
  CHECK(document.design().template_id == "bookshelf");
}
