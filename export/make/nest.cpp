#include "export/make/nest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <random>
#include <tuple>

#include "export/make/sheet_filler.hpp"
#include "geometry/core/text.hpp"
#include "geometry/mesh/distance2d.hpp"

namespace fitwright {

namespace {

using Order = std::vector<std::size_t>;

// Pieces that fit to the last digit do so in spite of the grid. In a corner two of these add up along the diagonal.
constexpr double slack = 0.25 * nest_tolerance;

/// Equal pieces are one kind; `kind_of` tells which.
FillShop shop_of(const std::vector<NestPiece>& pieces, const NestOptions& options, std::vector<std::size_t>& kind_of) {
  std::vector<FillKind> kinds;
  std::vector<std::size_t> first;
  double narrowest = 100;  // mm: nothing lies in a notch narrower than the narrowest piece
  for (const NestPiece& piece : pieces) {
    const Vec2 size = bounds(piece.outer).size();
    narrowest = std::min({narrowest, size.x, size.y});
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const NestPiece& piece = pieces[i];
    const auto same = std::find_if(first.begin(), first.end(), [&](std::size_t other) {
      return pieces[other].outer == piece.outer && pieces[other].inner == piece.inner &&
             pieces[other].turns == piece.turns;
    });
    kind_of.push_back(static_cast<std::size_t>(same - first.begin()));
    if (same != first.end()) continue;
    first.push_back(i);
    FillKind& kind = kinds.emplace_back();
    kind.piece = grown(piece.outer, piece.inner, options.spacing / 2 - slack, narrowest / 2);
    for (const double degrees : allowed_turns(piece.turns)) {
      kind.degrees.push_back(degrees);
      kind.turned.push_back(turned(kind.piece, degrees));
    }
  }
  return {std::move(kinds), options.openings};
}

/// The orders that usually do well, then seeded ones near the first: larger pieces mostly before smaller ones.
std::vector<Order> orders(const std::vector<NestPiece>& pieces, const NestOptions& options) {
  const std::size_t n = pieces.size();
  std::vector<double> areas, lengths, widths;
  for (const NestPiece& piece : pieces) {
    const Vec2 size = bounds(piece.outer).size();
    areas.push_back(signed_area(piece.outer));
    lengths.push_back(std::max(size.x, size.y));
    widths.push_back(std::min(size.x, size.y));
  }
  const auto by = [n](const std::vector<double>& measure) {
    Order order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return measure[a] > measure[b]; });
    return order;
  };
  std::vector<Order> all{by(areas), by(lengths), by(widths)};
  std::mt19937_64 random(options.seed);
  while (all.size() < static_cast<std::size_t>(options.tries)) {
    std::vector<double> nearly = areas;
    for (double& area : nearly) area *= 0.6 + 0.8 * (static_cast<double>(random() >> 11) * 0x1p-53);
    all.push_back(by(nearly));
  }
  all.resize(static_cast<std::size_t>(std::max(1, options.tries)));
  return all;
}

/// Where grown pieces may lie on a sheet.
GridBox room_on(const NestOptions& options) {
  const double edge = options.margin - options.spacing / 2 - slack;  // pieces carry half of the spacing with them
  const auto at = [](double x, double y) {
    return ClipperLib::IntPoint(std::llround(x * grid), std::llround(y * grid));
  };
  return {at(edge, edge), at(options.sheet.x - edge, options.sheet.y - edge)};
}

/// Lays the pieces in an order, each on the first sheet that has room for it.
Nesting lay(const std::vector<std::size_t>& kind_of, const NestOptions& options, FillShop& shop, const Order& order,
            Fill fill, const std::stop_token& stop, const std::function<void()>& one_done) {
  std::vector<SheetFiller> sheets;
  Nesting nesting;
  for (const std::size_t piece : order) {
    if (stop.stop_requested()) return {};
    const std::size_t kind = kind_of[piece];
    const auto take = [&](std::size_t sheet, const Filled& filled) {
      nesting.places.push_back({piece,
                                sheet,
                                shop.kinds[kind].degrees[filled.turn],
                                {double(filled.at.X) / grid, double(filled.at.Y) / grid}});
    };
    const Filled* filled = nullptr;
    for (std::size_t sheet = 0; !filled && sheet < sheets.size(); ++sheet)
      if ((filled = sheets[sheet].add(kind))) take(sheet, *filled);
    if (!filled) {
      SheetFiller next(shop, room_on(options), fill);
      if ((filled = next.add(kind))) {
        take(sheets.size(), *filled);
        sheets.push_back(std::move(next));
      } else {
        nesting.unplaced.push_back(piece);
      }
    }
    one_done();
  }
  nesting.sheets = sheets.size();
  std::sort(nesting.unplaced.begin(), nesting.unplaced.end());
  std::sort(nesting.places.begin(), nesting.places.end(),
            [](const NestPlace& a, const NestPlace& b) { return a.piece < b.piece; });
  return nesting;
}

void measure(const std::vector<NestPiece>& pieces, const NestOptions& options, Nesting& nesting) {
  double area = 0;
  for (const NestPlace& place : nesting.places) {
    area += signed_area(pieces[place.piece].outer);
    for (const Contour2D& opening : pieces[place.piece].inner) area += signed_area(opening);
    if (place.sheet + 1 == nesting.sheets)
      nesting.last_end = std::max(nesting.last_end, bounds(laid(pieces[place.piece].outer, place)).max.x);
  }
  if (nesting.sheets > 0) nesting.used = area / (nesting.sheets * options.sheet.x * options.sheet.y);
}

bool better(const Nesting& a, const Nesting& b) {
  return std::tuple(a.unplaced.size(), a.sheets, a.last_end) < std::tuple(b.unplaced.size(), b.sheets, b.last_end);
}

Result<void> check_options(const NestOptions& options) {
  const double least = std::min(options.sheet.x, options.sheet.y);
  if (!(least > 2 * options.margin) || !std::isfinite(options.sheet.x + options.sheet.y) || options.margin < 0 ||
      !(options.spacing >= 0) || options.spacing > 1000 || std::max(options.sheet.x, options.sheet.y) > 5000)
    return fail(
        ErrorKind::usage,
        fmt::format("nothing can be laid on a sheet of {} x {} mm with margins of {} mm and {} mm between parts",
                    number_text(options.sheet.x), number_text(options.sheet.y), number_text(options.margin),
                    number_text(options.spacing)),
        "a sheet is up to 5000 mm long and wider than both margins");
  return {};
}

}  // namespace

std::vector<double> allowed_turns(Turns turns) {
  switch (turns) {
    case Turns::none: return {0};
    case Turns::half: return {0, 180};
    case Turns::across: return {90, 270};
    case Turns::quarters: return {0, 90, 180, 270};
    case Turns::eighths: return {0, 45, 90, 135, 180, 225, 270, 315};
  }
  return {0};
}

Contour2D laid(const Contour2D& contour, const NestPlace& place) {
  return moved(turned(contour, place.degrees), place.offset);
}

Result<Nesting> nest(const std::vector<NestPiece>& pieces, const NestOptions& options, std::stop_token stop,
                     const NestProgress& progress) {
  FW_CHECK(check_options(options));
  if (pieces.empty()) return Nesting{};
  std::vector<std::size_t> kind_of;
  FillShop shop = shop_of(pieces, options, kind_of);
  const std::vector<Order> all = orders(pieces, options);
  std::size_t done = 0;
  const auto one_done = [&] {
    if (progress) progress(static_cast<double>(++done) / (2.0 * all.size() * pieces.size()));
  };
  std::optional<Nesting> best;
  for (const Order& order : all)
    for (const Fill fill : {Fill::along, Fill::up}) {
      Nesting found = lay(kind_of, options, shop, order, fill, stop, one_done);
      if (stop.stop_requested()) break;
      measure(pieces, options, found);
      if (!best || better(found, *best)) best = std::move(found);
    }
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the nesting was cancelled");
  FW_CHECK(check_nesting(pieces, options, *best));
  return *best;
}

}  // namespace fitwright
