// Walls that are too thin and gaps that are too narrow, gathered into places.
#pragma once

#include <vector>

#include "geometry/catalog/record.hpp"
#include "geometry/checks/finding.hpp"
#include "geometry/checks/narrow.hpp"

namespace fitwright {

class Specimen;

/// Triangles on both sides of one thin wall or narrow gap.
struct ThinPlace {
  double width = 0;     ///< mm, at the narrowest
  double lean_deg = 0;  ///< by how much the sides lean towards each other there; 0: parallel
  Vec3 at;
  std::vector<std::uint32_t> triangles;
  /// The round hole that bounds it on one side, into Specimen::rounds(), when it does so on one side only: what lies
  /// between a bore and a cylinder about the same axis is a tube's wall. Else Surface::none.
  std::uint32_t hole = Surface::none;
};

/// All places narrower than `limit`, mm. Widths between planes, cylinders and spheres of an exact part are exact; the
/// limit itself passes. Errors: cancelled.
Result<std::vector<ThinPlace>> find_thin_places(Specimen& specimen, Between between, double limit);

/// A finding with all that is alike for thin places; severity and words are the row's.
Finding thin_finding(const Specimen& specimen, const Quantity& limit, const ThinPlace& place);

}  // namespace fitwright
