// The first screen: recent designs, products and one's own templates as cards.
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
  /// How cards stand: as many beside each other as fill the window, none wider than it takes to be looked at.
  struct Grid {
    int columns = 1;
    float width = 0, gap = 0;  ///< of a card, and between two
  };
  static Grid grid_of(const Gui& gui, std::size_t cards);
  void draw_designs(Desk& desk, Gui& gui, const std::vector<Card>& all, const Grid& grid);
  void draw_products(Desk& desk, Gui& gui, const std::vector<Card>& all, const Grid& grid);
  void draw_cards(Desk& desk, Gui& gui, const std::vector<Card>& cards, const Grid& grid);
  /// True when it was clicked.
  bool draw_card(Gui& gui, const Card& card, float width);
  /// By Tab or an arrow from the search into the cards, and by Tab back.
  void move_keyboard();
  static void open(Desk& desk, const Card& card);
  const Texture* picture(const Card& card);

  std::string search_;
  bool search_asked_ = false, cards_asked_ = false;  ///< the keyboard is to go there
  bool entered_ = false;                             ///< Enter was pressed in the search
  bool in_cards_ = false;                            ///< the keyboard is there
  std::map<std::string, Texture> pictures_;          ///< by the thumbnail's path
};

}  // namespace fitwright::desktop
