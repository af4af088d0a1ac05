// Text as a profile: shaped by HarfBuzz, outlines from FreeType, overlaps united.
#pragma once

#include <string>
#include <string_view>

#include "geometry/kernel/value.hpp"

namespace fitwright {

struct BooleanTask;  // boolean.hpp

/// `font`: content of a font file; `size`: cap height in mm; `align`: whether what is drawn begins (left),
/// has its middle (center) or ends (right) at x = 0.
/// Errors: geometry (unreadable font, nothing to draw).
Result<Body> text_profile(std::string_view text, const std::string& font, double size, std::string_view align,
                          BooleanTask& task);

}  // namespace fitwright
