// Meshes are held to the exact surfaces, whose formulas FaceInfo gives: how far triangles stray, how normals stand.
#include <random>

#include "tests/unit/kernel/build.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string s(const char* text) { return text; }

double along(Vec3 p, const FaceInfo& face) { return dot(p - face.point, face.direction); }
Vec3 from_axis(Vec3 p, const FaceInfo& face) { return p - face.point - face.direction * along(p, face); }

/// Distance of a point from the surface that the face lies on, by elementary geometry; none for other surfaces.
std::optional<double> distance(Vec3 p, const FaceInfo& face) {
  switch (face.kind) {
    case SurfaceKind::plane: return std::abs(along(p, face));
    case SurfaceKind::cylinder: return std::abs(length(from_axis(p, face)) - face.radius);
    case SurfaceKind::sphere: return std::abs(length(p - face.point) - face.radius);
    case SurfaceKind::torus:
      return std::abs(std::hypot(length(from_axis(p, face)) - face.radius, along(p, face)) - face.radius2);
    case SurfaceKind::cone: {
      // The cone narrows or widens along its axis: which, the sign of the half angle says.
      const double half = face.radius2 * pi / 180;
      return std::abs((length(from_axis(p, face)) - face.radius) * std::cos(half) - along(p, face) * std::sin(half));
    }
    default: return std::nullopt;
  }
}

/// The largest distance of places in triangles from their surfaces, and how many places were measured.
std::pair<double, int> furthest(const BuiltPart& part) {
  double worst = 0;
  int count = 0;
  for (std::size_t t = 0; t < part.mesh.triangles.size(); ++t) {
    const Triangle& triangle = part.mesh.triangles[t];
    const auto corner = [&](int k) { return part.mesh.vertices[triangle[k]]; };
    constexpr int n = 4;
    for (int i = 0; i <= n; ++i)
      for (int j = 0; i + j <= n; ++j) {
        const double u = 1.0 * i / n, v = 1.0 * j / n;
        const Vec3 p = corner(0) * (1 - u - v) + corner(1) * u + corner(2) * v;
        if (const auto d = distance(p, part.faces[part.mesh.face_of[t]])) {
          worst = std::max(worst, *d);
          ++count;
        }
      }
  }
  return {worst, count};
}

std::vector<NodePtr> solids() {
  const auto block = op("box", {40.0, 30.0, 12.0});
  const auto disc = [](double x, double y, double r) { return op("profile_move", {op("circle", {r}), x, y}); };
  const auto knob = op("revolve", {op("polygon", {std::vector<Vec2>{{0, 0}, {20, 0}, {20, 10}, {16, 12}, {0, 12}}})});
  const auto grooves =
      op("move", {op("extrude", {op("profile_polar_pattern", {disc(20, 0, 1.5), 9.0}), 30.0}), 0.0, 0.0, -9.0});
  return {
      op("cylinder", {7.0, 20.0}),
      op("sphere", {9.0}),
      op("torus", {12.0, 4.0}),
      op("cone", {9.0, 3.0, 15.0}),
      op("cut", {knob, Nodes{grooves}}),
      op("fillet", {block, op("edges.all"), 3.0}),
      op("cut", {op("sphere", {15.0}), Nodes{op("move", {op("cylinder", {4.0, 60.0}), 5.0, 2.0, -30.0})}}),
      op("cut", {op("rotate", {op("torus", {14.0, 5.0}), s("x"), 33.0}), Nodes{op("move", {block, 3.0, -4.0, -5.0})}}),
      op("union", {Nodes{op("cylinder", {6.0, 30.0}),
                         op("rotate", {op("move", {op("cylinder", {4.0, 30.0}), 0.0, 0.0, -15.0}), s("x"), 80.0})}}),
  };
}

}  // namespace

TEST_CASE("no triangle strays further from its surface than the deflection") {
  int number = 0;
  for (const NodePtr& solid : solids()) {
    ++number;
    for (const double linear : {0.5, 0.1, 0.02}) {
      INFO("solid " << number << " at " << linear << " mm");
      const BuiltPart part = build(solid, true, {.linear = linear, .angular = 60});
      const auto [worst, count] = furthest(part);
      CHECK(count > 400);
      // Where two curved surfaces meet, the kernel's own curve lies up to a micrometre off them.
      CHECK(worst <= linear * 1.01 + 1e-3);
      CHECK(faults_text(part.mesh) == "");
    }
  }
}

TEST_CASE("a turn of the normal along a chord keeps to the angular deflection") {
  for (const double angular : {40.0, 20.0, 8.0}) {
    const BuiltPart part = build(op("cylinder", {7.0, 20.0}), true, {.linear = 10, .angular = angular});
    for (const Triangle& t : part.mesh.triangles)
      for (int k = 0; k < 3; ++k) {
        const Vec3 a = part.mesh.vertices[t[k]], b = part.mesh.vertices[t[(k + 1) % 3]];
        if (std::hypot(a.x, a.y) < 6.9 || std::hypot(b.x, b.y) < 6.9) continue;
        const double turn = std::abs(std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)) * 180 / pi;
        // Along the wall; the discs at both ends are crossed by longer chords.
        if (std::abs(a.z - b.z) > 1) CHECK(turn <= angular + 1e-9);
      }
  }
}

TEST_CASE("normals are the surface's own") {
  const BuiltPart part = build(op("fillet", {op("box", {40.0, 30.0, 12.0}), op("edges.all"), 3.0}));
  for (std::size_t t = 0; t < part.mesh.triangles.size(); ++t)
    for (int k = 0; k < 3; ++k) {
      const FaceInfo& face = part.faces[part.mesh.face_of[t]];
      const Vec3f n = part.mesh.normals[t][k];
      const Vec3 normal{n.x, n.y, n.z}, p = part.mesh.vertices[part.mesh.triangles[t][k]];
      Vec3 expected = face.direction;
      if (face.kind == SurfaceKind::cylinder) expected = normalized(from_axis(p, face));
      if (face.kind == SurfaceKind::sphere) expected = normalized(p - face.point);
      CHECK(length(normal - expected) < 1e-6);
    }
}
