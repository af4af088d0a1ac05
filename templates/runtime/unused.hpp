// Results that a template throws away: body:cut(hole) without body = in front of it.
#pragma once

#include <string>
#include <vector>

#include "geometry/graph/product.hpp"
#include "templates/runtime/sandbox.hpp"

namespace fitwright {

/// A sentence for every shape that was changed and then used without the change: its own shape reaches a part or a
/// rule, the result reaches nothing. Shapes that nothing is made of may be meant for other settings, and are not told.
std::vector<std::string> unused_results(const Sandbox& sandbox, const Product& product);

}  // namespace fitwright
