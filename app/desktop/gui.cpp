#include "app/desktop/gui.hpp"

#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <utility>

namespace fitwright::desktop {
namespace {

/// The part of a label that is shown: what stands before "##".
std::string_view shown(const char* label) {
  const std::string_view whole = label;
  return whole.substr(0, whole.find("##"));
}

void unformatted(Gui& gui, std::string_view what) {
  gui.letters.note(what);
  ImGui::TextUnformatted(what.data(), what.data() + what.size());
}

struct ButtonColours {
  ImVec4 ground, hover, ink;
};

ButtonColours colours_of(const Gui& gui, ButtonStyle style) {
  const Palette& c = gui.colours;
  const ImVec4* all = ImGui::GetStyle().Colors;
  switch (style) {
    case ButtonStyle::primary: return {c.accent, c.accent_hover, c.on_accent};
    case ButtonStyle::quiet: return {ImVec4(0, 0, 0, 0), all[ImGuiCol_ButtonHovered], c.text};
    case ButtonStyle::danger: return {c.danger_ground, c.danger_ground, c.danger};
    default: return {all[ImGuiCol_Button], all[ImGuiCol_ButtonHovered], c.text};
  }
}

/// A rim around boxes and discs, which are as pale as the ground they stand on while they are not chosen.
class Rim {
 public:
  explicit Rim(const Gui& gui) {
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, gui.px(1));
    ImGui::PushStyleColor(ImGuiCol_Border, gui.colours.muted);
    ImGui::PushStyleColor(ImGuiCol_BorderShadow, ImVec4(0, 0, 0, 0));
  }
  ~Rim() {
    ImGui::PopStyleColor(2);
    ImGui::PopStyleVar();
  }
  Rim(const Rim&) = delete;
  Rim& operator=(const Rim&) = delete;
};

/// Where a hint stands, and how wide its text may be.
struct HintSpot {
  ImVec2 at;
  float width = 0;
};

/// Beside its window or its item, within the screen and clear of what is looked at; in a box beside the box.
HintSpot hint_spot(const Gui& gui, std::string_view what) {
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax(), screen = ImGui::GetIO().DisplaySize;
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const bool in_box = (window->RootWindow->Flags & ImGuiWindowFlags_Modal) != 0;
  if (in_box) window = window->RootWindow;
  const float gap = gui.px(6), least = gui.px(150);
  const ImVec2 pad = ImGui::GetStyle().WindowPadding;
  const float right = window->Pos.x + window->Size.x + gap;
  const auto size_of = [&](float width) {
    const ImVec2 words = ImGui::CalcTextSize(what.data(), what.data() + what.size(), false, width);
    return ImVec2(words.x + 2 * pad.x, words.y + 2 * pad.y);
  };
  float width = gui.px(340);
  const auto within = [&](ImVec2 at, ImVec2 size) {
    return HintSpot{{std::clamp(at.x, 0.0F, std::max(0.0F, screen.x - size.x)),
                     std::clamp(at.y, 0.0F, std::max(0.0F, screen.y - size.y))},
                    width};
  };
  const float room = screen.x - right - 2 * pad.x;
  if ((in_box || gui.hints == HintPlace::right_of_window) && room >= least) {
    width = std::min(width, room);
    const ImVec2 size = size_of(width);
    return within(clear_corner(gui, {right, min.y}, size, {1, 0}), size);
  }
  const ImVec2 size = size_of(width);
  if (gui.hints == HintPlace::left_of_window)
    return within(clear_corner(gui, {window->Pos.x - gap - size.x, min.y}, size, {-1, 0}), size);
  if (max.y + gap + size.y <= screen.y) return within(clear_corner(gui, {min.x, max.y + gap}, size, {0, 1}), size);
  return within(clear_corner(gui, {min.x, min.y - gap - size.y}, size, {0, -1}), size);
}

}  // namespace

void Gui::begin_frame() {
  kept_clear = std::exchange(keeps_clear, {});
  message_room = {{}, ImGui::GetIO().DisplaySize};
  hint_due = resizes = pending = enter_taken = false;
  probe.begin_frame();
}

void Gui::end_frame() {
  const ImVector<ImGuiPopupData>& open = ImGui::GetCurrentContext()->OpenPopupStack;
  const ImGuiWindow* top = open.empty() ? nullptr : open.back().Window;
  list_open = top && (top->Flags & ImGuiWindowFlags_Modal) == 0;
  cancelled = false;
}

ImVec2 clear_corner(const Gui& gui, ImVec2 at, ImVec2 size, ImVec2 way) {
  const float gap = gui.px(6);
  ImVec2 corner = at;
  // Each rectangle that is in the way moves it on once at most.
  for (std::size_t round = 0; round < gui.kept_clear.size(); ++round)
    for (const Area& area : gui.kept_clear) {
      if (!area.overlaps({corner, {corner.x + size.x, corner.y + size.y}})) continue;
      if (way.x > 0) corner.x = area.max.x + gap;
      if (way.x < 0) corner.x = area.min.x - gap - size.x;
      if (way.y > 0) corner.y = area.max.y + gap;
      if (way.y < 0) corner.y = area.min.y - gap - size.y;
    }
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool inside = corner.x >= 0 && corner.y >= 0 && corner.x + size.x <= screen.x && corner.y + size.y <= screen.y;
  return inside ? corner : at;
}

bool button(Gui& gui, const char* text, ButtonStyle style, const char* hint_text, std::string_view name, ImVec2 size) {
  const ButtonColours colours = colours_of(gui, style);
  ImGui::PushStyleColor(ImGuiCol_Button, colours.ground);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, colours.hover);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, colours.hover);
  ImGui::PushStyleColor(ImGuiCol_Text, colours.ink);
  gui.letters.note(text);
  const bool pressed = ImGui::Button(text, size);
  ImGui::PopStyleColor(4);
  gui.probe.item(name.empty() ? shown(text) : name);
  if (hint_text) hint(gui, hint_text);
  return pressed;
}

bool default_button(Gui& gui, const char* text, std::string_view name, ImVec2 size) {
  const bool clicked = button(gui, text, ButtonStyle::primary, nullptr, name, size);
  const bool enabled = (ImGui::GetCurrentContext()->CurrentItemFlags & ImGuiItemFlags_Disabled) == 0;
  constexpr ImGuiFocusedFlags here = ImGuiFocusedFlags_RootAndChildWindows | ImGuiFocusedFlags_NoPopupHierarchy;
  if (!enabled || !ImGui::IsWindowFocused(here) || !take_enter(gui)) return clicked;
  ImGui::ClearActiveID();  // the same key may have led back into the entry that had the keyboard last
  return true;
}

bool icon_button(Gui& gui, const char* icon, const char* name, bool pressed, const char* shortcut) {
  const float side = ImGui::GetFrameHeight();
  const std::string label = std::string(icon) + "##" + name;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(0, ImGui::GetStyle().FramePadding.y));
  ImGui::PushStyleColor(ImGuiCol_Button, pressed ? gui.colours.accent_ground : ImVec4(0, 0, 0, 0));
  ImGui::PushStyleColor(ImGuiCol_Text, pressed ? gui.colours.accent : gui.colours.text);
  const bool clicked = ImGui::Button(label.c_str(), {side * 1.1F, side});
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar();
  gui.probe.item(name, pressed ? "on" : "");
  hint(gui, *shortcut ? std::string(name) + "  (" + shortcut + ")" : std::string(name));
  return clicked;
}

bool checkbox(Gui& gui, const char* text, bool& value, const char* hint_text, std::string_view name) {
  const Rim rim(gui);
  gui.letters.note(text);
  const bool changed = ImGui::Checkbox(text, &value);
  gui.probe.item(name.empty() ? shown(text) : name, value ? "on" : "off");
  if (hint_text) hint(gui, hint_text);
  return changed;
}

bool radio(Gui& gui, const char* text, bool chosen, const char* hint_text, std::string_view name) {
  const Rim rim(gui);
  gui.letters.note(text);
  const bool pressed = ImGui::RadioButton(text, chosen);
  gui.probe.item(name.empty() ? shown(text) : name, chosen ? "on" : "off");
  if (hint_text) hint(gui, hint_text);
  return pressed && !chosen;
}

bool entry(Gui& gui, const char* name, std::string& text, const char* hint_text, float width, bool* entered) {
  ImGui::SetNextItemWidth(width);
  gui.letters.note(text);
  ImGui::InputTextWithHint((std::string("##") + name).c_str(), hint_text, &text, ImGuiInputTextFlags_AutoSelectAll);
  const bool ended = ImGui::IsItemDeactivatedAfterEdit();
  if (entered) *entered = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false);
  if (ImGui::IsItemActivated()) gui.typed_over = text;
  if (ImGui::IsItemActive()) gui.pending = text != gui.typed_over;
  gui.probe.item(name, text);
  return ended;
}

void label(Gui& gui, std::string_view what, float width) {
  const float left = ImGui::GetCursorPosX();
  ImGui::AlignTextToFramePadding();
  muted(gui, what);
  ImGui::SameLine(left + width);
}

bool menu_line(Gui& gui, const char* text, bool chosen, bool enabled, const char* shortcut) {
  gui.letters.note(text);
  const bool clicked = ImGui::MenuItem(text, *shortcut ? shortcut : nullptr, chosen, enabled);
  gui.probe.item(shown(text), chosen ? "on" : "");
  return clicked;
}

void text(Gui& gui, std::string_view what) { unformatted(gui, what); }

void bold(Gui& gui, std::string_view what) {
  ImGui::PushFont(gui.fonts.bold);
  unformatted(gui, what);
  ImGui::PopFont();
}

void muted(Gui& gui, std::string_view what) {
  ImGui::PushStyleColor(ImGuiCol_Text, gui.colours.muted);
  unformatted(gui, what);
  ImGui::PopStyleColor();
}

void title(Gui& gui, std::string_view what) {
  ImGui::PushFont(gui.fonts.title);
  unformatted(gui, what);
  ImGui::PopFont();
}

void paragraph(Gui& gui, std::string_view what, const ImVec4* colour) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour ? *colour : gui.colours.text);
  ImGui::PushTextWrapPos(0);
  unformatted(gui, what);
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void hint(Gui& gui, std::string_view what) {
  if (what.empty() || gui.plain || ImGui::IsAnyMouseDown()) return;
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  gui.hint_due = ImGui::GetCurrentContext()->HoveredIdTimer < 0.35F && ImGui::GetCurrentContext()->HoveredId != 0;
  if (gui.hint_due) return;
  const HintSpot spot = hint_spot(gui, what);
  ImGui::SetNextWindowPos(spot.at);
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ImGui::GetStyle().WindowPadding.x + spot.width);
  unformatted(gui, what);
  ImGui::PopTextWrapPos();
  gui.probe.area(
      "hint", ImGui::GetWindowPos(),
      {ImGui::GetWindowPos().x + ImGui::GetWindowWidth(), ImGui::GetWindowPos().y + ImGui::GetWindowHeight()}, what);
  ImGui::EndTooltip();
}

void heading(Gui& gui, std::string_view what) {
  ImGui::Dummy({0, gui.px(2)});
  ImGui::PushFont(gui.fonts.small);
  muted(gui, what);
  ImGui::PopFont();
  ImGui::Separator();
}

void begin_notice(Gui& gui, const char* id, const char* icon, const ImVec4&, const ImVec4& ink, std::string_view what) {
  // The ground is drawn behind the text once its height is known.
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  ImGui::PushID(id);
  ImGui::BeginGroup();
  const float pad = gui.px(10);
  ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x + pad, ImGui::GetCursorScreenPos().y + pad});
  ImGui::BeginGroup();
  ImGui::PushStyleColor(ImGuiCol_Text, ink);
  unformatted(gui, icon);
  ImGui::PopStyleColor();
  ImGui::SameLine();
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetWindowContentRegionMax().x - pad);
  unformatted(gui, what);
  ImGui::PopTextWrapPos();
  gui.probe.item(id, what);
}

void end_notice(Gui& gui, const ImVec4& ground) {
  ImGui::EndGroup();
  ImGui::EndGroup();
  ImGui::Dummy({0, gui.px(2)});
  ImGui::EndGroup();
  ImGui::PopID();
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max{ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x, ImGui::GetItemRectMax().y};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSetCurrent(0);
  list.AddRectFilled(min, max, packed(ground), gui.px(6));
  list.ChannelsMerge();
}

bool escape_pressed(const Gui& gui) {
  return gui.cancelled || (!gui.list_open && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false));
}

#if IMGUI_VERSION_NUM < 18700
constexpr auto keypad_enter = ImGuiKey_KeyPadEnter;
#else
constexpr auto keypad_enter = ImGuiKey_KeypadEnter;
#endif

bool take_enter(Gui& gui) {
  const bool typed = ImGui::GetCurrentContext()->ActiveIdPreviousFrame != 0;
  const bool pressed = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false) ||
                       ImGui::IsKeyPressed(ImGui::GetKeyIndex(keypad_enter), false);
  return pressed && !typed && !std::exchange(gui.enter_taken, true);
}

std::string fitted(std::string_view what, float width) {
  std::string text(what);
  if (ImGui::CalcTextSize(text.c_str()).x <= width) return text;
  while (!text.empty()) {
    do {
      const auto last = static_cast<unsigned char>(text.back());
      text.pop_back();
      if ((last & 0xC0) != 0x80) break;  // a whole letter, not a byte of one
    } while (!text.empty());
    if (ImGui::CalcTextSize((text + "\xe2\x80\xa6").c_str()).x <= width) break;
  }
  return text + "\xe2\x80\xa6";
}

bool begin_dialog(Gui& gui, const char* name, float width, float top) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  // Its top stays where it is while its height changes, as long as all of it fits below: nothing that a hand reaches
  // for moves away.
  const ImGuiWindow* before = ImGui::FindWindowByName(name);
  const float height = before ? before->Size.y : 0, room = std::max(0.0F, screen.y - height);
  ImGui::SetNextWindowPos({screen.x / 2, std::min(screen.y * top, room)}, ImGuiCond_Always, {0.5F, 0});
  ImGui::SetNextWindowSizeConstraints({std::min(gui.px(width), screen.x), 0},
                                      {std::min(gui.px(width), screen.x), screen.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(gui.px(18), gui.px(16)));
  const bool open = ImGui::BeginPopupModal(name, nullptr,
                                           ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoMove |
                                               ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoTitleBar);
  ImGui::PopStyleVar();
  if (open && before && before->Size.y != height) gui.resizes = true;  // its place follows with the next frame
  return open;
}

// How high all of it is, and how much the dialog holds besides, is known from the frame before.
DialogBody::DialogBody(Gui& gui) : kept_(*ImGui::GetStateStorage()) {
  const ImGuiWindow* dialog = ImGui::GetCurrentWindow();
  const float before = kept_.GetFloat(ImGui::GetID("body shown")), least = gui.px(100);
  const float others = dialog->ContentSize.y - before + 2 * dialog->WindowPadding.y;
  const float room = before > 0 ? ImGui::GetIO().DisplaySize.y - gui.px(8) - others : least;
  const float height = std::clamp(kept_.GetFloat(ImGui::GetID("body height")), least, std::max(least, room));
  gui.resizes = gui.resizes || height != before || others != kept_.GetFloat(ImGui::GetID("others"));
  kept_.SetFloat(ImGui::GetID("body shown"), height);
  kept_.SetFloat(ImGui::GetID("others"), others);
  ImGui::BeginChild("body", {0, height}, false);
}

DialogBody::~DialogBody() {
  const float height = ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y;
  ImGui::EndChild();
  kept_.SetFloat(ImGui::GetID("body height"), height);
}

}  // namespace fitwright::desktop
