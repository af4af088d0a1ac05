// Colours, fonts and spacing of the window: one theme, light and dark.
#pragma once

#include <imgui.h>

#include <filesystem>

#include "app/desktop/letters.hpp"
#include "app/view/renderer.hpp"

namespace fitwright::desktop {

/// What colours are for. Each text colour reads well on each of the grounds.
struct Palette {
  bool dark = false;
  ImVec4 window, panel, raised, field, border;
  ImVec4 text, muted;
  ImVec4 accent, accent_hover, on_accent;
  ImVec4 good, warning, danger;
  ImVec4 warning_ground, danger_ground, accent_ground;
  ViewColours view;
};
Palette palette(bool dark);

inline ImU32 packed(const ImVec4& colour) { return ImGui::ColorConvertFloat4ToU32(colour); }
inline ImVec4 faded(ImVec4 colour, float alpha) { return {colour.x, colour.y, colour.z, colour.w * alpha}; }

struct Fonts {
  ImFont* body = nullptr;
  ImFont* bold = nullptr;
  ImFont* small = nullptr;
  ImFont* title = nullptr;
};

/// Fonts for a scale of pixels per unit (1: 96 dots an inch), each with icons and other scripts' letters merged in.
/// Those of `more` come from fonts of the system, where there are any. Replaces what the atlas held. Missing files are
/// left out; ImGui's own font stands in for none at all.
Fonts load_fonts(const std::filesystem::path& assets, float scale, const Letters& more);

/// Colours and measures of all ImGui widgets.
void apply_theme(const Palette& colours, float scale);

}  // namespace fitwright::desktop
