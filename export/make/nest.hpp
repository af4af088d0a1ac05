// Laying pieces on sheets or print beds: as few of them as can be found, spacing and margins kept, grain respected.
// Plain data in, plain data out; the same input gives the same answer.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// How a piece may be turned about its normal.
enum class Turns {
  none,      ///< as it is
  half,      ///< its grain runs as it is, either way round
  across,    ///< its grain runs across: by 90 or 270 degrees
  quarters,  ///< any quarter turn
  eighths,   ///< any multiple of 45 degrees, as on a print bed
};

/// One piece to be laid; copies are pieces of their own.
struct NestPiece {
  Contour2D outer;               ///< counter-clockwise, mm
  std::vector<Contour2D> inner;  ///< clockwise; openings, in which smaller pieces may lie
  Turns turns = Turns::quarters;
};

struct NestOptions {
  Vec2 sheet;              ///< mm; all sheets are alike
  double margin = 0;       ///< mm between the pieces and the sheet's edges
  double spacing = 0;      ///< mm between any two pieces
  bool openings = true;    ///< pieces may lie in the openings of others
  int tries = 6;           ///< orders of laying that are tried; the best is kept
  std::uint64_t seed = 1;  ///< of the orders beyond the usual ones
};

/// Where a piece lies: turned about the origin of its coordinates, then moved.
struct NestPlace {
  std::size_t piece = 0, sheet = 0;
  double degrees = 0;
  Vec2 offset;  ///< from the sheet's lower left corner
  bool operator==(const NestPlace&) const = default;
};

struct Nesting {
  std::vector<NestPlace> places;      ///< in the order of the pieces
  std::vector<std::size_t> unplaced;  ///< pieces larger than a sheet, in their order
  std::size_t sheets = 0;
  double used = 0;      ///< share of the sheets' area that is pieces, openings not counted, 0 to 1
  double last_end = 0;  ///< mm along x up to which the last sheet is taken; what lies beyond is one offcut
};

/// Share of the work done, 0 to 1.
using NestProgress = std::function<void(double)>;

/// Lays all pieces that fit. The answer has passed check_nesting.
/// Errors: usage (no room between the margins), cancelled, internal.
Result<Nesting> nest(const std::vector<NestPiece>& pieces, const NestOptions& options, std::stop_token stop = {},
                     const NestProgress& progress = {});

inline constexpr double nest_tolerance = 2e-4;  ///< mm: what spacing and margins may lack by rounding

/// Measures an answer on the true contours, arcs being arcs: every piece is laid once or named as unplaced, lies on its
/// sheet with the margin kept, is turned as allowed, overlaps no other and keeps the spacing.
/// Errors (internal): the first fault found.
Result<void> check_nesting(const std::vector<NestPiece>& pieces, const NestOptions& options, const Nesting& nesting);

/// The degrees that a piece may be turned by.
std::vector<double> allowed_turns(Turns turns);

/// The contour as it lies on its sheet.
Contour2D laid(const Contour2D& contour, const NestPlace& place);

}  // namespace fitwright
