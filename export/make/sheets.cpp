#include "export/make/sheets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "export/file_names.hpp"
#include "export/layout.hpp"
#include "geometry/core/text.hpp"
#include "geometry/mesh/distance2d.hpp"

namespace fitwright {

namespace {

/// Parts cut from one kind of sheet.
struct Group {
  std::string material;
  double thickness = 0;
  std::vector<std::size_t> members;  ///< indices of the copies
};

std::vector<Group> groups_of(const std::vector<DrawnPart>& parts) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.material == parts[i].material && std::abs(group.thickness - parts[i].thickness) < 1e-6;
    });
    Group& group = same == groups.end() ? groups.emplace_back(Group{parts[i].material, parts[i].thickness, {}}) : *same;
    group.members.push_back(i);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::pair(-a.thickness, a.material) < std::pair(-b.thickness, b.material);
  });
  return groups;
}

/// The grain runs along the longer side of the sheet.
NestPiece piece_of(const DrawnPart& part, GrainRule rule, Vec2 sheet) {
  NestPiece piece;
  for (const DrawnContour& one : part.contours) {
    if (one.meaning == Meaning::cut_outside) piece.outer = one.contour;
    if (one.meaning == Meaning::cut_inside) piece.inner.push_back(one.contour);
  }
  const Vec2 size = part.box.size();
  const Grain grain = kept_grain(part, rule);
  const bool along_x = (size.x >= size.y) == (grain == Grain::length);
  if (grain != Grain::none) piece.turns = along_x == (sheet.x >= sheet.y) ? Turns::half : Turns::across;
  return piece;
}

Stock stock_for(const Scene& scene, const FlatOptions& options, const Group& group) {
  if (options.stock.size) return {group.material, {*options.stock.size}, ""};
  for (const Stock& stock : scene.shop.sheets)
    if (stock.material == group.material) return stock;
  for (const Stock& stock : scene.shop.sheets)
    if (stock.material.empty()) return stock;
  return {};
}

/// The size of which the least area is needed for all pieces; with sizes alike in that, the first.
Result<Vec2> best_size(const std::function<std::vector<NestPiece>(Vec2)>& pieces_on, NestOptions options,
                       const std::vector<Vec2>& sizes, const std::stop_token& stop) {
  if (sizes.size() == 1) return sizes.front();
  options.tries = 1;
  std::optional<std::pair<std::size_t, double>> least;
  Vec2 best = sizes.front();
  for (const Vec2 size : sizes) {
    options.sheet = size;
    FW_TRY(const Nesting nesting, nest(pieces_on(size), options, stop));
    const std::pair cost(nesting.unplaced.size(), nesting.sheets * size.x * size.y);
    if (least && cost >= *least) continue;
    least = cost;
    best = size;
  }
  return best;
}

tl::unexpected<Error> does_not_fit(const std::vector<std::string>& labels, Vec2 size, double margin,
                                   std::string_view what, std::string_view advice) {
  const std::set<std::string> each(labels.begin(), labels.end());
  Error error = make_error(
      ErrorKind::geometry,
      fmt::format("{} {} on {} of {} x {} mm with {} mm kept free along its edges: {}",
                  each.size() == 1 ? "a part does" : fmt::format("{} parts do", each.size()), "not fit", what,
                  number_text(size.x), number_text(size.y), number_text(margin), fmt::join(each, ", ")),
      std::string(advice));
  error.part = *each.begin();
  return fail(std::move(error));
}

DrawnPart laid_part(const DrawnPart& part, const NestPlace& place) {
  DrawnPart out = part;
  out.box = {};
  for (DrawnContour& one : out.contours) {
    one.contour = laid(one.contour, place);
    const Bounds2D box = bounds(one.contour);
    out.box.add(box.min);
    out.box.add(box.max);
  }
  return out;
}

std::string sheet_name(const Group& group, std::size_t number) {
  return file_safe(fmt::format("{}{}mm-{}", group.material.empty() ? "sheet-" : group.material + "-",
                               number_text(group.thickness), number),
                   "sheet");
}

/// What is common to sheets and beds: who lies where, how much is used.
std::vector<LaidSheet> laid_sheets(const std::vector<NestPiece>& pieces, const std::vector<std::string>& labels,
                                   const Nesting& nesting, Vec2 size) {
  std::vector<LaidSheet> sheets(nesting.sheets);
  for (const NestPlace& place : nesting.places) {
    LaidSheet& sheet = sheets[place.sheet];
    sheet.labels.push_back(labels[place.piece]);
    sheet.outlines.push_back(laid(pieces[place.piece].outer, place));
    double area = signed_area(pieces[place.piece].outer);
    for (const Contour2D& opening : pieces[place.piece].inner) area += signed_area(opening);
    sheet.used += area / (size.x * size.y);
    sheet.end = std::max(sheet.end, bounds(sheet.outlines.back()).max.x);
    sheet.size = size;
  }
  return sheets;
}

Result<std::vector<SheetDrawing>> lay_group(const Group& group, const std::vector<DrawnPart>& parts, const Scene& scene,
                                            const FlatOptions& options, const std::stop_token& stop,
                                            const NestProgress& progress) {
  std::vector<std::string> labels;
  for (const std::size_t member : group.members) labels.push_back(parts[member].label);
  const auto pieces_on = [&](Vec2 sheet) {
    std::vector<NestPiece> pieces;
    for (const std::size_t member : group.members)
      pieces.push_back(piece_of(parts[member], options.stock.grain, sheet));
    return pieces;
  };
  const Stock stock = stock_for(scene, options, group);
  if (stock.sizes.empty())
    return fail(ErrorKind::usage,
                fmt::format("no sheet size is known for {}",
                            group.material.empty() ? "parts without a material" : group.material),
                "say it: --sheet 600x400");
  NestOptions nesting_options;
  nesting_options.margin = options.stock.margin.value_or(scene.shop.margin);
  nesting_options.spacing = options.stock.spacing.value_or(scene.shop.spacing);
  nesting_options.seed = options.stock.seed;
  FW_TRY(nesting_options.sheet, best_size(pieces_on, nesting_options, stock.sizes, stop));
  const std::vector<NestPiece> pieces = pieces_on(nesting_options.sheet);
  FW_TRY(const Nesting nesting, nest(pieces, nesting_options, stop, progress));
  if (!nesting.unplaced.empty()) {
    std::vector<std::string> missing;
    for (const std::size_t piece : nesting.unplaced) missing.push_back(labels[piece]);
    return does_not_fit(missing, nesting_options.sheet, nesting_options.margin, "a sheet",
                        "take a larger sheet (--sheet 2500x1250), a smaller margin, or make the part smaller");
  }
  std::vector<SheetDrawing> drawings;
  for (LaidSheet& sheet : laid_sheets(pieces, labels, nesting, nesting_options.sheet)) {
    sheet.name = sheet_name(group, drawings.size() + 1);
    sheet.material = group.material;
    sheet.thickness = group.thickness;
    sheet.source = stock.source;
    drawings.push_back({std::move(sheet), {{}, nesting_options.sheet}});
  }
  for (const NestPlace& place : nesting.places)
    drawings[place.sheet].drawing.parts.push_back(laid_part(parts[group.members[place.piece]], place));
  return drawings;
}

/// The convex hull of the points, counter-clockwise (Andrew's chains).
Contour2D hull_of(std::vector<Vec2> points) {
  std::sort(points.begin(), points.end(), [](Vec2 a, Vec2 b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  std::vector<Vec2> hull;
  const auto chain = [&](auto from, auto to) {
    const std::size_t start = hull.size();
    for (; from != to; ++from) {
      while (hull.size() > start + 1 && cross(hull.back() - hull[hull.size() - 2], *from - hull.back()) <= 1e-9)
        hull.pop_back();
      hull.push_back(*from);
    }
    hull.pop_back();
  };
  chain(points.begin(), points.end());
  chain(points.rbegin(), points.rend());
  Contour2D contour;
  for (std::size_t i = 0; i < hull.size(); ++i) contour.push_back(line2d(hull[i], hull[(i + 1) % hull.size()]));
  return contour;
}

}  // namespace

Result<std::vector<SheetDrawing>> lay_on_sheets(const Scene& scene, const FlatOptions& options, std::stop_token stop,
                                                const NestProgress& progress) {
  FW_TRY(const DrawnCopies copies, draw_copies(scene, options));
  const std::vector<Group> groups = groups_of(copies.parts);
  std::vector<SheetDrawing> all;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const NestProgress part = [&](double share) {
      if (progress) progress((static_cast<double>(i) + share) / static_cast<double>(groups.size()));
    };
    FW_TRY(std::vector<SheetDrawing> sheets, lay_group(groups[i], copies.parts, scene, options, stop, part));
    std::move(sheets.begin(), sheets.end(), std::back_inserter(all));
  }
  return all;
}

Result<std::vector<Plate>> lay_on_plates(const Scene& scene, const StockOptions& options, std::stop_token stop,
                                         const NestProgress& progress) {
  if (!scene.shop.bed && !options.size)
    return fail(ErrorKind::usage, "no print bed is known for this way of making", "say its size: --sheet 250x210");
  const Vec2 bed = options.size ? *options.size : Vec2{scene.shop.bed->x, scene.shop.bed->y};
  std::vector<std::string> names;
  for (const ScenePart& part : scene.parts) names.push_back(part.name);
  const std::vector<std::string> part_label = part_labels(names);
  std::vector<NestPiece> pieces;
  std::vector<std::string> labels, too_high;
  std::vector<std::pair<std::size_t, Placement>> copies;  // which part, and how it stands
  for (std::size_t part = 0; part < scene.parts.size(); ++part)
    for (const Placement& copy : scene.parts[part].assembled) {
      const Placement made = made_placement(scene.parts[part].mesh, scene.parts[part].up, copy.mirrors());
      std::vector<Vec2> shadow;
      double height = 0;
      for (const Vec3& v : scene.parts[part].mesh.vertices) {
        const Vec3 p = made.apply(v);
        shadow.push_back({p.x, p.y});
        height = std::max(height, p.z);
      }
      if (scene.shop.bed && height > scene.shop.bed->z) too_high.push_back(part_label[part]);
      pieces.push_back({hull_of(std::move(shadow)), {}, Turns::eighths});
      labels.push_back(part_label[part]);
      copies.emplace_back(part, made);
    }
  if (!too_high.empty())
    return fail(ErrorKind::geometry,
                fmt::format("{} is higher than the printer's {} mm", too_high.front(), number_text(scene.shop.bed->z)),
                "take a larger printer, or make the part smaller");
  NestOptions nesting_options;
  nesting_options.sheet = bed;
  nesting_options.margin = options.margin.value_or(scene.shop.margin);
  nesting_options.spacing = options.spacing.value_or(scene.shop.spacing);
  nesting_options.seed = options.seed;
  nesting_options.openings = false;
  nesting_options.tries = 3;
  FW_TRY(const Nesting nesting, nest(pieces, nesting_options, stop, progress));
  if (!nesting.unplaced.empty()) {
    std::vector<std::string> missing;
    for (const std::size_t piece : nesting.unplaced) missing.push_back(labels[piece]);
    return does_not_fit(missing, bed, nesting_options.margin, "a bed",
                        "take a larger printer, or make the part smaller");
  }
  std::vector<Plate> plates;
  for (LaidSheet& sheet : laid_sheets(pieces, labels, nesting, bed)) {
    sheet.name = fmt::format("plate-{}", plates.size() + 1);
    Plate& plate = plates.emplace_back(Plate{std::move(sheet), Scene{{}, scene.metadata, {}, scene.shop}, {}});
    for (std::size_t part = 0; part < scene.parts.size(); ++part) {
      std::vector<Placement> here;
      for (const NestPlace& place : nesting.places)
        if (place.sheet + 1 == plates.size() && copies[place.piece].first == part)
          here.push_back(Placement::translation({place.offset.x, place.offset.y, 0}) *
                         Placement::rotation({0, 0, 1}, place.degrees) * copies[place.piece].second);
      if (here.empty()) continue;
      plate.scene.parts.push_back(scene.parts[part]);
      plate.scene.parts.back().assembled = here;
      plate.placements.push_back(std::move(here));
    }
  }
  return plates;
}

}  // namespace fitwright
