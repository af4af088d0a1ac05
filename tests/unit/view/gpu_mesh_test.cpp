// What is sent to the graphics card, and how often.
#include "app/view/gpu_mesh.hpp"

#include "app/view/picture.hpp"
#include "tests/catch.hpp"
#include "tests/unit/view/shapes.hpp"

using namespace fitwright;

namespace {

ViewPart first_part(const std::shared_ptr<const Response>& model) { return {model, &model->parts.front(), {{}}}; }

}  // namespace

TEST_CASE("corners that agree are sent once") {
  // A cylinder's wall: neighbours share corners, for the normals come from the surface.
  TriangleMesh wall;
  constexpr int sides = 12;
  for (int i = 0; i < sides; ++i) {
    const double angle = 2 * 3.14159265358979 * i / sides;
    wall.vertices.push_back({std::cos(angle), std::sin(angle), 0});
    wall.vertices.push_back({std::cos(angle), std::sin(angle), 1});
  }
  const auto normal = [&](std::uint32_t v) {
    return Vec3f{static_cast<float>(wall.vertices[v].x), static_cast<float>(wall.vertices[v].y), 0};
  };
  for (std::uint32_t i = 0; i < sides; ++i) {
    const std::uint32_t a = 2 * i, b = 2 * ((i + 1) % sides);
    for (const Triangle& t : {Triangle{a, b, b + 1}, Triangle{a, b + 1, a + 1}}) {
      wall.triangles.push_back(t);
      wall.normals.push_back({normal(t[0]), normal(t[1]), normal(t[2])});
      wall.face_of.push_back(0);
    }
  }
  const PackedFaces packed = pack_faces(wall);
  CHECK(packed.vertices.size() == 2 * sides);
  CHECK(packed.indices.size() == 3 * wall.triangles.size());
  for (std::size_t i = 0; i < packed.indices.size(); ++i) {
    const Vec3 was = wall.vertices[wall.triangles[i / 3][i % 3]];
    const PackedVertex& is = packed.vertices[packed.indices[i]];
    CHECK(is.at[0] == Approx(was.x).margin(1e-7));
    CHECK(is.at[2] == Approx(was.z).margin(1e-7));
  }

  SECTION("a box has its eight corners three times each, with the normals of its faces") {
    const BuiltPart box = block("box", {{0, 0, 0}, {1, 2, 3}}).built;
    CHECK(pack_faces(box.mesh).vertices.size() == 24);
    TriangleMesh bare = box.mesh;
    bare.normals.clear();  // then they follow from the triangles
    const PackedFaces flat = pack_faces(bare), given = pack_faces(box.mesh);
    REQUIRE(flat.vertices.size() == 24);
    for (std::size_t i = 0; i < 24; ++i) CHECK(flat.vertices[i].normal == given.vertices[i].normal);
  }
  SECTION("normals are ten bits a number, negative ones too") {
    const BuiltPart box = block("box", {{0, 0, 0}, {1, 2, 3}}).built;
    CHECK(pack_faces(box.mesh).vertices.front().normal == (0x3ffU & static_cast<std::uint32_t>(-511)));
  }
}

TEST_CASE("equal meshes of later responses are not sent again") {
  const auto context = OffscreenContext::create();
  REQUIRE(context);
  MeshCache cache;
  auto one = cube(), same = cube(), other = response({block("cube", {{-10, -10, 0}, {10, 10, 21}})});
  cache.begin();
  const GpuMesh* first = &cache.find(first_part(one));
  CHECK(&cache.find(first_part(one)) == first);
  CHECK(&cache.find(first_part(same)) == first);
  CHECK(cache.uploads() == 1);
  CHECK(&cache.find(first_part(other)) != first);
  CHECK(cache.uploads() == 2);
  const std::weak_ptr<const Response> held = one;
  one.reset();
  CHECK_FALSE(held.expired());
  for (int i = 0; i < 40; ++i) {
    cache.begin();
    cache.find(first_part(same));
  }
  CHECK(held.expired());  // nothing has drawn it for long
  CHECK(cache.uploads() == 2);
  cache.find(first_part(other));
  CHECK(cache.uploads() == 3);
}
