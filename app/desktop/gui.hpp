// Widgets of one look, each known to the probe by its name.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

#include "app/desktop/icons.hpp"
#include "app/desktop/letters.hpp"
#include "app/desktop/probe.hpp"
#include "app/desktop/theme.hpp"

namespace fitwright::desktop {

/// Where the hint of an item is shown, so that it covers neither the item nor what one would use next.
enum class HintPlace { below, right_of_window, left_of_window };

/// What every panel draws with.
struct Gui {
  Fonts fonts;
  Palette colours;
  float scale = 1;  ///< pixels of a unit
  Probe probe;
  Letters letters;
  HintPlace hints = HintPlace::below;
  bool plain = false;     ///< this frame is for a picture of the model: nothing passing is drawn over it
  bool hint_due = false;  ///< the mouse rests on something whose hint is shown soon, though nothing else happens

  float px(float units) const { return units * scale; }
};

/// Hints are shown there until the end of the scope.
class HintsAt {
 public:
  HintsAt(Gui& gui, HintPlace place) : gui_(gui), before_(gui.hints) { gui.hints = place; }
  ~HintsAt() { gui_.hints = before_; }
  HintsAt(const HintsAt&) = delete;
  HintsAt& operator=(const HintsAt&) = delete;

 private:
  Gui& gui_;
  HintPlace before_;
};

enum class ButtonStyle { plain, primary, quiet, danger };

/// A button; its text is also its name unless one is given. `hint` is shown on hover.
bool button(Gui& gui, const char* text, ButtonStyle style = ButtonStyle::plain, const char* hint = nullptr,
            std::string_view name = {}, ImVec2 size = {});
/// A square button with an icon; `pressed` keeps it down. `name` is what the probe and the hint call it.
bool icon_button(Gui& gui, const char* icon, const char* name, bool pressed = false, const char* shortcut = "");
bool checkbox(Gui& gui, const char* text, bool& value, const char* hint = nullptr, std::string_view name = {});
bool radio(Gui& gui, const char* text, bool chosen, const char* hint = nullptr);
/// One line of text to type in; true when Enter or leaving it ended the typing. `hint` stands there while it is empty.
/// `entered`: it was Enter.
bool entry(Gui& gui, const char* name, std::string& text, const char* hint = "", float width = -1,
           bool* entered = nullptr);
/// A line in a list or menu.
bool menu_line(Gui& gui, const char* text, bool chosen = false, bool enabled = true, const char* shortcut = "");

void text(Gui& gui, std::string_view what);
void bold(Gui& gui, std::string_view what);
void muted(Gui& gui, std::string_view what);
void title(Gui& gui, std::string_view what);
/// Wrapped at the edge of the window.
void paragraph(Gui& gui, std::string_view what, const ImVec4* colour = nullptr);
/// On the last item, after a moment, wrapped.
void hint(Gui& gui, std::string_view what);
/// A small heading with a line.
void heading(Gui& gui, std::string_view what);
/// A coloured box with an icon and wrapped text, over the whole width; what `more` draws stands below the text.
template <class More>
void notice(Gui& gui, const char* id, const char* icon, const ImVec4& ground, const ImVec4& ink, std::string_view what,
            const More& more);
void begin_notice(Gui& gui, const char* id, const char* icon, const ImVec4& ground, const ImVec4& ink,
                  std::string_view what);
void end_notice(Gui& gui, const ImVec4& ground);

/// Escape, in this frame.
bool escape_pressed();

/// Text cut to a width with an ellipsis.
std::string fitted(std::string_view what, float width);

template <class More>
void notice(Gui& gui, const char* id, const char* icon, const ImVec4& ground, const ImVec4& ink, std::string_view what,
            const More& more) {
  begin_notice(gui, id, icon, ground, ink, what);
  more();
  end_notice(gui, ground);
}

/// Opened by ImGui::OpenPopup(name): a dialog in the middle, `width` units wide. Call ImGui::EndPopup when true.
bool begin_dialog(Gui& gui, const char* name, float width);

}  // namespace fitwright::desktop
