// Orders: what a place refuses is refused with its reason, and nothing else is.
#include "app/engine/order.hpp"

#include <fmt/format.h>

#include <random>

#include "export/format.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

const Catalog& catalog() { return *engine().catalog().value(); }

/// A plate of sheet, a hollow box with a wall, and a disc: what a case asks for.
Request subject(const std::string& kind, double x, double y, double z, double wall, const std::string& process) {
  Request request;
  request.chunk = "subject/template.lua";
  request.source = fmt::format(R"lua(
local function build()
  local kind, x, y, z, wall = "{}", {}, {}, {}, {}
  local solid, sheet = box(x, y, z), nil
  if kind == "plate" then sheet = "+z"
  elseif kind == "cup" then solid = solid:cut(box(x - 2 * wall, y - 2 * wall, z):move(wall, wall, 3))
  elseif kind == "disc" then solid = cylinder(x / 2, 20) end
  return {{ parts = {{ {{ name = kind, solid = solid, up = "+z", sheet = sheet, at = {{ {{}}, {{ x = 2 * x }} }} }} }} }}
end
return {{ id = "subject", version = "1.0.0", name = "Subject", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = {{ "{}" }}, parameters = {{}}, build = build }}
)lua",
                               kind, x, y, z, wall, process);
  return request;
}

ShopOrder taken(const ShopProfile& shop, Request request, bool together = false) {
  OrderWish wish;
  wish.together = together;
  auto order = take_order(engine(), catalog(), shop, request, wish);
  if (!order) FAIL(describe(order.error()));
  return std::move(*order);
}

std::string reasons(const ShopOrder& order) {
  std::string text;
  for (const Refusal& one : order.refusals) text += one.rule + ": " + one.message + "\n";
  return text;
}

bool only(const ShopOrder& order, const std::string& rule) {
  return !order.refusals.empty() && std::all_of(order.refusals.begin(), order.refusals.end(), [&](const Refusal& one) {
    return one.rule == rule && !one.message.empty() && !one.source.empty();
  });
}

ShopProfile shop(const char* id) { return shop_profile(catalog(), id).value(); }

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) {
    return std::round((low + (high - low) * (static_cast<double>(random_() >> 11) * 0x1p-53)) * 10) / 10;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("a hundred seeded orders that break one rule each are refused for it; beside each one that keeps it passes") {
  int cases = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Dice dice(seed);
    INFO("seed " << seed);
    {  // too large, and too small: the router of a service
      const ShopProfile router = shop("sendcutsend");
      const double y = dice.between(80, 700);
      const ShopOrder good = taken(router, subject("plate", dice.between(80, 1100), y, 12, 0, "cnc_router_sheet"));
      INFO(reasons(good));
      CHECK(good.refusals.empty());
      const bool large = seed % 2 == 0;
      const double x = large ? dice.between(1118, 2300) : dice.between(30, 50);
      const ShopOrder bad = taken(router, subject("plate", x, large ? y : 25.5, 12, 0, "cnc_router_sheet"));
      INFO(reasons(bad));
      CHECK(only(bad, large ? "max_part_mm" : "min_part_mm"));
    }
    {  // too thin: walls of a box in nylon, by the service's own limit
      const ShopProfile printer = shop(seed % 2 == 0 ? "shapeways" : "pcbway");
      const double limit = seed % 2 == 0 ? 0.7 : 0.8, x = dice.between(30, 90), y = dice.between(30, 90);
      const ShopOrder good = taken(printer, subject("cup", x, y, 20, limit + dice.between(0.5, 2), "sls_mjf"));
      INFO(reasons(good));
      CHECK(good.refusals.empty());
      const ShopOrder bad = taken(printer, subject("cup", x, y, 20, limit - dice.between(0.1, 0.3), "sls_mjf"));
      INFO(reasons(bad));
      CHECK(only(bad, "wall_thickness"));
    }
    {  // the wrong unit: drawings where inches alone are taken
      ShopProfile inches = shop("sendcutsend");
      const Request plate = subject("plate", dice.between(80, 500), dice.between(80, 500), 6, 0, "laser_sheet");
      CHECK(taken(inches, plate).refusals.empty());
      inches.millimetres = false;
      CHECK(only(taken(inches, plate), "unit"));
    }
    {  // nested where one part a file is taken
      const Request plate = subject("plate", dice.between(80, 300), dice.between(80, 300), 6, 0, "laser_sheet");
      const ShopOrder bad = taken(shop("sendcutsend"), plate, true);
      INFO(reasons(bad));
      CHECK(only(bad, "nested"));
      CHECK(taken(shop("own_laser"), plate, true).refusals.empty());
    }
    {  // too many triangles: a disc, ever finer
      ShopProfile few = shop("shapeways");
      for (ShopRule& rule : few.rules)
        if (rule.key == "max_triangle_count") rule.fact.value = 1000.0;
      few.formats = {"stl"};
      Request disc = subject("disc", dice.between(20, 60), 1, 1, 0, "sls_mjf");
      disc.deflection.linear = 1;
      disc.deflection.angular = 30;
      const ShopOrder good = taken(few, disc);
      INFO(reasons(good));
      CHECK(good.refusals.empty());
      disc.deflection.linear = 0.001;
      disc.deflection.angular = 1;
      CHECK(only(taken(few, disc), "max_triangle_count"));
    }
    cases += 5;
  }
  CHECK(cases == 100);
}

TEST_CASE("a file in a wrong unit is told by its size, an unknown process and file by name") {
  Request request = subject("cup", 0.04, 0.03, 0.02, 0.002, "sls_mjf");  // metres taken for millimetres
  const ShopOrder tiny = taken(shop("shapeways"), request);
  CHECK(
      std::any_of(tiny.refusals.begin(), tiny.refusals.end(), [](const Refusal& one) { return one.rule == "units"; }));
  CHECK(only(taken(shop("shapeways"), subject("cup", 40, 30, 20, 2, "cnc_mill_3axis")), "process"));
  CHECK(shop_profile(catalog(), "shapeway").error().suggestion.find("shapeways") != std::string::npos);
}

TEST_CASE("every profile is whole, names rows that there are, and says where each rule is from") {
  const auto all = shop_profiles(catalog());
  REQUIRE(all);
  std::vector<std::string> ids;
  for (const ShopProfile& one : *all) {
    INFO(one.id);
    ids.push_back(one.id);
    CHECK((one.service.empty() || catalog().service(one.service)));
    for (const std::string& process : one.processes) CHECK(catalog().process(process));
    for (const std::string& format : one.formats)
      CHECK(std::any_of(formats().begin(), formats().end(), [&](const Format& row) { return row.id == format; }));
    CHECK(!one.steps.empty());
    CHECK((!one.service.empty() ? !one.seen.empty() : true));
    for (const ShopRule& rule : one.rules) CHECK(rule.fact.source.size() > 4);
  }
  for (const char* id : {"home_fdm", "home_resin", "own_router", "own_laser", "table_saw", "ponoko", "shapeways",
                         "sendcutsend", "xometry", "pcbway", "jlc3dp", "emachineshop"})
    CHECK(std::find(ids.begin(), ids.end(), id) != ids.end());
}

TEST_CASE("an order's files are named for whoever makes them, with quantities, and its bytes repeat") {
  const ShopProfile place = shop("sendcutsend");
  Request request = subject("plate", 120, 80, 6, 0, "laser_sheet");
  request.design_name = "My plate";
  const ShopOrder order = taken(place, request);
  REQUIRE(order.files.size() == 1);
  CHECK(order.files[0].about.name == "My-plate-plate-birch_plywood-6mm-x2.dxf");
  CHECK(order.files[0].quantity == 2);
  const auto pack_once = [&] { return package_of(order, place, request, {}).value(); };
  CHECK(pack_once() == pack_once());
}
