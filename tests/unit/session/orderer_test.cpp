// Ways of making and order packages in the background, with the engine and products that ship.
#include "app/session/orderer.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "app/engine/assets.hpp"
#include "app/engine/engine.hpp"
#include "app/engine/subject.hpp"
#include "geometry/catalog/workshop.hpp"
#include "tests/catch.hpp"
#include "tests/unit/session/folder.hpp"

using namespace fitwright;
using namespace fitwright::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// A cup with a wall, for printing, and a plate for cutting.
Request cup(double size, double wall) {
  Request request;
  request.chunk = "cup/template.lua";
  request.source = R"lua(return {
  id = "cup", version = "1.0.0", name = "Cup", summary = "s", description = "d", licence = "CC0-1.0", author = "Tester",
  processes = { "fdm", "sls_mjf" },
  parameters = { { "size", kind = "length", default = 40, min = 10, max = 2000, label = "Size" },
                 { "wall", kind = "length", default = 3, min = 0.1, max = 10, label = "Wall" } },
  build = function(p)
    local inside = box(p.size - 2 * p.wall, p.size - 2 * p.wall, 30):move(p.wall, p.wall, 3)
    return { parts = { { name = "cup", solid = box(p.size, p.size, 30):cut(inside), up = "+z" } },
             hardware = { { item = "cork", count = 1 } } }
  end,
}
)lua";
  request.values = {{"size", size}, {"wall", wall}};
  return request;
}

Request product(const std::string& id) {
  const fs::path assets = asset_folder().value();
  return request_of(read_template(assets, find_subject(assets, id).value().path).value());
}

/// The engine; a request can be held up until it is stopped.
class Slow : public RequestHandler {
 public:
  explicit Slow(std::atomic<bool>& hold) : hold_(hold) {}
  Response handle(const Request& request, std::stop_token stop, const Progress& progress) override {
    while (hold_) {
      if (!stop.stop_requested()) {
        std::this_thread::sleep_for(1ms);
        continue;
      }
      Response response;
      response.error = make_error(ErrorKind::cancelled, "stopped");
      return response;
    }
    return engine_.handle(request, std::move(stop), progress);
  }

 private:
  std::atomic<bool>& hold_;
  Engine engine_{asset_folder().value()};
};

struct Desk {
  std::atomic<bool> hold = false;
  Folder folder;
  Orderer orderer{std::make_unique<Slow>(hold), asset_folder().value()};

  Orderer::State looked(const Request& design) {
    Design base;
    base.name = "Mine";
    orderer.look(design, base);
    orderer.settle();
    return orderer.state();
  }
  Orderer::State chosen(std::size_t way) {
    orderer.choose(way);
    orderer.settle();
    return orderer.state();
  }
};

std::size_t find(const Orderer::State& state, const std::string& shop, const std::string& process) {
  for (std::size_t i = 0; i < state.ways.size(); ++i)
    if (state.ways[i].shop == shop && state.ways[i].estimate.process == process) return i;
  FAIL("no way by " << shop);
  return 0;
}

}  // namespace

TEST_CASE("ways stand by price, with what each place would refuse") {
  Desk desk;
  const Orderer::State state = desk.looked(cup(40, 3));
  REQUIRE_FALSE(state.error);
  REQUIRE(state.ways.size() > 3);
  CHECK_FALSE(state.busy);
  double last = 0;
  bool priced = true;
  for (const MakeWay& way : state.ways) {
    CHECK_FALSE(way.place.empty());
    CHECK((way.refusals || !way.undecided.empty()));
    if (!way.estimate.impossible.empty()) {
      priced = false;
      continue;
    }
    CHECK(priced);  // those without a price come last
    CHECK(way.estimate.eur.likely >= last);
    last = way.estimate.eur.likely;
  }
  CHECK(state.ways[find(state, "home_fdm", "fdm")].refusals->empty());
  REQUIRE(state.hardware.size() == 1);
  CHECK(state.hardware[0].item == "cork");
  // The template's own way, at home, is chosen and its package made.
  REQUIRE(state.chosen);
  CHECK(state.ways[*state.chosen].shop == "home_fdm");
  REQUIRE(state.order);
  CHECK(state.order->package.starts_with("PK"));
  CHECK(state.order->order.response.sheets.size() == 1);
}

TEST_CASE("what is too large or too thin is refused with a reason, and not packed") {
  Desk desk;
  Orderer::State state = desk.looked(cup(1200, 3));
  const std::size_t service = find(state, "shapeways", "sls_mjf");
  REQUIRE(state.ways[service].refusals);
  CHECK_FALSE(state.ways[service].refusals->empty());
  state = desk.chosen(service);
  REQUIRE(state.order);
  CHECK(state.order->package.empty());
  CHECK_FALSE(desk.orderer.write(desk.folder.path() / "order.zip", false));
  CHECK_FALSE(fs::exists(desk.folder.path() / "order.zip"));
  state = desk.looked(cup(40, 0.3));
  const auto& thin = state.ways[find(state, "shapeways", "sls_mjf")].refusals;
  REQUIRE(thin);
  CHECK(std::any_of(thin->begin(), thin->end(),
                    [](const Refusal& one) { return one.rule.find("wall") != std::string::npos; }));
}

TEST_CASE("a part larger than the usual printer is refused at home, with its size, chosen or not") {
  Desk desk;
  const auto reason = [](const Orderer::State& state, const std::string& process) {
    const MakeWay& way = state.ways[find(state, "home_fdm", process)];
    CHECK(way.undecided.empty());
    REQUIRE(way.refusals);
    return way.refusals->empty() ? std::string() : way.refusals->front().message;
  };
  Request design = cup(300, 3);
  CHECK(reason(desk.looked(design), "fdm").find("250 x 210 x 220 mm") != std::string::npos);
  // What fits the bed, but not with what stays free along its edges.
  CHECK(reason(desk.looked(cup(205, 3)), "fdm").find("does not fit on a bed of 250 x 210 mm") != std::string::npos);
  // A named printer has its own bed.
  design.workshop = "[machine.large]\nname = \"Large\"\nprocess = \"fdm\"\nbed = [400, 400, 400]\n";
  CHECK(reason(desk.looked(design), "large").empty());
}

TEST_CASE("the package of the way chosen is written once, and not over another file") {
  Desk desk;
  const Orderer::State state = desk.looked(cup(40, 3));
  const fs::path path = desk.folder.path() / "order.zip";
  REQUIRE(desk.orderer.write(path, false));
  const auto size = fs::file_size(path);
  CHECK(size == state.order->package.size());
  CHECK(desk.orderer.write(path, false).error().kind == ErrorKind::file);
  CHECK(desk.orderer.write(path, true));
  desk.orderer.cancel();
  CHECK(desk.orderer.write(path, true).error().kind == ErrorKind::usage);
}

TEST_CASE("looking is stopped by halt, by cancel and by the end") {
  Desk desk;
  desk.hold = true;
  desk.orderer.look(cup(40, 3), {});
  CHECK(desk.orderer.state().busy);
  desk.orderer.halt();
  desk.orderer.settle();
  CHECK(desk.orderer.state().error);
  CHECK(desk.orderer.state().ways.empty());
  desk.orderer.look(cup(40, 3), {});
  desk.orderer.cancel();
  desk.orderer.settle();
  CHECK_FALSE(desk.orderer.state().error);
  CHECK_FALSE(desk.orderer.state().busy);
  desk.hold = false;
  CHECK(desk.looked(cup(40, 3)).order);
  desk.hold = true;
  desk.orderer.look(cup(50, 3), {});  // the destructor ends it
}

TEST_CASE("boards are bought whole, and shown as they are laid") {
  Desk desk;
  Orderer::State state = desk.looked(product("bookshelf"));
  REQUIRE(state.order);
  const MadeOrder& order = *state.order;
  REQUIRE_FALSE(order.order.response.sheets.empty());
  REQUIRE(order.laid);
  double area = 0;
  for (const LaidSheet& sheet : order.order.response.sheets) {
    CHECK(sheet.used > 0.05);
    CHECK(sheet.used <= 1);
    CHECK(sheet.labels.size() == sheet.outlines.size());
    area += sheet.size.x * sheet.size.y / 1e6;
  }
  CHECK(order.laid->sheets_m2 == Approx(area).epsilon(1e-6));
  // The row says the same as what is to be bought.
  CHECK(state.ways[*state.chosen].estimate.eur == order.laid->eur);
  // The saw's plan comes with a picture of each board.
  state = desk.chosen(find(state, "table_saw", "panel_saw"));
  REQUIRE(state.order);
  CHECK_FALSE(state.order->order.response.sheets.empty());
}

TEST_CASE("own machines and own prices are ways and prices of their own") {
  Desk desk;
  Request design = cup(40, 3);
  const Orderer::State before = desk.looked(design);
  const auto price = [](const Orderer::State& state, const std::string& process) {
    for (const MakeWay& way : state.ways)
      if (way.estimate.process == process && way.estimate.material == "pla") return way.estimate.eur.likely;
    return -1.0;
  };
  auto text = set_machine("", "prusa", {{"process", "fdm"}, {"name", "Prusa"}, {"machine_cost_eur_per_hour", "10"}});
  REQUIRE(text);
  text = set_material(*text, "pla", {{"price_per_kg", "1000"}});
  REQUIRE(text);
  design.workshop = *text;
  const Orderer::State after = desk.looked(design);
  CHECK(price(before, "prusa") < 0);
  CHECK(price(after, "fdm") > 4 * price(before, "fdm"));
  CHECK(price(after, "prusa") > price(after, "fdm"));
  const std::size_t own = find(after, "home_fdm", "prusa");
  CHECK(after.ways[own].place == "Prusa");
  REQUIRE(after.ways[own].refusals);
  CHECK(after.ways[own].refusals->empty());
  CHECK(desk.chosen(own).order->package.starts_with("PK"));
}
