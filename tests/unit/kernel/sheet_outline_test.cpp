#include "geometry/kernel/sheet_outline.hpp"

#include <array>
#include <cmath>

#include "tests/unit/kernel/build.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

Outline2D outline_of(const BuiltPart& part, Vec3 up = {0, 0, 1}) {
  auto outline = sheet_outline(part, up);
  if (!outline) FAIL(describe(outline.error()));
  CHECK(signed_area(outline->outer) > 0);
  for (const Contour2D& inner : outline->inner) CHECK(signed_area(inner) < 0);
  return *outline;
}

NodePtr moved_by(const NodePtr& solid, double x, double y, double z) { return op("move", {solid, x, y, z}); }

NodePtr cut(const NodePtr& base, Nodes tools) { return op("cut", {base, std::move(tools)}); }

}  // namespace

TEST_CASE("lines and arcs of an outline are exact") {
  const BuiltPart part = build(cut(op("extrude", {op("rounded_rectangle", {60.0, 40.0, 5.0}), 6.0}),
                                   {op("move", {op("extrude", {op("slot", {16.0, 2.0}), 20.0}), 30.0, 20.0, -5.0}),
                                    moved_by(op("cylinder", {3.0, 20.0}), 10, 10, -5)}));
  const Outline2D outline = outline_of(part);
  CHECK(outline.thickness == Approx(6).epsilon(1e-12));
  CHECK(outline.deviation == 0);
  REQUIRE(outline.outer.size() == 8);
  CHECK(std::count_if(outline.outer.begin(), outline.outer.end(), [](const Piece2D& p) { return p.is_arc(); }) == 4);
  for (const Piece2D& piece : outline.outer)
    if (piece.is_arc()) CHECK(piece.radius() == Approx(5).epsilon(1e-12));
  CHECK(length(outline.outer) == Approx(2 * (50 + 30) + 10 * pi).epsilon(1e-12));
  REQUIRE(outline.inner.size() == 1);
  CHECK(outline.inner[0].size() == 4);
  REQUIRE(outline.drillings.size() == 1);
  CHECK(outline.drillings[0].through);
  CHECK(outline.drillings[0].diameter == Approx(6).epsilon(1e-12));
  CHECK(length(outline.drillings[0].centre - Vec2{10, 10}) < 1e-9);
  CHECK(outline.pockets.empty());
  // What is left times the thickness is the volume, integrated on the solid.
  CHECK(area(outline) * outline.thickness == Approx(exact_volume(*part.solid, 1e-9)).epsilon(1e-8));
}

TEST_CASE("pockets, blind holes and counterbores say depth, side and where no wall stands") {
  // A board with a dado that runs out in front, a rabbet underneath, an island in a pocket, a counterbored hole.
  const BuiltPart part =
      build(cut(op("box", {200.0, 100.0, 18.0}),
                {moved_by(op("box", {12.0, 81.0, 10.0}), 20, -1, 12),   // dado, 6 deep, ends at y = 80
                 moved_by(op("box", {11.0, 102.0, 6.0}), 190, -1, -1),  // rabbet below, 5 deep
                 cut(moved_by(op("box", {60.0, 60.0, 10.0}), 60, 20, 10),
                     {moved_by(op("box", {20.0, 20.0, 30.0}), 80, 40, 0)}),  // 8 deep around an island
                 moved_by(op("cylinder", {4.0, 30.0}), 150, 50, -1), moved_by(op("cylinder", {8.0, 30.0}), 150, 50, 14),
                 moved_by(op("cylinder", {2.5, 30.0}), 170, 50, 8)}));
  const Outline2D outline = outline_of(part);
  CHECK(outline.outer.size() == 4);
  CHECK(signed_area(outline.outer) == Approx(200 * 100).epsilon(1e-12));
  CHECK(outline.inner.empty());
  REQUIRE(outline.pockets.size() == 3);
  REQUIRE(outline.drillings.size() == 3);
  double floors = 0;
  for (const Pocket2D& pocket : outline.pockets) {
    double left = signed_area(pocket.outer);
    for (const Contour2D& island : pocket.islands) left += signed_area(island);
    floors += left * pocket.depth;
    const auto open = std::count_if(pocket.outer.begin(), pocket.outer.end(), [](const Piece2D& p) { return p.open; });
    if (pocket.depth == Approx(6)) {
      CHECK(pocket.side == SheetSide::top);
      CHECK(left == Approx(12 * 80));
      CHECK(open == 1);
    } else if (pocket.depth == Approx(5)) {
      CHECK(pocket.side == SheetSide::bottom);
      CHECK(left == Approx(10 * 100));
      CHECK(open == 3);
    } else {
      CHECK(pocket.depth == Approx(8));
      CHECK(left == Approx(60 * 60 - 20 * 20));
      CHECK(pocket.islands.size() == 1);
      CHECK(open == 0);
    }
    CHECK_FALSE(pocket.engraved);
  }
  // Counterbore 4 deep around the hole that goes through, and a blind hole 10 deep.
  CHECK(area(outline) * 18 - floors - pi * (64 - 16) * 4 - pi * 6.25 * 10 ==
        Approx(exact_volume(*part.solid, 1e-9)).epsilon(1e-7));
  for (const Drilling2D& hole : outline.drillings) {
    CHECK(hole.through == (hole.diameter < 9 && hole.diameter > 7));
    CHECK(hole.depth == Approx(hole.through ? 18 : hole.diameter > 9 ? 4 : 10));
  }
}

TEST_CASE("pockets on both sides that run out at the edges still give the whole outline") {
  const BuiltPart part =
      build(cut(op("box", {100.0, 50.0, 18.0}), {moved_by(op("box", {12.0, 60.0, 10.0}), -2, -5, 9),
                                                 moved_by(op("box", {12.0, 60.0, 11.0}), 90, -5, -2)}));
  const Outline2D outline = outline_of(part);
  CHECK(outline.outer.size() == 4);
  CHECK(signed_area(outline.outer) == Approx(5000).epsilon(1e-12));
  CHECK(outline.pockets.size() == 2);
}

TEST_CASE("other curves become smooth arcs within the tolerance") {
  const BuiltPart part = build(op("extrude", {op("ellipse", {30.0, 12.0}), 4.0}));
  const Outline2D outline = outline_of(part);
  CHECK(outline.deviation == Approx(0.005));
  CHECK(outline.outer.size() < 80);
  for (std::size_t i = 0; i < outline.outer.size(); ++i) {
    const Piece2D& piece = outline.outer[i];
    const Piece2D& next = outline.outer[(i + 1) % outline.outer.size()];
    CHECK(piece.is_arc());
    CHECK(std::abs(cross(piece.direction_out(), next.direction_in())) < 1e-6);
    for (const double share : {0.0, 0.25, 0.5, 0.75}) {
      // Distance from the ellipse to first order: value over gradient.
      const Vec2 p = piece.at(share);
      const double value = p.x * p.x / 900 + p.y * p.y / 144 - 1;
      CHECK(std::abs(value) / std::hypot(2 * p.x / 900, 2 * p.y / 144) < 0.005);
    }
  }
  CHECK(area(outline) == Approx(pi * 30 * 12).epsilon(1e-4));
}

TEST_CASE("a sheet may lie any way in its part") {
  const BuiltPart part =
      build(cut(op("box", {18.0, 300.0, 600.0}), {moved_by(op("box", {7.0, 400.0, 20.0}), 12, -1, 100)}));
  for (const Vec3 up : {Vec3{1, 0, 0}, Vec3{-1, 0, 0}}) {
    const Outline2D outline = outline_of(part, up);
    CHECK(outline.thickness == Approx(18));
    REQUIRE(outline.pockets.size() == 1);
    CHECK(outline.pockets[0].depth == Approx(6));
    CHECK(outline.pockets[0].side == (up.x > 0 ? SheetSide::top : SheetSide::bottom));
    CHECK(area(outline) == Approx(300 * 600));
  }
}

TEST_CASE("holes drilled into edges are told apart from the outline") {
  // Dowel holes of 8 mm, 29 deep from the left at half the thickness, and 5 mm ones from the back, 20 deep at 6 mm.
  const auto lying = [](double r, double h, const char* axis, double angle) {
    return op("rotate", {op("cylinder", {r, h}), std::string(axis), angle});
  };
  const auto board = cut(op("box", {100.0, 50.0, 18.0}),
                         {moved_by(lying(4, 30, "y", 90), -1, 25, 9), moved_by(lying(2.5, 21, "x", 90), 70, 51, 6)});
  for (const Vec3 up : {Vec3{0, 0, 1}, Vec3{0, 0, -1}}) {
    const auto outline = sheet_outline(build(board), up);
    REQUIRE(outline);
    CHECK(area(*outline) == Approx(5000).epsilon(1e-12));
    CHECK(outline->drillings.empty());
    REQUIRE(outline->edge_drillings.size() == 2);
    auto holes = outline->edge_drillings;
    if (holes[0].diameter < holes[1].diameter) std::swap(holes[0], holes[1]);
    CHECK(holes[0].diameter == Approx(8));
    CHECK(holes[0].depth == Approx(29));
    CHECK(holes[0].height == Approx(9));
    CHECK(holes[1].diameter == Approx(5));
    CHECK(holes[1].depth == Approx(20));
    CHECK(holes[1].height == Approx(up.z > 0 ? 6 : 12));
    if (up.z < 0) continue;
    CHECK(length(holes[0].mouth - Vec2{0, 25}) < 1e-9);
    CHECK(length(holes[0].into - Vec2{1, 0}) < 1e-9);
    CHECK(length(holes[1].mouth - Vec2{70, 50}) < 1e-9);
    CHECK(length(holes[1].into - Vec2{0, -1}) < 1e-9);
    const auto image = mirrored(*outline).edge_drillings;
    CHECK(std::abs(image[0].mouth.x + outline->edge_drillings[0].mouth.x) < 1e-9);
  }
}

TEST_CASE("what cannot be cut from a sheet says which face is in the way, and what was measured") {
  const auto why = [](const NodePtr& solid) {
    const auto outline = sheet_outline(build(solid), {0, 0, 1});
    REQUIRE_FALSE(outline);
    CHECK(outline.error().kind == ErrorKind::geometry);
    CHECK(outline.error().part == "part");
    CHECK(outline.error().at);
    return outline.error();
  };
  const auto board = op("box", {100.0, 50.0, 18.0});
  // A hole that leans, and one along the sheet that breaks through its top.
  const auto hole = [&](double angle, double z) {
    return cut(board, {moved_by(op("rotate", {op("cylinder", {4.0, 30.0}), std::string("y"), angle}), -1, 25, z)});
  };
  const Error leaning = why(hole(60, 6));
  CHECK(leaning.message.find("hole of 8 mm diameter leans 60 degrees") != std::string::npos);
  CHECK(*leaning.measured == Approx(60));
  CHECK(why(hole(90, 15)).message.find("hole of 8 mm diameter leans 90 degrees") != std::string::npos);
  CHECK(why(op("cone", {10.0, 5.0, 18.0})).message.find("cone") != std::string::npos);
  CHECK(why(op("sphere", {10.0})).message.find("sphere") != std::string::npos);
  // A groove in the edge hangs over.
  const Error groove = why(cut(board, {moved_by(op("box", {20.0, 60.0, 6.0}), -1, -5, 6)}));
  CHECK(groove.unit == "mm2");
  // Two boards are no board.
  CHECK(why(op("union", {Nodes{board, moved_by(board, 200, 0, 0)}})).message.find("2 pieces") != std::string::npos);
}
