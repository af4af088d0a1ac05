// Polygons on a grid of 10 nm, by Clipper: what room a piece has beside others.
#pragma once

#include <polyclipping/clipper.hpp>

#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

inline constexpr double grid = 1e5;  ///< units of a millimetre; a sheet of 5 m stays within Clipper's quick range

/// A piece as a polygon that holds all of it, grown by a distance.
struct GrownPiece {
  ClipperLib::Path outer;   ///< counter-clockwise
  ClipperLib::Paths inner;  ///< openings, each counter-clockwise, shrunk by the distance
};

/// Arcs become chords that lie outside of the material; `growth` >= 0 in mm. Notches narrower than twice `closing` are
/// filled: what nothing fits into need not be reckoned with.
GrownPiece grown(const Contour2D& outer, const std::vector<Contour2D>& inner, double growth, double closing);
GrownPiece turned(const GrownPiece& piece, double degrees);

struct GridBox {
  ClipperLib::IntPoint min, max;
};
GridBox bounds(const ClipperLib::Path& path);

/// Where the origin of `moving` may not lie so that it keeps clear of `fixed`, which lies at its own origin: outlines
/// to be filled, and in them what is free because `moving` lies in an opening there.
struct NoFit {
  ClipperLib::Paths blocked, free;
};
NoFit turned(const NoFit& places, double degrees);
NoFit no_fit(const GrownPiece& fixed, const GrownPiece& moving, bool openings);

/// The places of `moving`'s origin at which it lies in the box: a box again; empty path where it does not fit.
ClipperLib::Path room_in(const GridBox& box, const GrownPiece& moving);

}  // namespace fitwright
