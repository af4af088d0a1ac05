#include "app/engine/engine.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numbers>

#include "geometry/core/file_io.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;
using std::numbers::pi;

namespace {

Response built(Request request) {
  request.wants.parts = true;
  Response response = ask(request);
  INFO((response.error ? describe(*response.error) : std::string()));
  REQUIRE_FALSE(response.error);
  return response;
}

Response exported(Request request, std::vector<ExportWish> wishes) {
  request.wants.exports = std::move(wishes);
  Response response = ask(request);
  INFO((response.error ? describe(*response.error) : std::string()));
  REQUIRE_FALSE(response.error);
  return response;
}

}  // namespace

TEST_CASE("a description needs no build") {
  Request request = block();
  request.wants.description = true;
  const Response response = ask(request);
  REQUIRE_FALSE(response.error);
  CHECK(response.about.id == "block");
  CHECK(response.about.parameters.size() == 4);
  CHECK(response.parts.empty());
  CHECK(response.values.empty());
}

TEST_CASE("values come from preset, design and keyboard, the later ones winning") {
  Request request = block();
  request.wants.values = true;
  request.preset = "long";
  CHECK(ask(request).values.at("size") == ParameterValue(200.0));
  request.values["size"] = 30.0;
  CHECK(ask(request).values.at("size") == ParameterValue(30.0));
  request.entered["size"] = "2 in";
  const Response response = ask(request);
  CHECK(std::get<double>(response.values.at("size")) == Approx(50.8));
  CHECK(response.values.size() == 4);
}

TEST_CASE("parts have the volume that their dimensions say") {
  const Response response = built(block());
  REQUIRE(response.parts.size() == 1);
  const ResponsePart& part = response.parts[0];
  CHECK(part.built.volume == Approx(40 * 20 * 10));
  CHECK(part.built.area == Approx(2 * (40 * 20 + 40 * 10 + 20 * 10)));
  CHECK(part.built.box.size() == Vec3{40, 20, 10});
  CHECK(part.assembled.size() == 2);
  CHECK(part.watertight);
  CHECK(part.faces == 6);
  CHECK(part.triangles == 12);
  CHECK(part.built.mesh.triangles.size() == 12);
  CHECK(part.colour.r == 1);
  CHECK(response.process == "fdm");
  CHECK(response.material == "pla");
}

TEST_CASE("a summary comes without meshes when no parts are wanted") {
  Request request = block();
  request.wants.check = true;
  const Response response = ask(request);
  REQUIRE(response.parts.size() == 1);
  CHECK(response.parts[0].built.mesh.triangles.empty());
  CHECK(response.parts[0].triangles == 12);
  CHECK(response.report.verdict() == Verdict::clean);
}

TEST_CASE("the process decides the fit") {
  Request request = block();
  request.values["gap"] = true;
  // Sliding fits of the data files: 0.2 mm by FDM, 0.3 mm by powder printing.
  CHECK(built(request).parts[0].built.volume == Approx(40 * 20 * 10.2));
  request.process = "sls_mjf";
  const Response powder = built(request);
  CHECK(powder.parts[0].built.volume == Approx(40 * 20 * 10.3));
  CHECK(powder.material == "pa12_sls");
  REQUIRE(powder.warnings.size() == 1);
  CHECK(powder.warnings[0].find("is not meant for sls_mjf") != std::string::npos);
}

TEST_CASE("exports are whole files, the same every time") {
  const std::vector<ExportWish> wishes{{"stl", {}, false}, {"step", {}, false}, {"3mf", {}, false}};
  const Response first = exported(block(), wishes);
  REQUIRE(first.files.size() == 3);
  // Two copies of a box: 80 bytes of header, 4 of count, 50 for each of 24 triangles.
  CHECK(first.files[0].bytes.size() == 84 + 50 * 24);
  CHECK(first.files[1].bytes.find("ISO-10303-21") == 0);
  CHECK(first.files[2].bytes.substr(0, 2) == "PK");
  const Response second = exported(block(), wishes);
  CHECK(first.files == second.files);
}

TEST_CASE("one file a part") {
  const Response response = exported(block(), {{"stl", {}, true}});
  REQUIRE(response.files.size() == 1);
  CHECK(response.files[0].part == "block");
  CHECK(response.files[0].bytes.size() == 84 + 50 * 12);
}

TEST_CASE("a blocking finding holds files back until forced") {
  Request request = block();
  request.values["size"] = 3000.0;  // no FDM machine takes 3 m
  const Response held = exported(request, {{"stl", {}, false}});
  CHECK(held.blocked());
  CHECK(held.files.empty());
  REQUIRE_FALSE(held.report.findings.empty());
  CHECK(held.report.findings[0].check == "build_volume");
  request.wants.force = true;
  const Response forced = exported(request, {{"stl", {}, false}});
  CHECK(forced.blocked());
  CHECK(forced.files.size() == 1);
}

TEST_CASE("a model from outside is checked") {
  Request request;
  request.model = ForeignModel{"block.stl", exported(block(), {{"stl", {}, true}}).files[0].bytes};
  request.process = "fdm";
  request.wants.check = true;
  const Response response = ask(request);
  REQUIRE_FALSE(response.error);
  CHECK(response.report.verdict() == Verdict::clean);
  REQUIRE(response.parts.size() == 1);
  CHECK(response.parts[0].built.volume == Approx(8000));
  // The same file without its last triangle is open.
  std::string& bytes = request.model->bytes;
  bytes.resize(bytes.size() - 50);
  bytes[80] = 11;
  const Response open = ask(request);
  REQUIRE_FALSE(open.error);
  CHECK(open.report.verdict() == Verdict::blocked);
  CHECK(open.report.findings[0].check == "manifold");
}

TEST_CASE("progress goes forward to the end") {
  Request request = block();
  request.wants.exports = {{"stl", {}, false}};
  std::vector<double> shares;
  engine().handle(request, {}, [&](std::string_view, double share) { shares.push_back(share); });
  CHECK(shares.size() >= 4);
  CHECK(std::is_sorted(shares.begin(), shares.end()));
  CHECK(shares.back() == 1);
}

TEST_CASE("the asset folder has data, fonts and templates, or says what is wrong") {
  const auto folder = asset_folder().value();
  CHECK(std::filesystem::exists(folder / "data" / "processes.toml"));
  CHECK(std::filesystem::exists(folder / "fonts" / "DejaVuSans-Bold.ttf"));
  CHECK(shipped_templates(folder).value().size() >= 4);
  ::setenv("FITWRIGHT_ASSETS", "/nonexistent/place", 1);
  const auto missing = asset_folder();
  ::unsetenv("FITWRIGHT_ASSETS");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::file);
  CHECK(missing.error().message.find("/nonexistent/place") != std::string::npos);
}

TEST_CASE("the examples of the page of operations build") {
  const std::string page = read_file(FITWRIGHT_SOURCE_DIR "/docs/operations.md").value();
  const std::size_t from = page.find("```lua\n") + 7;
  const std::string solids = page.substr(from, page.find("```", from) - from);
  Request request;
  request.source = R"lua(
return { id = "page", version = "1.0.0", name = "Page", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "width", kind = "length", default = 200, min = 150, max = 400, label = "Width" } },
  build = function()
    local parts = {}
    for name, solid in pairs()lua" + solids + R"lua() do
      parts[#parts + 1] = { name = name, solid = solid, role = "example", at = { { x = 200 * #parts } } }
    end
    return { parts = parts }
  end }
)lua";
  request.wants.parts = true;
  const Response response = ask(request);
  INFO((response.error ? describe(*response.error) : std::string()));
  REQUIRE_FALSE(response.error);
  std::map<std::string, double> volumes;
  for (const ResponsePart& part : response.parts) {
    CHECK(part.watertight);
    volumes[part.built.name] = part.built.volume;
  }
  REQUIRE(volumes.size() == 11);
  CHECK(volumes["plate"] == Approx(5 * (60 * 40 - (4 - pi) * 36)).epsilon(1e-9));
  CHECK(volumes["ridge"] == Approx(40 * 150).epsilon(1e-9));
  CHECK(volumes["drilled"] == Approx(8000 - 2 * pi * 90).epsilon(1e-9));
  CHECK(volumes["holes"] == Approx(6000 - 3 * pi * 20).epsilon(1e-9));
  CHECK(volumes["tray"] == Approx(80 * 50 * 30 - 76 * 46 * 28).epsilon(1e-9));
  // A frustum and a cone on it.
  CHECK(volumes["knob"] == Approx(pi / 3 * (15 * (144 + 108 + 81) + 3 * 81)).epsilon(1e-9));
  CHECK(volumes["pipe"] == Approx(pi * (25 - 12.25) * (25 + 35 + 15 * pi / 2)).epsilon(1e-6));
  CHECK(volumes["funnel"] == Approx(pi * 40 / 3 * (900 + 240 + 64)).epsilon(1e-4));
}
