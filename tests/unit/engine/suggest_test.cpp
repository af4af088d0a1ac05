// Seeded faults: is the parameter named that is to blame, and does the suggestion, applied, clear the finding?
#include <algorithm>
#include <iostream>
#include <map>
#include <random>

#include "geometry/core/file_io.hpp"
#include "templates/runtime/runtime.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

/// A tray with everything that can be too thin, too narrow, too close, too fine or closed; sound at its defaults.
constexpr const char* tray = R"lua(
local function build(p, ctx)
  local l, w, h = p.length, p.width, p.height
  local inner = box(l - 2 * p.wall, w - 2 * p.wall, h):move { x = p.wall, y = p.wall, z = p.floor }
  local body = box(l, w, h):cut(inner)
  local function stand(x, y, dx, dy, dz) return box(dx, dy, dz + 0.1):move { x = x, y = y, z = p.floor - 0.1 } end
  body = body:union(cylinder(p.boss / 2, h - 4):move { x = p.inset, y = w / 2 })
  body = body:cut(cylinder(p.hole / 2, h):move { x = p.inset, y = w / 2, z = p.floor + 1 })
  body = body:union(stand(0.5 * l, 8, p.rib, 12, 8))
  body = body:union(stand(0.7 * l, 8, 3, 12, 8)):union(stand(0.7 * l + 3 + p.gap, 8, 3, 12, 8))
  body = body:union(cylinder(p.pin / 2, 6.1):move { x = 0.6 * l, y = w - 10, z = p.floor - 0.1 })
  local plate = box(90, 30, 4)
  plate = plate:union(text("HILF", p.letters):extrude(1.1):move { x = 5, y = 5, z = 3.9 })
  plate = plate:cut(cylinder(2, 10):move { x = 82, y = p.edge, z = -1 })
  local lump = box(30, 30, 20):cut(box(20, 20, 12):move { x = 5, y = 5, z = 4 })
  if p.vent > 0 then lump = lump:cut(cylinder(p.vent / 2, 6):move { x = 15, y = 15, z = -1 }) end
  return { parts = { { name = "tray", solid = body }, { name = "plate", solid = plate, at = { { y = 200 } } },
    p.lump and { name = "lump", solid = lump, at = { { y = 300 } } } or nil } }
end
return { id = "tray", version = "1.0.0", name = "Tray", summary = "T.", description = "T.", licence = "CC-BY-4.0",
  author = "Tester", processes = { "fdm", "sla" },
  parameters = {
    { "length", kind = "length", default = 80, min = 60, max = 3000, step = 1, label = "Length" },
    { "width", kind = "length", default = 50, min = 40, max = 200, step = 1, label = "Width" },
    { "height", kind = "length", default = 20, min = 15, max = 100, step = 1, label = "Height" },
    { "wall", kind = "length", default = 2, min = 0.2, max = 5, step = 0.1, label = "Wall" },
    { "floor", kind = "length", default = 2, min = 0.2, max = 5, step = 0.1, label = "Floor" },
    { "boss", kind = "length", default = 8, min = 2, max = 20, step = 0.1, label = "Boss" },
    { "hole", kind = "length", default = 3, min = 0.5, max = 10, step = 0.1, label = "Hole" },
    { "inset", kind = "length", default = 15, min = 2, max = 25, step = 0.1, label = "Inset" },
    { "rib", kind = "length", default = 2, min = 0.2, max = 4, step = 0.1, label = "Rib" },
    { "gap", kind = "length", default = 2, min = 0.1, max = 5, step = 0.1, label = "Gap" },
    { "pin", kind = "length", default = 5, min = 1, max = 8, step = 0.1, label = "Pin" },
    { "letters", kind = "length", default = 12, min = 1, max = 16, step = 0.5, label = "Letters" },
    { "edge", kind = "length", default = 8, min = 2.1, max = 15, step = 0.1, label = "Hole to edge" },
    { "lump", kind = "toggle", default = false, label = "Lump" },
    { "vent", kind = "length", default = 4, min = 0, max = 10, step = 0.5, label = "Vent" },
  },
  rules = { { check = function(p) return p.hole + 0.2 <= p.boss end, message = "The hole must be smaller than the boss.",
    parameters = { "hole", "boss" } } },
  build = build }
)lua";

struct Fault {
  const char* what;
  const char* product;    ///< a shipped one; null: the tray
  const char* parameter;  ///< that is to blame
  double low, high;       ///< of its seeded value
  const char* check;      ///< that must find it
  Values also;            ///< what else must be so
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> all{
      {"wall under the limit", nullptr, "wall", 0.3, 0.75, "wall_thickness", {}},
      {"floor under the limit", nullptr, "floor", 0.3, 0.75, "wall_thickness", {}},
      {"boss too thin round its hole", nullptr, "boss", 3.4, 4.4, "wall_thickness", {}},
      {"hole too close to the edge", nullptr, "edge", 2.2, 2.7, "hole_to_edge", {}},
      {"rib too thin", nullptr, "rib", 0.2, 0.7, "wall_thickness", {}},
      {"hole too small", nullptr, "hole", 0.6, 1.9, "hole_diameter", {}},
      {"gap too narrow", nullptr, "gap", 0.1, 0.4, "gap", {}},
      {"pin too thin", nullptr, "pin", 1.0, 2.8, "pin_diameter", {}},
      {"letters too fine", nullptr, "letters", 1.5, 3.5, "wall_thickness", {}},
      {"longer than the machine", nullptr, "length", 1500, 2900, "build_volume", {}},
      {"cavity without a way out", nullptr, "vent", 0, 0, "trapped_cavity", {{"lump", true}}},
      {"lid without clearance", "enclosure", "lid_gap", 0.05, 0.15, "clearance", {}},
      {"screw hole too small", "enclosure", "pilot_d", 1.0, 1.9, "hole_diameter", {}},
      {"mount's hole too small", "enclosure", "standoff_pilot", 1.0, 1.9, "hole_diameter", {{"standoffs", true}}},
  };
  return all;
}

Request request_for(const Fault& fault) {
  Request request;
  request.source = tray;
  if (fault.product) {
    const std::filesystem::path root(FITWRIGHT_SOURCE_DIR "/templates");
    request.source = read_file(root / "products" / fault.product / "template.lua").value();
    request.modules = read_modules(root / "modules").value();
  }
  if (std::string_view(fault.check) == "trapped_cavity") request.process = "sla";
  request.values = fault.also;
  return request;
}

double drawn(std::mt19937& random, double low, double high) {
  const double share = static_cast<double>(random() % 1000) / 1000;
  return std::round((low + (high - low) * share) * 20) / 20;
}

struct Tally {
  int cases = 0, found = 0, before = 0, first = 0, named = 0, offered = 0, cleared = 0;
};

bool finds(const Response& response, const std::string& check, const std::string& parameter) {
  return std::any_of(response.report.findings.begin(), response.report.findings.end(), [&](const Finding& f) {
    const auto end = f.parameters.begin() + std::min<std::ptrdiff_t>(3, std::ssize(f.parameters));
    return f.check == check && std::find(f.parameters.begin(), end, parameter) != end;
  });
}

/// One seeded case.
void run_case(const Fault& fault, std::mt19937& random, Tally& tally) {
  Request request = request_for(fault);
  if (!fault.product) {
    request.values["width"] = std::round(drawn(random, 46, 70));
    if (!request.values.contains("height")) request.values["height"] = std::round(drawn(random, 16, 40));
  }
  const double seeded = drawn(random, fault.low, fault.high);
  request.values[fault.parameter] = seeded;
  request.wants.check = true;
  request.wants.suggest_ms = 300'000;
  const Response response = ask(request);
  INFO(fault.what << " = " << seeded << (response.error ? ": " + describe(*response.error) : ""));
  REQUIRE_FALSE(response.error);
  ++tally.cases;
  const auto& findings = response.report.findings;
  if (std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.check == fault.check; }))
    ++tally.found;
  Request untried = request;
  untried.wants.suggest_ms = 0;
  if (finds(ask(untried), fault.check, fault.parameter)) ++tally.before;
  const bool named = finds(response, fault.check, fault.parameter);
  if (named) ++tally.named;
  if (std::any_of(findings.begin(), findings.end(), [&](const Finding& f) {
        return f.check == fault.check && !f.parameters.empty() && f.parameters[0] == fault.parameter;
      }))
    ++tally.first;
  bool offered = false, cleared = false;
  for (const Remedy& remedy : response.remedies)
    for (const std::uint32_t i : remedy.clears) {
      if (findings[i].check != fault.check || cleared) continue;
      offered = true;
      Request mended = request;
      mended.values[remedy.parameter] = remedy.value;
      mended.wants.suggest_ms = 0;
      const Response after = ask(mended);
      // Gone, and nothing came in its place.
      cleared = !after.error && after.report.findings.size() + remedy.clears.size() <= findings.size();
    }
  if (offered) ++tally.offered;
  if (cleared) ++tally.cleared;
  if (named && cleared) return;
  std::cout << "  " << fault.what << " = " << seeded << ":";
  for (const Finding& f : findings) {
    std::cout << " " << f.check << " [";
    for (const std::string& name : f.parameters) std::cout << " " << name;
    std::cout << " ] " << f.suggestion << ";";
  }
  std::cout << "\n";
}

/// Prints the table; the share of cases with the right parameter named, and with a suggestion that clears.
std::pair<double, double> seeded_cases(int cases, unsigned seed) {
  std::mt19937 random(seed);
  std::map<std::string, Tally> tallies;
  for (int i = 0; i < cases; ++i) {
    const Fault& fault = faults()[static_cast<std::size_t>(i) % faults().size()];
    run_case(fault, random, tallies[fault.what]);
  }
  Tally all;
  std::cout << "fault | cases | found | named before trying | named | named first | suggestion | clears\n";
  const auto print = [](const std::string& what, const Tally& t) {
    std::cout << what << " | " << t.cases << " | " << t.found << " | " << t.before << " | " << t.named << " | "
              << t.first << " | " << t.offered << " | " << t.cleared << "\n";
  };
  for (const auto& [what, t] : tallies) {
    print(what, t);
    all.cases += t.cases;
    all.found += t.found;
    all.before += t.before;
    all.named += t.named;
    all.first += t.first;
    all.offered += t.offered;
    all.cleared += t.cleared;
  }
  print("all", all);
  return {static_cast<double>(all.named) / all.cases, static_cast<double>(all.cleared) / all.cases};
}

}  // namespace

TEST_CASE("what the checks find in seeded faults names the right parameter, and the suggestion clears it") {
  const auto [named, cleared] = seeded_cases(20, 7);
  CHECK(named >= 0.95);
  CHECK(cleared >= 0.95);
}

TEST_CASE("seeded faults, two hundred: the right parameter, and a suggestion that clears", "[slow]") {
  const auto [named, cleared] = seeded_cases(200, 1);
  CHECK(named >= 0.95);
  CHECK(cleared >= 0.95);
}

TEST_CASE("a suggestion is the smallest step that clears, within range and rules, and never a held parameter") {
  Request request = request_for(faults()[0]);
  request.values["wall"] = 0.53;
  request.wants.check = true;
  request.wants.suggest_ms = 300'000;
  Response response = ask(request);
  REQUIRE(response.remedies.size() == 1);
  CHECK(response.remedies[0].parameter == "wall");
  CHECK(std::get<double>(response.remedies[0].value) == 0.8);  // exactly at the limit passes
  REQUIRE_FALSE(response.report.findings.empty());
  CHECK(response.report.findings[0].suggestion.starts_with("Wall 0.53 \u2192 0.8 mm clears"));
  CHECK(response.report.findings[0].title == "Wall thickness");
  request.wants.fixed = {"wall"};
  response = ask(request);
  for (const Remedy& remedy : response.remedies) CHECK(remedy.parameter != "wall");
  request.wants.suggest_ms = 0;
  CHECK(ask(request).remedies.empty());
}

TEST_CASE("many places of one cause are one finding that knows them all") {
  Request request;
  request.source = R"lua(
return { id="t", version="1.0.0", name="T", summary="T.", description="T.", licence="CC-BY-4.0", author="Tester",
  processes={"fdm"}, parameters={{"hole", kind="length", default=1, min=1, max=5, step=0.5, label="Hole"}},
  build=function(p)
    local holes = {}
    for i = 1, 6 do holes[i] = cylinder(p.hole / 2, 30):move { x = 10 * i, y = 10, z = -5 } end
    return { parts={ { name="body", solid=box(80, 20, 10):cut(table.unpack(holes)) } } }
  end }
)lua";
  request.wants.check = true;
  const Response response = ask(request);
  REQUIRE(response.report.findings.size() == 1);
  CHECK(response.report.findings[0].count() == 6);
  CHECK(response.report.findings[0].parameters == std::vector<std::string>{"hole"});
}
