#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {

TEST_CASE("name plate: volume of blank plates") {
  // Without text the plate keeps 6 x 4 mm of room inside its margins of 5.
  const Values blank{{"text", std::string()}};
  CHECK(make("name_plate", blank).part("plate").volume == Approx(3 * rounded_rectangle(16, 14, 4)).epsilon(1e-6));
  const Values own{{"text", std::string()},
                   {"size_by", std::string("plate")},
                   {"length", 90.0},
                   {"height", 30.0},
                   {"thickness", 4.0},
                   {"border", true},
                   {"mount", std::string("magnets")}};
  // A frame 1.2 wide, 1.2 from the edge, 1 high; two pockets for 6 x 2 mm magnets with 0.05 of room.
  const double frame = rounded_rectangle(87.6, 27.6, 2.8) - rounded_rectangle(85.2, 25.2, 1.6);
  CHECK(make("name_plate", own).part("plate").volume ==
        Approx(4 * rounded_rectangle(90, 30, 4) + frame - 2 * 2 * disc(6.1)).epsilon(1e-6));
}

TEST_CASE("name plate: letters add as much when raised as they take when engraved") {
  const auto with = [](const char* style, const char* words) {
    return make("name_plate", {{"text", std::string(words)},
                               {"style", std::string(style)},
                               {"size_by", std::string("plate")},
                               {"mount", std::string("screws")}})
        .part("plate")
        .volume;
  };
  const double blank = with("raised", ""), raised = with("raised", "Anna"), engraved = with("engraved", "Anna");
  CHECK(raised - blank > 50);
  CHECK(raised - blank == Approx(blank - engraved).epsilon(1e-6));
  // Two countersunk M3 holes: 3.4 through 3 mm, and cones to 6 mm at the top.
  const double cone = pi * 1.3 / 3 * (square(1.7) + 1.7 * 3 + square(3)) - 1.3 * disc(3.4);
  CHECK(blank == Approx(3 * rounded_rectangle(120, 40, 4) - 2 * (3 * disc(3.4) + cone)).epsilon(1e-6));
}

TEST_CASE("name plate: letters stay on plates that end in half circles") {
  // Letters that stood over the edge would take less when engraved than they add when raised.
  for (const char* by : {"text", "plate"})
    for (const char* mount : {"none", "ring", "screws"}) {
      INFO(by << ", " << mount);
      const auto with = [&](const char* style, const char* words) {
        return make("name_plate", {{"text", std::string(words)},
                                   {"style", std::string(style)},
                                   {"size_by", std::string(by)},
                                   {"length", 90.0},
                                   {"height", 30.0},
                                   {"mount", std::string(mount)},
                                   {"margin", 1.0},
                                   {"corner", 50.0},
                                   {"size", 20.0}})
            .part("plate");
      };
      const BuiltPart raised = with("raised", "HEH"), engraved = with("engraved", "HEH");
      const Vec3 size = engraved.box.size();
      if (std::string(mount) == "none")
        CHECK((raised.volume + engraved.volume) / 2 ==
              Approx(3 * rounded_rectangle(size.x, size.y, size.y / 2 - 0.3)).epsilon(1e-6));
      if (std::string(by) == "plate") {
        const BuiltPart blank = with("raised", "");
        CHECK(raised.volume - blank.volume == Approx(blank.volume - engraved.volume));
      }
      CHECK(raised.volume - engraved.volume > 2 * 3 * 20);  // of 1 mm, both ways, at least three strokes
    }
}

TEST_CASE("name plate: text that does not fit is made smaller, and a plate that follows it grows") {
  const auto size = [](const Values& values) { return make("name_plate", values).part("plate").box.size(); };
  const Vec3 given = size({{"text", std::string(40, 'W')}, {"size_by", std::string("plate")}});
  CHECK(near(given, {120, 40, 4}));
  CHECK(size({{"text", std::string("WWWW")}}).x > size({{"text", std::string("WW")}}).x + 20);
}

}  // namespace fitwright::test
