// What to cut and buy, as a table.
#pragma once

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"

namespace fitwright::desktop {

/// As high as its heading and, when it is open, all rows need, or as many whole ones as there is room for.
float cut_list_height(const Gui& gui, const Response& model, bool open, float most);
/// Into what is left of the present window; rows that have no room are scrolled to.
void draw_cut_list(Desk& desk, Gui& gui, const Response& model, bool& open);

}  // namespace fitwright::desktop
