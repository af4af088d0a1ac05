#include "app/desktop/words.hpp"

#include <cmath>

#include "templates/schema/values.hpp"
#include "tests/catch.hpp"

using namespace fitwright;
using namespace fitwright::desktop;

namespace {

Parameter length_parameter() {
  Parameter p;
  p.name = "width";
  p.label = "Width";
  p.min = 1;
  p.max = 5000;
  return p;
}

}  // namespace

TEST_CASE("lengths are written in the unit that is shown") {
  CHECK(length_text(800, false) == "800 mm");
  CHECK(length_text(39.9712, false) == "39.97 mm");
  CHECK(length_text(25.4, true) == "1 in");
  CHECK(length_text(800, true) == "31.496 in");  // 800 / 25.4 = 31.49606
  CHECK(size_text({25.4, 50.8, 12.7}, true) == "1 \u00d7 2 \u00d7 0.5 in");
}

TEST_CASE("sentences that name millimetres are told in inches where those are shown") {
  CHECK(in_units("a wall of 0.8 mm is thinner than 1.2 mm", false) == "a wall of 0.8 mm is thinner than 1.2 mm");
  CHECK(in_units("a wall of 0.8 mm is thinner than 1.27 mm.", true) == "a wall of 0.031 in is thinner than 0.05 in.");
  CHECK(in_units("no sheet of 2540 x 1270 mm", true) == "no sheet of 100 x 50 in");
  CHECK(in_units("254 \u00d7 127 \u00d7 25.4 mm, twice", true) == "10 \u00d7 5 \u00d7 1 in, twice");
  CHECK(in_units("between 25.4 and 50.8 mm", true) == "between 1 and 2 in");
  // Neither areas nor speeds, nor what things are called.
  CHECK(in_units("12 mm2, 5 mm/s, 3 mm\u00b2, M3 x 10 mm", true) == "12 mm2, 5 mm/s, 3 mm\u00b2, M3 x 10 mm");
}

TEST_CASE("what is shown of a length reads back as that length, unless it has more digits than anyone reads") {
  const Parameter p = length_parameter();
  for (const double mm : {800.0, 17.5, 0.25, 12.34, 3.2}) {
    const auto back = parse_value(p, with_unit(p, shown_value(p, mm + 1, false), false));
    REQUIRE(back);
    CHECK(std::get<double>(*back) == mm + 1);
  }
  CHECK(shown_value(p, 1000.0 / 3, false) == "333.33 mm");
  CHECK(shown_value(p, 38.1, true) == "1.5 in");
}

TEST_CASE("a bare number is in inches where inches are shown") {
  const Parameter p = length_parameter();
  const auto mm = [&](const std::string& typed, bool inches) {
    const auto value = parse_value(p, with_unit(p, typed, inches));
    REQUIRE(value);
    return std::get<double>(*value);
  };
  CHECK(mm("2", true) == Approx(50.8));
  CHECK(mm("1/2 + 1", true) == Approx(38.1));
  CHECK(mm("20 mm", true) == Approx(20));
  CHECK(mm("2\"", true) == Approx(50.8));
  CHECK(mm("2", false) == Approx(2));
  Parameter count = p;
  count.kind = ParameterKind::count;
  CHECK(with_unit(count, "3", true) == "3");
}

TEST_CASE("weights, sizes of files and counts as people write them") {
  CHECK(weight_text(0.0123) == "12.3 g");
  CHECK(weight_text(0.83) == "830 g");
  CHECK(weight_text(4.567) == "4.57 kg");
  CHECK(weight_text(45.61) == "45.6 kg");
  CHECK(bytes_text(84) == "84 bytes");
  CHECK(bytes_text(31'000) == "31.0 kB");
  CHECK(bytes_text(4'120'000) == "4.1 MB");
  CHECK(count_text(7) == "7");
  CHECK(count_text(68'210) == "68\u202f210");
  CHECK(count_text(1'068'210) == "1\u202f068\u202f210");
}

TEST_CASE("a rule is told in its author's words, other errors in ours") {
  Template about;
  about.rules = {{"The wall is too thick.", {"wall"}}};
  const Error rule = make_error(ErrorKind::rule, "The wall is too thick. (wall = 7 mm)");
  CHECK(rule_text(about, rule) == "The wall is too thick.");
  const Error value = make_error(ErrorKind::value, "wall is 7 mm; it can be 1 to 6 mm");
  CHECK(rule_text(about, value) == value.message);
}

TEST_CASE("the whole is as large as its copies reach, and as heavy as all of them") {
  Response model;
  ResponsePart part;
  part.built.box = {{0, 0, 0}, {10, 20, 30}};
  part.built.volume = 6000;  // mm3
  part.material = "pla";
  part.assembled = {Placement{}, Placement::translation({100, 0, 0})};
  model.parts.push_back(part);
  CHECK(assembled_box(model).size() == Vec3{110, 20, 30});
  const auto catalog = Catalog::load(FITWRIGHT_SOURCE_DIR "/assets/data");
  REQUIRE(catalog);
  const auto pla = catalog->materials();
  REQUIRE(pla);
  model.parts[0].material = pla->front().id;
  const auto density = pla->front().find("density_kg_m3");
  REQUIRE(density);
  CHECK(*weight_of(model, &*catalog) == Approx(2 * 6000e-9 * density->value));
  model.parts[0].material = "no such thing";
  CHECK_FALSE(weight_of(model, &*catalog));
}

TEST_CASE("parts are called by their label, or by their name as words") {
  Response model;
  model.parts.resize(2);
  model.parts[0].built.name = "side_left";
  model.parts[1].built.name = "top_bottom";
  model.parts[1].label = "Top and bottom";
  CHECK(part_label(model.parts[0]) == "Side left");
  CHECK(part_label(&model, "top_bottom") == "Top and bottom");
  CHECK(part_label(&model, "gone_by_now") == "Gone by now");
  CHECK(part_label(nullptr, "lid") == "Lid");
}

TEST_CASE("messages begin with a capital and end with a full stop, once") {
  CHECK(sentence("the file needs a name") == "The file needs a name.");
  CHECK(sentence("It is so.") == "It is so.");
  CHECK(sentence("did you mean width?") == "Did you mean width?");
  CHECK(sentence("").empty());
}

TEST_CASE("a groove is no hole") {
  // A wall round the z axis, radius 5, seen from inside: `steps` of 16 make it go all the way round.
  const auto wall = [](int steps) {
    BuiltPart part;
    part.faces = {FaceInfo{.kind = SurfaceKind::cylinder, .radius = 5, .concave = true}};
    for (int i = 0; i <= steps; ++i) {
      const double angle = i * 3.14159265358979 / 8;
      for (const double z : {0.0, 10.0}) part.mesh.vertices.push_back({5 * std::cos(angle), 5 * std::sin(angle), z});
    }
    for (std::uint32_t i = 0; i < 2U * static_cast<unsigned>(steps); i += 2) {
      part.mesh.triangles.push_back({i, i + 1, i + 2});
      part.mesh.triangles.push_back({i + 2, i + 1, i + 3});
      part.mesh.face_of.insert(part.mesh.face_of.end(), {0, 0});
    }
    return part;
  };
  CHECK(face_text(wall(16), 0, false) == "hole, diameter 10 mm");
  CHECK(face_text(wall(8), 0, false) == "hollow, radius 5 mm");
  CHECK(face_text(wall(2), 0, true) == "hollow, radius 0.197 in");
}
