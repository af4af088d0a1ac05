// Where two graphs differ: what a change of one parameter touches.
#pragma once

#include <set>

#include "geometry/graph/product.hpp"

namespace fitwright {

/// What of one product is another in a second one.
struct ProductDifference {
  std::set<Hash128> nodes;      ///< of the first, whose own arguments differ or that are gone; not what lies above them
  std::set<std::string> parts;  ///< of the first, that are gone, stand elsewhere or come in another number
};

/// Parts are paired by name, nodes by their place below them; members of a list by their order, what both lists have in
/// common at their ends aside.
ProductDifference difference(const Product& a, const Product& b);

}  // namespace fitwright
