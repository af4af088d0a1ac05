// Solids of revolution cut through along their axis (tier A) are held to the general boolean, and to closed forms.
#include <algorithm>
#include <random>

#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

NodePtr turned(std::vector<Vec2> outline) { return op("revolve", {op("polygon", {std::move(outline)})}); }
// A cylinder of 20 x 12 with a chamfered top edge.
NodePtr chamfered(double c) { return turned({{0, 0}, {20, 0}, {20, 12 - c}, {20 - c, 12}, {0, 12}}); }

NodePtr through(const NodePtr& profile) { return op("move", {op("extrude", {profile, 60.0}), 0.0, 0.0, -20.0}); }
NodePtr disc(double x, double y, double r) { return op("profile_move", {op("circle", {r}), x, y}); }
NodePtr ring_of(int n, double r, double at) {
  return through(op("profile_polar_pattern", {disc(at, 0, r), double(n)}));
}
NodePtr cut(const NodePtr& base, Nodes tools) { return op("cut", {base, std::move(tools)}); }

void check_same(const NodePtr& solid, const char* tier = "A") {
  CHECK(held_to_general(product_of(solid), nullptr, 1e-6) == tier);
  CHECK(faults_text(build(solid).mesh) == "");
}

// Area that two circles have in common: radii a and b, middles d apart (elementary; two circular segments).
double lens(double a, double b, double d) {
  const double x = (d * d + a * a - b * b) / (2 * d), y = std::sqrt(a * a - x * x);
  return a * a * std::acos(x / a) + b * b * std::acos((d - x) / b) - d * y;
}

}  // namespace

TEST_CASE("grooves around a chamfered cylinder are lifted onto its cone") {
  check_same(cut(chamfered(2), {ring_of(8, 1, 20)}));  // run out in the chamfer
  check_same(cut(chamfered(2), {ring_of(8, 3, 20)}));  // cut through it
  check_same(cut(chamfered(2), {ring_of(1, 3, 20)}));  // one alone: the cone keeps hanging together
  check_same(cut(chamfered(2), {ring_of(60, 0.6, 20)}));
  check_same(cut(chamfered(4), {ring_of(5, 1, 18)}));                         // holes in the chamfer
  check_same(cut(chamfered(4), {ring_of(5, 1.5, 16)}));                       // on its inner edge
  check_same(cut(chamfered(4), {ring_of(5, 1, 8), ring_of(3, 2, 20)}), "B");  // holes through the top are stamps
}

TEST_CASE("a plane through the chamfer's cone has the hyperbola's length and area, wherever it stands") {
  // At x = 19 the cone r + z = 30 is met in z = 30 - sqrt(19^2 + y^2), down to the cylinder at y = +-sqrt(39).
  const double b = std::sqrt(39.0);
  const double area = 60 * b - (20 * b + 361 * std::asinh(b / 19));
  double length = 0;  // by Simpson's rule
  constexpr int n = 2000;
  for (int i = 0; i <= n; ++i) {
    const double y = b * i / n;
    length += (i % n == 0 ? 1 : 2 + 2 * (i % 2)) * std::sqrt(1 + y * y / (361 + y * y)) * 2 * b / n / 3;
  }
  const NodePtr solid = cut(chamfered(2), {through(op("profile_move", {op("rectangle", {10.0, 50.0}), 19.0, -25.0}))});
  for (const NodePtr& stands : {solid, op("move", {op("rotate", {solid, s("x"), 37.0}), 210.0, -90.0, 55.0})}) {
    const BuiltPart part = build(stands);
    const auto is_cut = [](const EdgeInfo& edge) { return edge.kind == CurveKind::spline; };
    const auto edge = std::find_if(part.edges.begin(), part.edges.end(), is_cut);
    REQUIRE(edge != part.edges.end());
    CHECK(std::find_if(edge + 1, part.edges.end(), is_cut) == part.edges.end());
    CHECK(edge->length == Approx(length).epsilon(1e-8));
    const auto is_plane = [&](std::uint32_t face) { return part.faces[face].kind == SurfaceKind::plane; };
    const auto face = std::find_if(edge->faces.begin(), edge->faces.end(), is_plane);
    REQUIRE(face != edge->faces.end());
    CHECK(part.faces[*face].area == Approx(area).epsilon(1e-8));
  }
}

TEST_CASE("bases and tools stand as they like") {
  const auto grip = ring_of(7, 1.3, 20);
  check_same(cut(op("rotate", {chamfered(2), s("x"), 90.0}), {op("rotate", {grip, s("x"), 90.0})}));
  check_same(cut(op("rotate", {chamfered(2), s("x"), 180.0}), {grip}));
  check_same(cut(op("mirror", {chamfered(2), s("z"), 5.0}), {grip}));
  check_same(cut(chamfered(2), {op("rotate", {grip, s("y"), 180.0, Vec3{0, 0, 6}})}));
  check_same(cut(op("move", {op("rotate", {chamfered(2), s("y"), 33.0}), 5.0, -3.0, 2.0}),
                 {op("move", {op("rotate", {grip, s("y"), 33.0}), 5.0, -3.0, 2.0})}));
  check_same(cut(op("tag", {chamfered(2), s("blank")}), {op("tag", {grip, s("grip")})}));
}

TEST_CASE("turned bases of several cones and bores") {
  const auto both = turned({{0, 0}, {18, 0}, {20, 3}, {20, 10}, {15, 12}, {0, 12}});
  check_same(cut(both, {ring_of(9, 1, 20)}));
  check_same(cut(both, {ring_of(9, 3.5, 20)}));
  const auto hollow = turned({{5, 0}, {20, 0}, {16, 12}, {5, 12}});
  check_same(cut(hollow, {ring_of(8, 1, 18)}));
  check_same(cut(hollow, {ring_of(8, 2, 20)}));                    // where it ends in an edge
  check_same(cut(chamfered(2), {through(op("circle", {19.0}))}));  // a bore that is the cone's inner edge
  const auto countersunk = turned({{6, 0}, {20, 0}, {20, 12}, {9, 12}, {6, 8}});
  check_same(cut(countersunk, {ring_of(6, 1.5, 20)}));
  check_same(cut(countersunk, {ring_of(6, 1, 7.5)}));  // through the countersink alone
  check_same(cut(countersunk, {ring_of(6, 1, 6)}));    // and through the bore's wall
}

TEST_CASE("straight cutters on a cone leave hyperbolas") {
  const auto outside_hexagon =
      through(op("profile_cut", {op("circle", {40.0}), Nodes{op("regular_polygon", {6.0, 18.0, s("corners")})}}));
  check_same(cut(chamfered(3), {outside_hexagon}));
  const auto slit = through(op("rectangle", {60.0, 3.0, true}));
  const auto halves = cut(chamfered(3), {slit});
  check_same(halves);
  CHECK(build(halves).faces.size() == 10);  // two halves: floor, top, cone, round side, cut
  check_same(cut(chamfered(3), {through(op("profile_move", {op("rectangle", {8.0, 3.0, true}), 18.0, 0.0}))}));
}

TEST_CASE("what is not lifted takes another way") {
  CHECK(tier_of(cut(chamfered(2), {op("move", {op("cylinder", {3.0, 8.0}), 20.0, 0.0, 6.0})})) == "C");  // blind
  const auto stepped = turned({{0, 0}, {20, 0}, {20, 5}, {12, 5}, {11, 8}, {11, 12}, {0, 12}});
  CHECK(held_to_general(product_of(cut(stepped, {ring_of(6, 2, 10)})), nullptr, 1e-6) != "A");  // a shoulder
}

TEST_CASE("volumes of what is lifted, closed form") {
  const auto shaft = turned({{0, 0}, {9.5, 0}, {10, 0.5}, {10, 30}, {0, 30}});
  const auto drilled = cut(shaft, {ring_of(12, 0.8, 7)});
  const double plain = pi * 100 * 29.5 + pi * 0.5 / 3 * (100 + 95 + 90.25);
  CHECK(build(drilled).volume == Approx(plain - 12 * 30 * pi * 0.64).epsilon(1e-12));
  // At height z the cone's radius is 20 - z / 3: the hole lies inside up to 3, is a lens up to 9, then is gone.
  const auto cone = cut(turned({{5, 0}, {20, 0}, {16, 12}, {5, 12}}), {ring_of(8, 1, 18)});
  const int n = 20000;
  double holes = 3 * pi;
  for (int i = 0; i < n; ++i) holes += lens(20 - (3 + 6 * (i + 0.5) / n) / 3, 1, 18) * 6 / n;
  CHECK(tier_of(cone) == "A");
  CHECK(build(cone).volume == Approx(pi * 12 / 3 * (400 + 320 + 256) - pi * 25 * 12 - 8 * holes).epsilon(1e-7));
}

TEST_CASE("later operations work on lifted solids") {
  const auto knob = cut(chamfered(2), {ring_of(12, 1, 20)});
  const double volume = build(knob).volume;
  const BuiltPart bored = build(cut(knob, {op("move", {op("cylinder", {3.0, 9.0}), 0.0, 0.0, -1.0})}));
  CHECK(bored.volume == Approx(volume - pi * 9 * 8).epsilon(1e-9));
  CHECK(faults_text(bored.mesh) == "");
  const BuiltPart halved = build(cut(knob, {op("move", {op("box", {50.0, 50.0, 30.0}), 0.0, -25.0, -1.0})}));
  CHECK(halved.volume == Approx(volume / 2).epsilon(1e-6));
  CHECK(faults_text(halved.mesh) == "");
}

TEST_CASE("random turned solids with random cutters: A equals C") {
  std::mt19937 random(23);
  const auto pick = [&](double a, double b) { return std::uniform_real_distribution<double>(a, b)(random); };
  int lifted = 0;
  for (int i = 0; i < 25; ++i) {
    const double r = pick(12, 25), h = pick(6, 20), c = pick(0.5, 3), d = pick(0.5, 2), bore = pick(-2, 5);
    const double inner = std::max(0.0, bore);
    const auto base = turned({{inner, 0}, {r - d, 0}, {r, d}, {r, h - c}, {r - c, h}, {inner, h}});
    Nodes tools{ring_of(2 + static_cast<int>(pick(0, 12)), pick(0.4, 1.8), pick(r - 4, r + 0.3))};
    if (pick(0, 1) > 0.5) tools.push_back(through(disc(pick(-r, r), pick(-r, r), pick(0.5, 3))));
    const auto solid = cut(base, tools);
    INFO("case " << i);
    const std::string tier = held_to_general(product_of(solid), nullptr, 1e-6);
    lifted += tier <= "B";
    const auto built = Evaluator().build(product_of(solid), {});
    if (built) CHECK(faults_text(built->front().mesh) == "");
  }
  CHECK(lifted >= 20);
}
