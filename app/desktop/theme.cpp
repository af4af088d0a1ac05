#include "app/desktop/theme.hpp"

#include <initializer_list>
#include <string>
#include <system_error>

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

ImVec4 rgb(unsigned hex, float alpha = 1) {
  return {static_cast<float>((hex >> 16) & 255) / 255, static_cast<float>((hex >> 8) & 255) / 255,
          static_cast<float>(hex & 255) / 255, alpha};
}
constexpr Colour view_colour(unsigned hex) {
  return {((hex >> 16) & 255) / 255.0, ((hex >> 8) & 255) / 255.0, (hex & 255) / 255.0};
}

Palette light_palette() {
  Palette p;
  p.window = rgb(0xeef0f3);
  p.panel = rgb(0xfbfcfd);
  p.raised = rgb(0xffffff);
  p.field = rgb(0xf0f2f5);
  p.border = rgb(0xd8dde4);
  p.text = rgb(0x1b222c);
  p.muted = rgb(0x5b6675);
  p.accent = rgb(0x1f63d6);
  p.accent_hover = rgb(0x1853b8);
  p.on_accent = rgb(0xffffff);
  p.good = rgb(0x1a7f45);
  p.warning = rgb(0x925a00);
  p.danger = rgb(0xb3261e);
  p.warning_ground = rgb(0xfff3d9);
  p.danger_ground = rgb(0xfde7e4);
  p.accent_ground = rgb(0xe3edfd);
  p.view.background_top = view_colour(0xf7f8fa);
  p.view.background_bottom = view_colour(0xd7dce3);
  p.view.edge = view_colour(0x262c35);
  return p;
}

Palette dark_palette() {
  Palette p;
  p.dark = true;
  p.window = rgb(0x14171c);
  p.panel = rgb(0x1b1f26);
  p.raised = rgb(0x242a33);
  p.field = rgb(0x12151a);
  p.border = rgb(0x343c48);
  p.text = rgb(0xe7eaef);
  p.muted = rgb(0xa0abba);
  p.accent = rgb(0x6aa5ff);
  p.accent_hover = rgb(0x8ab9ff);
  p.on_accent = rgb(0x0d1420);
  p.good = rgb(0x5fcf8b);
  p.warning = rgb(0xf2bd5b);
  p.danger = rgb(0xff8f85);
  p.warning_ground = rgb(0x3a2f17);
  p.danger_ground = rgb(0x42211f);
  p.accent_ground = rgb(0x20304a);
  // Light enough for dark parts, too, to stand out.
  p.view.background_top = view_colour(0x5a6473);
  p.view.background_bottom = view_colour(0x3a414c);
  p.view.edge = view_colour(0x0c0e12);
  return p;
}

// Latin with its extensions, Greek, Cyrillic, Vietnamese, punctuation, currency, letterlike, arrows, mathematics.
constexpr ImWchar letters[] = {0x0020, 0x024F, 0x0300, 0x0303, 0x0370, 0x052F, 0x1E00, 0x1EFF, 0x2010, 0x205E, 0x2070,
                               0x209F, 0x20A0, 0x20BF, 0x2100, 0x214F, 0x2190, 0x21FF, 0x2200, 0x22FF, 0};
// What the first font lacks is taken from the second, which knows more scripts.
constexpr ImWchar more_letters[] = {0x0250, 0x02FF, 0x0370, 0x058F, 0x05D0, 0x05F4, 0x0600, 0x06FF, 0x10A0, 0x10FF,
                                    0x2190, 0x22FF, 0x2300, 0x23FF, 0x2460, 0x24FF, 0x25A0, 0x26FF, 0};
constexpr ImWchar icons[] = {0xF000, 0xF2E0, 0};

bool add(ImFontAtlas& atlas, const fs::path& file, float size, const ImWchar* ranges, bool merge, float lower = 0) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return false;
  ImFontConfig config;
  config.MergeMode = merge;
  config.OversampleH = 2;
  config.PixelSnapH = true;
  config.GlyphOffset.y = lower;
  return atlas.AddFontFromFileTTF(file.c_str(), size, &config, ranges) != nullptr;
}

/// Letters that have been shown, and the fonts to take them from.
struct More {
  const ImWchar* ranges = nullptr;
  std::vector<fs::path> fonts;
};

ImFont* load_font(const fs::path& folder, const char* name, const char* fallback, float size, const More& more) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  if (!add(atlas, folder / name, size, letters, false) && !add(atlas, folder / fallback, size, letters, false))
    return atlas.AddFontDefault();
  ImFont* font = atlas.Fonts.back();
  add(atlas, folder / fallback, size, more_letters, true);
  add(atlas, folder / "icons.ttf", size * 0.95F, icons, true, size * 0.03F);
  for (const fs::path& file : more.fonts) add(atlas, file, size, more.ranges, true);
  return font;
}

}  // namespace

Palette palette(bool dark) { return dark ? dark_palette() : light_palette(); }

Fonts load_fonts(const fs::path& assets, float scale, const Letters& letters_seen) {
  ImGui::GetIO().Fonts->Clear();
  const fs::path folder = assets / "fonts";
  More more;
  if (!letters_seen.empty()) more = {letters_seen.ranges(), Letters::fonts()};
  Fonts fonts;
  fonts.body = load_font(folder, "Inter-Regular.otf", "DejaVuSans.ttf", 15 * scale, more);
  fonts.bold = load_font(folder, "Inter-SemiBold.otf", "DejaVuSans-Bold.ttf", 15 * scale, more);
  fonts.small = load_font(folder, "Inter-Regular.otf", "DejaVuSans.ttf", 13 * scale, more);
  fonts.title = load_font(folder, "Inter-SemiBold.otf", "DejaVuSans-Bold.ttf", 22 * scale, more);
  return fonts;
}

void apply_theme(const Palette& c, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {12, 12};
  style.FramePadding = {9, 6};
  style.ItemSpacing = {8, 7};
  style.ItemInnerSpacing = {6, 5};
  style.ScrollbarSize = 12;
  style.GrabMinSize = 12;
  style.WindowRounding = 8;
  style.ChildRounding = 8;
  style.FrameRounding = 6;
  style.PopupRounding = 8;
  style.ScrollbarRounding = 6;
  style.GrabRounding = 6;
  style.TabRounding = 6;
  style.WindowBorderSize = 1;
  style.FrameBorderSize = 0;
  style.PopupBorderSize = 1;
  style.WindowTitleAlign = {0, 0.5F};
  style.DisabledAlpha = 0.45F;
  style.ScaleAllSizes(scale);
  const auto set = [&](std::initializer_list<ImGuiCol> which, ImVec4 colour) {
    for (const ImGuiCol one : which) style.Colors[one] = colour;
  };
  set({ImGuiCol_Text}, c.text);
  set({ImGuiCol_TextDisabled}, c.muted);
  set({ImGuiCol_WindowBg}, c.panel);
  set({ImGuiCol_ChildBg}, ImVec4(0, 0, 0, 0));
  set({ImGuiCol_PopupBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive, ImGuiCol_TitleBgCollapsed}, c.raised);
  set({ImGuiCol_Border, ImGuiCol_Separator, ImGuiCol_TableBorderStrong, ImGuiCol_TableBorderLight}, c.border);
  set({ImGuiCol_FrameBg}, c.field);
  set({ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive}, c.accent_ground);
  set({ImGuiCol_CheckMark, ImGuiCol_SliderGrab, ImGuiCol_NavHighlight, ImGuiCol_PlotHistogram}, c.accent);
  set({ImGuiCol_SliderGrabActive, ImGuiCol_SeparatorHovered, ImGuiCol_SeparatorActive}, c.accent_hover);
  set({ImGuiCol_Button}, c.dark ? rgb(0x2d3440) : rgb(0xe6e9ee));
  set({ImGuiCol_ButtonHovered}, c.dark ? rgb(0x394250) : rgb(0xd9dee6));
  set({ImGuiCol_ButtonActive}, c.dark ? rgb(0x455062) : rgb(0xcbd2dd));
  set({ImGuiCol_Header, ImGuiCol_HeaderHovered, ImGuiCol_HeaderActive, ImGuiCol_TextSelectedBg}, c.accent_ground);
  set({ImGuiCol_ScrollbarBg}, ImVec4(0, 0, 0, 0));
  set({ImGuiCol_ScrollbarGrab}, faded(c.muted, 0.35F));
  set({ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive}, faded(c.muted, 0.6F));
  set({ImGuiCol_TableHeaderBg}, c.field);
  set({ImGuiCol_TableRowBgAlt}, faded(c.field, 0.6F));
  set({ImGuiCol_ModalWindowDimBg}, c.dark ? ImVec4(0, 0, 0, 0.55F) : rgb(0x1b222c, 0.35F));
  ImGui::GetStyle() = style;
}

}  // namespace fitwright::desktop
