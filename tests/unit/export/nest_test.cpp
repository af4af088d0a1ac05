#include "export/make/nest.hpp"

#include "export/make/sheets.hpp"
#include "export/panels/plan.hpp"
#include "geometry/mesh/distance2d.hpp"
#include "tests/catch.hpp"
#include "tests/unit/export/nest_cases.hpp"

using namespace fitwright;

TEST_CASE(
    "seeded boards, angles, rings and round plates: all are laid, spacing and margins kept, never worse than boxes") {
  double worst = 1;
  for (const NestCase& one : nest_cases(2)) {
    INFO(one.name);
    const auto found = nest(one.pieces, one.options);
    REQUIRE(found);
    CHECK(found->unplaced.empty());
    CHECK(found->sheets <= boxed_sheets(one));
    CHECK(check_nesting(one.pieces, one.options, *found));
    worst = std::min(worst, found->used);
  }
  CHECK(worst > 0.2);
}

TEST_CASE("no place of a piece lies in another: places along all outlines are tried, without the exact measures") {
  const std::vector<NestCase> cases = nest_cases(3);
  for (const std::size_t which : {6, 7, 8, 9}) {
    const NestCase& one = cases[which];
    const auto found = nest(one.pieces, one.options);
    REQUIRE(found);
    std::size_t wrong = 0;
    for (const NestPlace& a : found->places)
      for (const NestPlace& b : found->places) {
        if (a.piece == b.piece || a.sheet != b.sheet) continue;
        const Contour2D outer = laid(one.pieces[b.piece].outer, b);
        for (const Piece2D& piece : laid(one.pieces[a.piece].outer, a))
          for (int i = 0; i < 40; ++i) {
            const Vec2 p = piece.at(i / 40.0);
            bool in = inside(outer, p);
            for (const Contour2D& hole : one.pieces[b.piece].inner) in = in && !inside(laid(hole, b), p);
            wrong += in;
          }
      }
    INFO(one.name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("the check of a layout sees overlap, lacking spacing and margin, a wrong turn and what is missing") {
  const std::vector<NestPiece> pieces{{rectangle(100, 50), {}, Turns::half}, {{circle2d({0, 0}, 20)}, {}, Turns::none}};
  NestOptions options;
  options.sheet = {400, 300};
  options.margin = 10;
  options.spacing = 5;
  const auto with = [&](NestPlace a, NestPlace b) { return check_nesting(pieces, options, {{a, b}, {}, 1, 0, 0}); };
  CHECK(with({0, 0, 0, {10, 10}}, {1, 0, 0, {135, 30}}));
  CHECK(!with({0, 0, 0, {10, 10}}, {1, 0, 0, {134.99, 30}}));                    // 4.99 mm apart
  CHECK(!with({0, 0, 0, {10, 10}}, {1, 0, 0, {60, 35}}));                        // within
  CHECK(!with({0, 0, 0, {9.99, 10}}, {1, 0, 0, {135, 30}}));                     // margin
  CHECK(!with({0, 0, 90, {60, 10}}, {1, 0, 0, {135, 30}}));                      // against the grain
  CHECK(!check_nesting(pieces, options, {{{0, 0, 0, {10, 10}}}, {}, 1, 0, 0}));  // one is missing
  CHECK(check_nesting(pieces, options, {{{0, 0, 0, {10, 10}}}, {1}, 1, 0, 0}));  // and named
  // The corner is nearer than the boxes are: 3-4-5 beside a round.
  CHECK(with({0, 0, 0, {10, 10}}, {1, 0, 0, {110 + 15, 60 + 20.1}}));
  CHECK(!with({0, 0, 0, {10, 10}}, {1, 0, 0, {110 + 15, 60 + 19.9}}));
}

TEST_CASE("pieces that fill a sheet to the last digit are laid on it") {
  NestOptions options;
  options.sheet = {200.2, 100};
  std::vector<NestPiece> pieces(4, {rectangle(100.1, 50), {}, Turns::quarters});
  CHECK(nest(pieces, options)->sheets == 1);
  CHECK(nest(pieces, options)->used == Approx(1));
  options.margin = 7;
  options.spacing = 3.3;
  options.sheet = {200.2 + 14 + 3.3, 100 + 14 + 3.3};
  CHECK(nest(pieces, options)->sheets == 1);
  pieces.push_back(pieces.front());
  CHECK(nest(pieces, options)->sheets == 2);
}

TEST_CASE("smaller pieces lie in openings, and only where they may") {
  NestOptions options;
  options.sheet = {200, 200};
  options.spacing = 4;
  const std::vector<NestPiece> pieces{{{circle2d({0, 0}, 95)}, {{circle2d({0, 0}, 80, true)}}, Turns::none},
                                      {{circle2d({0, 0}, 75)}, {{circle2d({0, 0}, 60, true)}}, Turns::none},
                                      {rectangle(70, 70), {}, Turns::quarters}};
  CHECK(nest(pieces, options)->sheets == 1);
  options.openings = false;
  CHECK(nest(pieces, options)->sheets == 3);
}

TEST_CASE("grain is kept: what may not turn takes more room") {
  NestOptions options;
  options.sheet = {1000, 500};
  std::vector<NestPiece> pieces(2, {rectangle(480, 990), {}, Turns::across});
  CHECK(nest(pieces, options)->sheets == 2);
  const auto across = nest(pieces, options);
  for (const NestPlace& place : across->places) CHECK((place.degrees == 90 || place.degrees == 270));
  for (NestPiece& piece : pieces) piece.turns = Turns::half;
  CHECK(nest(pieces, options)->unplaced == std::vector<std::size_t>{0, 1});
}

namespace {

/// Four boards drawn upright, 500 x 900 each.
Scene boards(Grain grain) {
  ScenePart board;
  board.name = "board";
  board.material = "birch_plywood";
  board.grain = grain;
  board.flat = Outline2D{18, rectangle(500, 900), {}, {}, {}, {}, 0};
  board.assembled = {{}, {}, {}, {}};
  Scene scene;
  scene.parts = {board};
  scene.shop.sheets = {{"birch_plywood", {{2000, 1100}}, ""}};
  return scene;
}

/// Size of the boards as they lie, all alike.
Vec2 lying(const Scene& scene, const StockOptions& stock) {
  FlatOptions options;
  options.stock = stock;
  const auto sheets = lay_on_sheets(scene, options);
  REQUIRE(sheets);
  const Vec2 first = (*sheets)[0].drawing.parts[0].box.size();
  std::size_t laid = 0;
  for (const SheetDrawing& sheet : *sheets)
    for (const DrawnPart& part : sheet.drawing.parts) {
      CHECK(part.box.size().x == Approx(first.x));
      ++laid;
    }
  CHECK(laid == 4);
  return first;
}

}  // namespace

TEST_CASE("boards lie in the grain as their template says, unless told otherwise") {
  StockOptions stock;
  CHECK(lying(boards(Grain::length), stock).x == Approx(900));
  CHECK(lying(boards(Grain::width), stock).x == Approx(500));
  stock.size = Vec2{1100, 2000};  // the grain runs along the longer side, wherever that is
  CHECK(lying(boards(Grain::length), stock).y == Approx(900));
  CHECK(lying(boards(Grain::width), stock).y == Approx(500));
  stock = {};
  stock.grain = GrainRule::long_side;
  CHECK(lying(boards(Grain::none), stock).x == Approx(900));
  // Upright three fit side by side on 1600 x 950, lengthwise one does.
  const Scene scene = boards(Grain::length);
  FlatOptions narrow;
  narrow.stock.size = Vec2{1600, 950};
  CHECK(lay_on_sheets(scene, narrow)->size() == 4);
  narrow.stock.grain = GrainRule::any;
  CHECK(lay_on_sheets(scene, narrow)->size() == 2);
}

TEST_CASE("a saw's boards keep the grain too") {
  StockOptions stock;
  const auto panel = [&](Grain grain) { return plan_boards(boards(grain), stock)->at(0).panels.at(0); };
  CHECK((panel(Grain::length).length == 900 && !panel(Grain::length).turns));
  CHECK((panel(Grain::width).length == 500 && !panel(Grain::width).turns));
  CHECK(panel(Grain::none).turns);
  stock.grain = GrainRule::any;
  CHECK(panel(Grain::width).turns);
}

TEST_CASE(
    "the same input gives the same layout; what is too large is named; nonsense is refused; it can be cancelled") {
  NestCase one = nest_cases(1)[4];
  const auto first = nest(one.pieces, one.options), again = nest(one.pieces, one.options);
  CHECK(first->places == again->places);
  one.pieces.insert(one.pieces.begin() + 3, {rectangle(5000, 20), {}, Turns::quarters});
  CHECK(nest(one.pieces, one.options)->unplaced == std::vector<std::size_t>{3});
  CHECK(nest({}, one.options)->sheets == 0);
  one.options.margin = 800;
  CHECK(nest(one.pieces, one.options).error().kind == ErrorKind::usage);
  one.options.margin = 10;
  std::stop_source source;
  double share = 0;
  const auto stopped = nest(one.pieces, one.options, source.get_token(), [&](double done) {
    CHECK(done >= share);
    share = done;
    if (done > 0.1) source.request_stop();
  });
  REQUIRE(!stopped);
  CHECK(stopped.error().kind == ErrorKind::cancelled);
  CHECK(share < 0.2);
}
