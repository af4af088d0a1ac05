// Quantities as people write them.
#pragma once

#include <string>
#include <string_view>

#include "geometry/core/result.hpp"

namespace fitwright {

enum class Dimension { length, angle, number };

/// Parses a quantity into mm, degrees or a plain number: "800", "800 mm", "31.5 in", "1/2 in", "0.8 m",
/// "2*18+3 mm", "1 1/2 in", "45 deg", "0.5 rad", "-3", with + - * / and parentheses, "," accepted as decimal
/// mark when unambiguous ("12,5"). A unit may stand behind each number or once behind the whole. Units: mm,
/// cm, m, um, in, ", ft, ' (lengths); deg, °, rad (angles); and their names in full ("1 foot", "2 metres"). Without a
/// unit: mm or degrees. Errors: ErrorKind::value, naming the place in the text. The result is finite.
Result<double> parse_quantity(std::string_view text, Dimension dimension);

}  // namespace fitwright
