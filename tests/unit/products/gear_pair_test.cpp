#include <algorithm>

#include "geometry/catalog/catalog.hpp"
#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

using Side = std::pair<Vec2, Vec2>;
using Outline = std::vector<Side>;

double involute(double angle) { return std::tan(angle) - angle; }

/// Area of a gear whose teeth are thinner by half of the backlash: summed over circles about its axis, of which the
/// teeth take a share that the involute tells. x: profile shift.
double gear_area(double m, int z, double alpha_deg, double x, double backlash) {
  const double alpha = alpha_deg * pi / 180, r = m * z / 2, base = r * std::cos(alpha);
  const double tip = r + m * (1 + x), root = r - m * (1.25 - x);
  const double thickness = m * (pi / 2 + 2 * x * std::tan(alpha)) - backlash / 2;
  const auto half = [&](double at) {
    return thickness / (2 * r) + involute(alpha) - (at > base ? involute(std::acos(base / at)) : 0);
  };
  double teeth = 0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double at = root + (tip - root) * (i + 0.5) / n;
    teeth += 2 * half(at) * at * (tip - root) / n;
  }
  return pi * root * root + z * teeth;
}

/// The outline of a gear's teeth as straight pieces: edges of its upper face that no other triangle of it shares.
Outline teeth_of(const BuiltPart& part, double z, double beyond) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> uses;
  for (const auto& t : part.mesh.triangles) {
    if (std::any_of(t.begin(), t.end(), [&](auto v) { return std::abs(part.mesh.vertices[v].z - z) > 1e-9; })) continue;
    for (int i = 0; i < 3; ++i) ++uses[std::minmax(t[i], t[(i + 1) % 3])];
  }
  Outline outline;
  for (const auto& [edge, count] : uses) {
    const Vec3 a = part.mesh.vertices[edge.first], b = part.mesh.vertices[edge.second];
    if (count == 1 && std::hypot(a.x, a.y) > beyond) outline.push_back({{a.x, a.y}, {b.x, b.y}});
  }
  return outline;
}

Vec2 turned(Vec2 p, double angle, double dx = 0) {
  return {p.x * std::cos(angle) - p.y * std::sin(angle) + dx, p.x * std::sin(angle) + p.y * std::cos(angle)};
}

double distance(Vec2 p, const Side& s) {
  const Vec2 along = s.second - s.first, to = p - s.first;
  const double t = std::clamp((along.x * to.x + along.y * to.y) / (along.x * along.x + along.y * along.y), 0.0, 1.0);
  return std::hypot(to.x - t * along.x, to.y - t * along.y);
}

bool inside(Vec2 p, const Outline& outline) {
  bool odd = false;
  for (const auto& [a, b] : outline)
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) odd = !odd;
  return odd;
}

/// What lies near the pitch point: teeth elsewhere never meet.
Outline near_pitch(const Outline& outline, Vec2 at, double reach) {
  Outline found;
  for (const auto& side : outline)
    if (std::hypot(side.first.x - at.x, side.first.y - at.y) < reach) found.push_back(side);
  return found;
}

/// Least distance between two outlines near a point; negative when a corner of one lies in the other.
double gap(const Outline& a, const Outline& b, Vec2 at, double reach) {
  double least = 1e9;
  for (const auto& [one, other] : {std::pair{&a, &b}, std::pair{&b, &a}}) {
    const Outline near = near_pitch(*other, at, reach + 1);
    for (const auto& [p, q] : near_pitch(*one, at, reach)) {
      double distance_here = 1e9;
      for (const auto& side : near) distance_here = std::min(distance_here, distance(p, side));
      if (distance_here < 1 && inside(p, *other)) return -distance_here;
      least = std::min(least, distance_here);
    }
  }
  return least;
}

/// Turns the pair through one pitch and tells the least and the largest gap between their teeth.
std::pair<double, double> gaps_through_a_pitch(const Values& values) {
  auto run = product_script("gear_pair").run(values, environment_with_font());
  REQUIRE(run.has_value());
  const auto parts = workshop().build(run->product, Deflection{.linear = 0.004, .angular = 0.3});
  REQUIRE(parts.has_value());
  const double width = std::get<double>(run->values.at("width")), z1 = std::get<double>(run->values.at("teeth_small"));
  const double z2 = std::get<double>(run->values.at("teeth_large")), a = run->product.parts[1].assembled[0].apply({}).x;
  const double module = 2 * a / (z1 + z2);
  const auto small = teeth_of((*parts)[0], width, module * (z1 / 2 - 2)),
             large = teeth_of((*parts)[1], width, module * (z2 / 2 - 2));
  std::pair<double, double> found{1e9, -1e9};
  for (int step = 0; step < 7; ++step) {
    const double angle = 2 * pi / z1 * step / 7;
    std::vector<std::pair<Vec2, Vec2>> one, other;
    for (const auto& [p, q] : small) one.push_back({turned(p, angle), turned(q, angle)});
    for (const auto& [p, q] : large) {
      const double back = pi - pi / z2 - angle * z1 / z2;
      other.push_back({turned(p, back, a), turned(q, back, a)});
    }
    const double now = gap(one, other, {a * z1 / (z1 + z2), 0}, 3 * module);
    found = {std::min(found.first, now), std::max(found.second, now)};
  }
  return found;
}

}  // namespace

TEST_CASE("gear pair: volumes and sizes at the defaults") {
  const Made made = make("gear_pair");
  // A 5 mm shaft, 4.5 over the flat, with 0.25 of room: the flat lies 2 mm from the axis, so 2.25 in the hole.
  const double bore = disc(5.5) - segment(2.75, 2.25);
  CHECK(made.part("small").volume == Approx(10 * (gear_area(2, 16, 20, 0, 0.2) - bore)).epsilon(1e-4));
  // A 608 is 22 across and 7 deep, pressed in with 0.05; its shoulder is open to (8 + 22) / 2.
  CHECK(made.part("large").volume ==
        Approx(10 * gear_area(2, 40, 20, 0, 0.2) - 7 * disc(22.1) - 3 * disc(15)).epsilon(1e-4));
  CHECK(made.part("small").box.size().x == Approx(36).margin(1e-6));
  CHECK(near(made.design("large").assembled[0].apply({}).x, 56));
}

TEST_CASE("gear pair: a distance gives the module, plain round holes") {
  const Made made = make("gear_pair", {{"size_by", std::string("distance")},
                                       {"distance", 75.0},
                                       {"teeth_small", 20.0},
                                       {"teeth_large", 30.0},
                                       {"backlash", 0.0},
                                       {"width", 12.0},
                                       {"small_bore", std::string("round")},
                                       {"small_shaft", 8.0},
                                       {"large_bore", std::string("none")}});
  CHECK(made.part("small").volume == Approx(12 * (gear_area(3, 20, 20, 0, 0) - disc(8.5))).epsilon(1e-4));
  CHECK(made.part("large").volume == Approx(12 * gear_area(3, 30, 20, 0, 0)).epsilon(1e-4));
}

TEST_CASE("gear pair: the teeth run through a pitch without touching, and with the play that was asked for") {
  // Half the backlash on each side of a tooth that stands in the middle of its gap, measured square to the flanks.
  const auto [least, most] = gaps_through_a_pitch({});
  CHECK(least == Approx(0.1 * std::cos(20 * pi / 180)).margin(5e-3));
  CHECK(most == Approx(0.1 * std::cos(20 * pi / 180)).margin(5e-3));
  const auto [shifted, shifted_most] = gaps_through_a_pitch(
      {{"teeth_small", 11.0}, {"teeth_large", 34.0}, {"backlash", 0.3}, {"small_bore", std::string("none")}});
  CHECK(shifted == Approx(0.15 * std::cos(20 * pi / 180)).margin(5e-3));
  CHECK(shifted_most == Approx(0.15 * std::cos(20 * pi / 180)).margin(5e-3));
}

TEST_CASE("bearings of the module are those of the hardware data") {
  const Catalog catalog = Catalog::load(FITWRIGHT_SOURCE_DIR "/assets/data").value();
  std::map<std::string, std::array<double, 3>> known;
  for (const Record& list : catalog.file("hardware.toml").value()->list("bearing"))
    for (const Record& size : list.list("size"))
      known[size.id] = {size.quantity("bore_mm")->value, size.quantity("outside_mm")->value,
                        size.quantity("width_mm")->value};
  const std::string text = read_file(FITWRIGHT_SOURCE_DIR "/templates/modules/bearings.lua").value();
  int found = 0;
  for (const auto& [name, size] : known) {
    const std::string row = "[\"" + name + "\"] = { bore = ";
    const auto at = text.find(row);
    if (at == std::string::npos) continue;
    double bore = 0, outside = 0, width = 0;
    REQUIRE(std::sscanf(text.c_str() + at + row.size(), "%lf, outside = %lf, width = %lf", &bore, &outside, &width) ==
            3);
    CHECK(std::array<double, 3>{bore, outside, width} == size);
    ++found;
  }
  CHECK(found == 7);
}

}  // namespace fitwright::test
