// From the design to whoever makes it: verdict, the ways side by side, what one of them needs, the package.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/desktop/desk.hpp"
#include "app/desktop/file_dialog.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/panels/findings.hpp"
#include "app/desktop/viewport/viewport.hpp"

namespace fitwright::desktop {

class MakeItPage {
 public:
  void ask() { asked_ = true; }
  /// `aside`: a box that belongs to it stands in its place.
  void draw(Desk& desk, Gui& gui, FileDialog& files, FindingsPanel& findings, Pointer& pointer, bool aside);
  /// Something is worked out whose progress is shown.
  bool working() const { return open_ && working_; }

 private:
  void begin(Desk& desk);
  void draw_verdict(Desk& desk, Gui& gui, FindingsPanel& findings);
  void draw_progress(Desk& desk, Gui& gui, const Orderer::State& state);
  void draw_ways(Desk& desk, Gui& gui, const Orderer::State& state);
  void draw_way(Desk& desk, Gui& gui, const Orderer::State& state, std::size_t index);
  void draw_where(Desk& desk, Gui& gui, FileDialog& files);
  void draw_outcome(Gui& gui, const Orderer::State& state, bool named, bool asks) const;
  void draw_buttons(Desk& desk, Gui& gui, const Orderer::State& state);
  void write(Desk& desk, const std::filesystem::path& path);
  void close(Desk& desk);

  std::string folder_, stem_, problem_, workshop_;
  std::filesystem::path written_;
  std::optional<std::size_t> shown_way_;  ///< was scrolled to
  bool asked_ = false, open_ = false, working_ = false, replace_ = false;
};

/// Of the way chosen: how its parts lie, what to buy, what stands in the way, the rules of the place.
void draw_way_details(Desk& desk, Gui& gui, const Orderer::State& state, Pointer& pointer);

}  // namespace fitwright::desktop
