#include <fmt/format.h>

#include <algorithm>

#include "app/desktop/panels/workbench.hpp"
#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

/// A small window over the picture.
bool begin_float(Gui& gui, const char* id, ImVec2 at, ImVec2 size) {
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, faded(gui.colours.raised, 0.94F));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(gui.px(6), gui.px(5)));
  gui.keeps_clear.push_back({at, {at.x + size.x, at.y + size.y}});
  return ImGui::BeginChild(id, size, true, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
}
void end_float() {
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

/// A small window that is as large as what `draw` draws in it: known from the frame before.
template <class Draw>
void draw_float(Gui& gui, const char* id, ImVec2 at, const Draw& draw) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const ImGuiID wide = ImGui::GetID((std::string(id) + " width").c_str());
  const ImGuiID high = ImGui::GetID((std::string(id) + " height").c_str());
  const ImVec2 size{kept.GetFloat(wide, 1), kept.GetFloat(high, 1)};
  if (begin_float(gui, id, at, size)) {
    ImGui::BeginGroup();
    draw();
    ImGui::EndGroup();
    const ImVec2 inner = ImGui::GetItemRectSize(), pad = ImGui::GetStyle().WindowPadding;
    kept.SetFloat(wide, inner.x + 2 * pad.x);
    kept.SetFloat(high, inner.y + 2 * pad.y);
  }
  gui.probe.area(std::string("float ") + id, ImGui::GetWindowPos(),
                 {ImGui::GetWindowPos().x + size.x, ImGui::GetWindowPos().y + size.y});
  end_float();
}

bool slider(Gui& gui, const char* name, const char* words, float& value, float width) {
  ImGui::SetNextItemWidth(width);
  const bool changed = ImGui::SliderFloat((std::string("##") + name).c_str(), &value, 0, 1, "");
  gui.probe.item(name, fmt::format("{:.3f}", value));
  hint(gui, words);
  return changed;
}

void draw_explosion(Gui& gui, View& view, float room) {
  ImGui::AlignTextToFramePadding();
  text(gui, "Pull apart");
  ImGui::SameLine();
  auto share = static_cast<float>(view.explode);
  if (slider(gui, "Pull apart", "How far the parts stand from each other", share,
             std::clamp(room - ImGui::GetCursorPosX(), gui.px(30), gui.px(110))))
    view.explode = share;
}

/// Where the tools stand: at the right edge below the cube, in as many columns as the height asks for; beside the cube
/// where the picture is too low for that.
struct ToolPlace {
  ImVec2 at;
  std::size_t columns;
};
constexpr std::size_t tools = 10;
constexpr float part_list_units = 220;

ToolPlace place_tools(const Gui& gui, ImVec2 min, ImVec2 size) {
  const float side = ImGui::GetFrameHeight() * 1.1F + gui.px(2), pad = gui.px(6);
  const auto columns_from = [&](float top) {
    const auto rows = static_cast<std::size_t>(std::max(1.0F, (size.y - top - 3 * pad) / side));
    return (tools + rows - 1) / rows;
  };
  float top = gui.px(108), right = size.x - gui.px(8);
  if (columns_from(top) > 2) {
    top = gui.px(8);
    right = size.x - gui.px(108);
  }
  const std::size_t columns = columns_from(top);
  return {{min.x + right - static_cast<float>(columns) * side - 2 * pad, min.y + top}, columns};
}

/// Open where there is room beside the model, until somebody opens or shuts it.
bool parts_open(const Desk& desk, const Gui& gui, const View& view, ImVec2 size) {
  return view.parts_open.value_or(size.x > gui.px(760) && desk.now.model->parts.size() > 1);
}

float part_list_height(const Desk& desk, const Gui& gui, const View& view, ImVec2 size) {
  const float line = ImGui::GetFrameHeightWithSpacing(), head = line + gui.px(12);
  if (!parts_open(desk, gui, view, size)) return head;
  const bool roomy = size.x > gui.px(760);
  const float wanted = head + line * static_cast<float>(desk.now.model->parts.size()) + gui.px(6);
  return std::min(wanted, std::max(head + 2 * line, size.y * (roomy ? 0.7F : 0.4F)));
}

void draw_section(Gui& gui, View& view) {
  Section& section = view.section;
  ImGui::AlignTextToFramePadding();
  text(gui, "Cut across");
  const char* names[] = {"X", "Y", "Z"};
  for (int axis = 0; axis < 3; ++axis) {
    ImGui::SameLine();
    if (button(gui, names[axis], section.axis == axis ? ButtonStyle::primary : ButtonStyle::plain, nullptr,
               std::string("section ") + names[axis]))
      section.axis = axis;
  }
  ImGui::SameLine();
  auto share = static_cast<float>(section.share);
  if (slider(gui, "Place of the cut", "Place of the cut", share, gui.px(150))) section.share = share;
  ImGui::SameLine();
  if (icon_button(gui, icon::arrows_h, "Show the other side", section.flipped)) section.flipped = !section.flipped;
}

std::string way_text(const Way& way, std::size_t number, bool inches) {
  const double support = way.support_volume / 1000;
  const std::string supports =
      support < 0.005 ? "no supports" : fmt::format("{:.{}f} cm\u00b3 of supports", support, support < 1 ? 2 : 1);
  return fmt::format("{}. {} high, {}", number, length_text(way.height, inches), supports);
}

/// Which way up a part is made: the one that was clicked, else the first.
void draw_lying(Desk& desk, Gui& gui, View& view) {
  const auto& parts = desk.now.related->parts;
  const std::size_t index = view.selected && view.selected->part < parts.size() ? view.selected->part : 0;
  const ResponsePart& part = parts[index];
  const std::string& name = part.built.name;
  const auto chosen = desk.now.document.ups.find(name);
  std::string shown = "as the template says";
  for (std::size_t i = 0; i < part.ways.size(); ++i)
    if (chosen != desk.now.document.ups.end() && chosen->second == part.ways[i].up)
      shown = way_text(part.ways[i], i + 1, desk.settings.inches);
  ImGui::AlignTextToFramePadding();
  text(gui, part_label(part) + " lies");
  ImGui::SameLine();
  const float arrow = ImGui::GetFrameHeight() + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::SetNextItemWidth(std::max(gui.px(280), ImGui::CalcTextSize(shown.c_str()).x + arrow));
  const bool open = ImGui::BeginCombo("##lying", shown.c_str());
  gui.probe.item("Way up", shown);
  hint(gui,
       "Which side is up while it is made; click another part to turn that one. Checks and printing files follow.");
  if (!open) return;
  const auto lay = [&](std::optional<Vec3> up) { desk.edit([&](Document& document) { document.lay(name, up); }); };
  if (menu_line(gui, "as the template says", chosen == desk.now.document.ups.end())) lay({});
  for (std::size_t i = 0; i < part.ways.size(); ++i)
    if (menu_line(gui, way_text(part.ways[i], i + 1, desk.settings.inches).c_str(),
                  chosen != desk.now.document.ups.end() && chosen->second == part.ways[i].up))
      lay(part.ways[i].up);
  ImGui::EndCombo();
}

}  // namespace

void note_covered(const Desk& desk, const Gui& gui, View& view) {
  const ImVec2 size = ImGui::GetWindowSize();
  view.covered = {};
  if (!desk.now.model || size.x <= 0) return;
  const float width = view.comparing ? size.x / 2 : size.x;
  view.covered.right = std::clamp((size.x - place_tools(gui, {0, 0}, size).at.x) / width, 0.0F, 0.3F);
  const bool high = part_list_height(desk, gui, view, size) > size.y * 0.4F;
  if (!view.comparing && high && parts_open(desk, gui, view, size))
    view.covered.left = std::min(0.3F, gui.px(part_list_units + 12) / width);
}

void draw_view_tools(Desk& desk, Gui& gui, Viewport& viewport, const Commands& commands, bool flat_open) {
  View& view = viewport.view;
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const float pad = gui.px(6), gap = gui.px(2);
  const char* ids[] = {"fit",     "perspective", "edges", "dimensions", "section",
                       "measure", "colours",     "pose",  "flat",       "screenshot"};
  const bool on[] = {false,
                     desk.settings.perspective,
                     desk.settings.edges,
                     view.shows_dimensions(),
                     view.section.on,
                     view.measuring,
                     viewport.colours.kind != MapKind::none,
                     view.pose == Pose::made,
                     flat_open,
                     false};
  static_assert(std::size(ids) == tools);
  const ToolPlace stand = place_tools(gui, min, size);
  {
    const HintsAt place(gui, HintPlace::left_of_window);
    draw_float(gui, "view tools", stand.at, [&] {
      ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
      for (std::size_t i = 0; i < std::size(ids); ++i) {
        if (i % stand.columns > 0) ImGui::SameLine();
        const Command& command = commands.find(ids[i]);
        if (icon_button(gui, command.icon, command.title, on[i], command.shortcut)) command.run();
      }
      ImGui::PopStyleVar();
    });
  }
  const bool explodes = view.pose == Pose::assembled && desk.now.model &&
                        (desk.now.model->parts.size() > 1 || desk.now.model->parts[0].assembled.size() > 1);
  const HintsAt place(gui, HintPlace::right_of_window);
  const float line = ImGui::GetFrameHeight() + 2 * pad, left = min.x + gui.px(12);
  float at = min.y + size.y - line - gui.px(12);
  if (explodes) {
    draw_float(gui, "explode", {left, at}, [&] { draw_explosion(gui, view, stand.at.x - left - 3 * pad); });
    at -= line + gui.px(6);
  }
  if (view.section.on) {
    draw_float(gui, "section", {left, at}, [&] { draw_section(gui, view); });
    at -= line + gui.px(6);
  }
  const bool lies = view.pose == Pose::made && desk.now.related && !desk.now.related->parts.empty() &&
                    !desk.now.related->parts.front().ways.empty();
  if (lies) {
    draw_float(gui, "lying", {left, at}, [&] { draw_lying(desk, gui, view); });
    at -= line + gui.px(6);
  }
  const float more = 2 * ImGui::GetTextLineHeightWithSpacing();
  if (viewport.colours.kind != MapKind::none)
    draw_float(gui, "colours", {left, at - more}, [&] {
      const MapKind before = viewport.colours.kind;
      viewport.colours.draw_legend(desk, gui);
      const MapKind kind = viewport.colours.kind;
      // Both are about how parts lie while they are made.
      if (kind == before || kind == MapKind::none || kind == MapKind::thickness || view.pose == Pose::made) return;
      view.pose = Pose::made;
      view.explode = 0;
      viewport.look_at_all();
    });
}

void draw_part_list(Desk& desk, Gui& gui, Viewport& viewport) {
  if (!desk.now.model || desk.now.model->parts.empty() || viewport.view.comparing) return;
  const auto& parts = desk.now.model->parts;
  View& view = viewport.view;
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const bool open = parts_open(desk, gui, view, size);
  const float height = part_list_height(desk, gui, view, size);
  if (begin_float(gui, "parts", {min.x + gui.px(12), min.y + gui.px(12)},
                  {gui.px(open ? part_list_units : 104), height})) {
    const HintsAt place(gui, HintPlace::right_of_window);
    const std::string caption = fmt::format("{}  Parts", open ? icon::caret_down : icon::caret_right);
    if (button(gui, caption.c_str(), ButtonStyle::quiet, "What the product is made of", "Parts"))
      view.parts_open = !open;
    ImGui::BeginChild("list", {0, 0}, false);
    for (std::size_t i = 0; open && i < parts.size(); ++i) {
      const ResponsePart& part = parts[i];
      const std::string& name = part.built.name;
      const std::string label = part_label(part);
      gui.letters.note(label);
      const bool hidden = view.hidden.contains(name);
      ImGui::PushID(static_cast<int>(i));
      if (icon_button(gui, hidden ? icon::eye_slash : icon::eye, ((hidden ? "Show " : "Hide ") + label).c_str())) {
        if (hidden)
          view.hidden.erase(name);
        else
          view.hidden.insert(name);
      }
      ImGui::SameLine();
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float dot = gui.px(11), top = at.y + (ImGui::GetFrameHeight() - dot) / 2;
      const ImVec4 colour{static_cast<float>(part.colour.r), static_cast<float>(part.colour.g),
                          static_cast<float>(part.colour.b), 1};
      ImGui::GetWindowDrawList()->AddRectFilled({at.x, top}, {at.x + dot, top + dot}, packed(colour), gui.px(3));
      ImGui::GetWindowDrawList()->AddRect({at.x, top}, {at.x + dot, top + dot}, packed(gui.colours.border), gui.px(3));
      ImGui::Dummy({dot, dot});
      ImGui::SameLine();
      ImGui::AlignTextToFramePadding();
      const std::string count = part.assembled.size() > 1 ? fmt::format("{} \u00d7 ", part.assembled.size()) : "";
      const bool clicked = ImGui::Selectable(fitted(count + label, ImGui::GetContentRegionAvail().x).c_str());
      gui.probe.item("part " + name, hidden ? "hidden" : "shown");
      hint(gui, fmt::format("{}{}\n{}", count, label, size_text(part.built.box.size(), desk.settings.inches)));
      if (clicked) view.fit_part(name, viewport.aspect());
      ImGui::PopID();
    }
    ImGui::EndChild();
  }
  end_float();
}

}  // namespace fitwright::desktop
