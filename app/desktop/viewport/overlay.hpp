// What is drawn over the picture of the model: dimensions, handles, measures and the cube that shows which way one
// looks.
#pragma once

#include <optional>
#include <string>

#include "app/desktop/gui.hpp"
#include "app/desktop/viewport/view.hpp"

namespace fitwright::desktop {

/// From the scene to the window and back, for one picture.
struct Canvas {
  ImVec2 min, max;  ///< of the picture in the window
  const Camera* camera = nullptr;

  double aspect() const { return (max.x - min.x) / std::max(1.0F, max.y - min.y); }
  std::optional<ImVec2> to_screen(Vec3 point) const;
  Vec2 to_picture(ImVec2 screen) const;
  Ray ray(ImVec2 screen) const { return camera->ray(to_picture(screen), aspect()); }
  bool contains(ImVec2 screen) const {
    return screen.x >= min.x && screen.x < max.x && screen.y >= min.y && screen.y < max.y;
  }
};

/// A dimension line between two points of the scene, moved outwards by `offset`, with its text. Nothing where it would
/// be too short to read.
void draw_dimension(Gui& gui, const Canvas& canvas, Vec3 from, Vec3 to, Vec3 offset, const std::string& text,
                    const ImVec4& colour);
/// Width, depth and height of a box, on its near sides.
void draw_overall(Gui& gui, const Canvas& canvas, const Box3& box, bool inches);
void draw_measure(Gui& gui, const Canvas& canvas, const std::vector<Vec3>& points, bool inches);

/// Rings round the places of a finding.
void draw_places(Gui& gui, const Canvas& canvas, const std::vector<Vec3>& places);

/// The machine's plate below what is made on it, with the direction of building; `bed`: its width and depth, mm.
void draw_bed(Gui& gui, const Canvas& canvas, const Box3& model, Vec2 bed, const std::string& name);

/// A caption in a corner of the picture.
void draw_name(Gui& gui, ImVec2 at, const std::string& name);

/// An arrow to drag; `name` is what the probe calls it. True when the mouse is over it.
bool draw_handle(Gui& gui, const Canvas& canvas, Vec3 at, Vec3 direction, bool active, const std::string& name);
/// How far along the line through `at` the mouse points, mm.
double along_axis(const Canvas& canvas, ImVec2 mouse, Vec3 at, Vec3 direction);

/// The view that was clicked. `clicked`: the mouse was pressed in this frame; `over` tells whether it is on the cube.
std::optional<StandardView> draw_cube(Gui& gui, const Canvas& canvas, ImVec2 centre, bool clicked, bool& over);

}  // namespace fitwright::desktop
