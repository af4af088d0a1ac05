#include "export/make/sheet_filler.hpp"

#include <array>
#include <cmath>
#include <optional>

namespace fitwright {

using ClipperLib::cInt;
using ClipperLib::IntPoint;
using ClipperLib::Path;
using ClipperLib::Paths;

namespace {

void append_moved(Paths& to, const Paths& paths, IntPoint by) {
  for (Path path : paths) {
    for (IntPoint& p : path) p = {p.X + by.X, p.Y + by.Y};
    to.push_back(std::move(path));
  }
}

Paths clipped(ClipperLib::ClipType how, const Paths& subject, const Paths& clip) {
  ClipperLib::Clipper clipper;
  clipper.AddPaths(subject, ClipperLib::ptSubject, true);
  clipper.AddPaths(clip, ClipperLib::ptClip, true);
  Paths out;
  clipper.Execute(how, out, ClipperLib::pftNonZero, ClipperLib::pftNonZero);
  return out;
}

Paths united(const Paths& subject, const Paths& more) { return clipped(ClipperLib::ctUnion, subject, more); }
Paths without(const Paths& subject, const Paths& clip) { return clipped(ClipperLib::ctDifference, subject, clip); }

}  // namespace

const NoFit& FillShop::no_fit(std::size_t fixed, std::size_t fixed_turn, std::size_t moving, std::size_t moving_turn) {
  const std::tuple key(fixed, fixed_turn, moving, moving_turn);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  // Turning both pieces turns the answer, so only how they are turned to each other costs work.
  const double by = kinds[fixed].degrees[fixed_turn];
  const int between = static_cast<int>(std::lround(kinds[moving].degrees[moving_turn] - by + 360)) % 360;
  return known_.emplace(key, turned(unturned(fixed, moving, between), by)).first->second;
}

const NoFit& FillShop::unturned(std::size_t fixed, std::size_t moving, int degrees) {
  const std::tuple key(fixed, moving, degrees);
  if (const auto found = unturned_.find(key); found != unturned_.end()) return found->second;
  const GrownPiece other = turned(kinds[moving].piece, degrees);
  return unturned_.emplace(key, fitwright::no_fit(kinds[fixed].piece, other, openings_)).first->second;
}

Paths SheetFiller::room(std::size_t kind, std::size_t turn) {
  Taken& taken = taken_[{kind, turn}];
  for (; taken.counted < laid_.size(); ++taken.counted) {
    const Filled& other = laid_[taken.counted];
    const NoFit& between = shop_->no_fit(other.kind, other.turn, kind, turn);
    Paths blocked, free;
    append_moved(blocked, between.blocked, other.at);
    append_moved(free, between.free, other.at);
    taken.blocked = united(taken.blocked, free.empty() ? blocked : without(blocked, free));
  }
  const Path all = room_in(box_, shop_->kinds[kind].turned[turn]);
  if (all.empty() || taken.blocked.empty()) return all.empty() ? Paths{} : Paths{all};
  return without({all}, taken.blocked);
}

const Filled* SheetFiller::add(std::size_t kind) {
  const FillKind& ways = shop_->kinds[kind];
  std::optional<std::array<cInt, 4>> best;
  Filled found{kind, 0, {}};
  for (std::size_t turn = 0; turn < ways.turned.size(); ++turn) {
    const GridBox box = bounds(ways.turned[turn].outer);
    for (const Path& path : room(kind, turn))
      for (const IntPoint& p : path) {
        const cInt right = p.X + box.max.X, top = p.Y + box.max.Y, left = p.X + box.min.X, low = p.Y + box.min.Y;
        const std::array<cInt, 4> cost =
            fill_ == Fill::along ? std::array{right, top, left, low} : std::array{top, right, low, left};
        if (best && cost >= *best) continue;
        best = cost;
        found.turn = turn;
        found.at = p;
      }
  }
  return best ? &laid_.emplace_back(found) : nullptr;
}

}  // namespace fitwright
