#include "app/desktop/panels/make_it.hpp"

#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstdlib>

#include "app/desktop/system.hpp"
#include "app/desktop/words.hpp"
#include "geometry/checks/check.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

constexpr const char* dialog_name = "Make it##dialog";

fs::path usual_folder(const Desk& desk) {
  if (!desk.settings.export_folder.empty()) return desk.settings.export_folder;
  if (!desk.now.path.empty()) return desk.now.path.parent_path();
  const char* home = std::getenv("HOME");
  return home ? fs::path(home) : fs::current_path();
}

/// What goes into the package beside the values ordered: the design's name, locks and variants.
Design base_of(const DocumentState& document) {
  Design base;
  base.name = document.name;
  base.locked = document.locked;
  base.ups = document.ups;
  base.variants = document.variants;
  return base;
}

struct Answer {
  const char* sign;
  std::string words;
  ImVec4 ink;
};

/// Whether the place takes the design, in a word or two.
Answer answer_of(const Gui& gui, const MakeWay& way) {
  if (!way.undecided.empty()) return {icon::info, "Not known", gui.colours.muted};
  if (!way.refusals) return {"", "Looking\u2026", gui.colours.muted};
  if (way.refusals->empty()) return {icon::check, way.confirmed ? "Yes" : "Yes, unverified", gui.colours.good};
  return {icon::times, "No", gui.colours.danger};
}

std::string reason_of(const Desk& desk, const MakeWay& way) {
  if (!way.undecided.empty()) return desk.told(way.undecided);
  std::string text;
  if (way.refusals)
    for (const Refusal& one : *way.refusals) text += (text.empty() ? "" : "\n") + desk.told(one.message);
  if (text.empty() && !way.confirmed) text = "What it takes was not confirmed by a dated page.";
  return text;
}

/// Whose it is: machines that nobody entered are offered to who has one.
std::string owner_of(const Desk& desk, const MakeWay& way) {
  if (!way.own) return "a service";
  const auto process = desk.catalog() ? desk.catalog()->process(way.estimate.process) : fail(ErrorKind::value, "");
  return process && (*process)->id != (*process)->does ? "your own machine" : "if you have one";
}

/// "14 to 22".
std::string price_text(const Estimate& estimate) {
  if (estimate.eur.high < 0.1) return "under 0.10";
  const std::string text = about_text(estimate.eur, "");  // "about 14 to 22 "
  return text.substr(6, text.size() - 7);
}

std::string order_stem(const Desk& desk) {
  const std::string& name = desk.now.document.name.empty() ? desk.now.about.name : desk.now.document.name;
  return file_stem(name);
}

}  // namespace

void MakeItPage::begin(Desk& desk) {
  open_ = true;
  replace_ = false;
  problem_.clear();
  written_.clear();
  shown_way_.reset();
  folder_ = usual_folder(desk).string();
  stem_ = order_stem(desk) + "-order";
  workshop_ = desk.workshop();
  desk.orderer->look(desk.session->build_request(), base_of(desk.now.document));
}

void MakeItPage::close(Desk& desk) {
  open_ = false;
  desk.orderer->cancel();
}

void MakeItPage::draw(Desk& desk, Gui& gui, FileDialog& files, FindingsPanel& findings, Pointer& pointer, bool aside) {
  if (std::exchange(asked_, false) && !open_) begin(desk);
  if (!open_ || files.open() || aside) return;
  if (workshop_ != desk.workshop()) {  // prices were changed meanwhile
    workshop_ = desk.workshop();
    desk.orderer->look(desk.session->build_request(), base_of(desk.now.document));
  }
  if (!ImGui::IsPopupOpen(dialog_name)) ImGui::OpenPopup(dialog_name);
  if (!begin_dialog(gui, dialog_name, 1080, 0.02F)) return;
  const Orderer::State state = desk.orderer->state();
  working_ = state.busy;
  draw_verdict(desk, gui, findings);
  const float below = 2 * ImGui::GetFrameHeightWithSpacing() + gui.px(10);
  const float room = std::min(gui.px(760), ImGui::GetIO().DisplaySize.y - gui.px(24)) - ImGui::GetCursorPosY() - below -
                     2 * ImGui::GetStyle().ItemSpacing.y - ImGui::GetStyle().WindowPadding.y;
  ImGui::BeginChild("ways", {0, room * 0.46F}, false);
  draw_ways(desk, gui, state);
  ImGui::EndChild();
  ImGui::BeginChild("way", {0, room * 0.54F}, false);
  draw_way_details(desk, gui, state, pointer);
  ImGui::EndChild();
  ImGui::Separator();
  draw_where(desk, gui, files);
  draw_buttons(desk, gui, state);
  if (!open_ || files.open() || pointer.prices_asked) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void MakeItPage::draw_verdict(Desk& desk, Gui& gui, FindingsPanel& findings) {
  const auto checked = desk.now.checked;
  const float top = ImGui::GetCursorPosY();
  title(gui, "Make it");
  // On the line of the title, on a base line with it.
  ImGui::SameLine(0, gui.px(20));
  ImGui::SetCursorPosY(top + (gui.fonts.title->FontSize - ImGui::GetFrameHeight()) / 2);
  ImGui::AlignTextToFramePadding();
  if (!checked) {
    muted(gui, "The design is still being checked\u2026");
    gui.probe.item("Make it verdict");
    return;
  }
  const CheckReport& report = checked->report;
  const bool blocked = report.verdict() == Verdict::blocked, clean = report.verdict() == Verdict::clean;
  const std::string words = blocked ? "The design cannot be made like this."
                            : clean ? "The design can be made."
                            : report.verdict() == Verdict::risks
                                ? "The design can be made; something may fail."
                                : "Nothing is in the way, but not all could be checked.";
  ImGui::PushStyleColor(ImGuiCol_Text, blocked ? gui.colours.danger : clean ? gui.colours.good : gui.colours.warning);
  text(gui, blocked ? icon::times : clean ? icon::check : icon::warning);
  ImGui::PopStyleColor();
  ImGui::SameLine();
  text(gui, words);
  gui.probe.item("Make it verdict", words);
  if (report.findings.empty()) return;
  ImGui::SameLine();
  if (!button(gui, "Show the findings", ButtonStyle::plain, nullptr, "Back to findings")) return;
  findings.show();
  close(desk);
}

void MakeItPage::draw_progress(Desk& desk, Gui& gui, const Orderer::State& state) {
  const char* words = state.stage == "ways"    ? "Reckoning\u2026"
                      : state.stage == "order" ? "Laying out the parts\u2026"
                                               : "Asking what each place would refuse\u2026";
  const ImGuiStyle& style = ImGui::GetStyle();
  const float stop = ImGui::CalcTextSize("Stop").x + 2 * style.FramePadding.x;
  const float right = ImGui::GetContentRegionMax().x;
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ImGui::AlignTextToFramePadding();
  muted(gui, fitted(words, right - stop - style.ItemSpacing.x - left));
  gui.probe.item("Make it progress", words);
  ImGui::SameLine(0, gui.px(12));
  const float bar = right - stop - style.ItemSpacing.x - ImGui::GetCursorPosX();
  if (bar > gui.px(30)) {
    ImGui::SetCursorPosY(top + (ImGui::GetFrameHeight() - gui.px(14)) / 2);
    ImGui::ProgressBar(static_cast<float>(state.share), {bar, gui.px(14)}, "");
    ImGui::SameLine();
  }
  ImGui::SetCursorPos({right - stop, top});
  if (button(gui, "Stop", ButtonStyle::plain, nullptr, "Stop making")) desk.orderer->halt();
}

void MakeItPage::draw_ways(Desk& desk, Gui& gui, const Orderer::State& state) {
  if (state.ways.empty()) {
    if (state.error)
      notice(gui, "make it error", icon::warning, gui.colours.danger_ground, gui.colours.danger,
             desk.told(state.error->message), [&] {
               if (!state.error->suggestion.empty()) paragraph(gui, desk.told(state.error->suggestion));
             });
    else
      muted(gui, state.busy ? "Looking for ways to make it\u2026" : "No way to make it is known.");
    return;
  }
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                                    ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_PadOuterX;
  if (!ImGui::BeginTable("ways table", 7, flags)) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  static constexpr std::pair<const char*, float> columns[] = {
      {"Where", 2.2F},  {"How, from what", 3.0F}, {"Price, EUR", 1.5F}, {"Machine time", 1.2F},
      {"Weight", 1.0F}, {"CO2e", 1.0F},           {"Takes it", 1.5F}};
  for (const auto& [name, width] : columns) ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthStretch, width);
  ImGui::TableNextRow();
  ImGui::PushFont(gui.fonts.small);
  for (const auto& column : columns) {
    ImGui::TableNextColumn();
    muted(gui, column.first);
  }
  ImGui::PopFont();
  for (std::size_t i = 0; i < state.ways.size(); ++i) draw_way(desk, gui, state, i);
  ImGui::EndTable();
}

void MakeItPage::draw_way(Desk& desk, Gui& gui, const Orderer::State& state, std::size_t index) {
  const MakeWay& way = state.ways[index];
  const Estimate& estimate = way.estimate;
  const bool priced = estimate.impossible.empty();
  const bool chosen = state.chosen == index;
  const Answer answer = answer_of(gui, way);
  const float small = gui.fonts.small->FontSize;
  const float high = ImGui::GetTextLineHeight() + small + gui.px(4);
  const std::string price = priced ? price_text(estimate) : "not known";
  const auto cell = [&](const std::string& above, const std::string& under, const ImVec4& ink) {
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ImGui::GetStyle().ItemSpacing.x, gui.px(1)));
    ImGui::PushStyleColor(ImGuiCol_Text, ink);
    text(gui, fitted(above, width));
    ImGui::PopStyleColor();
    ImGui::PushFont(gui.fonts.small);
    if (!under.empty()) muted(gui, fitted(under, width));
    ImGui::PopFont();
    ImGui::PopStyleVar();
  };
  ImGui::PushID(static_cast<int>(index));
  ImGui::TableNextRow(0, high + gui.px(6));
  ImGui::TableNextColumn();
  const ImVec2 corner = ImGui::GetCursorPos(), place = ImGui::GetCursorScreenPos();
  const float wide = ImGui::GetContentRegionAvail().x;
  const bool clicked = ImGui::Selectable("##way", chosen, ImGuiSelectableFlags_SpanAllColumns, {0, high + gui.px(2)});
  gui.probe.area(
      fmt::format("way {}", index), place, {place.x + wide, place.y + high},
      fmt::format("{} | {} | {} | {} | {}", way.place, estimate.process, estimate.material, price, answer.words));
  hint(gui, fmt::format("{}: {}{}{}{}", way.place, way.process, way.material.empty() ? "" : ", " + way.material,
                        priced ? "" : "\n" + desk.told(estimate.impossible),
                        reason_of(desk, way).empty() ? "" : "\n" + reason_of(desk, way)));
  if (chosen && std::exchange(shown_way_, state.chosen) != state.chosen) ImGui::SetScrollHereY(0.5F);
  ImGui::SetCursorPos(corner);
  cell(way.place, owner_of(desk, way), gui.colours.text);
  ImGui::TableNextColumn();
  cell(way.process, way.material, gui.colours.text);
  ImGui::TableNextColumn();
  cell(price, priced ? "" : estimate.impossible, priced ? gui.colours.text : gui.colours.muted);
  ImGui::TableNextColumn();
  const bool timed = way.own && priced && estimate.hours.likely > 0;
  cell(timed ? duration_text(estimate.hours.likely) : "\u2013", "", timed ? gui.colours.text : gui.colours.muted);
  ImGui::TableNextColumn();
  const bool weighed = estimate.weight_kg.likely > 0;
  cell(weighed ? weight_text(estimate.weight_kg.likely) : "\u2013", "", weighed ? gui.colours.text : gui.colours.muted);
  ImGui::TableNextColumn();
  cell(estimate.co2_kg ? weight_text(estimate.co2_kg->likely) : "\u2013", "",
       estimate.co2_kg ? gui.colours.text : gui.colours.muted);
  ImGui::TableNextColumn();
  const std::string reason = way.refusals && !way.refusals->empty() ? desk.told(way.refusals->front().message) : "";
  cell(fmt::format("{}{}{}", answer.sign, *answer.sign ? "  " : "", answer.words), reason, answer.ink);
  ImGui::PopID();
  if (!clicked) return;
  desk.orderer->choose(index);
  shown_way_ = index;  // it is in view
  written_.clear();
  problem_.clear();
  replace_ = false;
}

void MakeItPage::draw_where(Desk& desk, Gui& gui, FileDialog& files) {
  const float labels = gui.px(62);
  const float all = ImGui::GetContentRegionAvail().x;
  label(gui, "Folder", labels);
  const std::string before = folder_;
  entry(gui, "Package folder", folder_, "Folder", all * 0.55F - labels - gui.px(100));
  ImGui::SameLine();
  if (button(gui, "Choose\u2026", ButtonStyle::plain, nullptr, "Choose package folder"))
    files.ask({FileQuestion::Kind::folder, "Where to write the package to", "", {}, folder_},
              [this, &desk](const fs::path& folder) {
                folder_ = folder.string();
                desk.settings.export_folder = folder_;
                written_.clear();
              });
  ImGui::SameLine(all * 0.55F + gui.px(10));
  label(gui, "Name", gui.px(52));
  const std::string name = stem_;
  entry(gui, "Package name", stem_, "Name", ImGui::GetContentRegionAvail().x - gui.px(36));
  ImGui::SameLine(0, gui.px(4));
  muted(gui, ".zip");
  if (folder_ == before && stem_ == name) return;
  replace_ = false;
  written_.clear();
  problem_.clear();
}

void MakeItPage::draw_buttons(Desk& desk, Gui& gui, const Orderer::State& state) {
  const fs::path path = fs::path(folder_) / (stem_ + ".zip");
  const bool named = !stem_.empty() && fs::path(stem_) == fs::path(stem_).filename() && stem_ != "." && stem_ != "..";
  const bool ready = state.order && !state.order->package.empty() && named;
  std::error_code ignored;
  const bool exists = fs::exists(path, ignored);
  ImGui::BeginDisabled(!ready);
  if (default_button(gui, replace_ && exists ? "Replace" : "Write the package", "Write package", {gui.px(190), 0})) {
    if (exists && !replace_)
      replace_ = true;
    else
      write(desk, path);
  }
  ImGui::EndDisabled();
  if (!written_.empty()) {
    ImGui::SameLine();
    if (button(gui, fmt::format("{}  Open folder", icon::folder_open).c_str(), ButtonStyle::plain, nullptr,
               "Open package folder"))
      if (const auto done = open_with_system(written_.parent_path()); !done) desk.complain(done.error());
  }
  ImGui::SameLine();
  if (button(gui, "Close", ButtonStyle::plain, nullptr, "Close make it", {gui.px(110), 0}) || escape_pressed(gui))
    close(desk);
  ImGui::SameLine(0, gui.px(16));
  if (state.busy && problem_.empty() && written_.empty() && !replace_)
    draw_progress(desk, gui, state);
  else
    draw_outcome(gui, state, named, replace_ && exists);
}

void MakeItPage::draw_outcome(Gui& gui, const Orderer::State& state, bool named, bool asks) const {
  ImGui::AlignTextToFramePadding();
  const float width = ImGui::GetContentRegionAvail().x;
  if (!problem_.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, gui.colours.danger);
    text(gui, fitted(sentence(problem_), width));
    ImGui::PopStyleColor();
    hint(gui, problem_);
  } else if (!written_.empty()) {
    text(gui, fitted(fmt::format("{}  {}", icon::check, written_.string()), width));
    gui.probe.item("Package written", written_.string());
    hint(gui, written_.string());
  } else if (!named) {
    muted(gui, fitted("The package needs a name.", width));
  } else if (asks) {
    text(gui, fitted("A file of this name is there already. Replace it?", width));
    gui.probe.item("Replace package?");
  } else if (state.order && !state.order->package.empty()) {
    const std::size_t files = state.order->order.files.size();
    muted(gui, fitted(fmt::format("{} file{} for {}, {}", files, files == 1 ? "" : "s", state.order->shop.name,
                                  bytes_text(state.order->package.size())),
                      width));
    gui.probe.item("Package ready");
  } else {
    muted(gui, state.order ? fitted("Nothing can be packed: the place would refuse it.", width) : " ");
  }
}

void MakeItPage::write(Desk& desk, const fs::path& path) {
  const auto done = desk.orderer->write(path, replace_);
  problem_ = done ? "" : done.error().message;
  replace_ = false;
  if (!done) return;
  written_ = path;
  desk.settings.export_folder = folder_;
}

}  // namespace fitwright::desktop
