// From the design to files: what kind, how fine, where to; with sizes before anything is written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/desktop/desk.hpp"
#include "app/desktop/file_dialog.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/panels/flat_options.hpp"

namespace fitwright::desktop {

class ExportDialog {
 public:
  void open(Desk& desk);
  void draw(Desk& desk, Gui& gui, FileDialog& files);
  /// Files are being made.
  bool working() const { return open_ && working_; }

 private:
  void draw_what(Desk& desk, Gui& gui);
  void draw_purpose(Desk& desk, Gui& gui);
  void draw_formats(Desk& desk, Gui& gui, std::string_view purpose);
  void draw_pose(Gui& gui);
  void draw_division(Desk& desk, Gui& gui);
  void draw_fineness(Gui& gui);
  void draw_where(Desk& desk, Gui& gui, FileDialog& files);
  void draw_plan(Desk& desk, Gui& gui, const Exporter::Plan& plan);
  void draw_progress(Gui& gui, const Exporter::Plan& plan);
  void draw_files(Gui& gui, const Exporter::Plan& plan);
  void draw_done(Desk& desk, Gui& gui);
  void draw_buttons(Desk& desk, Gui& gui, const Exporter::Plan& plan);
  void write(Desk& desk);
  void close(Desk& desk);

  ExportChoice choice_;
  FlatOptions flat_;  ///< kept while other formats are chosen
  FlatOptionRows flat_rows_;
  std::string chosen_format_;  ///< by the maker, in the document that was opened as number `chosen_in_`
  std::uint64_t chosen_in_ = 0;
  Request design_;
  std::string folder_, stem_, problem_;  ///< the first two as they are typed
  std::vector<std::filesystem::path> written_;
  bool asked_ = false, replace_ = false, open_ = false, working_ = false;
};

}  // namespace fitwright::desktop
