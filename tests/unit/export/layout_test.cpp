#include "export/layout.hpp"

#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::vector<Box3> boxes_of(const Scene& scene, const ScenePlacements& all) {
  std::vector<Box3> boxes;
  for (std::size_t part = 0; part < all.size(); ++part)
    for (const Placement& copy : all[part]) boxes.push_back(bounds(placed(scene.parts[part].mesh, copy)));
  return boxes;
}

// Distance of two boxes seen from above; negative when they overlap.
double gap(const Box3& a, const Box3& b) {
  return std::max({a.min.x - b.max.x, b.min.x - a.max.x, a.min.y - b.max.y, b.min.y - a.max.y});
}

}  // namespace

TEST_CASE("the made pose turns up to the sky and rests at the origin") {
  const TriangleMesh board = box_mesh({-3, 5, 100}, {7, 25, 103});  // 10 x 20 x 3
  const Box3 flat = bounds(placed(board, made_placement(board, {0, 0, 1})));
  CHECK(flat == Box3{{0, 0, 0}, {10, 20, 3}});
  const Box3 on_edge = bounds(placed(board, made_placement(board, {5, 0, 0})));  // any length
  CHECK(on_edge.max.z == Approx(10));
  CHECK(on_edge.min.z == Approx(0).margin(1e-12));
  CHECK(bounds(placed(board, made_placement(board, {0, 0, -1}))).size().z == Approx(3));
  CHECK(bounds(placed(board, made_placement(board, {0, 0, 0}))).size().z == Approx(3));  // no direction: as it is
}

TEST_CASE("what points up in the part points up when made, mirrored or not") {
  // A wedge whose tip is at +x: made with `up` = +x the tip is on top.
  TriangleMesh wedge;
  wedge.vertices = {{0, 0, 0}, {0, 4, 0}, {0, 0, 4}, {10, 1, 1}};
  wedge.triangles = {{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {0, 3, 2}};
  REQUIRE(mesh_faults(wedge).empty());
  for (const bool mirrored : {false, true}) {
    const Placement made = made_placement(wedge, {1, 0, 0}, mirrored);
    CHECK(made.mirrors() == mirrored);
    CHECK(made.apply(wedge.vertices[3]).z == Approx(10));
    CHECK(made.apply(wedge.vertices[0]).z == Approx(0).margin(1e-12));
    CHECK(mesh_faults(placed(wedge, made)).empty());
  }
}

TEST_CASE("copies lie in rows, on the bed, a gap apart") {
  Scene scene = plates_and_ball();
  scene.parts[0].assembled.resize(13);
  scene.parts[1].assembled.resize(8, Placement::reflection({0, 1, 0}));
  scene.parts[1].up = {0, 1, 0};
  const ScenePlacements all = layout_made(scene.parts);
  REQUIRE(all.size() == 2);
  CHECK(all[0].size() == 13);
  CHECK(all[1].size() == 8);
  CHECK_FALSE(all[1][0].mirrors());  // the first ball is the plain one
  CHECK(all[1][1].mirrors());

  const std::vector<Box3> boxes = boxes_of(scene, all);
  Box3 whole;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    whole.add(boxes[i]);
    CHECK(boxes[i].min.z == Approx(0).margin(1e-9));
    for (std::size_t j = 0; j < i; ++j) CHECK(gap(boxes[i], boxes[j]) >= layout_gap - 1e-9);
  }
  CHECK(whole.min.x == Approx(0).margin(1e-9));
  CHECK(whole.min.y == Approx(0).margin(1e-9));
  // Rows, not one long line: 13 plates alone would be 640 mm wide.
  CHECK(whole.size().x < 300);
  CHECK(whole.size().y < 300);
  CHECK(layout_made(scene.parts) == all);
}

TEST_CASE("the assembled pose is the product's own") {
  const Scene scene = plates_and_ball();
  CHECK(placements(scene, Pose::assembled)[0] == scene.parts[0].assembled);
  CHECK(layout_made({}).empty());
}
