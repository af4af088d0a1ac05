// Drawings held to the areas of what they show.
#include <cmath>

#include "tests/unit/kernel/build.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

Result<std::vector<BuiltPart>> plate_of(const std::string& svg, const Arg& width = {}, bool centered = false) {
  const std::string hash = to_hex(hash_bytes(svg));
  Product product = product_of(op("extrude", {op("svg", {hash, width, centered}), 1.0}));
  product.blobs[hash] = svg;
  return Evaluator().build(product, {});
}

/// A page of 100 x 50 mm whose units are millimetres.
std::string page(const std::string& content) {
  return "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='100mm' height='50mm' viewBox='0 0 100 "
         "50'>" +
         content + "</svg>";
}

double area_of(const std::string& content) {
  auto built = plate_of(page(content));
  INFO(content);
  if (!built) FAIL(describe(built.error()));
  CHECK(faults_text(built->front().mesh) == "");
  return built->front().volume;
}

Error error_of(const std::string& svg) {
  auto built = plate_of(svg);
  INFO(svg);
  REQUIRE_FALSE(built);
  CHECK(built.error().kind == ErrorKind::file);
  return built.error();
}

}  // namespace

TEST_CASE("shapes of a drawing have their areas") {
  CHECK(area_of("<rect x='10' y='10' width='30' height='20'/>") == Approx(600).epsilon(1e-9));
  CHECK(area_of("<rect x='10' y='10' width='30' height='20' rx='5'/>") == Approx(600 - (4 - pi) * 25).epsilon(1e-9));
  CHECK(area_of("<rect x='10' y='10' width='30' height='20' rx='5' ry='2'/>") ==
        Approx(600 - (4 - pi) * 10).epsilon(1e-6));
  CHECK(area_of("<circle cx='50' cy='25' r='10'/>") == Approx(100 * pi).epsilon(1e-9));
  CHECK(area_of("<ellipse cx='50' cy='25' rx='20' ry='10'/>") == Approx(200 * pi).epsilon(1e-6));
  CHECK(area_of("<polygon points='0,0 10,0 10,10'/>") == Approx(50).epsilon(1e-9));
  // Elements are united, nested outlines of one path are holes and islands.
  CHECK(area_of("<g><rect x='0' y='0' width='10' height='10'/><rect x='5' y='0' width='10' height='10'/></g>") ==
        Approx(150).epsilon(1e-9));
  CHECK(area_of("<path d='M0 0H30V30H0Z M10 10h10v10h-10z'/>") == Approx(800).epsilon(1e-9));
  CHECK(area_of("<path d='M0 0H30V30H0Z M10 10h10v10h-10z M14 14h2v2h-2z'/>") == Approx(804).epsilon(1e-9));
}

TEST_CASE("path commands draw what SVG says") {
  // Half discs by arcs, absolute and relative, both sweeps; flags may run together with what follows.
  CHECK(area_of("<path d='M10 20 A10 10 0 0 1 30 20 Z'/>") == Approx(50 * pi).epsilon(1e-9));
  CHECK(area_of("<path d='m10,20a10,10 0 01 20,0z'/>") == Approx(50 * pi).epsilon(1e-9));
  CHECK(area_of("<path d='M10 20A10 10 0 0020 10L20 20Z'/>") == Approx(100 - 25 * pi).epsilon(1e-6));
  // A large arc over 270 degrees and the straight line that closes it.
  CHECK(area_of("<path d='M40 25A10 10 0 1 1 30 15Z'/>") == Approx(75 * pi + 50).epsilon(1e-9));
  // A parabola under a quadratic Bezier curve encloses two thirds of its triangle; T mirrors the control point.
  CHECK(area_of("<path d='M0 20Q10 0 20 20Z'/>") == Approx(2.0 / 3 * 200).epsilon(1e-9));
  CHECK(area_of("<path d='M0 20Q10 0 20 20T40 20L40 45H0Z'/>") == Approx(40 * 25).epsilon(1e-9));
  // A cubic that is that parabola, and its smooth continuation.
  CHECK(area_of("<path d='M0 20C6.6666666666667 6.6666666666667 13.3333333333333 6.6666666666667 20 20Z'/>") ==
        Approx(2.0 / 3 * 200).epsilon(1e-9));
  CHECK(area_of("<path d='M0 20C5 10 15 10 20 20S35 30 40 20V45H0Z'/>") == Approx(1000).epsilon(1e-9));
  CHECK(area_of("<path d='M1e1.0 20-0L20,10 10 10z'/>") == Approx(100).epsilon(1e-9));
}

TEST_CASE("transforms are applied from the outside in") {
  CHECK(area_of("<g transform='translate(10,5) scale(2)'><rect width='5' height='3'/></g>") ==
        Approx(60).epsilon(1e-9));
  CHECK(area_of("<g transform='translate(50 25)'><rect transform='rotate(30)' width='10' height='4'/></g>") ==
        Approx(40).epsilon(1e-9));
  CHECK(area_of("<circle transform='matrix(2 0 0 1 10 20)' r='5'/>") == Approx(50 * pi).epsilon(1e-6));
  CHECK(area_of("<rect transform='skewX(30)' y='5' width='10' height='4'/>") == Approx(40).epsilon(1e-9));
  const auto built = plate_of(page("<rect transform='rotate(90 10 10)' x='10' y='10' width='20' height='5'/>"));
  REQUIRE(built);
  // In the drawing x 5..10 and y 10..30; y points up in the part, from the page's lower edge at 50.
  CHECK(built->front().box.min.x == Approx(5));
  CHECK(built->front().box.max.x == Approx(10));
  CHECK(built->front().box.min.y == Approx(20));
  CHECK(built->front().box.max.y == Approx(40));
}

TEST_CASE("boxes end where cubics and quadratics turn back") {
  const auto box_of = [](const std::string& path) {
    const auto built = plate_of(page("<path d='" + path + "'/>"));
    REQUIRE(built);
    return built->front().box;
  };
  // Down the page from 0 by 36 t - 63 t2 + 27 t3, furthest where 36 - 126 t + 81 t2 = 0; the part's y is 50 less that.
  const double t = (126 - std::sqrt(126.0 * 126 - 4 * 81 * 36)) / 162;
  const Box3 cubic = box_of("M0 0C0 12 10 3 20 0Z");
  CHECK(cubic.min.y == Approx(50 - (36 * t - 63 * t * t + 27 * t * t * t)).epsilon(1e-12));
  CHECK(cubic.max.y == Approx(50).epsilon(1e-12));
  CHECK(cubic.max.x == Approx(20).epsilon(1e-12));
  // A loop to the right of both its ends: 30 (1 - t) t 2 is 15 in the middle.
  const Box3 quadratic = box_of("M0 0Q30 10 0 20Z");
  CHECK(quadratic.max.x == Approx(15).epsilon(1e-12));
  CHECK(quadratic.min.x == Approx(0).margin(1e-12));
}

TEST_CASE("pages have units, and can be given a width or be centred") {
  const auto width_of = [](const std::string& head, const Arg& width = {}) {
    const auto built = plate_of("<svg " + head + "><rect width='96' height='48'/></svg>", width);
    REQUIRE(built);
    return built->front().box.size().x;
  };
  CHECK(width_of("") == Approx(25.4));
  CHECK(width_of("width='2in' viewBox='0 0 96 48'") == Approx(50.8));
  CHECK(width_of("width='960' height='480' viewBox='0 0 96 48'") == Approx(254));
  CHECK(width_of("width='10cm' height='10cm' viewBox='0 0 96 48'") == Approx(100));
  CHECK(width_of("width='100%' viewBox='0 0 96 48'") == Approx(25.4));
  CHECK(width_of("viewBox='0 0 96 48'", 30.0) == Approx(30));
  const auto centred = plate_of(page("<circle cx='80' cy='10' r='5'/>"), {}, true);
  REQUIRE(centred);
  CHECK(centred->front().box.min.x == Approx(-5));
  CHECK(centred->front().box.max.y == Approx(5));
}

TEST_CASE("what cannot be drawn is told") {
  CHECK(error_of("no drawing").suggestion.find("SVG") != std::string::npos);
  CHECK(error_of("<html/>").message.find("not an SVG") != std::string::npos);
  CHECK(error_of(page("<text>Hi</text>")).suggestion.find("paths") != std::string::npos);
  CHECK(error_of(page("<path d='M0 0L10 0 5 x'/>")).message.find("character 13") != std::string::npos);
  error_of(page("<path d='A1'/>"));
  error_of(page("<g transform='spin(3)'><rect width='1' height='1'/></g>"));
  error_of(page("<rect display='none' width='5' height='5'/>"));
  error_of("<svg viewBox='0 0 0 0'><rect width='5' height='5'/></svg>");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<g>";
  error_of("<svg>" + deep + "</svg>");
  std::string many;
  for (int i = 0; i < 8000; ++i) many += "<rect width='1' height='1'/>";
  CHECK(error_of(page(many)).message.find("20000") != std::string::npos);
}
