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
  document.reset("width");
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
  document.retract(further);
  CHECK(width(document) == 950);
  document.undo();
  CHECK(width(document) == 900);
}

TEST_CASE("a design survives the round through a document") {
  Design design = shelf();
  design.files = {{"logo.svg", "<svg/>"}};
  design.variants = {{.name = "Low", .values = {{"width", 500.0}}}};
  design.unknown = R"({"later": 1})";
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
    switch (random() % 6) {
      case 0: document.set("width", 400.0 + random() % 400); break;
      case 1: document.set("back", random() % 2 == 0); break;
      case 2: document.rename("Shelf " + std::to_string(random() % 5)); break;
      case 3: document.choose_material(random() % 2 ? "birch_plywood" : "mdf"); break;
      case 4: document.set_all({{"width", 500.0}, {"depth", 300.0 + random() % 50}}, "preset"); break;
      default: document.reset("depth"); break;
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
