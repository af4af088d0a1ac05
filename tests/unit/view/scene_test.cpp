// Scenes: where copies go, and that exploding frees them.
#include "app/view/scene.hpp"
#include "tests/catch.hpp"
#include "tests/unit/view/shapes.hpp"

using namespace fitwright;

namespace {

std::vector<Box3> boxes(const ViewScene& scene) {
  std::vector<Box3> all;
  for (const ViewPart& part : scene.parts)
    for (const Placement& copy : part.copies) {
      Box3 box;
      for (const Vec3& vertex : part.part->built.mesh.vertices) box.add(copy.apply(vertex));
      all.push_back(box);
    }
  return all;
}

bool overlap(const Box3& a, const Box3& b) {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y && a.min.z < b.max.z &&
         b.min.z < a.max.z;
}

std::size_t overlaps(const ViewScene& scene) {
  const std::vector<Box3> all = boxes(scene);
  std::size_t count = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) count += overlap(all[i], all[j]);
  return count;
}

Placement at(double x, double y, double z) { return Placement::translation({x, y, z}); }

/// Sides, shelves that sit 6 mm deep in them, and a back in a groove: everything overlaps something.
std::shared_ptr<Response> bookshelf() {
  return response({block("side", {{0, 0, 0}, {18, 300, 1800}}, {}, {at(0, 0, 0), at(782, 0, 0)}),
                   block("shelf", {{0, 0, 0}, {776, 294, 18}}, {},
                         {at(12, 0, 60), at(12, 0, 400), at(12, 0, 800), at(12, 0, 1200), at(12, 0, 1782)}),
                   block("back", {{0, 0, 0}, {776, 3, 1740}}, {}, {at(12, 290, 60)})});
}

}  // namespace

TEST_CASE("an assembled scene has the copies where the product has them") {
  const auto model = bookshelf();
  const ViewScene scene = view_scene(model, Pose::assembled);
  REQUIRE(scene.parts.size() == 3);
  CHECK(scene.parts[1].copies == model->parts[1].assembled);
  CHECK(scene.parts[1].part == &model->parts[1]);
  CHECK(scene.box == Box3{{0, 0, 0}, {800, 300, 1800}});
  CHECK(overlaps(scene) == 17);  // each shelf with both sides and the back, and the back with both sides
}

TEST_CASE("hidden parts stay in the scene unseen and do not count for its box") {
  const ViewScene scene = view_scene(bookshelf(), Pose::assembled, 0, {"side", "back"});
  CHECK_FALSE(scene.parts[0].visible);
  CHECK(scene.parts[1].visible);
  CHECK(scene.box == Box3{{12, 0, 60}, {788, 294, 1800}});
  CHECK(view_scene(bookshelf(), Pose::assembled, 0, {"side", "back", "shelf"}).box.empty());
  CHECK(view_scene(nullptr, Pose::assembled).parts.empty());
}

TEST_CASE("exploding frees every copy, in proportion, and hiding moves nothing") {
  const auto model = bookshelf();
  const ViewScene whole = view_scene(model, Pose::assembled), apart = view_scene(model, Pose::assembled, 1);
  CHECK(overlaps(apart) == 0);
  const ViewScene half = view_scene(model, Pose::assembled, 0.5),
                  fewer = view_scene(model, Pose::assembled, 1, {"back"});
  for (std::size_t part = 0; part < 3; ++part)
    for (std::size_t copy = 0; copy < whole.parts[part].copies.size(); ++copy) {
      const Vec3 home = whole.parts[part].copies[copy].offset, away = apart.parts[part].copies[copy].offset;
      CHECK(length(half.parts[part].copies[copy].offset - (home + away) * 0.5) < 1e-9);
      CHECK(fewer.parts[part].copies[copy] == apart.parts[part].copies[copy]);
    }
  // Not needlessly far: within three times its size.
  CHECK(length(apart.box.size()) < 3 * length(whole.box.size()));
  // Left stays left, low stays low.
  CHECK(apart.parts[0].copies[0].offset.x < 0);
  CHECK(apart.parts[0].copies[1].offset.x > 782);
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(apart.parts[1].copies[i].offset.z > apart.parts[1].copies[i - 1].offset.z + 18);
}

TEST_CASE("exploding frees what is nested or crossed too") {
  CHECK(overlaps(view_scene(
            response({block("outer", {{0, 0, 0}, {100, 80, 40}}), block("inner", {{10, 10, 10}, {90, 70, 30}}),
                      block("core", {{40, 30, 15}, {60, 50, 25}}), block("far", {{500, 0, 0}, {510, 10, 10}}),
                      block("further", {{900, 0, 0}, {910, 10, 10}})}),
            Pose::assembled, 1)) == 0);
  CHECK(overlaps(view_scene(
            response({block("beam", {{-100, -5, -5}, {100, 5, 5}}), block("post", {{-5, -5, -100}, {5, 5, 100}}),
                      block("bar", {{-5, -100, -5}, {5, 100, 5}})}),
            Pose::assembled, 1)) == 0);
}

TEST_CASE("a made scene stands on the bed, and never explodes") {
  const ViewScene scene = view_scene(bookshelf(), Pose::made, 1);
  CHECK(scene.box.min == Vec3{0, 0, 0});
  CHECK(overlaps(scene) == 0);
  for (const Box3& box : boxes(scene)) CHECK(box.min.z == 0);
}
