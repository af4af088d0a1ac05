#include "export/make/panel_plan.hpp"

#include <map>
#include <random>

#include "tests/catch.hpp"

using namespace fitwright;

namespace {

/// Saws a plan: every cut goes through a piece that is there, from edge to edge. What is left in the end, by name.
std::map<std::string, std::pair<double, double>> sawn(const PanelPlan& plan, std::size_t board, const SawOptions& saw) {
  std::map<std::string, std::pair<double, double>> pieces{
      {"board " + std::to_string(board + 1), {saw.length, saw.width}}};
  for (const SawCut& cut : plan.cuts[board]) {
    INFO(cut.piece << " at " << cut.at);
    REQUIRE(pieces.count(cut.piece) == 1);
    const auto [length, width] = pieces[cut.piece];
    pieces.erase(cut.piece);
    const double whole = cut.rip ? width : length, rest = whole - cut.at - saw.kerf;
    REQUIRE(cut.at < whole);
    const auto piece = [&, l = length, w = width](double size) {
      return cut.rip ? std::pair(l, size) : std::pair(size, w);
    };
    REQUIRE(pieces.emplace(cut.keeps, piece(cut.at)).second);
    if (cut.trims) pieces.erase(cut.keeps);
    if (!cut.leaves.empty()) REQUIRE(pieces.emplace(cut.leaves, piece(rest)).second);
  }
  return pieces;
}

void check_plan(const std::vector<Panel>& panels, const SawOptions& saw, const PanelPlan& plan) {
  std::vector<int> count(panels.size(), 0);
  double area = 0;
  for (std::size_t board = 0; board < plan.boards; ++board) {
    const auto pieces = sawn(plan, board, saw);
    for (const SawnPanel& one : plan.panels) {
      if (one.board != board) continue;
      INFO(one.piece);
      REQUIRE(pieces.count(one.piece) == 1);
      const auto [length, width] = pieces.at(one.piece);
      CHECK(length == Approx(one.length).margin(1e-6));
      CHECK(width == Approx(one.width).margin(1e-6));
      const Panel& panel = panels[one.panel];
      const bool straight = one.length == panel.length && one.width == panel.width;
      const bool turned = one.length == panel.width && one.width == panel.length;
      CHECK((straight || (turned && panel.turns)));
      CHECK(one.x >= 0);
      CHECK(one.x + one.length <= saw.length + 1e-6);
      CHECK(one.y + one.width <= saw.width + 1e-6);
      for (const SawnPanel& other : plan.panels)
        if (&other != &one && other.board == board)
          CHECK((one.x + one.length + saw.kerf <= other.x + 1e-6 || other.x + other.length + saw.kerf <= one.x + 1e-6 ||
                 one.y + one.width + saw.kerf <= other.y + 1e-6 || other.y + other.width + saw.kerf <= one.y + 1e-6));
      ++count[one.panel];
      area += one.length * one.width;
    }
  }
  for (const std::size_t i : plan.unplaced) ++count[i];
  CHECK(std::count(count.begin(), count.end(), 1) == static_cast<long>(panels.size()));
  if (plan.boards > 0) CHECK(plan.used == Approx(area / (plan.boards * saw.length * saw.width)));
}

}  // namespace

TEST_CASE("plans of seeded panels can be sawn as written, and give every panel its size") {
  std::mt19937_64 random(5);
  const auto whole = [&](int low, int high) { return double(low + int(random() % std::uint64_t(high - low + 1))); };
  for (int run = 0; run < 25; ++run) {
    std::vector<Panel> panels;
    for (int i = 0; i < 4 + run; ++i) {
      const double a = whole(60, 1200), b = whole(60, 600);
      for (int copies = int(whole(1, 3)); copies > 0; --copies)
        panels.push_back({"p" + std::to_string(i), std::max(a, b), std::min(a, b), run % 2 == 0});
    }
    const SawOptions saw{2500, 1250, run % 3 == 0 ? 10.0 : 0.0, run % 4 == 0 ? 0.0 : 3.2, 8, 1};
    INFO("run " << run);
    const auto plan = plan_panels(panels, saw);
    REQUIRE(plan);
    CHECK(plan->unplaced.empty());
    check_plan(panels, saw, *plan);
    if (run > 10) CHECK(plan->used > 0.55);
  }
}

TEST_CASE("a board that its panels fill exactly is used whole, and the kerf counts") {
  const std::vector<Panel> four(4, {"a", 1000, 500, true});
  const auto plan = plan_panels(four, {2000, 1000, 0, 0, 10, 1});
  CHECK(plan->boards == 1);
  CHECK(plan->used == Approx(1));
  check_plan(four, {2000, 1000, 0, 0, 10, 1}, *plan);
  CHECK(plan->cuts[0].size() == 3);
  CHECK(plan_panels(four, {2000, 1000, 0, 3, 10, 1})->boards == 2);
  CHECK(plan_panels(four, {2003, 1003, 0, 3, 10, 1})->boards == 1);
  CHECK(plan_panels(four, {2003 + 13, 1003 + 13, 10, 3, 10, 1})->boards == 1);
  CHECK(plan_panels(four, {2003 + 12, 1003 + 13, 10, 3, 10, 1})->boards > 1);
}

TEST_CASE("what fits on no board is named, grain keeps panels from turning, equal input gives equal plans") {
  const std::vector<Panel> panels{{"long", 2600, 100, true}, {"across", 600, 500, false}, {"tall", 1240, 600, true}};
  const SawOptions saw{2500, 1250, 0, 3, 20, 1};
  const auto plan = plan_panels(panels, saw);
  CHECK(plan->unplaced == std::vector<std::size_t>{0});
  check_plan(panels, saw, *plan);
  CHECK(plan->panels == plan_panels(panels, saw)->panels);
  CHECK(plan->cuts == plan_panels(panels, saw)->cuts);
  CHECK(plan_panels(panels, {2500, 1250, 0, 30, 5, 1}).error().kind == ErrorKind::usage);
}
