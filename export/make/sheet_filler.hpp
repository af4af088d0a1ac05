// Fills one sheet piece by piece. The whole room that is left for a piece is known, of any form and with the openings
// of others in it; the piece goes into the best corner of that.
#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "export/make/no_fit.hpp"

namespace fitwright {

/// A kind of piece in each way round that it may lie.
struct FillKind {
  GrownPiece piece;  ///< as it is
  std::vector<double> degrees;
  std::vector<GrownPiece> turned;  ///< one for each of `degrees`
};

/// What all sheets of all tries share. Answers are remembered: copies of a part ask the same again.
class FillShop {
 public:
  FillShop(std::vector<FillKind> all, bool openings) : kinds(std::move(all)), openings_(openings) {}

  const NoFit& no_fit(std::size_t fixed, std::size_t fixed_turn, std::size_t moving, std::size_t moving_turn);

  const std::vector<FillKind> kinds;

 private:
  const NoFit& unturned(std::size_t fixed, std::size_t moving, int degrees);

  bool openings_;
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>, NoFit> known_;
  std::map<std::tuple<std::size_t, std::size_t, int>, NoFit> unturned_;  ///< with the fixed piece as it is
};

/// Which corner of the room is best.
enum class Fill {
  along,  ///< the least far along x
  up,     ///< the least far along y
};

/// A piece in its place: its kind, which of the ways round, and where its origin lies on the grid.
struct Filled {
  std::size_t kind = 0, turn = 0;
  ClipperLib::IntPoint at;
};

class SheetFiller {
 public:
  /// `box`: where grown pieces may lie.
  SheetFiller(FillShop& shop, GridBox box, Fill fill) : shop_(&shop), box_(box), fill_(fill) {}

  /// Lays one more piece of the kind; null when there is no room for it.
  const Filled* add(std::size_t kind);

 private:
  /// Where one kind, turned one way, may not go; how many of the pieces laid are in it.
  struct Taken {
    std::size_t counted = 0;
    ClipperLib::Paths blocked;
  };

  ClipperLib::Paths room(std::size_t kind, std::size_t turn);

  FillShop* shop_;
  GridBox box_;
  Fill fill_;
  std::vector<Filled> laid_;
  std::map<std::pair<std::size_t, std::size_t>, Taken> taken_;
};

}  // namespace fitwright
