#include <algorithm>

#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

/// Volume of the solid of revolution of an outline (r, z): the sum of frusta, by Pappus.
double turned(const std::vector<std::pair<double, double>>& outline) {
  double sum = 0;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const auto& [r, z] = outline[i];
    const auto& [s, y] = outline[(i + 1) % outline.size()];
    sum += (y - z) * (r * r + r * s + s * s) * pi / 3;
  }
  return std::abs(sum);
}

/// Radii of the vertices of a part between two heights.
std::pair<double, double> radii(const BuiltPart& part, double low, double high) {
  std::pair<double, double> found{1e9, 0};
  for (const Vec3& v : part.mesh.vertices)
    if (v.z > low && v.z < high) {
      const double r = std::hypot(v.x, v.y);
      found = {std::min(found.first, r), std::max(found.second, r)};
    }
  return found;
}

}  // namespace

TEST_CASE("hose adapter: volume and barbs of a joint for a half-inch hose") {
  const Made made = make("hose_adapter", {{"b_hose", 12.7}, {"barbs", 2.0}});
  const BuiltPart& part = made.part("adapter");
  // Both ends alike. Stem 6.35, bore 3.95, waist 0.4 less; collar 8.85, below it a cone of 1.2 * 2.5, and 5 mm of it.
  // Barbs of 0.7 on the radius rise over 0.84 and fall over the rest of 4 mm (0.6 * 6.35 is less), 2 mm from the cone.
  const double r = 6.35, g = 0.7, bore = 3.95, waist = 3.55;
  std::vector<std::pair<double, double>> outer{{r, 0}, {r, 2}};
  for (const double s : {2.0, 6.0}) outer.insert(outer.end(), {{r + g, s + 0.84}, {r, s + 4}});
  double half = turned([&] {
    auto closed = outer;
    closed.insert(closed.end(), {{0, 10}, {0, 0}});
    return closed;
  }());
  half += turned({{8.85, 0}, {r, 3}, {0, 3}, {0, 0}}) + 2.5 * disc(17.7);
  half -=
      10 * disc(2 * bore) + turned({{bore, 0}, {waist, -0.48}, {0, -0.48}, {0, 0}}) + (5.5 - 0.48) * disc(2 * waist);
  CHECK(part.volume == Approx(2 * half).epsilon(1e-6));
  CHECK(part.box.size().z == Approx(2 * (2.5 + 3 + 10)));
  // Over the barbs it is 1.4 wider than the hose: the grip that was asked for.
  CHECK(radii(part, 6, 15.6).second == Approx(7.05));
}

TEST_CASE("hose adapter: over a pipe and into a pipe") {
  const Made made = make("hose_adapter", {{"a_kind", std::string("over")},
                                          {"a_pipe", 35.0},
                                          {"a_length", 30.0},
                                          {"b_kind", std::string("into")},
                                          {"b_into", 32.0},
                                          {"b_length", 35.0}});
  const BuiltPart& part = made.part("adapter");
  // 0.25 of room on each side, as the test's process has it.
  CHECK(radii(part, part.box.min.z - 0.1, part.box.min.z + 0.1).first == Approx(17.75));
  CHECK(radii(part, part.box.max.z - 1.5, part.box.max.z - 0.7).second == Approx(15.75));
  // A pipe pushed in stops at a shoulder: no wider way goes on than 1.5 less on the radius.
  CHECK(radii(part, -1, 1).first <= 17.75 - 1.5);
}

TEST_CASE("hose adapter: a pipe thread passes the gauges that its play allows") {
  // G 1 of ISO 228: 33.249 over crests, 30.291 over roots; 0.2 of play on the radius. A go ring of the nominal size
  // passes over it, and the crests still reach past the roots of the other thread by more than half its depth.
  const Made made =
      make("hose_adapter", {{"b_kind", std::string("male")}, {"b_thread", std::string("G1")}, {"wall", 3.0}});
  const BuiltPart& part = made.part("adapter");
  const double top = part.box.max.z;
  const auto [core, crest] = radii(part, top - 12, top - 4);
  CHECK(crest == Approx(33.249 / 2 - 0.2).margin(1e-3));
  CHECK(core == Approx(30.291 / 2 - 0.2).margin(2e-3));
  CHECK(2 * crest < 33.249);
  CHECK(2 * crest > (33.249 + 30.291) / 2);
  const Made nut =
      make("hose_adapter", {{"b_kind", std::string("female")}, {"b_thread", std::string("G3/4")}, {"wall", 3.0}});
  const double rim = nut.part("adapter").box.max.z;
  double inner = 1e9, outer = 0;
  for (const Vec3& v : nut.part("adapter").mesh.vertices)
    if (const double r = std::hypot(v.x, v.y); v.z > rim - 10 && v.z < rim - 3 && r < 26.441 / 2 + 0.5)
      inner = std::min(inner, r), outer = std::max(outer, r);
  // G 3/4: 26.441 and 24.117. A go plug of the nominal size goes in; its minor diameter is not so wide as to lose hold.
  CHECK(inner == Approx(24.117 / 2 + 0.2).margin(2e-3));
  CHECK(outer == Approx(26.441 / 2 + 0.2).margin(2e-3));
}

}  // namespace fitwright::test
