#include "app/desktop/probe.hpp"

#include <imgui_internal.h>

#include <fstream>
#include <system_error>

namespace fitwright::desktop {

void Probe::begin_frame() { widgets_ = nlohmann::json::array(); }

void Probe::item(std::string_view name, std::string_view value) {
  if (!on()) return;
  const bool disabled = (ImGui::GetCurrentContext()->CurrentItemFlags & ImGuiItemFlags_Disabled) != 0;
  area(name, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value, !disabled);
}

void Probe::area(std::string_view name, ImVec2 min, ImVec2 max, std::string_view value, bool enabled) {
  if (!on()) return;
  const ImVec2 low = ImGui::GetWindowDrawList()->GetClipRectMin(), high = ImGui::GetWindowDrawList()->GetClipRectMax();
  const float middle_x = (min.x + max.x) / 2, middle_y = (min.y + max.y) / 2;
  const bool visible = middle_x >= low.x && middle_x <= high.x && middle_y >= low.y && middle_y <= high.y;
  widgets_.push_back({{"name", name},
                      {"rect", {min.x, min.y, max.x, max.y}},
                      {"clip", {low.x, low.y, high.x, high.y}},
                      {"visible", visible},
                      {"enabled", enabled},
                      {"value", value}});
}

void Probe::publish(nlohmann::json state) {
  if (!on()) return;
  const nlohmann::json all = {{"state", std::move(state)}, {"widgets", widgets_}};
  std::string text = all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text == last_) return;
  const std::filesystem::path passing = file_.string() + ".new";
  {
    // Not flushed to disk as documents are: a frame has no time for that.
    std::ofstream stream(passing, std::ios::binary | std::ios::trunc);
    if (!stream.write(text.data(), static_cast<std::streamsize>(text.size()))) return;
  }
  std::error_code failed;
  std::filesystem::rename(passing, file_, failed);
  if (!failed) last_ = std::move(text);
}

}  // namespace fitwright::desktop
