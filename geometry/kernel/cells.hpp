// Solids that are stacks of layers: what lies where, and which faces and edges bound it. Combinatorics alone, no
// OpenCASCADE: layers.cpp gives the result its surfaces.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "geometry/kernel/arrangement.hpp"

namespace fitwright {

/// How prisms along one axis are combined. Leaves are numbered depth first, so each member owns a range of them.
struct PrismTree {
  enum class How { leaf, unite, cut, common };
  How how = How::leaf;
  std::vector<PrismTree> members;    ///< cut: the base first
  std::size_t first = 0, count = 1;  ///< leaves below
};

/// A column's contents: the leaves (ascending) that hold a place.
using LeafSet = std::vector<std::size_t>;

bool holds(const PrismTree& tree, const LeafSet& leaves);
/// The leaves whose own boundary is the tree's boundary between two places that hold `a` and `b`.
void boundary_leaves(const PrismTree& tree, const LeafSet& a, const LeafSet& b, std::vector<std::size_t>& found);

struct LeafRange {
  double low = 0, high = 0;  ///< mm along the axis
};

/// A chain of pieces of one straight line, arc or other curve that becomes one edge of the solid.
struct CellEdge {
  struct Piece {
    std::size_t atom = 0;
    bool forward = true;  ///< runs as the atom does
  };
  bool upright = false;
  std::vector<Piece> pieces;     ///< of a level edge, in its direction: the wall's material on the left
  std::size_t from = 0, to = 0;  ///< nodes: vertex * (layers + 1) + level; an upright edge runs upwards
  std::size_t wall = 0;          ///< level edges: the wall that it bounds
  bool wall_above = false;       ///< level edges: the wall stands on it
  bool left = false;             ///< level edges: the level face lies to the left
  bool up = false;               ///< level edges: the level face looks up
  /// Upright edges: walls whose material-left outline ends, starts here; one and the same at a seam.
  std::size_t arrives = 0, leaves = 0;
  bool seam() const { return upright && arrives == leaves; }
};

/// An edge in a face's outline.
struct EdgeUse {
  std::size_t edge = 0;
  bool forward = true;
};
using CellLoop = std::vector<EdgeUse>;

/// A wall: pieces of one surface across several atoms and layers.
struct CellWall {
  CellEdge::Piece piece;                                     ///< one of its pieces, material on the left
  std::vector<CellLoop> loops;                               ///< counter-clockwise seen from outside
  std::vector<std::pair<std::size_t, std::size_t>> sources;  ///< leaves and their curves that it comes from
  bool round = false;                                        ///< runs all around: cut open at its seam
  std::size_t start = 0;  ///< vertex where angles along an arc are counted from; the seam's if round
};

/// A face across the axis.
struct CellFlat {
  std::size_t level = 0;
  bool up = true;
  std::vector<CellLoop> loops;      ///< outer first; the face lies on the left
  std::vector<std::size_t> leaves;  ///< whose ends they are
  double area = 0;
};

struct CellComplex {
  std::vector<double> levels;
  std::vector<CellEdge> edges;
  std::vector<CellWall> walls;
  std::vector<CellFlat> flats;
};

/// The boundary of the tree. Absent when it is not certain or not a manifold.
std::optional<CellComplex> cell_complex(const Arrangement& arrangement, const PrismTree& tree,
                                        std::span<const LeafRange> ranges);

}  // namespace fitwright
