// The parts that are cut from sheet, drawn as they lie on it: beside the picture of the model, or in its place where
// there is little room. Below them what to cut and buy.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/desktop/desk.hpp"
#include "app/desktop/flat/flat_drawing.hpp"
#include "app/desktop/gui.hpp"

namespace fitwright::desktop {

class FlatView {
 public:
  bool open() const { return open_; }
  void toggle() { open_ = !open_; }
  void start_anew();
  /// All that is drawn, in the middle.
  void fit() { fitted_ = true; }
  /// Once a frame: asks for outlines while they are looked at, and takes those that came.
  void follow(Desk& desk);
  /// Into the present window, all of it.
  void draw(Desk& desk, Gui& gui);
  /// Name of the part that is shown; empty: all.
  const std::string& chosen() const { return chosen_; }
  /// Pixels of a millimetre.
  double scale() const { return scale_; }

 private:
  /// A part with its drawing.
  struct Sheet {
    std::size_t part;  ///< index into the model's parts
    FlatPart flat;
  };

  void draw_header(Desk& desk, Gui& gui);
  void draw_choice(const Response& model, Gui& gui, bool inches);
  void draw_canvas(Desk& desk, Gui& gui, float height);
  void draw_sheets(Desk& desk, Gui& gui, const Paper& paper);
  void draw_words(Gui& gui, const Paper& paper, std::size_t sheet, bool inches);
  void draw_empty(Gui& gui, const Area& area);
  /// Which parts are not drawn, in words; empty: all are.
  std::string left_out() const;
  void place(const Gui& gui, const Area& area);
  void place_one(const Gui& gui, Vec2 room, bool held);
  void place_all(const Gui& gui, Vec2 room, bool held);
  FlatLayout laid_out(const Gui& gui, Vec2 room, double scale) const;
  /// At which all parts fit, in their present number of lines.
  double largest_scale(const Gui& gui, Vec2 room) const;
  void navigate(Gui& gui, Paper& paper);
  void point(Gui& gui, const Paper& paper, bool inches);
  const Sheet* sheet_at(Vec2 at, Vec2& within) const;
  const ResponsePart& part_of(const Sheet& sheet) const { return model_->parts[sheet.part]; }
  bool whole() const { return chosen_.empty(); }

  bool open_ = false, list_ = true;
  std::shared_ptr<const Response> model_;  ///< with outlines; null before the first
  std::vector<Sheet> sheets_;              ///< of the model
  std::vector<const Sheet*> shown_;
  FlatLayout layout_;
  int lines_ = 2;  ///< of words under each part
  std::string chosen_;
  Vec2 centre_;
  double scale_ = 1;
  bool fitted_ = true;  ///< the drawing fills the picture, until somebody moves it
  std::string placed_;  ///< what was chosen when it was laid out
  ImVec2 pressed_at_;
};

}  // namespace fitwright::desktop
