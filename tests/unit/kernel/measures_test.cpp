// Volumes and areas, face by face, held to closed forms and to the kernel's own adaptive integration, for bodies that
// stand anywhere: a flux through a face depends on where the origin is, a volume does not.
#include "tests/unit/kernel/build.hpp"
#include "tests/unit/kernel/compare.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

/// Far from the origin, leaning every way.
NodePtr astray(const NodePtr& solid) {
  return op("move", {op("rotate", {op("rotate", {solid, s("x"), 33.0}), s("z"), 71.0}), -220.0, 40.0, 130.0});
}

/// Area of every cross-section of a thread, from the profile of ISO 68-1 along the axis: crest p/8, root p/4, flanks
/// 5/16 p each with the radius linear in the angle.
double thread_section(double d, double pitch) {
  const double crest = d / 2, root = crest - 5.0 / 8 * std::sqrt(3) / 2 * pitch;
  return pi * (crest * crest / 8 + root * root / 4 + (crest * crest + crest * root + root * root) / 3 * 5 / 8);
}

}  // namespace

TEST_CASE("a thread has its volume wherever it stands and however often it turns") {
  for (const double pitch : {1.1, 1.9})
    for (const double h : {1.3, 7.0, 23.0})
      for (const double starts : {1.0, 3.0}) {
        INFO("pitch " << pitch << ", length " << h << ", starts " << starts);
        const BuiltPart part = build(astray(op("thread", {8.0, pitch, h, s("external"), 0.0, starts})));
        CHECK(part.volume == Approx(h * thread_section(8, pitch)).epsilon(1e-6));
        // The crest is a strip of a cylinder, an eighth of its surface.
        double crest = 0;
        for (const FaceInfo& face : part.faces)
          if (face.origins.front().ends_with("crest")) crest += face.area;
        CHECK(crest == Approx(2 * pi * 4 * h / 8).epsilon(1e-9));
        if (h != 7) continue;
        const NodePtr led_in = op("thread", {8.0, pitch, h, s("external"), 0.0, starts, s("right"), pitch});
        CHECK(build(astray(led_in)).volume == Approx(build(led_in).volume).epsilon(1e-7));
      }
}

TEST_CASE("volumes of all kinds of faces hold anywhere and agree with the kernel's adaptive integration") {
  const NodePtr block = op("box", {40.0, 30.0, 12.0}), oval = op("ellipse", {9.0, 4.0});
  const NodePtr pipe = op("move", {op("rotate", {op("cylinder", {4.0, 30.0}), s("x"), 70.0}), 0.0, 0.0, 20.0});
  const auto minus = [](const NodePtr& base, const NodePtr& tool) { return op("cut", {base, Nodes{tool}}); };
  const std::vector<NodePtr> solids{
      op("extrude", {oval, 20.0, 0.0, 400.0}),
      minus(op("sphere", {15.0}), op("move", {op("cylinder", {4.0, 60.0}), 5.0, 2.0, -30.0})),
      minus(op("torus", {14.0, 5.0}), op("move", {op("rotate", {block, s("y"), 20.0}), 3.0, -4.0, -5.0})),
      minus(op("cone", {12.0, 3.0, 20.0}), op("move", {op("rotate", {block, s("y"), 40.0}), 1.0, 0.0, 5.0})),
      op("fillet", {op("union", {Nodes{op("cylinder", {9.0, 40.0}), pipe}}), op("edges.all"), 0.5}),
  };
  for (std::size_t i = 0; i < solids.size(); ++i) {
    INFO("solid " << i);
    const BuiltPart here = build(solids[i]), there = build(astray(solids[i]));
    CHECK(there.volume == Approx(here.volume).epsilon(1e-7));
    CHECK(there.volume == Approx(exact_volume(*there.solid, 1e-7)).epsilon(2e-7));
  }
  // Of these the kernel's integration is wrong by up to a hundredth.
  CHECK(build(astray(op("extrude", {oval, 20.0}))).volume == Approx(720 * pi).epsilon(1e-7));
  const NodePtr blob =
      op("extrude", {op("spline", {std::vector<Vec2>{{0, 0}, {12, -4}, {20, 3}, {9, 11}, {-3, 6}}}), 7.0});
  CHECK(build(astray(blob)).volume == Approx(build(blob).volume).epsilon(1e-7));
  CHECK(volume(build(blob, true, {.linear = 0.002, .angular = 20}).mesh) == Approx(build(blob).volume).epsilon(5e-4));
}
