// The first screen: products as cards, one's own templates, recent designs.
#pragma once

#include <map>
#include <string>

#include "app/desktop/desk.hpp"
#include "app/desktop/file_dialog.hpp"
#include "app/desktop/gui.hpp"
#include "app/desktop/texture.hpp"

namespace fitwright::desktop {

class LibraryPanel {
 public:
  void draw(Desk& desk, Gui& gui, FileDialog& files);

 private:
  void draw_head(Desk& desk, Gui& gui, FileDialog& files);
  void draw_recent(Desk& desk, Gui& gui);
  void draw_cards(Desk& desk, Gui& gui);
  void draw_card(Desk& desk, Gui& gui, const Card& card, ImVec2 size);
  const Texture* picture(const Card& card);

  std::string search_;
  std::map<std::string, Texture> pictures_;  ///< by the thumbnail's path
};

}  // namespace fitwright::desktop
