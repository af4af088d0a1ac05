#include "tests/unit/products/closed_forms.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Box {
  double length = 120, breadth = 80, height = 40, corner = 6, wall = 2, floor = 2, rim = 1;
  double lid = 2, lip = 4, lip_room = 1.4, gap = 0.2;
  double posts = 4, boss = 7, pilot = 3, lid_hole = 3.4, solid = 10;
  double standoffs = 0, standoff = 6, standoff_height = 5, standoff_pilot = 2.2;
  double vents = 12, vent_width = 2, vent_height = 16;
  double ports = 12.5 * 11 + 16 * pi;  // area of all cut-outs in the walls
};

// What rounding the upper outer edge takes away, by Pappus. The section removed is a square r x r less a
// quarter disc, area (1 - pi/4) r2. Its centroid lies d = (r3/2 - (pi/4) r2 (r - 4r/3pi)) / area from the
// outer face, which is r (10 - 3pi)/(12 - 3pi). It runs along the straight sides and, at the four corners,
// once around a circle of radius corner - d.
double rounded_off(const Box& b) {
  const double area = (1 - pi / 4) * square(b.rim);
  const double d = b.rim * (10 - 3 * pi) / (12 - 3 * pi);
  const double straight = 2 * (b.length - 2 * b.corner) + 2 * (b.breadth - 2 * b.corner);
  return area * (straight + 2 * pi * (b.corner - d));
}

// Block less rim, cavity, openings through the wall, holes in the posts; posts and standoffs stand free of
// the walls in the cavity, so they add whole cylinders.
double body(const Box& b) {
  const double deep = b.height - b.floor;
  const double block = rounded_rectangle(b.length, b.breadth, b.corner) * b.height - rounded_off(b);
  const double cavity = rounded_rectangle(b.length - 2 * b.wall, b.breadth - 2 * b.wall, b.corner - b.wall) * deep;
  const double posts = b.posts * (disc(b.boss) * deep - disc(b.pilot) * (b.height - b.solid));
  const double standoffs =
      b.standoffs * (disc(b.standoff) * b.standoff_height - disc(b.standoff_pilot) * (b.standoff_height - 1));
  const double openings = (b.vents * stadium(b.vent_height, b.vent_width) + b.ports) * b.wall;
  return block - cavity + posts + standoffs - openings;
}

double lid(const Box& b) {
  const auto ring_edge = [&b](double inset) {
    return rounded_rectangle(b.length - 2 * inset, b.breadth - 2 * inset, b.corner - inset);
  };
  const double plate = ring_edge(0) - b.posts * disc(b.lid_hole);
  return plate * b.lid + (ring_edge(b.wall + b.gap) - ring_edge(b.wall + b.lip_room)) * b.lip;
}

void check_volumes(const Made& made, const Box& expected) {
  CHECK(exact_volume(*made.part("body").solid, 1e-8) == Approx(body(expected)).epsilon(1e-6));
  CHECK(exact_volume(*made.part("lid").solid, 1e-8) == Approx(lid(expected)).epsilon(1e-6));
}

/// How much of a mesh's surface lies inside a box: nought where the box is free, or all solid.
double surface_inside(const BuiltPart& part, Box3 box) {
  double area = 0;
  for (const auto& corners : part.mesh.triangles) {
    std::vector<Vec3> piece;
    for (const auto i : corners) piece.push_back(part.mesh.vertices[i]);
    for (int side = 0; side < 6; ++side) {
      const auto depth = [&](Vec3 v) {
        const double at[] = {v.x - box.min.x, box.max.x - v.x, v.y - box.min.y,
                             box.max.y - v.y, v.z - box.min.z, box.max.z - v.z};
        return at[side];
      };
      std::vector<Vec3> kept;
      for (std::size_t i = 0; i < piece.size(); ++i) {
        const Vec3 a = piece[i], b = piece[(i + 1) % piece.size()];
        if (depth(a) >= 0) kept.push_back(a);
        if ((depth(a) < 0) != (depth(b) < 0)) kept.push_back(a + (b - a) * (depth(a) / (depth(a) - depth(b))));
      }
      piece = std::move(kept);
    }
    for (std::size_t i = 2; i < piece.size(); ++i)
      area += length(cross(piece[i - 1] - piece[0], piece[i] - piece[0])) / 2;
  }
  return area;
}

}  // namespace

TEST_CASE("enclosure: volume and size at the defaults") {
  const Made made = make("enclosure");
  check_volumes(made, {});
  // An independent kernel's model of the same drawing has 72924.6 mm3.
  CHECK(made.volume() == Approx(72924.6332).epsilon(1e-6));
  CHECK(made.pieces() == 2);
  CHECK(near(made.part("body").box.size(), {120, 80, 40}));
  CHECK(near(made.part("lid").box.size(), {120, 80, 6}));
  const Box3 closed = made.assembled_box();
  CHECK(near(closed.min, {-60, -40, 0}));
  CHECK(near(closed.max, {60, 40, 42}));
}

TEST_CASE("enclosure: volume of a larger box with M4 screws") {
  const Made made = make("enclosure", {{"length", 160.0},
                                       {"breadth", 100.5},
                                       {"height", 55.0},
                                       {"corner", 10.0},
                                       {"wall", 3.0},
                                       {"floor", 2.5},
                                       {"rim", 1.8},
                                       {"lid_thickness", 3.0},
                                       {"lip", 5.0},
                                       {"lip_room", 2.0},
                                       {"lid_fit", std::string("process")},
                                       {"boss_d", 9.0},
                                       {"inset", 10.0},
                                       {"screw", std::string("M4")},
                                       {"solid", 20.0},
                                       {"vents", 7.0},
                                       {"vent_pitch", 8.0},
                                       {"vent_width", 3.0},
                                       {"vent_height", 24.0},
                                       {"vent_z", 26.0},
                                       {"rect_width", 9.0},
                                       {"rect_height", 3.5},
                                       {"round_d", 12.5}});
  check_volumes(made, {.length = 160,
                       .breadth = 100.5,
                       .height = 55,
                       .corner = 10,
                       .wall = 3,
                       .floor = 2.5,
                       .rim = 1.8,
                       .lid = 3,
                       .lip = 5,
                       .lip_room = 2,
                       .gap = 0.25,
                       .boss = 9,
                       .pilot = 3.3,
                       .lid_hole = 4.5,
                       .solid = 20,
                       .vents = 7,
                       .vent_width = 3,
                       .vent_height = 24,
                       .ports = 9 * 3.5 + disc(12.5)});
}

TEST_CASE("enclosure: volume with board mounts and end port, without posts, rim, vents") {
  const Made made = make("enclosure", {{"length", 100.0},
                                       {"breadth", 70.0},
                                       {"height", 30.0},
                                       {"corner", 5.0},
                                       {"rim", 0.0},
                                       {"posts", false},
                                       {"standoffs", true},
                                       {"board_pitch_x", 50.0},
                                       {"board_pitch_y", 40.0},
                                       {"board_x", 5.0},
                                       {"board_y", -3.0},
                                       {"standoff_height", 6.0},
                                       {"standoff_d", 5.0},
                                       {"standoff_pilot", 1.8},
                                       {"vents", 0.0},
                                       {"rect_port", false},
                                       {"round_port", false},
                                       {"side_port", true},
                                       {"side_y", 4.0},
                                       {"side_z", 12.0},
                                       {"side_width", 14.0},
                                       {"side_height", 7.0}});
  check_volumes(made, {.length = 100,
                       .breadth = 70,
                       .height = 30,
                       .corner = 5,
                       .rim = 0,
                       .posts = 0,
                       .standoffs = 4,
                       .standoff = 5,
                       .standoff_height = 6,
                       .standoff_pilot = 1.8,
                       .vents = 0,
                       .ports = 14 * 7});
}

TEST_CASE("enclosure: the openings are where they are asked for") {
  const Made made = make("enclosure");
  const auto body = made.assembled_vertices("body");
  for (double y : {-40.0, -38.0}) {
    CHECK(has_vertex(body, {-31.25, y, 9.5}));
    CHECK(has_vertex(body, {-18.75, y, 20.5}));
  }
  // Outermost vent: its straight side ends where the round end begins, at z = 20 - 7.
  for (double y : {38.0, 40.0}) {
    CHECK(has_vertex(body, {-34, y, 13}));
    CHECK(has_vertex(body, {34, y, 27}));
  }
  const auto holes = [](const FaceInfo& f) { return f.kind == SurfaceKind::cylinder && near(f.radius, 4); };
  bool found = false;
  for (const FaceInfo& face : made.part("body").faces)
    if (holes(face) && near(face.direction.y * face.direction.y, 1) && near(face.point.x, 25) && near(face.point.z, 15))
      found = true;
  CHECK(found);
}

// Mechanical drawings of the Raspberry Pi 3B+ and 4B: 85 x 56 mm, holes 3.5 mm from the edge with the memory card and
// 58 mm on, 49 mm across. Places of sockets are measured from that edge, or from the front edge. The sockets of the
// right-hand end stand out by 3 mm, those in front by up to 2.5 mm.
TEST_CASE("enclosure: the Raspberry Pi goes into its preset, and plugs reach every socket") {
  const auto about = product_script("enclosure").describe();
  REQUIRE(about);
  const Preset* preset = about->find_preset("raspberry_pi");
  REQUIRE(preset);
  const Made made = make("enclosure", preset->values);
  const BuiltPart& body = made.part("body");
  const auto number = [&](const char* name) { return std::get<double>(preset->values.at(name)); };
  const double left = number("board_x") - 58.0 / 2 - 3.5, front = number("board_y") - 49.0 / 2 - 3.5;
  const double under = 2 + number("standoff_height"), top = under + 1.4, rim = number("height");

  for (double u : {3.5, 61.5})
    for (double v : {3.5, 52.5}) {
      INFO("hole " << u << " " << v);
      CHECK(std::any_of(body.faces.begin(), body.faces.end(), [&](const FaceInfo& face) {
        return face.kind == SurfaceKind::cylinder && near(face.radius, 1.1) && near(face.point.x, left + u) &&
               near(face.point.y, front + v);
      }));
    }

  // The way of the board and its sockets, from above the rim down to the standoffs.
  const double play = 0.01;
  CHECK(surface_inside(body, {{left, front, under + play}, {left + 85, front + 56, rim + 1}}) == 0);
  CHECK(surface_inside(body, {{left + 85, front + 1, top}, {left + 88, front + 55, rim + 1}}) == 0);
  CHECK(surface_inside(body, {{left + 6, front - 2.5, top}, {left + 58, front, rim + 1}}) == 0);

  // What a plug needs before the wall: sleeves of USB-C are up to 12.35 x 6.5 mm, of small HDMI plugs 11.2 x 7.5, of
  // full HDMI and micro USB plugs as wide as the opening leaves, of sound 10.
  struct Plug {
    const char* name;
    double at, wide, z, tall;
  };
  for (const Plug& plug :
       {Plug{"USB-C", 11.2, 12.35, top + 1.6, 6.5}, Plug{"HDMI 0", 26, 11.2, top + 1.7, 7.5},
        Plug{"HDMI 1", 39.5, 11.2, top + 1.7, 7.5}, Plug{"sound", 53.5, 7, top + 3, 7},
        Plug{"Pi 3: micro USB", 10.6, 10.6, top + 1.5, 8.5}, Plug{"Pi 3: HDMI", 32, 21, top + 3.2, 10.5}}) {
    INFO(plug.name);
    const double x = left + plug.at, y = -number("breadth") / 2 - 5;
    const Box3 way{{x - plug.wide / 2, y, plug.z - plug.tall / 2}, {x + plug.wide / 2, front, plug.z + plug.tall / 2}};
    CHECK(surface_inside(body, way) == 0);
  }
  // Two USB sockets one above the other and Ethernet: from 1.5 to 54.5 mm across on both models, 16 mm high.
  CHECK(surface_inside(body, {{left + 85, front + 1.5, top}, {left + 110, front + 54.5, top + 16}}) == 0);
}

}  // namespace fitwright::test
