// What is cut from sheet, asked of the engine without a file.
#include <numbers>

#include "app/engine/engine.hpp"
#include "export/cutlist/cut_list.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

constexpr double pi = std::numbers::pi;

/// A board of width x 100 x 18, twice, with a groove 30 wide and 6 deep across it and a hole of 8; a peg that is no
/// sheet; a wedge that is said to be one.
Request kit(double width) {
  Request request;
  request.chunk = "kit/template.lua";
  request.source = R"lua(return {
  id = "kit", version = "1.0.0", name = "Kit", summary = "s", description = "d", licence = "CC0-1.0",
  author = "Tester", processes = { "fdm" },
  parameters = { { "width", kind = "length", default = 200, min = 150, max = 400, label = "Width" } },
  build = function(p)
    local board = box(p.width, 100, 18):cut { box(30, 100, 6):move(50, 0, 12), cylinder(4, 18):move(120, 50, 0) }
    return { parts = {
      { name = "board", solid = board, role = "board", up = "+z", sheet = "+z", grain = "length", edges = { "front" },
        at = { {}, { z = 100 } } },
      { name = "peg", solid = cylinder(5, 20), role = "peg", at = { { x = -50 } } },
      { name = "wedge", solid = polygon { { 0, 0 }, { 40, 0 }, { 0, 30 } }:extrude(10), role = "wedge", up = "+y",
        sheet = "+y", at = { { x = -100 } } },
    }, hardware = { { item = "screw 4x40", count = 4 } } }
  end,
}
)lua";
  request.values["width"] = width;
  return request;
}

Response drawn(double width) {
  Request request = kit(width);
  request.wants.outlines = true;
  Response response = ask(request);
  INFO((response.error ? describe(*response.error) : std::string()));
  REQUIRE_FALSE(response.error);
  REQUIRE(response.parts.size() == 3);
  return response;
}

}  // namespace

TEST_CASE("outlines come when they are wanted, exact, and through the channel") {
  for (const double width : {200.0, 317.5}) {
    const Response response = drawn(width);
    REQUIRE(response.parts[0].outline);
    const Outline2D& outline = *response.parts[0].outline;
    CHECK(outline.thickness == Approx(18).epsilon(1e-12));
    CHECK(area(outline) == Approx(width * 100 - pi * 16).epsilon(1e-9));
    REQUIRE(outline.pockets.size() == 1);
    CHECK(outline.pockets[0].depth == Approx(6).epsilon(1e-9));
    CHECK(std::abs(signed_area(outline.pockets[0].outer)) == Approx(3000).epsilon(1e-9));
    REQUIRE(outline.drillings.size() == 1);
    CHECK(outline.drillings[0].through);
    CHECK(outline.drillings[0].diameter == Approx(8).epsilon(1e-9));
    CHECK(response.parts[0].no_outline.empty());
    CHECK(response.parts[0].built.mesh.triangles.empty());  // meshes were not asked for
    CHECK(decode_response(encode(response))->parts[0].outline->outer == outline.outer);
  }
  Request plain = kit(200);
  plain.wants.parts = true;
  CHECK_FALSE(ask(plain).parts[0].outline);
  CHECK(ask(plain).cut_list.empty());
}

TEST_CASE("a part that is not drawn says why") {
  const Response response = drawn(200);
  CHECK_FALSE(response.parts[1].outline);
  CHECK(response.parts[1].no_outline == "its template does not say that it is cut from sheet");
  CHECK_FALSE(response.parts[2].outline);
  CHECK(response.parts[2].no_outline.find("wedge") != std::string::npos);
}

TEST_CASE("the cut list is the one that is exported") {
  const Response response = drawn(317.5);
  REQUIRE(response.cut_list.size() == 3);
  CHECK(response.cut_list[0].quantity == 2);
  CHECK(response.cut_list[0].length == Approx(317.5).epsilon(1e-12));
  CHECK(response.cut_list[0].width == Approx(100).epsilon(1e-12));
  CHECK(response.cut_list[0].banding == Approx(317.5).epsilon(1e-12));
  CHECK(response.cut_list[0].grain == Grain::none);  // in PLA
  CHECK_FALSE(response.cut_list[1].sheet);
  Request exported = kit(317.5);
  exported.wants.exports = {{"cutlist", {}, false}};
  exported.wants.force = true;
  const Response written = ask(exported);
  REQUIRE(written.files.size() == 1);
  CHECK(cut_list_csv(response.cut_list, response.hardware) == written.files[0].bytes);
}

TEST_CASE("the grain that a template asks for counts in materials that have one") {
  for (const auto& [material, grain] : {std::pair("birch_plywood", Grain::length), std::pair("oak", Grain::length),
                                        std::pair("mdf", Grain::none), std::pair("pmma", Grain::none)}) {
    Request request = kit(200);
    request.wants.outlines = true;
    request.material = material;
    INFO(material);
    CHECK(ask(request).cut_list.at(0).grain == grain);
  }
}
