// Letters of scripts with thousands of them (Chinese, Japanese, Korean). Fonts are made with those alone that have been
// shown: all of them would be megabytes of pictures.
#pragma once

#include <imgui.h>

#include <filesystem>
#include <set>
#include <string_view>
#include <vector>

namespace fitwright::desktop {

class Letters {
 public:
  /// Text that is shown in this frame. Letters seen for the first time make a `revision`.
  void note(std::string_view text);
  unsigned revision() const { return revision_; }
  /// The letters as ranges of ImGui; they hold until it is called again.
  const ImWchar* ranges() const;
  bool empty() const { return seen_.empty(); }

  /// Fonts of the system that have such letters, the best first; none when no package brings one.
  static std::vector<std::filesystem::path> fonts();

 private:
  std::set<ImWchar> seen_;
  unsigned revision_ = 0;
  mutable std::vector<ImWchar> ranges_;
};

}  // namespace fitwright::desktop
