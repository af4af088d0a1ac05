// Picking: the face, copy and point under the pointer.
#include "app/view/pick.hpp"

#include "tests/catch.hpp"
#include "tests/unit/view/shapes.hpp"

using namespace fitwright;

namespace {

std::optional<Pick> look(const ViewScene& scene, const Camera& camera, Vec2 at = {},
                         const std::optional<SectionPlane>& section = {}) {
  return pick_along(scene, camera.ray(at, 1.25), !camera.perspective, section);
}

Camera front(bool perspective) { return {{0, 0, 10}, 0, 0, 40, perspective, 30}; }

}  // namespace

TEST_CASE("the middle of a cube's front is its front face") {
  const ViewScene scene = view_scene(cube(), Pose::assembled);
  for (const bool perspective : {true, false}) {
    const auto pick = look(scene, front(perspective));
    REQUIRE(pick);
    CHECK(pick->face == FaceRef{0, 0, front_face});
    CHECK(length(pick->at - Vec3{0, -10, 10}) < 1e-9);
    CHECK_FALSE(look(scene, front(perspective), {0.9, 0}));
  }
  Camera top = front(false);
  top.look(StandardView::top);
  CHECK(look(scene, top)->face.face == top_face);
}

TEST_CASE("a picked point is seen where it was picked") {
  const ViewScene scene = view_scene(cube(), Pose::assembled);
  const Camera camera{{0, 0, 10}, 35, 25, 40, true, 30};
  for (const Vec2 at : {Vec2{0.1, 0.3}, Vec2{-0.2, -0.2}, Vec2{0.25, -0.1}}) {
    const auto pick = look(scene, camera, at);
    REQUIRE(pick);
    CHECK(length(camera.project(pick->at, 1.25)->at - at) < 1e-9);
  }
}

TEST_CASE("the nearest visible copy is picked, mirrored or not") {
  const Box3 box{{-5, -5, 0}, {5, 5, 20}};
  const auto model =
      response({block("far", box, {}, {Placement::translation({0, 30, 0})}),
                block("near", box, {}, {Placement::translation({50, 0, 0}), Placement::reflection({0, 1, 0})})});
  const auto pick = look(view_scene(model, Pose::assembled), front(true));
  REQUIRE(pick);
  CHECK(pick->face == FaceRef{1, 1, back_face});  // reflected: what was behind is in front
  CHECK(pick->at.y == Approx(-5));
  CHECK(look(view_scene(model, Pose::assembled, 0, {"near"}), front(true))->face == FaceRef{0, 0, front_face});
}

TEST_CASE("what a section takes away is not picked, and its cap is no face") {
  // Two plates, one behind the other; the section cuts the first in its middle or takes it whole.
  const auto model =
      response({block("first", {{-10, -10, 0}, {10, 0, 20}}), block("second", {{-10, 20, 0}, {10, 30, 20}})});
  const ViewScene scene = view_scene(model, Pose::assembled);
  const auto cut = look(scene, front(true), {}, SectionPlane{{0, -5, 0}, {0, -1, 0}});
  REQUIRE(cut);
  CHECK(cut->on_cut);
  CHECK(cut->face.part == 0);
  CHECK(cut->at.y == Approx(-5).margin(2e-3));  // the cap stands a hair behind the plane
  CHECK_FALSE(look(scene, front(true), {}, SectionPlane{{0, 5, 0}, {0, -1, 0}})->on_cut);
  CHECK(look(scene, front(true), {}, SectionPlane{{0, 5, 0}, {0, -1, 0}})->face.part == 1);
  CHECK(look(scene, front(true), {}, SectionPlane{{0, -5, 0}, {0, 1, 0}})->face == FaceRef{0, 0, front_face});
  CHECK(look(scene, front(false), {}, SectionPlane{{0, 5, 0}, {0, -3, 0}})->at.y == Approx(20));
}

TEST_CASE("without perspective even what lies behind the eye is seen") {
  Camera camera = front(false);
  camera.span = 1;  // so close that the eye would be inside
  CHECK(look(view_scene(cube(), Pose::assembled), camera)->face.face == front_face);
}
