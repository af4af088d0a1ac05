// Numbers as findings show them.
#pragma once

#include <cmath>
#include <string>

#include "geometry/core/text.hpp"

namespace fitwright {

/// A number to the nearest `step`.
inline std::string rounded(double value, double step) { return number_text(std::round(value / step) * step); }
/// A length to the thousandth of a millimetre, with its unit.
inline std::string mm(double value) { return number_text(std::round(value * 1000) / 1000) + " mm"; }

}  // namespace fitwright
