// Cameras: places in the picture and lines of sight belong together, whatever is turned or moved.
#include "app/view/camera.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

constexpr std::array<StandardView, 7> all_views{StandardView::iso,   StandardView::front, StandardView::back,
                                                StandardView::left,  StandardView::right, StandardView::top,
                                                StandardView::bottom};

bool near(Vec3 a, Vec3 b, double tolerance = 1e-9) { return length(a - b) < tolerance; }

std::vector<Vec3> corners(const Box3& box) {
  std::vector<Vec3> all;
  for (int i = 0; i < 8; ++i)
    all.push_back({(i & 1 ? box.max : box.min).x, (i & 2 ? box.max : box.min).y, (i & 4 ? box.max : box.min).z});
  return all;
}

/// What the graphics card makes of a point: place and depth, -1 to 1 when it is seen.
Vec3 clip_place(const Matrix4& m, Vec3 p) {
  std::array<double, 4> clip{};
  for (std::size_t row = 0; row < 4; ++row)
    clip[row] = m[row] * p.x + m[4 + row] * p.y + m[8 + row] * p.z + m[12 + row];
  return {clip[0] / clip[3], clip[1] / clip[3], clip[2] / clip[3]};
}

}  // namespace

TEST_CASE("the standard views look along the axes they are named after") {
  Camera camera;
  const auto looks = [&](StandardView view, Vec3 along, Vec3 right, Vec3 up) {
    camera.look(view);
    CHECK(near(camera.forward(), along));
    CHECK(near(camera.right(), right));
    CHECK(near(camera.up(), up));
  };
  looks(StandardView::front, {0, 1, 0}, {1, 0, 0}, {0, 0, 1});
  looks(StandardView::back, {0, -1, 0}, {-1, 0, 0}, {0, 0, 1});
  looks(StandardView::left, {1, 0, 0}, {0, -1, 0}, {0, 0, 1});
  looks(StandardView::right, {-1, 0, 0}, {0, 1, 0}, {0, 0, 1});
  looks(StandardView::top, {0, 0, -1}, {1, 0, 0}, {0, 1, 0});
  looks(StandardView::bottom, {0, 0, 1}, {1, 0, 0}, {0, -1, 0});
  for (const StandardView view : all_views) CHECK(standard_view(to_string(view)) == view);
  CHECK_FALSE(standard_view("above"));
}

TEST_CASE("what lies on the line of sight through a place is seen there") {
  for (const bool perspective : {true, false}) {
    Camera camera{{12, -7, 30}, 123, -31, 250, perspective, 40};
    const double aspect = 1.6;
    const Matrix4 matrix = camera.world_to_clip(aspect, {{-200, -200, -200}, {200, 200, 200}});
    for (const Vec2 at : {Vec2{0, 0}, Vec2{0.9, -0.4}, Vec2{-1, 1}}) {
      const Ray ray = camera.ray(at, aspect);
      CHECK(length(ray.direction) == Approx(1));
      const Vec3 point = ray.origin + ray.direction * 333.0;
      const auto seen = camera.project(point, aspect);
      REQUIRE(seen);
      CHECK(length(seen->at - at) < 1e-9);
      CHECK(seen->depth == Approx(dot(point - camera.eye(), camera.forward())));
      const Vec3 drawn = clip_place(matrix, point);
      CHECK(drawn.x == Approx(at.x).margin(1e-4));
      CHECK(drawn.y == Approx(at.y).margin(1e-4));
    }
    // The span is the height of what is seen at the target.
    const Vec3 top = camera.target + camera.up() * 125.0;
    CHECK(camera.project(top, aspect)->at.y == Approx(1));
    CHECK(camera.half_height_at(camera.target) == Approx(125));
  }
  const Camera camera;
  CHECK_FALSE(camera.project(camera.eye() - camera.forward(), 1));
}

TEST_CASE("the scene lies between near and far") {
  const Box3 scene{{-300, -200, 0}, {300, 200, 1800}};
  for (const bool perspective : {true, false})
    for (const StandardView view : all_views) {
      Camera camera;
      camera.perspective = perspective;
      camera.look(view);
      camera.fit(scene, 1.5);
      const Matrix4 matrix = camera.world_to_clip(1.5, scene);
      for (const Vec3& corner : corners(scene)) CHECK(std::abs(clip_place(matrix, corner).z) <= 1);
    }
}

TEST_CASE("zooming keeps what is under the pointer") {
  for (const bool perspective : {true, false}) {
    Camera camera{{5, 6, 7}, 20, 40, 100, perspective, 30};
    const Vec2 at{0.6, -0.3};
    const Ray ray = camera.ray(at, 1.5);
    const Vec3 near_by = ray.origin + ray.direction * 120.0, beyond = ray.origin + ray.direction * 400.0;
    camera.zoom(0.5, at, 1.5);
    CHECK(camera.span == Approx(50));
    CHECK(length(camera.project(near_by, 1.5)->at - at) < 1e-9);
    CHECK(length(camera.project(beyond, 1.5)->at - at) < 1e-9);
  }
}

TEST_CASE("panning moves what lies at the target's depth as the pointer goes") {
  Camera camera;
  const Vec3 grabbed = camera.target + camera.right() * 20.0 + camera.up() * -30.0;
  const Vec2 before = camera.project(grabbed, 1.3)->at;
  camera.pan({0.25, -0.125}, 1.3);
  CHECK(length(camera.project(grabbed, 1.3)->at - before - Vec2{0.25, -0.125}) < 1e-9);
}

TEST_CASE("turning stops at the poles and goes round the other way") {
  Camera camera;
  camera.orbit(0, 500);
  CHECK(camera.pitch == 90);
  camera.orbit(0, -500);
  CHECK(camera.pitch == -90);
  camera.yaw = 170;
  camera.orbit(20, 0);
  CHECK(camera.yaw == Approx(-170));
}

TEST_CASE("turning about a point keeps it where it is seen") {
  for (const bool perspective : {true, false}) {
    Camera camera{{1, 2, 3}, 10, 20, 80, perspective, 30};
    const Vec3 pivot{15, -12, 8};
    const Camera::Projected before = *camera.project(pivot, 1.4);
    camera.orbit_about(pivot, 77, -35);
    CHECK(camera.yaw == Approx(87));
    CHECK(length(camera.project(pivot, 1.4)->at - before.at) < 1e-9);
    CHECK(camera.project(pivot, 1.4)->depth == Approx(before.depth));
  }
}

TEST_CASE("a fitted box is seen whole, and nearly fills the picture") {
  for (const Box3& box :
       {Box3{{0, 0, 0}, {800, 300, 1800}}, Box3{{-40, -30, -1}, {40, 30, 1}}, Box3{{5, 5, 5}, {5.5, 400, 5.5}}})
    for (const bool perspective : {true, false})
      for (const StandardView view : all_views)
        for (const double aspect : {0.5, 1.0, 2.2}) {
          Camera camera;
          camera.perspective = perspective;
          camera.look(view);
          camera.fit(box, aspect);
          double reach = 0;
          for (const Vec3& corner : corners(box)) {
            const auto seen = camera.project(corner, aspect);
            REQUIRE(seen);
            reach = std::max({reach, std::abs(seen->at.x), std::abs(seen->at.y)});
          }
          INFO(to_string(view) << " " << perspective << " " << aspect);
          CHECK(reach <= 0.93);
          CHECK(reach >= 0.9);
        }
  Camera camera;
  camera.fit({}, 1);
  CHECK(camera == Camera{});
}

TEST_CASE("a move of the camera begins and ends where it should, the short way round") {
  const Camera from{{0, 0, 0}, 170, 0, 100, true, 30}, to{{10, 0, 0}, -170, 40, 400, false, 30};
  CHECK(between(from, to, 0) == from);
  CHECK(between(from, to, 1) == to);
  const Camera half = between(from, to, 0.5);
  CHECK(std::abs(half.yaw) == Approx(180));
  CHECK(half.pitch == Approx(20));
  CHECK(half.span == Approx(200));
  CHECK(half.target.x == Approx(5));
}
