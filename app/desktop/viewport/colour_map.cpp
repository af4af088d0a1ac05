#include "app/desktop/viewport/colour_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/words.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::desktop {
namespace {

std::shared_ptr<const TriangleColours> colours_of(MapKind kind, const Response& model) {
  auto colours = std::make_shared<TriangleColours>();
  for (const ResponsePart& part : model.parts) {
    std::vector<std::uint8_t>& values = colours->parts.emplace_back();
    values.reserve(part.map.size());
    for (const float value : part.map)
      values.push_back(static_cast<std::uint8_t>(std::lround(255 * badness(kind, *model.scale, value))));
  }
  return colours;
}

struct KindRow {
  MapKind kind;
  const char* name;
  const char* hint;
};
constexpr std::array kinds{
    KindRow{MapKind::thickness, "Thickness", "How thick the walls are: red is thinner than the process can make"},
    KindRow{MapKind::overhang, "Overhang", "How far faces hang over when it is made as it lies: red needs support"},
    KindRow{MapKind::draft, "Draft", "How steep walls stand to the direction of building: red is upright"}};

}  // namespace

double badness(MapKind kind, const MapScale& scale, double value) {
  const auto share = [](double from, double to, double at) { return std::clamp((at - from) / (to - from), 0.0, 1.0); };
  if (kind == MapKind::draft) return 1 - share(0, scale.high, std::abs(value));
  const double limit = scale.limit.value_or((scale.low + scale.high) / 2);
  // Exactly at the limit is well.
  if (kind == MapKind::thickness)
    return value < limit - 1e-4 ? 1 - 0.4 * share(0, limit, value) : 0.5 * (1 - share(limit, scale.high, value));
  return value > limit + 1e-3 ? 0.6 + 0.4 * share(limit, scale.high, value) : 0.5 * share(scale.low, limit, value);
}

void ColourMap::follow(Desk& desk) {
  if (kind == MapKind::none || !desk.now.model || desk.now.error) {
    if (asked_) desk.mapper->cancel();
    asked_.reset();
    model_.reset();
    colours_.reset();
    return;
  }
  Request wanted = desk.session->build_request();
  wanted.wants = {.parts = true, .map = kind, .preview = true, .explain_ms = 0};
  if (asked_ != wanted) {
    model_.reset();
    colours_.reset();
    problem_.clear();
    if (desk.now.stale || ImGui::IsAnyMouseDown()) return;  // more edits follow
    asked_ = wanted;
    number_ = desk.mapper->ask(std::move(wanted));
  }
  const Worker::State state = desk.mapper->state();
  if (model_ || !state.answer || state.answered != number_) return;
  if (state.answer->error || !state.answer->scale) {
    problem_ = state.answer->error ? state.answer->error->message : "";
    return;
  }
  model_ = state.answer;
  colours_ = colours_of(kind, *model_);
}

void ColourMap::draw_legend(Desk& desk, Gui& gui) {
  for (const KindRow& row : kinds) {
    if (button(gui, row.name, row.kind == kind ? ButtonStyle::primary : ButtonStyle::plain, row.hint,
               std::string("colour ") + row.name))
      kind = row.kind;
    ImGui::SameLine();
  }
  if (icon_button(gui, icon::times, "Colours off")) kind = MapKind::none;
  if (!problem_.empty())
    muted(gui, problem_);
  else if (!model_)
    muted(gui, "Measuring\u2026");
  else
    draw_scale(desk, gui, *model_->scale);
}

void ColourMap::draw_scale(Desk& desk, Gui& gui, const MapScale& scale) {
  constexpr int steps = 64;
  const float width = gui.px(260), height = gui.px(12);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const double low = kind == MapKind::draft ? 0 : scale.low;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (int i = 0; i < steps; ++i) {
    const double value = low + (scale.high - low) * (i + 0.5) / steps;
    const Colour c = scale_colour(badness(kind, scale, value));
    const float from = min.x + width * static_cast<float>(i) / steps;
    list.AddRectFilled({from, min.y}, {from + width / steps + 1, min.y + height},
                       packed({static_cast<float>(c.r), static_cast<float>(c.g), static_cast<float>(c.b), 1}));
  }
  ImGui::Dummy({width, height});
  const auto shown = [&](double value) {
    return scale.unit == "mm" ? length_text(value, desk.settings.inches)
                              : number_text(std::round(value * 10) / 10) + "\u00b0";
  };
  const ImVec2 line = ImGui::GetCursorScreenPos();
  const auto tick = [&](double value, const std::string& text, bool marked) {
    const float at = min.x + width * static_cast<float>((value - low) / (scale.high - low));
    const float wide = ImGui::CalcTextSize(text.c_str()).x;
    const float left = std::clamp(at - wide / 2, min.x, min.x + width - wide);
    list.AddText({left, line.y}, packed(marked ? gui.colours.text : gui.colours.muted), text.c_str());
    if (marked)
      list.AddLine({at, min.y - gui.px(2)}, {at, min.y + height + gui.px(3)}, packed(gui.colours.text), gui.px(1.5F));
  };
  if (!scale.limit || *scale.limit - low > 0.3 * (scale.high - low)) tick(low, shown(low), false);
  tick(scale.high, (kind == MapKind::thickness ? "\u2265 " : "") + shown(scale.high), false);
  if (scale.limit) tick(*scale.limit, "limit " + shown(*scale.limit), true);
  ImGui::Dummy({width, ImGui::GetTextLineHeight()});
  gui.probe.area("colour legend", min, {min.x + width, min.y + height},
                 scale.limit ? "limit " + shown(*scale.limit) : "");
}

}  // namespace fitwright::desktop
