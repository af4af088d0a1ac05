// Machines of one's own, other purposes, colour maps and ways up, as requests ask for them.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>

#include "app/engine/colour_map.hpp"
#include "geometry/core/file_io.hpp"
#include "templates/runtime/runtime.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

Request part(const std::string& solid) {
  Request request;
  request.source = R"lua(
return { id="t", version="1.0.0", name="T", summary="T.", description="T.", licence="CC-BY-4.0", author="Tester",
  processes={"fdm"}, parameters={},
  build=function(p, ctx) return { parts={ { name="body", solid=)lua" +
                   solid + R"lua( } } } end }
)lua";
  return request;
}

constexpr const char* workshop = R"toml([machine.small]
name = "Small one"
process = "fdm"
bed = [100, 100, 100]
fit_slide = 0.33
)toml";

}  // namespace

TEST_CASE("a machine stands for its process, with its own bed and fits") {
  Request request = part("box(150, 20, ctx.fit(\"slide\") * 100)");
  request.workshop = workshop;
  request.wants.check = true;
  request.process = "small";
  const Response small = ask(request);
  REQUIRE_FALSE(small.error);
  CHECK(small.process == "small");
  CHECK(small.warnings.empty());  // the template is meant for what the machine does
  CHECK(small.parts[0].built.box.max.z == Approx(33));
  REQUIRE(small.report.findings.size() == 1);
  CHECK(small.report.findings[0].check == "build_volume");
  CHECK(small.report.findings[0].required == 100.0);
  CHECK(small.report.findings[0].source == "measured on Small one");
  request.process = "fdm";
  const Response usual = ask(request);
  CHECK(usual.parts[0].built.box.max.z == Approx(20));
  CHECK(usual.report.findings.empty());
  request.workshop = "[machine";
  const Response damaged = ask(request);
  CHECK_FALSE(damaged.error);
  REQUIRE(damaged.warnings.size() == 1);
  CHECK(damaged.warnings[0].find("line 1") != std::string::npos);
}

TEST_CASE("files for another purpose are not held back by what the process cannot do") {
  Request request = part("box(20, 20, 0.3)");
  request.wants.check = true;
  CHECK(ask(request).blocked());
  request.wants.check_for = "any";
  CHECK_FALSE(ask(request).blocked());
  request.wants.check_for = "sla";
  const Response resin = ask(request);
  CHECK(resin.process == "fdm");  // it is built as before
  request.wants.check_for = "nothing";
  CHECK(ask(request).error);
}

TEST_CASE("figures to colour by are those of the part") {
  Request request = part("box(40, 30, 3)");
  request.wants.map = MapKind::thickness;
  const Response plate = ask(request);
  REQUIRE_FALSE(plate.error);
  REQUIRE(plate.scale);
  CHECK(plate.scale->limit == 0.8);
  const auto& map = plate.parts[0].map;
  REQUIRE(map.size() == plate.parts[0].built.mesh.triangles.size());
  CHECK(map.size() > 1000);  // fine enough to show where
  CHECK(mesh_faults(plate.parts[0].built.mesh).empty());
  CHECK(volume(plate.parts[0].built.mesh) == Approx(40 * 30 * 3));
  CHECK(*std::min_element(map.begin(), map.end()) == Approx(3));
  request = part("box(20, 20, 10)");
  request.wants.map = MapKind::overhang;
  const Response block = ask(request);
  CHECK(*std::max_element(block.parts[0].map.begin(), block.parts[0].map.end()) == 0);  // its underside lies on the bed
  request = part("box(20, 20, 10):union(box(40, 20, 5):move { z = 10 })");
  request.wants.map = MapKind::overhang;
  const Response shelf = ask(request);
  CHECK(*std::max_element(shelf.parts[0].map.begin(), shelf.parts[0].map.end()) == Approx(90));
}

TEST_CASE("ways up are offered best first, and the chosen one is how it is made") {
  Request request = part("box(20, 20, 10):union(box(60, 20, 5):move { z = 10 })");
  request.wants.parts = request.wants.ways = request.wants.check = true;
  Response response = ask(request);
  REQUIRE_FALSE(response.error);
  const std::vector<Way> ways = response.parts[0].ways;
  REQUIRE(ways.size() > 2);
  CHECK(ways[0].support_volume == Approx(0).margin(1e-6));
  CHECK_FALSE(response.report.findings.empty());  // as it is, the arm hangs over
  request.ups["body"] = ways[0].up;
  response = ask(request);
  CHECK(length(response.parts[0].up - ways[0].up) < 1e-12);
  CHECK(response.report.findings.empty());
}

TEST_CASE("refining keeps a mesh closed and its volume") {
  Request request = part("cylinder(10, 30):cut(cylinder(4, 40):move { z = -1 })");
  request.wants.parts = true;
  const Response response = ask(request);
  const TriangleMesh& mesh = response.parts[0].built.mesh;
  const TriangleMesh fine = refined(mesh, 2, 100'000);
  CHECK(fine.triangles.size() > 3 * mesh.triangles.size());
  CHECK(mesh_faults(fine).empty());
  CHECK(volume(fine) == Approx(volume(mesh)));
  CHECK(fine.face_of.size() == fine.triangles.size());
  for (const Triangle& t : fine.triangles)
    for (int k = 0; k < 3; ++k) CHECK(length(fine.vertices[t[k]] - fine.vertices[t[(k + 1) % 3]]) <= 2 + 1e-9);
}

TEST_CASE("in the midst of a drag the checks that are quick tell what they see, and no others run") {
  Request request = part("box(20, 20, 0.3):cut(cylinder(0.5, 5):move { x = 10, y = 10, z = -1 })");
  request.wants.parts = request.wants.quick_check = request.wants.preview = true;
  const Response quick = ask(request);
  REQUIRE_FALSE(quick.error);
  REQUIRE(quick.report.findings.size() == 1);  // of the thin plate nothing is said yet
  CHECK(quick.report.findings[0].check == "hole_diameter");
  CHECK(quick.report.findings[0].title == "Hole diameter");
  for (const char* id : {"bookshelf", "enclosure", "organiser", "knob"}) {
    const std::filesystem::path root(FITWRIGHT_SOURCE_DIR "/templates");
    Request product;
    product.source = read_file(root / "products" / id / "template.lua").value();
    product.modules = read_modules(root / "modules").value();
    product.wants = request.wants;
    ask(product);
    std::cout << id << ": quick checks " << ask(product).timings.check << " ms\n";
  }
}
