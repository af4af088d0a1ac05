// Widgets of one look, each known to the probe by its name.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/icons.hpp"
#include "app/desktop/letters.hpp"
#include "app/desktop/probe.hpp"
#include "app/desktop/theme.hpp"

namespace fitwright::desktop {

/// Where the hint of an item is shown, so that it covers neither the item nor what one would use next.
enum class HintPlace { below, right_of_window, left_of_window };

/// A rectangle of the window.
struct Area {
  ImVec2 min, max;
  bool overlaps(const Area& other) const {
    return min.x < other.max.x && other.min.x < max.x && min.y < other.max.y && other.min.y < max.y;
  }
};

/// What every panel draws with.
struct Gui {
  Fonts fonts;
  Palette colours;
  float scale = 1;  ///< pixels of a unit
  Probe probe;
  Letters letters;
  HintPlace hints = HintPlace::below;
  /// What hints and passing messages keep clear of: as it stood in the frame before, and as it is drawn now.
  std::vector<Area> kept_clear, keeps_clear;
  Area message_room;         ///< passing messages stand at its lower edge
  bool pending = false;      ///< something is typed that was not taken yet
  std::string typed_over;    ///< what stood in the entry that has the keyboard
  bool enter_taken = false;  ///< in this frame
  bool list_open = false;    ///< a list or menu was, when the keys of this frame were pressed: Escape shuts that alone
  bool cancelled = false;    ///< in this frame every box answers as it does to Escape
  bool plain = false;        ///< this frame is for a picture of the model: nothing passing is drawn over it
  bool resizes = false;      ///< a box has not found its size yet: the next frame is due though nothing else happens
  bool hint_due = false;     ///< the mouse rests on something whose hint is shown soon, though nothing else happens

  float px(float units) const { return units * scale; }
  void begin_frame();
  void end_frame();
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
/// The button that Enter presses as well.
bool default_button(Gui& gui, const char* text, std::string_view name = {}, ImVec2 size = {});
/// A square button with an icon; `pressed` keeps it down. `name` is what the probe and the hint call it.
bool icon_button(Gui& gui, const char* icon, const char* name, bool pressed = false, const char* shortcut = "");
bool checkbox(Gui& gui, const char* text, bool& value, const char* hint = nullptr, std::string_view name = {});
bool radio(Gui& gui, const char* text, bool chosen, const char* hint = nullptr, std::string_view name = {});
/// One line of text to type in; true when Enter or leaving it ended the typing. `hint` stands there while it is empty.
/// `entered`: it was Enter.
bool entry(Gui& gui, const char* name, std::string& text, const char* hint = "", float width = -1,
           bool* entered = nullptr);
/// What the next widget on the line is; it begins `width` pixels further right.
void label(Gui& gui, std::string_view what, float width);
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

/// Escape, or what else closes a box, in this frame.
bool escape_pressed(const Gui& gui);
/// Enter, in this frame, that ended no typing. It is told once: a box that opens by it is not answered by it.
bool take_enter(Gui& gui);

/// That corner, or the nearest one further along `way` (one of x and y is 0) from which a rectangle of this size covers
/// nothing that is kept clear.
ImVec2 clear_corner(const Gui& gui, ImVec2 at, ImVec2 size, ImVec2 way);

/// Text cut to a width with an ellipsis.
std::string fitted(std::string_view what, float width);

template <class More>
void notice(Gui& gui, const char* id, const char* icon, const ImVec4& ground, const ImVec4& ink, std::string_view what,
            const More& more) {
  begin_notice(gui, id, icon, ground, ink, what);
  more();
  end_notice(gui, ground);
}

/// What a dialog asks, above its buttons: it scrolls by itself where the window is too low for both. Until the end of
/// the scope.
class DialogBody {
 public:
  explicit DialogBody(Gui& gui);
  ~DialogBody();
  DialogBody(const DialogBody&) = delete;
  DialogBody& operator=(const DialogBody&) = delete;

 private:
  ImGuiStorage& kept_;  ///< of the dialog
};

/// Opened by ImGui::OpenPopup(name): a dialog in the middle, `width` units wide, `top` of the window's height below its
/// upper edge. Call ImGui::EndPopup when true.
bool begin_dialog(Gui& gui, const char* name, float width, float top = 0.12F);

}  // namespace fitwright::desktop
