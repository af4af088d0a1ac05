// The picture of the model in the window: turning, zooming, pointing, dragging arrows.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/desktop/desk.hpp"
#include "app/desktop/viewport/colour_map.hpp"
#include "app/desktop/viewport/overlay.hpp"

namespace fitwright::desktop {

/// What the viewport and the panels tell each other.
struct Pointer {
  std::string edited;                 ///< parameter whose entry or slider is in use: its dimension is drawn
  std::vector<std::string> revealed;  ///< parameters behind a face that was clicked: the panel scrolls to the first
  bool reveal = false;                ///< they are to be scrolled to in this frame
  bool machines_asked = false;        ///< the maker's own machines are to be shown
  bool prices_asked = false;          ///< and prices
  bool enter = false;                 ///< and the first one's entry takes the keyboard
  bool rule_told = false;             ///< the rule that stopped an edit is seen under its row

  void lead_to(const std::string& parameter) {
    revealed = {parameter};
    reveal = enter = true;
  }
};

class Viewport {
 public:
  explicit Viewport(Renderer& renderer) : view(renderer) {}

  /// Fills the rest of the current ImGui window.
  void draw(Desk& desk, Gui& gui, Pointer& pointer);
  /// Draws on its own account: a move of the camera is under way.
  bool moving() const { return moving_; }
  double aspect() const { return aspect_; }
  /// Where it is in the window: upper left corner and size.
  ImVec2 corner() const { return corner_; }
  ImVec2 size() const { return size_; }
  /// The document is another one: the camera looks at all of it as soon as there is a model.
  void start_anew();
  /// All of the model in the picture, once its scene is up to date.
  void look_at_all() { refit_ = true; }

  View view;
  ColourMap colours;

 private:
  struct Place {
    ImVec2 min, size;
  };
  void draw_picture(Desk& desk, Gui& gui, Pointer& pointer, Picture& picture,
                    const std::shared_ptr<const Response>& model, const Place& area, const char* id, bool main);
  void keep_in_view(const Canvas& canvas);
  void navigate(Gui& gui, const Canvas& canvas, bool hovered, bool active);
  void point(Desk& desk, const Canvas& canvas, Picture& picture, bool hovered, Pointer& pointer);
  void click(Desk& desk, Pointer& pointer);
  bool draw_handles(Desk& desk, Gui& gui, const Canvas& canvas, bool hovered, const Pointer& pointer);
  void drag_handle(Desk& desk, const Canvas& canvas);
  void draw_edited(Desk& desk, Gui& gui, const Canvas& canvas, const Pointer& pointer);
  void lay_plate(const Desk& desk, const Box3& model);
  void draw_machine(const Desk& desk, Gui& gui, const Canvas& canvas, const Box3& model) const;
  void draw_hover_text(Desk& desk, Gui& gui, const Picture& picture);
  DrawOptions options(const Desk& desk, const Gui& gui, bool main) const;

  struct HandleDrag {
    Handle handle;
    double value = 0, grabbed = 0;  ///< the parameter's value, and where along the axis the mouse took hold
    std::string gesture;
  };
  std::optional<HandleDrag> handle_drag_;
  bool moving_ = false, pressed_on_model_ = false, fit_pending_ = true, refit_ = false, comparing_before_ = false;
  Box3 seen_box_;
  double seen_aspect_ = 0;
  ImVec2 pressed_at_, pointed_at_, corner_, size_, hover_text_size_;
  double aspect_ = 1;
  std::shared_ptr<const Response> pointed_model_;
  int gestures_ = 0;
};

}  // namespace fitwright::desktop
