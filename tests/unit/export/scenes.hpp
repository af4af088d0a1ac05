// Scenes for the tests of file formats.
#pragma once

#include <string>

#include "export/format.hpp"
#include "tests/outside.hpp"
#include "tests/unit/mesh/shapes.hpp"

namespace fitwright::test {

/// Two kinds of part, three pieces: a plate of 40 x 20 x 5 twice, the second on its edge, and a ball.
inline Scene plates_and_ball() {
  ScenePart plate;
  plate.name = "plate";
  plate.colour = {1, 0.5, 0};
  plate.mesh = box_mesh({0, 0, 0}, {40, 20, 5});
  plate.assembled = {Placement{}, Placement::translation({0, 0, 50}) * Placement::rotation({1, 0, 0}, 90)};
  ScenePart ball;
  ball.name = "ball <\"B\xC3\xB6ll\" & co>";
  ball.mesh = sphere_mesh({7, 8, 9}, 6, 3);
  ball.assembled = {Placement::translation({100, 0, 0})};
  Scene scene;
  scene.parts = {plate, ball};
  scene.metadata.title = "Plates & ball";
  scene.metadata.author = "A. Maker";
  scene.metadata.licence = "CC-BY-4.0";
  scene.metadata.template_id = "plates";
  scene.metadata.template_version = "1.2.0";
  scene.metadata.parameters = {{"width", "40 mm"}, {"count", "2"}};
  return scene;
}

inline const Format& format_of(const std::string& file_name) {
  const auto format = find_format(file_name);
  REQUIRE(format);
  return **format;
}

inline std::string written(const std::string& file_name, const Scene& scene, std::optional<Pose> pose = {}) {
  const auto bytes = write_scene(format_of(file_name), scene, pose);
  if (!bytes) FAIL(describe(bytes.error()));
  return *bytes;
}

inline ImportedModel read_back(const std::filesystem::path& path) {
  const auto model = read_model(path);
  if (!model) FAIL(describe(model.error()));
  return *model;
}

}  // namespace fitwright::test
