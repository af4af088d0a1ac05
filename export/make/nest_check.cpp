// What nest() promises, measured on lines and arcs without any of the polygons that it works with.
#include <fmt/format.h>

#include <algorithm>

#include "export/make/nest.hpp"
#include "geometry/mesh/distance2d.hpp"

namespace fitwright {

namespace {

struct Lying {
  std::size_t piece, sheet;
  std::vector<Contour2D> contours;  ///< the outer one first
  Bounds2D box;
};

tl::unexpected<Error> fault(std::string what) {
  return fail(ErrorKind::internal, "the parts could not be laid out: " + std::move(what),
              "please report this with the design that caused it");
}

/// The place lies in the material, deeper than rounding explains.
bool in_material(Vec2 p, const Lying& b) {
  if (!inside(b.contours[0], p)) return false;
  return std::none_of(b.contours.begin(), b.contours.end(), [&](const Contour2D& contour) {
    const bool is_hole = &contour != &b.contours[0];
    return (is_hole && inside(contour, p)) || distance({line2d(p, p)}, contour, 1) <= nest_tolerance;
  });
}

/// A place of a's outline lies in b's material: its corners and places between them are tried. Outlines that cross are
/// found by their distance as well, as long as there is to be one.
bool within(const Lying& a, const Lying& b) {
  for (const Piece2D& piece : a.contours[0])
    for (const double share : {0.0, 0.25, 0.5, 0.75})
      if (in_material(piece.at(share), b)) return true;
  return false;
}

Result<void> check_pair(const Lying& a, const Lying& b, double spacing) {
  const double reach = spacing - nest_tolerance;
  if (a.box.max.x + spacing <= b.box.min.x || b.box.max.x + spacing <= a.box.min.x ||
      a.box.max.y + spacing <= b.box.min.y || b.box.max.y + spacing <= a.box.min.y)
    return {};
  if (within(a, b) || within(b, a)) return fault(fmt::format("pieces {} and {} overlap", a.piece + 1, b.piece + 1));
  for (const Contour2D& one : a.contours)
    for (const Contour2D& other : b.contours)
      if (const double apart = distance(one, other, spacing); apart < reach)
        return fault(fmt::format("pieces {} and {} are {:.4f} mm apart, not {:.4f} mm", a.piece + 1, b.piece + 1, apart,
                                 spacing));
  return {};
}

Result<void> check_on_sheet(const Lying& one, const NestOptions& options) {
  const double edge = options.margin - nest_tolerance;
  if (one.box.min.x >= edge && one.box.min.y >= edge && one.box.max.x <= options.sheet.x - edge &&
      one.box.max.y <= options.sheet.y - edge)
    return {};
  return fault(fmt::format("piece {} leaves the sheet or its margin", one.piece + 1));
}

Result<void> check_complete(const std::vector<NestPiece>& pieces, const Nesting& nesting) {
  std::vector<int> count(pieces.size(), 0);
  for (const NestPlace& place : nesting.places) {
    if (place.piece >= pieces.size() || place.sheet >= nesting.sheets) return fault("a place is out of range");
    const auto allowed = allowed_turns(pieces[place.piece].turns);
    if (std::find(allowed.begin(), allowed.end(), place.degrees) == allowed.end())
      return fault(fmt::format("piece {} is turned by {} degrees against its grain", place.piece + 1, place.degrees));
    ++count[place.piece];
  }
  for (const std::size_t piece : nesting.unplaced) ++count.at(piece);
  if (std::any_of(count.begin(), count.end(), [](int n) { return n != 1; }))
    return fault("a piece is missing or there twice");
  return {};
}

}  // namespace

Result<void> check_nesting(const std::vector<NestPiece>& pieces, const NestOptions& options, const Nesting& nesting) {
  FW_CHECK(check_complete(pieces, nesting));
  std::vector<Lying> all;
  for (const NestPlace& place : nesting.places) {
    Lying& one = all.emplace_back(Lying{place.piece, place.sheet, {laid(pieces[place.piece].outer, place)}, {}});
    for (const Contour2D& opening : pieces[place.piece].inner) one.contours.push_back(laid(opening, place));
    one.box = bounds(one.contours[0]);
    FW_CHECK(check_on_sheet(one, options));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (all[i].sheet == all[j].sheet) FW_CHECK(check_pair(all[i], all[j], options.spacing));
  return {};
}

}  // namespace fitwright
