#include "export/make/holding_tabs.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double usual_distance = 300;  // mm of outline for each tab

/// The straight edge nearest to a place along the contour that has room for a gap and as much beside it.
std::optional<std::size_t> edge_near(const Contour2D& contour, double place, double gap) {
  std::optional<std::size_t> best;
  double nearest = 1e300, at = 0;
  for (std::size_t i = 0; i < contour.size(); ++i) {
    const double size = contour[i].length();
    const double away = std::max({0.0, at - place, place - at - size});
    if (!contour[i].is_arc() && size >= 3 * gap && away < nearest) nearest = away, best = i;
    at += size;
  }
  return best;
}

}  // namespace

Result<std::vector<Contour2D>> interrupted(const Contour2D& contour, double gap) {
  const double whole = length(contour);
  const int wanted = std::max(2, static_cast<int>(std::lround(whole / usual_distance)));
  std::set<std::size_t> cut;
  for (int i = 0; i < wanted; ++i)
    if (const auto edge = edge_near(contour, (i + 0.5) * whole / wanted, gap)) cut.insert(*edge);
  if (cut.empty())
    return fail(ErrorKind::geometry, "no straight edge is long enough for a holding tab of " + number_text(gap) + " mm",
                "take shorter tabs, or none");
  std::vector<Contour2D> paths;
  // Begins behind the first gap and ends before it.
  const std::size_t first = *cut.begin();
  for (std::size_t k = 0; k <= contour.size(); ++k) {
    const std::size_t i = (first + k) % contour.size();
    const Piece2D& piece = contour[i];
    if (!cut.contains(i)) {
      paths.back().push_back(piece);
      continue;
    }
    const double share = gap / piece.length() / 2;
    if (k > 0) paths.back().push_back(line2d(piece.from, piece.at(0.5 - share)));
    if (k < contour.size()) paths.push_back({line2d(piece.at(0.5 + share), piece.to)});
  }
  return paths;
}

}  // namespace fitwright
