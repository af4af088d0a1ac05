// Operations beyond boxes and cylinders, held to closed forms.
#include <algorithm>
#include <cmath>

#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

using Points = std::vector<Vec2>;
using Places = std::vector<Vec3>;

BuiltPart sound(const NodePtr& solid) {
  BuiltPart part = build(solid);
  CHECK(faults_text(part.mesh) == "");
  // Deflection 0.1 mm: the mesh's volume strays by at most that over all of the surface.
  CHECK(std::abs(volume(part.mesh) - part.volume) <= 0.1 * part.area);
  // The exact box holds the mesh, and exceeds it by no more than the mesh may stray.
  const Box3 hull = bounds(part.mesh);
  for (const double gap : {hull.min.x - part.box.min.x, hull.min.y - part.box.min.y, hull.min.z - part.box.min.z,
                           part.box.max.x - hull.max.x, part.box.max.y - hull.max.y, part.box.max.z - hull.max.z}) {
    CHECK(gap >= -1e-5);
    CHECK(gap <= 0.15);
  }
  return part;
}

BuiltPart plate(const NodePtr& profile) { return sound(op("extrude", {profile, 2.0})); }

std::size_t faces_with(const BuiltPart& part, const std::string& role) {
  return std::count_if(part.faces.begin(), part.faces.end(), [&](const FaceInfo& face) {
    return std::any_of(face.origins.begin(), face.origins.end(),
                       [&](const std::string& origin) { return origin.find(role) != std::string::npos; });
  });
}

double frustum(double base, double top, double h) { return h / 3 * (base + top + std::sqrt(base * top)); }

const auto square = [](double side) { return op("rectangle", {side, side, true}); };

}  // namespace

TEST_CASE("cones, balls and rings") {
  CHECK(sound(op("cone", {5.0, 2.0, 9.0})).volume == Approx(frustum(25 * pi, 4 * pi, 9)).epsilon(1e-9));
  CHECK(sound(op("cone", {0.0, 4.0, 6.0})).volume == Approx(pi * 16 * 6 / 3).epsilon(1e-9));
  const BuiltPart ball = sound(op("sphere", {7.0}));
  CHECK(ball.volume == Approx(4.0 / 3 * pi * 343).epsilon(1e-9));
  CHECK(ball.box.min.z == Approx(-7));
  CHECK(sound(op("torus", {10.0, 3.0})).volume == Approx(2 * pi * pi * 10 * 9).epsilon(1e-9));
  CHECK(faces_with(sound(op("cone", {5.0, 2.0, 9.0})), "top") == 1);
  CHECK(build_error(op("cone", {3.0, 3.0, 1.0})).suggestion.find("cylinder") != std::string::npos);
  const Error fat = build_error(op("torus", {3.0, 3.5}));
  CHECK(fat.measured == 3.5);
  CHECK(fat.required == 3.0);
}

TEST_CASE("ellipses and regular polygons") {
  CHECK(plate(op("ellipse", {8.0, 3.0})).volume == Approx(2 * pi * 24).epsilon(1e-8));
  const BuiltPart tall = plate(op("ellipse", {3.0, 8.0}));
  CHECK(tall.volume == Approx(2 * pi * 24).epsilon(1e-8));
  CHECK(tall.box.max.y == Approx(8));
  CHECK(plate(op("ellipse", {4.0, 4.0})).volume == Approx(2 * pi * 16).epsilon(1e-9));
  for (const int n : {3, 6, 7}) {
    const double to_corners = n / 2.0 * 25 * std::sin(2 * pi / n), to_flats = n * 25 * std::tan(pi / n);
    CHECK(plate(op("regular_polygon", {double(n), 5.0})).volume == Approx(2 * to_corners).epsilon(1e-12));
    const BuiltPart flats = plate(op("regular_polygon", {double(n), 5.0, std::string("flats")}));
    CHECK(flats.volume == Approx(2 * to_flats).epsilon(1e-12));
    CHECK(flats.box.min.y == Approx(-5));
  }
}

TEST_CASE("a spline runs through its points and is smooth") {
  // Points of a circle: the interpolating spline is a circle to the fourth order of the spacing.
  Points points;
  for (int i = 0; i < 36; ++i) points.push_back({10 * std::cos(pi * i / 18), 10 * std::sin(pi * i / 18)});
  const BuiltPart disc = plate(op("spline", {points}));
  CHECK(disc.volume == Approx(2 * pi * 100).epsilon(1e-5));
  CHECK(disc.faces.size() == 3);
  build_error(op("spline", {Points{{0, 0}, {1, 0}}}));
  build_error(op("spline", {Points{{0, 0}, {1, 0}, {1, 0}, {0, 1}}}));
}

TEST_CASE("corners of a profile are rounded: all, those that stick out, those that go in") {
  // An L of two 20 x 10 legs has five corners that stick out and one that goes in. Each takes away, or adds,
  // (1 - pi / 4) r^2.
  const NodePtr ell = op("polygon", {Points{{0, 0}, {20, 0}, {20, 10}, {10, 10}, {10, 20}, {0, 20}}});
  const double area = 300, r = 2, each = (1 - pi / 4) * r * r;
  const auto rounded = [&](const char* which) {
    return plate(op("profile_fillet", {ell, r, std::string(which)})).volume / 2;
  };
  CHECK(rounded("all") == Approx(area - 5 * each + each).epsilon(1e-9));
  CHECK(rounded("convex") == Approx(area - 5 * each).epsilon(1e-9));
  CHECK(rounded("concave") == Approx(area + each).epsilon(1e-9));
  CHECK(faces_with(plate(op("profile_fillet", {ell, r})), "fillet") == 6);
  const Error large = build_error(op("profile_fillet", {ell, 11.0}));
  CHECK(large.measured == 11.0);
  CHECK(large.at.has_value());
  // A corner that is smooth already stays.
  CHECK(plate(op("profile_fillet", {op("slot", {20.0, 6.0}), 1.0})).volume ==
        Approx(2 * (14 * 6 + 9 * pi)).epsilon(1e-9));
}

TEST_CASE("a gear has the teeth, diameters and flanks of its definition") {
  const double m = 2, z = 20, alpha = 20 * pi / 180;
  const BuiltPart gear = plate(op("gear", {m, z}));
  CHECK(faces_with(gear, "tip") == 20);
  CHECK(faces_with(gear, "flank") == 40);
  CHECK(gear.box.max.x == Approx(m * (z + 2) / 2).epsilon(1e-6));  // a tooth lies on the x axis
  double lowest = 1e9;
  for (const Vec3& v : gear.mesh.vertices) lowest = std::min(lowest, std::hypot(v.x, v.y));
  CHECK(lowest == Approx(m * (z / 2 - 1.25)).epsilon(1e-6));
  // Area by quadrature over the radius: a tooth's angle is pi / z + 2 (inv alpha - inv alpha_r) (ISO 21771), and
  // below the base circle the flanks are radial.
  const double rb = m * z / 2 * std::cos(alpha), root = m * (z / 2 - 1.25), tip = m * (z / 2 + 1);
  const auto inv = [](double a) { return std::tan(a) - a; };
  const auto tooth = [&](double r) { return pi / z + 2 * (inv(alpha) - inv(std::acos(std::min(1.0, rb / r)))); };
  double area = pi * root * root;
  const int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double r = root + (tip - root) * (i + 0.5) / n;
    area += z * tooth(r) * r * (tip - root) / n;
  }
  CHECK(gear.volume == Approx(2 * area).epsilon(2e-6));
  // Backlash takes half its length from every tooth's width along the reference circle.
  const double play = 0.2, thinner = plate(op("gear", {m, z, 20.0, 0.0, 0.25, play})).volume;
  CHECK((gear.volume - thinner) / 2 ==
        Approx(z * play / 2 / (m * z / 2) * (tip * tip - root * root) / 2).epsilon(1e-4));
  CHECK(build_error(op("extrude", {op("gear", {2.0, 6.0, 20.0, 1.0}), 2.0})).message.find("point") !=
        std::string::npos);
}

TEST_CASE("tapered extrusions are frusta") {
  const double t = std::tan(10 * pi / 180);
  const auto leaning = [](const NodePtr& profile, double angle) { return sound(op("extrude", {profile, 5.0, angle})); };
  const double s = 20 - 2 * 5 * t;
  CHECK(leaning(square(20), 10).volume == Approx(frustum(400, s * s, 5)).epsilon(1e-9));
  const double wide = 20 + 2 * 5 * t;
  CHECK(leaning(square(20), -10).volume == Approx(frustum(400, wide * wide, 5)).epsilon(1e-9));
  const double r = 6 - 5 * t;
  CHECK(leaning(op("circle", {6.0}), 10).volume == Approx(frustum(36 * pi, r * r * pi, 5)).epsilon(1e-9));
  // A hole's wall leans into the material too: it widens upwards.
  const NodePtr ring = op("profile_cut", {square(20), Nodes{op("circle", {6.0})}});
  const double out = 6 + 5 * t;
  CHECK(leaning(ring, 10).volume == Approx(frustum(400, s * s, 5) - frustum(36 * pi, out * out * pi, 5)).epsilon(1e-9));
  CHECK(faces_with(leaning(square(20), 10), "left") == 1);
  CHECK(build_error(op("extrude", {square(4), 30.0, 10.0})).message.find("10 degrees") != std::string::npos);
}

TEST_CASE("a twist keeps every cross-section") {
  for (const double twist : {90.0, -30.0, 720.0}) {
    const BuiltPart part = sound(op("extrude", {square(10), 20.0, 0.0, twist}));
    CHECK(part.volume == Approx(2000).epsilon(1e-6));
    CHECK(part.faces.size() == 6);
    CHECK(faces_with(part, "left") == 1);
  }
  const NodePtr ring = op("profile_cut", {square(20), Nodes{op("profile_move", {op("circle", {3.0}), 4.0})}});
  CHECK(sound(op("extrude", {ring, 10.0, 0.0, 120.0})).volume == Approx(10 * (400 - 9 * pi)).epsilon(1e-6));
  build_error(op("extrude", {square(10), 20.0, 5.0, 90.0}));
}

TEST_CASE("a thread has the profile of ISO 68-1") {
  const double d = 8, p = 1.25, h = 10;
  // Every cross-section is the same; r as a function of the angle is that of z along the axis, so the area is
  // 1/2 * integral of r^2 over the turn: crest p/8, root p/4, flanks 5/16 p each, linear in between.
  const auto section = [&](double crest) {
    const double root = crest - 5.0 / 8 * std::sqrt(3) / 2 * p;
    const double flank = (crest * crest + crest * root + root * root) / 3;
    return pi * (crest * crest / 8 + root * root / 4 + flank * 5 / 8);
  };
  const BuiltPart bolt = sound(op("thread", {d, p, h}));
  CHECK(bolt.volume == Approx(h * section(4)).epsilon(1e-6));
  CHECK(bolt.box.max.x == Approx(4).epsilon(1e-4));
  CHECK(sound(op("thread", {d, p, h, std::string("external"), 0.1})).volume == Approx(h * section(3.9)).epsilon(1e-6));
  CHECK(sound(op("thread", {d, p, h, std::string("internal"), 0.1})).volume == Approx(h * section(4.1)).epsilon(1e-6));
  CHECK(sound(op("thread", {d, p, h, std::string("external"), 0.0, 2.0, std::string("left")})).volume ==
        Approx(h * section(4)).epsilon(1e-6));
  // A lead-in bounds the radius from above (a bolt) or below (a nut's tool) by a cone: quadrature over the height of
  // the mean of r^2 over the turn, where r = max(root, min(crest, ...)) is piecewise linear in the angle.
  const auto led_in = [&](double crest, double length, bool flared) {
    const double root = crest - 5.0 / 8 * std::sqrt(3) / 2 * p;
    double sum = 0;
    const int n = 2000, m = 800;
    for (int i = 0; i < n; ++i) {
      const double z = length * (i + 0.5) / n;
      const double cone = flared ? crest - (crest - root) * z / length : root + (crest - root) * z / length;
      for (int j = 0; j < m; ++j) {
        const double way = std::abs((j + 0.5) / m - 0.5);  // 0 in the middle of the root, 0.5 in that of the crest
        const double r = std::clamp(root + (crest - root) * (way - 0.125) / 0.3125, root, crest);
        const double bound = flared ? std::max(r, cone) : std::min(r, cone);
        sum += bound * bound / 2 * 2 * pi / m * length / n;
      }
    }
    return sum;
  };
  for (const bool flared : {false, true})
    for (const double starts : {1.0, 3.0})
      for (const char* hand : {"right", "left"}) {
        const BuiltPart part = sound(op(
            "thread", {d, p, h, std::string(flared ? "internal" : "external"), 0.0, starts, std::string(hand), 1.5}));
        CHECK(part.volume == Approx((h - 3) * section(4) + 2 * led_in(4, 1.5, flared)).epsilon(2e-6));
        CHECK(faces_with(part, "lead_in") == 2 * starts);
      }
  const Error coarse = build_error(op("thread", {3.0, 4.0, h}));
  CHECK(coarse.measured == 4.0);
}

TEST_CASE("a pipe thread has the profile of ISO 228") {
  // G 1/2: 14 turns an inch, 20.955 mm over the crests and 18.631 over the roots; flanks at 55 degrees to each other.
  const double pitch = 25.4 / 14, crest = 20.955 / 2, root = crest - 0.640327 * pitch, h = 12;
  CHECK(2 * root == Approx(18.631).margin(1e-3));
  const NodePtr bolt = op("thread", {2 * crest, pitch, h, std::string("external"), 0.0, 1.0, std::string("right"), 0.0,
                                     std::string("whitworth")});
  const BuiltPart part = sound(bolt);
  // Crest and root take a sixth of the pitch each; on the flanks r is linear in the angle.
  const double flank = (crest * crest + crest * root + root * root) / 3;
  CHECK(part.volume == Approx(h * pi * (crest * crest / 6 + root * root / 6 + flank * 2 / 3)).epsilon(2e-6));
  double innermost = crest;
  for (const Vec3& v : part.mesh.vertices) innermost = std::min(innermost, std::hypot(v.x, v.y));
  CHECK(innermost == Approx(root).margin(2e-3));
  CHECK(part.box.max.x == Approx(crest).epsilon(1e-4));
}

TEST_CASE("threads are fused and cut") {
  const double d = 8, p = 1.25, crest = 4, root = crest - 5.0 / 8 * std::sqrt(3) / 2 * p;
  const double section =
      pi * (crest * crest / 8 + root * root / 4 + (crest * crest + crest * root + root * root) / 3 * 5 / 8);
  const NodePtr head = op("extrude", {op("regular_polygon", {6.0, 6.5, std::string("flats")}), 6.0});
  const double hexagon = 6 * 6.5 * 6.5 * std::tan(pi / 6);
  const NodePtr shank = op("move", {op("thread", {d, p, 20.0}), 0.0, 0.0, 6.0});
  CHECK(sound(op("union", {Nodes{head, shank}})).volume == Approx(6 * hexagon + 20 * section).epsilon(1e-6));
  CHECK(tier_of(op("union", {Nodes{head, shank}})) == "B");
  const auto tool = [&](double h, double lead_in) {
    return op("thread", {d, p, h, std::string("internal"), 0.0, 1.0, std::string("right"), lead_in});
  };
  // Through, flush, blind, from below and lying: where the thread lies strictly inside plane faces it is stamped.
  const double nut = 6 * (hexagon - section);
  const auto cut = [&](const NodePtr& what) { return op("cut", {head, Nodes{what}}); };
  const auto at = [&](const NodePtr& what, double z) { return op("move", {what, 0.0, 0.0, z}); };
  for (const double low : {0.0, -1.0, -1.3, -0.5}) {
    const BuiltPart part = sound(cut(at(tool(low == 0 ? 6 : 8, 0), low)));
    CHECK(part.volume == Approx(nut).epsilon(1e-6));
    CHECK(faces_with(part, "crest") == 1);
  }
  CHECK(tier_of(cut(at(tool(8, 0), -1))) == "B");
  CHECK(sound(cut(at(tool(8, 0), 2))).volume == Approx(6 * hexagon - 4 * section).epsilon(1e-6));
  CHECK(sound(cut(at(tool(5, 0), -1))).volume == Approx(6 * hexagon - 4 * section).epsilon(1e-6));
  const NodePtr flipped = op("rotate", {tool(8, 0), std::string("x"), 180.0});
  CHECK(sound(cut(at(flipped, 7))).volume == Approx(nut).epsilon(1e-6));
  const NodePtr lying = op("move", {op("rotate", {tool(30, 0), std::string("y"), 90.0}), -5.0, 10.0, 10.0});
  CHECK(sound(op("cut", {op("box", {20.0, 20.0, 20.0}), Nodes{lying}})).volume ==
        Approx(8000 - 20 * section).epsilon(1e-6));
  CHECK(sound(cut(tool(6, 1))).volume < nut);
  CHECK(tier_of(cut(tool(6, 1))) == "B");
  // A face within a lead-in is left to the general boolean, which may find no intersection: then that is told.
  Evaluator evaluator;
  const auto within = evaluator.build(product_of(cut(at(tool(7, 1), -0.5))), {});
  if (within)
    CHECK(within->front().volume < nut);
  else
    CHECK_FALSE(within.error().suggestion.empty());
}

TEST_CASE("a bolt with lead-ins is stamped wherever its ends lie") {
  // Levels that no binary number holds: the top is not at the sum of base and length to the last digit.
  for (const double length : {13.0, 12.72405125720945, 14.341629786306894})
    for (const double height : {14.0, 13.84082554298233}) {
      INFO("length " << length << " on " << height);
      const NodePtr bolt =
          op("thread", {7.0, 1.4, length, std::string("external"), 0.0, 1.0, std::string("right"), 1.4});
      const NodePtr piece = op("union", {Nodes{op("box", {30.0, 20.0, height}), op("move", {bolt, 8.0, 9.0, height})}});
      CHECK(tier_of(piece) == "B");
      CHECK(sound(piece).volume == Approx(600 * height + build(bolt).volume).epsilon(1e-7));
    }
}

TEST_CASE("a thread through faces that no stamp takes") {
  // The block takes out of a long thread what lies between two planes: its section times the way along the thread, but
  // for the fraction of a turn by which slanting planes cut its ends.
  const double d = 7, h = 14, crest = d / 2;
  for (const double tilt : {0.0, 3.0})
    for (const double z : {-5.0, -4.8}) {
      INFO("tilt " << tilt << " from " << z);
      const double root = crest - 5.0 / 8 * std::sqrt(3) / 2;
      const double section =
          pi * (crest * crest / 8 + root * root / 4 + (crest * crest + crest * root + root * root) / 3 * 5 / 8);
      const NodePtr tool =
          op("move", {op("rotate", {op("thread", {d, 1.0, 30.0}), std::string("x"), tilt}), 15.0, 9.0, z});
      const BuiltPart part = build(op("cut", {op("box", {30.0, 30.0, h}), Nodes{tool}}), false);
      CHECK(part.volume == Approx(900 * h - section * h / std::cos(tilt * pi / 180)).epsilon(tilt == 0 ? 1e-7 : 1e-5));
      CHECK(volume(part.mesh) == Approx(part.volume).epsilon(2e-3));
      CHECK(faults_text(part.mesh) == "");
    }
}

TEST_CASE("a union never loses a part without a word") {
  // Of this thread the general boolean drops an end or all; if it finds all one day, so much the better.
  for (const double tilt : {3.0, 50.0}) {
    const NodePtr bolt = op("rotate", {op("thread", {7.0, 1.0, 30.0}), std::string("x"), tilt});
    const NodePtr box = op("box", {30.0, 30.0, 14.0});
    Evaluator evaluator({.rewrite = false});
    const auto built = evaluator.build(product_of(op("union", {Nodes{box, op("move", {bolt, 15.0, 9.0, -5.0})}})), {});
    if (built)
      CHECK(built->front().volume > 13000);
    else
      CHECK_FALSE(built.error().suggestion.empty());
  }
}

TEST_CASE("sweeps along straight, bent and mitred paths have the profile's area times the way of its centre") {
  const Places way{{0, 0, 0}, {50, 0, 0}, {50, 40, 0}, {50, 40, 30}};
  const double r = 8, bent = 50 + 40 + 30 - 4 * r + 2 * pi / 2 * r;
  const NodePtr tube = op("profile_cut", {op("circle", {3.0}), Nodes{op("circle", {2.0})}});
  CHECK(sound(op("sweep", {op("circle", {3.0}), op("path", {way, r})})).volume == Approx(9 * pi * bent).epsilon(1e-6));
  CHECK(sound(op("sweep", {tube, op("path", {way, r})})).volume == Approx(5 * pi * bent).epsilon(1e-6));
  CHECK(sound(op("sweep", {square(4), op("path", {way})})).volume == Approx(16 * 120).epsilon(1e-6));
  const BuiltPart named =
      sound(op("sweep", {op("rectangle", {4.0, 2.0}), op("path", {Places{{0, 0, 0}, {0, 0, 10}}})}));
  CHECK(named.volume == Approx(80).epsilon(1e-9));
  CHECK(faces_with(named, "left") == 1);
  CHECK(faces_with(named, "start") == 1);
  const Error tight = build_error(op("sweep", {square(4), op("path", {way, 30.0})}));
  CHECK(tight.measured == 30.0);
  CHECK(tight.required.value() == Approx(20).epsilon(1e-6));  // the leg of 40 gives each of its bends half
}

TEST_CASE("a spring and a curved tube keep to Pappus") {
  const double r = 10, pitch = 6, turns = 3;
  const double way = turns * std::hypot(2 * pi * r, pitch);
  CHECK(sound(op("sweep", {op("circle", {1.5}), op("helix", {r, pitch, turns})})).volume ==
        Approx(pi * 2.25 * way).epsilon(1e-4));
  const NodePtr arc = op("spline_path", {Places{{0, 0, 0}, {10, 0, 3}, {20, 5, 0}, {30, 5, 8}}});
  sound(op("sweep", {op("circle", {2.0}), arc}));
}

TEST_CASE("lofts between squares are frusta, between circles cones, with holes too") {
  const auto loft = [](Nodes profiles, std::vector<double> heights, bool ruled) {
    return sound(op("loft", {std::move(profiles), std::move(heights), ruled}));
  };
  CHECK(loft({square(20), square(10)}, {0, 12}, true).volume == Approx(frustum(400, 100, 12)).epsilon(1e-9));
  CHECK(loft({op("circle", {6.0}), op("circle", {3.0})}, {5, 15}, true).volume ==
        Approx(frustum(36 * pi, 9 * pi, 10)).epsilon(1e-6));
  CHECK(loft({square(20), square(10), square(20)}, {0, 10, 20}, true).volume ==
        Approx(2 * frustum(400, 100, 10)).epsilon(1e-9));
  const auto ring = [](double outer, double inner) {
    return op("profile_cut", {op("circle", {outer}), Nodes{op("circle", {inner})}});
  };
  CHECK(loft({ring(10, 8), ring(6, 5)}, {0, 9}, true).volume ==
        Approx(frustum(100 * pi, 36 * pi, 9) - frustum(64 * pi, 25 * pi, 9)).epsilon(1e-6));
  sound(op("loft", {Nodes{square(20), op("circle", {6.0})}, std::vector<double>{0, 15}}));
  build_error(op("loft", {Nodes{square(20), square(10)}, std::vector<double>{0, 0}}));
  build_error(op("loft", {Nodes{square(20), square(10)}, std::vector<double>{0}}));
  build_error(op("loft", {Nodes{square(20), ring(6, 2)}, std::vector<double>{0, 5}}));
}

TEST_CASE("shells are open where they are told, or closed") {
  const NodePtr block = op("box", {30.0, 20.0, 10.0});
  const NodePtr top = op("faces.role", {std::string("top")});
  const BuiltPart tray = sound(op("shell", {block, 2.0, top}));
  CHECK(tray.volume == Approx(6000 - 26 * 16 * 8).epsilon(1e-9));
  CHECK(faces_with(tray, "inside") == 5);
  CHECK(sound(op("shell", {block, 2.0})).volume == Approx(6000 - 26 * 16 * 6).epsilon(1e-9));
  CHECK(sound(op("shell", {op("cylinder", {10.0, 20.0}), 1.0, top})).volume ==
        Approx(pi * (100 * 20 - 81 * 19)).epsilon(1e-9));
  const Error thick = build_error(op("shell", {block, 12.0, top}));
  CHECK(thick.measured == 12.0);
}

TEST_CASE("split keeps one side of a plane") {
  const NodePtr block = op("box", {30.0, 20.0, 10.0});
  for (const auto& [axis, at, above, below] : {std::tuple{"x", 12.0, 18.0 * 200, 12.0 * 200},
                                               {"y", 5.0, 15.0 * 300, 5.0 * 300},
                                               {"z", 4.0, 6.0 * 600, 4.0 * 600}}) {
    const BuiltPart high = sound(op("split", {block, std::string(axis), at, std::string("above")}));
    const BuiltPart low = sound(op("split", {block, std::string(axis), at, std::string("below")}));
    CHECK(high.volume == Approx(above).epsilon(1e-9));
    CHECK(low.volume == Approx(below).epsilon(1e-9));
    CHECK(faces_with(high, "split") == 1);
    CHECK(low.box.min.x == Approx(0));
  }
  CHECK(build_error(op("split", {block, std::string("z"), 11.0, std::string("above")})).measured == 11.0);
}
