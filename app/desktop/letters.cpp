#include "app/desktop/letters.hpp"

#include <imgui_internal.h>

#include <system_error>

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

/// Radicals to the last ideograph, syllables of Hangul, compatibility forms and full-width letters; between them lie
/// what no font has (surrogates) and what icons use (private letters).
bool of_a_large_script(unsigned c) { return (c >= 0x2E80 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFFEF); }

}  // namespace

void Letters::note(std::string_view text) {
  for (const char* at = text.data(); at < text.data() + text.size();) {
    // All of these take three bytes or more, and begin with this one at the least.
    if (static_cast<unsigned char>(*at) < 0xE2) {
      ++at;
      continue;
    }
    unsigned c = 0;
    const int bytes = ImTextCharFromUtf8(&c, at, text.data() + text.size());
    at += bytes > 0 ? bytes : 1;
    if (of_a_large_script(c) && seen_.insert(static_cast<ImWchar>(c)).second) ++revision_;
  }
}

const ImWchar* Letters::ranges() const {
  ranges_.clear();
  for (const ImWchar c : seen_) ranges_.insert(ranges_.end(), {c, c});
  ranges_.push_back(0);
  return ranges_.data();
}

std::vector<fs::path> Letters::fonts() {
  std::vector<fs::path> found;
  for (const char* file :
       {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/nanum/NanumGothic.ttf"}) {
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) found.emplace_back(file);
  }
  return found;
}

}  // namespace fitwright::desktop
