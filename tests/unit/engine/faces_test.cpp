// The parameters behind the faces of a part.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <string_view>

#include "geometry/core/file_io.hpp"
#include "templates/runtime/runtime.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

using Names = std::vector<std::string>;

Response related(Request request) {
  request.wants.parts = request.wants.face_parameters = true;
  Response response = ask(request);
  INFO((response.error ? describe(*response.error) : std::string()));
  REQUIRE_FALSE(response.error);
  return response;
}

Request product(const std::string& id) {
  const std::filesystem::path root(FITWRIGHT_SOURCE_DIR "/templates");
  Request request;
  request.source = read_file(root / "products" / id / "template.lua").value();
  request.modules = read_modules(root / "modules").value();
  return request;
}

const ResponsePart& part(const Response& response, std::string_view name) {
  return *std::find_if(response.parts.begin(), response.parts.end(),
                       [&](const ResponsePart& one) { return one.built.name == name; });
}

/// Of the only faces that a test holds of: what is behind the first, after seeing that there are `expected`.
template <class Test>
Names behind(const Response& response, const std::string& name, std::size_t expected, const Test& test) {
  const ResponsePart& in = part(response, name);
  std::vector<const FaceInfo*> found;
  for (const FaceInfo& face : in.built.faces)
    if (test(face)) found.push_back(&face);
  REQUIRE(found.size() == expected);
  return face_parameters(response.about, in, *found[0]);
}

std::size_t place(const Names& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

auto plane_at(Vec3 direction, double offset) {
  return [=](const FaceInfo& face) {
    return face.kind == SurfaceKind::plane && dot(face.direction, direction) > 0.999 &&
           std::abs(dot(face.point, direction) - offset) < 1e-6;
  };
}

}  // namespace

TEST_CASE("a face knows the parameters of what made it, of what holds that, and no others") {
  Request request;
  request.source = R"lua(
return { id="t", version="1.0.0", name="T", summary="T.", description="T.", licence="CC-BY-4.0", author="Tester",
  processes={"fdm"},
  parameters={
    {"off", kind="length", default=3, min=1, max=9, label="Off"},
    {"width", kind="length", default=40, min=30, max=50, step=1, label="Width"},
    {"hole", kind="length", default=4, min=1, max=5, label="Hole"},
    {"round", kind="length", default=2, min=1, max=3, label="Round"},
    {"idle", kind="length", default=3, min=0, max=9, label="Idle"},
  },
  build=function(p, ctx)
    local body = box(p.width, 20, 10):cut(cylinder(p.hole / 2, 30):move { x = 10 + p.off, y = 10, z = -5 })
    return { parts={ { name="body",
      solid=body:fillet(edges.between(faces.role("left"), faces.role("front")), p.round) } } }
  end }
)lua";
  const Response response = related(request);
  const auto hole = behind(response, "body", 1, [](const FaceInfo& f) {
    return f.kind == SurfaceKind::cylinder && f.radius == 2 && f.concave;
  });
  CHECK(hole == Names{"hole", "off", "round"});  // the cylinder, where it was moved to, and the blend around all
  CHECK(behind(response, "body", 1, plane_at({1, 0, 0}, 40)) == Names{"width", "round"});
  const auto blend =
      behind(response, "body", 1, [](const FaceInfo& f) { return f.kind == SurfaceKind::cylinder && !f.concave; });
  CHECK(blend == Names{"round", "width"});  // and nothing of the hole
}

TEST_CASE("behind the faces of the enclosure stand the parameters that a maker would look for") {
  Request request = product("enclosure");
  const Response response = related(request);
  // The holes of the lid's screws: their diameter, given or by the size of the screw, then where they are.
  const auto screw_hole = behind(response, "lid", 4, [](const FaceInfo& f) {
    return f.kind == SurfaceKind::cylinder && f.concave && std::abs(f.radius - 1.7) < 1e-9;
  });
  REQUIRE(screw_hole.size() >= 5);
  CHECK(std::set<std::string>(screw_hole.begin(), screw_hole.begin() + 2) ==
        std::set<std::string>{"lid_hole", "screw"});
  CHECK(place(screw_hole, "inset") < place(screw_hole, "lid_thickness"));
  CHECK(place(screw_hole, "length") < place(screw_hole, "lid_thickness"));
  CHECK(place(screw_hole, "vents") == screw_hole.size());
  CHECK(place(screw_hole, "lip") >= 5);
  // The body's right end: its length first.
  const auto end = behind(response, "body", 1, plane_at({1, 0, 0}, 60));
  REQUIRE_FALSE(end.empty());
  CHECK(place(end, "length") < 3);
  CHECK(place(end, "length") < place(end, "wall"));
  CHECK(place(end, "lid_thickness") == end.size());
}

TEST_CASE("behind a bookshelf's shelf stand its size and board, and a shelf's groove is its dado's") {
  const Response response = related(product("bookshelf"));
  const ResponsePart& shelf = part(response, "shelf");
  for (const FaceInfo& face : shelf.built.faces) {
    const Names names = face_parameters(response.about, shelf, face);
    CHECK(place(names, "width") < names.size());
    CHECK(place(names, "plinth_setback") == names.size());
  }
}

TEST_CASE("every face of every product has parameters behind it, in a message as without") {
  for (const char* id : {"bookshelf", "enclosure", "organiser", "knob"}) {
    INFO(id);
    const Response response = related(product(id));
    std::size_t faces = 0, lost = 0;
    for (const ResponsePart& one : response.parts)
      for (const FaceInfo& face : one.built.faces) {
        ++faces;
        if (face_parameters(response.about, one, face).empty()) ++lost;
      }
    CHECK(faces > 10);
    CHECK(lost == 0);
  }
}

TEST_CASE("faces keep their parameters when the meshes stay behind, and cost nothing when nobody asks") {
  Request request = product("knob");
  request.wants.check = request.wants.face_parameters = true;
  const Response at_rest = ask(request);
  request.wants = {.parts = true, .preview = true};
  const Response drawn = ask(request);
  REQUIRE_FALSE(drawn.parts.empty());
  CHECK(drawn.parts[0].behind.empty());
  CHECK(at_rest.parts[0].built.faces.empty());
  for (const FaceInfo& face : drawn.parts[0].built.faces)
    CHECK_FALSE(face_parameters(at_rest.about, at_rest.parts[0], face).empty());
}

TEST_CASE("the cost of relating faces to parameters", "[.measure]") {
  for (const char* id : {"bookshelf", "enclosure", "organiser", "knob"}) {
    Request request = product(id);
    request.wants = {.parts = true, .preview = true};
    (void)ask(request);
    const auto script_ms = [&] { return ask(request).timings.script; };
    const double plain = script_ms();
    request.wants.face_parameters = true;
    const double faces = script_ms();
    request.wants.face_parameters = false;
    request.wants.handles = true;
    std::cout << id << ": script " << plain << " ms, with faces " << faces << " ms, with handles " << script_ms()
              << " ms\n";
  }
}
