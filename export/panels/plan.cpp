#include "export/panels/plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "export/cutlist/cut_list.hpp"
#include "export/make/drawing.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double same = 1e-6;

bool is_rectangle(const Contour2D& contour) {
  if (contour.size() != 4) return false;
  return std::all_of(contour.begin(), contour.end(), [](const Piece2D& piece) {
    const Vec2 along = piece.to - piece.from;
    return !piece.is_arc() && (std::abs(along.x) < same || std::abs(along.y) < same);
  });
}

/// What sawing leaves to be done, e.g. "cut to shape, 3 grooves, 4 holes, banding at the front".
std::string after_sawing(const DrawnPart& part, const CutRow& row) {
  std::vector<std::string> tasks;
  const auto add = [&](std::ptrdiff_t count, const char* one, const char* several) {
    if (count > 0) tasks.push_back(fmt::format("{} {}", count, count == 1 ? one : several));
  };
  const auto count = [&](Meaning meaning) {
    return std::count_if(part.contours.begin(), part.contours.end(),
                         [&](const DrawnContour& one) { return one.meaning == meaning && !one.island; });
  };
  // Inside first, the outline last.
  if (!is_rectangle(joined(part.contours.back().contour))) tasks.emplace_back("cut to shape");
  add(count(Meaning::cut_inside), "opening", "openings");
  add(count(Meaning::pocket), "groove or pocket", "grooves or pockets");
  add(count(Meaning::drill), "hole", "holes");
  add(count(Meaning::edge_drill), "hole in an edge", "holes in edges");
  add(count(Meaning::engrave), "engraving", "engravings");
  for (const std::string& edge : row.edges) tasks.push_back("edge banding: " + edge);
  return fmt::format("{}", fmt::join(tasks, ", "));
}

void add_panel(std::vector<BoardPlan>& plans, const DrawnPart& part, const CutRow& row, const std::string& name,
               const StockOptions& options) {
  auto plan = std::find_if(plans.begin(), plans.end(), [&](const BoardPlan& one) {
    return one.material == part.material && std::abs(one.thickness - part.thickness) < same;
  });
  if (plan == plans.end()) {
    plans.push_back({part.material, part.thickness, {}, "", {}, {}, {}, {}});
    plan = plans.end() - 1;
  }
  const Vec2 size = bounds(part.contours.back().contour).size();
  const Grain grain = kept_grain(part, options.grain);
  const double longer = std::max(size.x, size.y), shorter = std::min(size.x, size.y);
  const bool across = grain == Grain::width;
  plan->panels.push_back({part.label, across ? shorter : longer, across ? longer : shorter, grain == Grain::none});
  plan->names.push_back(name.empty() ? part.label : name);
  plan->after.push_back(after_sawing(part, row));
}

std::vector<Vec2> sizes_for(const Scene& scene, const StockOptions& options, BoardPlan& plan) {
  if (options.size) return {*options.size};
  for (const Stock& stock : scene.shop.sheets)
    if (stock.material == plan.material || stock.material.empty()) {
      plan.source = stock.source;
      return stock.sizes;
    }
  return {};
}

Result<void> plan_group(const Scene& scene, const StockOptions& options, std::size_t first, const std::stop_token& stop,
                        BoardPlan& plan) {
  const std::vector<Vec2> sizes = sizes_for(scene, options, plan);
  if (sizes.empty())
    return fail(ErrorKind::usage,
                fmt::format("no board size is known for {}", plan.material.empty() ? "these parts" : plan.material),
                "say it: --sheet 2500x1250");
  std::optional<std::tuple<std::size_t, double>> least;
  for (const Vec2 size : sizes) {
    const SawOptions saw{std::max(size.x, size.y),
                         std::min(size.x, size.y),
                         options.margin.value_or(scene.shop.saw_trim),
                         options.saw_kerf.value_or(scene.shop.saw_kerf),
                         60,
                         options.seed,
                         first};
    FW_TRY(PanelPlan found, plan_panels(plan.panels, saw, stop));
    const std::tuple cost(found.unplaced.size(), static_cast<double>(found.boards) * size.x * size.y);
    if (least && cost >= *least) continue;
    least = cost;
    plan.saw = saw;
    plan.plan = std::move(found);
  }
  if (plan.plan.unplaced.empty()) return {};
  const Panel& missing = plan.panels[plan.plan.unplaced.front()];
  Error error = make_error(ErrorKind::geometry,
                           fmt::format("{}, {} x {} mm, cannot be sawn from a board of {} x {} mm", missing.label,
                                       number_text(missing.length), number_text(missing.width),
                                       number_text(plan.saw.length), number_text(plan.saw.width)),
                           "take a larger board (--sheet 2800x2070), or make the part smaller");
  error.part = missing.label;
  return fail(std::move(error));
}

}  // namespace

Result<std::vector<BoardPlan>> plan_boards(const Scene& scene, const StockOptions& options, std::stop_token stop) {
  FW_TRY(const DrawnCopies copies, draw_copies(scene, {}));
  const std::vector<CutRow> rows = cut_list(scene);
  std::vector<BoardPlan> plans;
  for (std::size_t i = 0; i < copies.parts.size(); ++i)
    add_panel(plans, copies.parts[i], rows[copies.of[i]], scene.parts[copies.of[i]].label, options);
  std::stable_sort(plans.begin(), plans.end(), [](const BoardPlan& a, const BoardPlan& b) {
    return std::pair(-a.thickness, a.material) < std::pair(-b.thickness, b.material);
  });
  std::size_t boards = 0;  // numbered through all materials: a piece's mark is its own
  for (BoardPlan& plan : plans) {
    FW_CHECK(plan_group(scene, options, boards + 1, stop, plan));
    boards += plan.plan.boards;
  }
  return plans;
}

std::vector<LaidSheet> boards_of(const BoardPlan& plan) {
  std::vector<LaidSheet> boards(plan.plan.boards);
  for (std::size_t i = 0; i < boards.size(); ++i) {
    boards[i].name =
        fmt::format("{}-{}mm-{}", plan.material.empty() ? "board" : plan.material, number_text(plan.thickness), i + 1);
    boards[i].material = plan.material;
    boards[i].thickness = plan.thickness;
    boards[i].size = {plan.saw.length, plan.saw.width};
    boards[i].source = plan.source;
  }
  for (const SawnPanel& one : plan.plan.panels) {
    LaidSheet& board = boards[one.board];
    board.labels.push_back(plan.panels[one.panel].label);
    const Vec2 corners[] = {{one.x, one.y},
                            {one.x + one.length, one.y},
                            {one.x + one.length, one.y + one.width},
                            {one.x, one.y + one.width}};
    Contour2D& outline = board.outlines.emplace_back();
    for (std::size_t i = 0; i < 4; ++i) outline.push_back(line2d(corners[i], corners[(i + 1) % 4]));
    board.used += one.length * one.width / (board.size.x * board.size.y);
    board.end = std::max(board.end, one.x + one.length);
  }
  return boards;
}

}  // namespace fitwright
