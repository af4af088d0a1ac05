// Where every widget is and what the app is doing, published as JSON in a file: for tests that drive the real window,
// and for assistive tools. Nothing is gathered unless a file is named.
#pragma once

#include <imgui.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace fitwright::desktop {

class Probe {
 public:
  /// An empty path: off.
  explicit Probe(std::filesystem::path file = {}) : file_(std::move(file)) {}
  bool on() const { return !file_.empty(); }

  void begin_frame();
  /// The last ImGui item, under a name of its own ("width slider"); `value` as shown.
  void item(std::string_view name, std::string_view value = {});
  /// A rectangle that is no ImGui item, in window coordinates; it may lie outside the visible part.
  void area(std::string_view name, ImVec2 min, ImVec2 max, std::string_view value = {}, bool enabled = true);
  /// Writes widgets and state, atomically and only when something changed since the last time.
  void publish(nlohmann::json state);

 private:
  std::filesystem::path file_;
  nlohmann::json widgets_ = nlohmann::json::array();
  std::string last_;
};

}  // namespace fitwright::desktop
