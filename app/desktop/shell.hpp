// One frame of the window: which panels stand where, and what keys and commands do.
#pragma once

#include <nlohmann/json.hpp>

#include "app/desktop/commands.hpp"
#include "app/desktop/desk.hpp"
#include "app/desktop/file_dialog.hpp"
#include "app/desktop/flat/flat_view.hpp"
#include "app/desktop/panels/customise.hpp"
#include "app/desktop/panels/dialogs.hpp"
#include "app/desktop/panels/estimate_strip.hpp"
#include "app/desktop/panels/export_dialog.hpp"
#include "app/desktop/panels/findings.hpp"
#include "app/desktop/panels/library.hpp"
#include "app/desktop/panels/machines_dialog.hpp"
#include "app/desktop/panels/make_it.hpp"
#include "app/desktop/panels/prices_dialog.hpp"
#include "app/desktop/panels/workbench.hpp"
#include "app/desktop/viewport/viewport.hpp"

namespace fitwright::desktop {

class Shell {
 public:
  Shell(Desk& desk, Renderer& renderer);

  void frame(Window& window, Gui& gui);
  bool done() const { return done_; }
  /// The next frame will differ though nothing happens.
  bool animates() const { return moving() || !later_.empty() || picture_asked_; }
  /// What moved rests, and is about to be drawn as well as can be.
  bool settles() const { return picture_shown_ && (viewport_.view.main.hasty() || viewport_.view.other.hasty()); }
  /// Something goes on in the background whose progress is shown.
  bool works() const { return desk_.now.busy || export_.working() || make_it_.working(); }
  Desk& desk() { return desk_; }
  const Desk& desk() const { return desk_; }
  /// The frame just drawn is for a picture of the model, to be kept and not shown.
  bool picture_due() const { return picture_due_; }
  /// The frame to come is for a picture, and this many times as large as the window; 1: as large.
  int picture_factor() const { return picture_asked_ ? picture_factor_ : 1; }
  /// What the picture is of, in window coordinates.
  const Viewport& viewport() const { return viewport_; }
  /// Its pixels as the frame shows them: RGBA, top row first. Asks where to.
  void keep_picture(PixelSize size, const std::vector<std::uint8_t>& pixels);
  /// For the probe: what is open and how it stands.
  nlohmann::json state_json() const;

 private:
  void add_document_commands();
  void add_view_commands();
  void add_app_commands();
  void take_input(Window& window, Gui& gui);
  /// A key while a box or menu is open: they know most keys themselves.
  void press_in_box(const KeyPress& key, Gui& gui);
  bool box_open() const;
  void follow_document();
  void draw_workbench(Gui& gui);
  void draw_splitter(Gui& gui, float& width);
  void draw_model(Gui& gui);
  void draw_picture(Gui& gui, ImVec2 size);
  void ask_save_name(const std::function<void()>& then);
  void leave();
  bool moving() const { return picture_shown_ && viewport_.moving(); }

  Desk& desk_;
  Commands commands_;
  FileDialog files_;
  LibraryPanel library_;
  TopBar top_bar_;
  CustomisePanel customise_;
  VariantStrip variants_;
  ExportDialog export_;
  Dialogs dialogs_;
  FindingsPanel findings_;
  MachinesDialog machines_;
  FlatView flat_;
  EstimateStrip estimate_;
  MakeItPage make_it_;
  PricesDialog prices_;
  Viewport viewport_;
  Pointer pointer_;
  std::vector<KeyPress> later_;  ///< for the next frame
  std::uint64_t opened_ = 0;
  int picture_factor_ = 1;
  bool shared_ = false;        ///< flat parts stand beside the picture
  bool picture_shown_ = true;  ///< and not flat parts in its place
  bool done_ = false, copy_asked_ = false, picture_asked_ = false, picture_due_ = false;
};

}  // namespace fitwright::desktop
