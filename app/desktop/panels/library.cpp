#include "app/desktop/panels/library.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;

void LibraryPanel::draw(Desk& desk, Gui& gui, FileDialog& files) {
  draw_head(desk, gui, files);
  ImGui::BeginChild("library", {0, 0}, false);
  draw_recent(desk, gui);
  draw_cards(desk, gui);
  ImGui::EndChild();
}

void LibraryPanel::draw_head(Desk& desk, Gui& gui, FileDialog& files) {
  title(gui, "What would you like to make?");
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(gui.px(12), gui.px(9)));
  const std::string open = fmt::format("{}  Open a design\u2026", icon::folder_open);
  const std::string add = fmt::format("{}  Add templates\u2026", icon::plus);
  const ImGuiStyle& style = ImGui::GetStyle();
  const float buttons =
      ImGui::CalcTextSize((open + add).c_str()).x + 4 * style.FramePadding.x + 2 * style.ItemSpacing.x;
  entry(gui, "Search", search_, "Search products", std::max(gui.px(180), ImGui::GetContentRegionAvail().x - buttons));
  ImGui::SameLine();
  if (button(gui, open.c_str(), ButtonStyle::plain, "A .fitwright file (Ctrl+O)", "Open a design"))
    files.ask({FileQuestion::Kind::open, "Open a design", "Designs", {".fitwright"}, {}},
              [&desk](const fs::path& path) { desk.open(path.string()); });
  ImGui::SameLine();
  if (button(gui, add.c_str(), ButtonStyle::plain, "A folder with a template.lua, or with folders of templates in it",
             "Add templates"))
    files.ask({FileQuestion::Kind::folder, "Add a folder of templates", "", {}, {}}, [&desk](const fs::path& path) {
      const std::string folder = path.string();
      auto& all = desk.settings.folders;
      if (std::find(all.begin(), all.end(), folder) == all.end()) all.push_back(folder);
      desk.rescan();
    });
  ImGui::PopStyleVar();
}

void LibraryPanel::draw_recent(Desk& desk, Gui& gui) {
  if (desk.settings.recent.empty() || !search_.empty()) return;
  heading(gui, "Your designs");
  std::string open, forget;
  for (std::size_t i = 0; i < std::min<std::size_t>(desk.settings.recent.size(), 6); ++i) {
    const fs::path path = desk.settings.recent[i];
    std::error_code ignored;
    const bool there = fs::exists(path, ignored);
    const std::string name = path.stem().string();
    if (i > 0) {
      const float wide = ImGui::CalcTextSize(name.c_str()).x + gui.px(60);
      if (ImGui::GetItemRectMax().x + wide < ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x)
        ImGui::SameLine();
    }
    ImGui::PushID(static_cast<int>(i));
    if (button(gui, fmt::format("{}  {}", there ? icon::file : icon::warning, name).c_str(), ButtonStyle::plain,
               there ? path.c_str() : "This file is no longer there; click to forget it", "recent " + name))
      (there ? open : forget) = path.string();
    ImGui::PopID();
  }
  if (!open.empty()) desk.open(open);
  if (!forget.empty()) std::erase(desk.settings.recent, forget);
}

void LibraryPanel::draw_cards(Desk& desk, Gui& gui) {
  heading(gui, "Products");
  std::vector<Card> cards = desk.library->cards();
  std::erase_if(cards, [&](const Card& card) { return !matches(card, search_); });
  if (cards.empty()) {
    ImGui::Dummy({0, gui.px(20)});
    muted(gui, desk.library->busy() ? "Looking for products\u2026"
                                    : "Nothing is called that. Try another word, or add templates of your own.");
    return;
  }
  const float room = ImGui::GetContentRegionAvail().x, gap = gui.px(14);
  const int columns = std::max(1, static_cast<int>((room + gap) / (gui.px(250) + gap)));
  const float width = (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (i % static_cast<std::size_t>(columns) != 0) ImGui::SameLine(0, gap);
    draw_card(desk, gui, cards[i], {width, gui.px(252)});
  }
}

const Texture* LibraryPanel::picture(const Card& card) {
  if (card.thumbnail.empty()) return nullptr;
  const std::string key = card.thumbnail.string();
  auto it = pictures_.find(key);
  if (it == pictures_.end()) it = pictures_.emplace(key, Texture::from_png(card.thumbnail)).first;
  return it->second.id() ? &it->second : nullptr;
}

void LibraryPanel::draw_card(Desk& desk, Gui& gui, const Card& card, ImVec2 size) {
  ImGui::PushID(card.script.c_str());
  const ImVec2 min = ImGui::GetCursorScreenPos(), max{min.x + size.x, min.y + size.y};
  const bool clicked = ImGui::InvisibleButton("card", size) && !card.error;
  const bool hovered = ImGui::IsItemHovered() || ImGui::IsItemFocused();
  gui.probe.item("card " + card.id, card.error ? "broken" : "");
  if (card.error) hint(gui, describe(*card.error));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float round = gui.px(8), pad = gui.px(14);
  list.AddRectFilled(min, max, packed(gui.colours.raised), round);
  const float picture_height = size.y - gui.px(88);
  const ImVec2 low{min.x + gui.px(1), min.y + gui.px(1)}, high{max.x - gui.px(1), min.y + picture_height};
  list.AddRectFilled(low, high, packed(gui.colours.field), round, ImDrawFlags_RoundCornersTop);
  if (const Texture* image = picture(card)) {
    const float scale = std::min((high.x - low.x) / image->width(), (high.y - low.y) / image->height());
    const float w = image->width() * scale / 2, h = image->height() * scale / 2;
    const ImVec2 mid{(low.x + high.x) / 2, (low.y + high.y) / 2};
    list.AddImage(image->id(), {mid.x - w, mid.y - h}, {mid.x + w, mid.y + h});
  } else {
    const char* sign = card.error ? icon::warning : icon::cube;
    list.AddText(gui.fonts.title, gui.fonts.title->FontSize, {(low.x + high.x) / 2 - gui.px(12), (low.y + high.y) / 2},
                 packed(gui.colours.muted), sign);
  }
  list.AddRect(min, max, packed(hovered ? gui.colours.accent : gui.colours.border), round, 0, gui.px(hovered ? 2 : 1));
  const float width = size.x - 2 * pad;
  const ImVec2 at{min.x + pad, high.y + gui.px(10)};
  const std::string name = card.name.empty() ? card.script.parent_path().filename().string() : card.name;
  list.AddText(gui.fonts.bold, gui.fonts.bold->FontSize, at, packed(gui.colours.text), fitted(name, width).c_str());
  const std::string below = card.error ? card.error->message : card.summary;
  list.AddText(gui.fonts.small, gui.fonts.small->FontSize, {at.x, at.y + gui.px(24)},
               packed(card.error ? gui.colours.danger : gui.colours.muted), below.c_str(), nullptr, width);
  ImGui::PopID();
  if (clicked) desk.open(card.shipped ? card.id : card.script.string());
}

}  // namespace fitwright::desktop
