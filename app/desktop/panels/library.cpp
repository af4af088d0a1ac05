#include "app/desktop/panels/library.hpp"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

std::string name_of(const Card& card) {
  return card.name.empty() ? card.script.parent_path().filename().string() : card.name;
}

/// Name and summary below a card's picture; of a design the folder that it is in.
void draw_words(Gui& gui, const Card& card, ImVec2 at, float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  gui.letters.note(name_of(card));
  list.AddText(gui.fonts.bold, gui.fonts.bold->FontSize, at, packed(gui.colours.text),
               fitted(name_of(card), width).c_str());
  std::string below = card.design ? fitted(card.script.parent_path().string(), width) : card.summary;
  if (card.error) below = card.design ? "It cannot be opened: click to forget it." : card.error->message;
  gui.letters.note(below);
  list.AddText(gui.fonts.small, gui.fonts.small->FontSize, {at.x, at.y + gui.px(24)},
               packed(card.error ? gui.colours.danger : gui.colours.muted), below.c_str(), nullptr, width);
}

/// The last item takes the keyboard, and shows it.
void take_keyboard() {
  ImGui::ClearActiveID();
  ImGui::FocusWindow(ImGui::GetCurrentWindow());
  ImGui::SetFocusID(ImGui::GetItemID(), ImGui::GetCurrentWindow());
  ImGui::GetCurrentContext()->NavDisableHighlight = false;
}

}  // namespace

void LibraryPanel::draw(Desk& desk, Gui& gui, FileDialog& files) {
  move_keyboard();
  draw_head(desk, gui, files);
  in_cards_ = false;
  ImGui::BeginChild("library", {0, 0}, false);
  const std::vector<Card> cards = desk.library->cards();
  const Grid grid = grid_of(gui, cards.size());
  draw_designs(desk, gui, cards, grid);
  draw_products(desk, gui, cards, grid);
  ImGui::EndChild();
  cards_asked_ = false;
  if (!std::exchange(entered_, false)) return;
  std::vector<Card> found;
  for (const Card& card : cards)
    if (matches(card, search_)) found.push_back(card);
  if (found.size() == 1) open(desk, found.front());
}

void LibraryPanel::move_keyboard() {
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) return;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), false); };
  if (pressed(ImGuiKey_Tab)) (in_cards_ ? search_asked_ : cards_asked_) = true;
  if (!in_cards_ && pressed(ImGuiKey_DownArrow)) cards_asked_ = true;
}

LibraryPanel::Grid LibraryPanel::grid_of(const Gui& gui, std::size_t cards) {
  const float room = ImGui::GetContentRegionAvail().x, gap = gui.px(14);
  const auto fitting = [&](float width) { return static_cast<int>((room + gap) / (gui.px(width) + gap)); };
  // Few cards share the whole width, until they are as wide as is of use.
  const int few = std::clamp(static_cast<int>(cards), 4, 12);
  const int columns = std::max(1, std::min(fitting(240), std::max(few, fitting(480))));
  return {columns, (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns), gap};
}

void LibraryPanel::draw_head(Desk& desk, Gui& gui, FileDialog& files) {
  title(gui, "What would you like to make?");
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(gui.px(12), gui.px(9)));
  const std::string open = fmt::format("{}  Open a design\u2026", icon::folder_open);
  const std::string add = fmt::format("{}  Add templates\u2026", icon::plus);
  const ImGuiStyle& style = ImGui::GetStyle();
  const float buttons =
      ImGui::CalcTextSize((open + add).c_str()).x + 4 * style.FramePadding.x + 2 * style.ItemSpacing.x;
  if (std::exchange(search_asked_, false)) ImGui::SetKeyboardFocusHere();
  ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);  // Tab leads into the cards
  entry(gui, "Search", search_, "Search products", std::max(gui.px(180), ImGui::GetContentRegionAvail().x - buttons),
        &entered_);
  ImGui::PopItemFlag();
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

void LibraryPanel::draw_designs(Desk& desk, Gui& gui, const std::vector<Card>& all, const Grid& grid) {
  std::vector<Card> designs;
  for (const Card& card : all)
    if (card.design && matches(card, search_)) designs.push_back(card);
  if (designs.empty()) return;
  heading(gui, "Your designs");
  // A row of them, so that the products stay in view.
  if (search_.empty() && designs.size() > static_cast<std::size_t>(grid.columns))
    designs.resize(static_cast<std::size_t>(grid.columns));
  draw_cards(desk, gui, designs, grid);
}

void LibraryPanel::draw_products(Desk& desk, Gui& gui, const std::vector<Card>& all, const Grid& grid) {
  heading(gui, "Products");
  std::vector<Card> products;
  for (const Card& card : all)
    if (!card.design && matches(card, search_)) products.push_back(card);
  if (!products.empty()) return draw_cards(desk, gui, products, grid);
  ImGui::Dummy({0, gui.px(20)});
  muted(gui, desk.library->busy() ? "Looking for products\u2026"
                                  : "Nothing is called that. Try another word, or add templates of your own.");
}

void LibraryPanel::draw_cards(Desk& desk, Gui& gui, const std::vector<Card>& cards, const Grid& grid) {
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (i % static_cast<std::size_t>(grid.columns) != 0) ImGui::SameLine(0, grid.gap);
    if (draw_card(gui, cards[i], grid.width)) open(desk, cards[i]);
  }
}

void LibraryPanel::open(Desk& desk, const Card& card) {
  if (!card.error) return desk.open(card.shipped ? card.id : card.script.string());
  if (!card.design) return;
  std::erase(desk.settings.recent, card.script.string());
  desk.rescan();
}

const Texture* LibraryPanel::picture(const Card& card) {
  if (card.thumbnail.empty()) return nullptr;
  const std::string key = card.thumbnail.string();
  auto it = pictures_.find(key);
  if (it == pictures_.end()) it = pictures_.emplace(key, Texture::from_png(card.thumbnail)).first;
  return it->second.id() ? &it->second : nullptr;
}

bool LibraryPanel::draw_card(Gui& gui, const Card& card, float width) {
  const float round = gui.px(8), pad = gui.px(14);
  const float picture_height = width * 9 / 16;  // as thumbnails are drawn
  const ImVec2 size{width, picture_height + gui.px(card.design ? 68 : 88)};
  ImGui::PushID(card.script.c_str());
  const ImVec2 min = ImGui::GetCursorScreenPos(), max{min.x + size.x, min.y + size.y};
  const bool pressed = ImGui::InvisibleButton("card", size);
  if (std::exchange(cards_asked_, false)) take_keyboard();
  const bool focused = ImGui::IsItemFocused(), clicked = pressed || (focused && take_enter(gui));
  const bool hovered = ImGui::IsItemHovered() || focused;
  in_cards_ = in_cards_ || focused;
  gui.probe.item(card.design ? "recent " + card.name : "card " + card.id, card.error ? "broken" : "");
  if (card.error) hint(gui, describe(*card.error) + (card.design ? "\nClick to forget this design." : ""));
  if (card.design && !card.error) hint(gui, card.script.string());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, packed(gui.colours.raised), round);
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
  draw_words(gui, card, {min.x + pad, high.y + gui.px(10)}, width - 2 * pad);
  ImGui::PopID();
  return clicked;
}

}  // namespace fitwright::desktop
