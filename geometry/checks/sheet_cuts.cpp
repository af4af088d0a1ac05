// What cutting a sheet asks of its outline: openings, webs, inside corners, and sawn edges.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/checks/narrow2d.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/sheet.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

constexpr double rounding = 1e-6;  // mm

// A limit in millimetres; those over the thickness are multiplied by it, and those of the other kind of material left
// out.
struct SheetLimit {
  Quantity quantity;
  std::string words;  // "1.5 mm (0.5 times the thickness)"
};
std::optional<SheetLimit> sheet_limit(const Specimen& specimen, double thickness,
                                      std::initializer_list<std::string_view> keys) {
  std::optional<SheetLimit> largest;
  for (const std::string_view key : keys) {
    if ((key.ends_with("_metal") && !specimen.input.metal) || (key.ends_with("_nonmetal") && specimen.input.metal))
      continue;
    auto limit = specimen.process().find(key);
    if (!limit) continue;
    const bool by_thickness = key.find("_over_thickness") != std::string_view::npos;
    SheetLimit one{*limit, mm(by_thickness ? limit->value * thickness : limit->value)};
    if (by_thickness) {
      one.quantity.value *= thickness;
      one.words += " (" + number_text(limit->value) + " times the thickness)";
    }
    one.quantity.unit = "mm";
    if (!largest || one.quantity.value > largest->quantity.value) largest = std::move(one);
  }
  return largest;
}

Finding about(const Specimen& specimen, const Quantity& limit, double measured, Vec2 at) {
  Finding finding;
  finding.severity = Severity::risk;
  finding.require(limit);
  finding.measured = measured;
  finding.at = in_made_pose(specimen, at);
  finding.detail = "between lines and arcs of the outline, in closed form";
  return finding;
}

void run_openings(Specimen& specimen, CheckSink& sink) {
  const Outline2D* outline = outline_of(specimen, sink);
  if (!outline) return;
  const auto hole =
      sheet_limit(specimen, outline->thickness,
                  {"min_hole_diameter_mm", "min_hole_over_thickness_metal", "min_hole_over_thickness_nonmetal"});
  const auto slot = sheet_limit(specimen, outline->thickness, {"tool_diameter_mm", "kerf_mm"});
  const auto found = [&](const SheetLimit& limit, double width, Vec2 at, std::string_view what) {
    Finding finding = about(specimen, limit.quantity, width, at);
    finding.message =
        fmt::format("{} {} wide is too narrow: {} needs {}", what, mm(width), specimen.process().name, limit.words);
    finding.suggestion = "make it wider, or drill it afterwards";
    sink.found(std::move(finding));
  };
  if (hole)
    for (const Drilling2D& one : outline->drillings)
      if (one.diameter < hole->quantity.value - rounding) found(*hole, one.diameter, one.centre, "a hole");
  if (!slot) return;
  std::vector<Contour2D> cuts = outline->inner;
  cuts.push_back(outline->outer);
  for (const Narrow2D& place : narrow_places(cuts, Medium::air, slot->quantity.value - rounding))
    found(*slot, place.width, place.at(), "a slot or notch");
  for (const Pocket2D& pocket : outline->pockets) {
    if (pocket.engraved) continue;
    std::vector<Contour2D> within{pocket.outer};
    within.insert(within.end(), pocket.islands.begin(), pocket.islands.end());
    // What is cut away lies to the left of a pocket's contours.
    for (const Narrow2D& place : narrow_places(within, Medium::material, slot->quantity.value - rounding))
      found(*slot, place.width, place.at(), "a pocket");
  }
}

void run_webs(Specimen& specimen, CheckSink& sink) {
  const Outline2D* outline = outline_of(specimen, sink);
  if (!outline) return;
  const auto limit = sheet_limit(specimen, outline->thickness,
                                 {"min_web_mm", "min_gap_between_cuts_mm", "min_web_over_thickness_metal"});
  if (!limit) return;
  for (const Narrow2D& place :
       narrow_places(through_cuts(*outline), Medium::material, limit->quantity.value - rounding)) {
    Finding finding = about(specimen, limit->quantity, place.width, place.at());
    finding.message = fmt::format("a web of {} is left between two cuts: {} needs {}", mm(place.width),
                                  specimen.process().name, mm(limit->quantity.value));
    finding.suggestion = "move the cuts apart, or join them";
    sink.found(std::move(finding));
  }
}

// Corners that a round tool cannot reach: the material stands on more than half of the way round.
struct Corners2D {
  std::size_t count = 0;
  double tightest = std::numeric_limits<double>::infinity();  // radius, mm
  Vec2 at;
  void add(double radius, Vec2 where) {
    ++count;
    if (radius < tightest) {
      tightest = radius;
      at = where;
    }
  }
};

// Contours with what is cut away to the right.
void add_corners(const Contour2D& contour, double bit, Corners2D& corners) {
  const std::size_t n = contour.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Piece2D &piece = contour[i], &next = contour[(i + 1) % n];
    if (piece.is_arc() && piece.sweep < 0 && piece.radius() < bit - rounding && !piece.open)
      corners.add(piece.radius(), piece.at(0.5));
    constexpr double bend = 1e-4;
    if (n > 1 && !piece.open && !next.open && cross(piece.direction_out(), next.direction_in()) < -bend)
      corners.add(0, piece.to);
  }
}

void run_corners(Specimen& specimen, CheckSink& sink) {
  const Outline2D* outline = outline_of(specimen, sink);
  if (!outline) return;
  Quantity limit = specimen.limits[0].quantity;
  limit.value /= 2;
  Corners2D corners;
  add_corners(outline->outer, limit.value, corners);
  for (const Contour2D& opening : outline->inner) add_corners(opening, limit.value, corners);
  for (const Pocket2D& pocket : outline->pockets) {
    if (pocket.engraved) continue;
    add_corners(reversed(pocket.outer), limit.value, corners);
    for (const Contour2D& island : pocket.islands) add_corners(reversed(island), limit.value, corners);
  }
  if (corners.count == 0) return;
  Finding finding = about(specimen, limit, corners.tightest, corners.at);
  finding.severity = Severity::advice;
  finding.message = fmt::format(
      "{} tighter than the bit's radius of {}: the bit leaves them round",
      corners.count == 1 ? std::string("one inside corner is") : fmt::format("{} inside corners are", corners.count),
      mm(limit.value));
  finding.suggestion = "export with corner relief where another part goes into the corner, or round the corners";
  sink.found(std::move(finding));
}

// All of it straight, along the first side or square to it: grooves that run into each other look like combs.
bool is_straight(const Contour2D& contour, Vec2 along) {
  return std::all_of(contour.begin(), contour.end(), [&](const Piece2D& piece) {
    const Vec2 way = piece.direction_out();
    return !piece.is_arc() && (std::abs(cross(way, along)) < 1e-6 || std::abs(dot(way, along)) < 1e-6);
  });
}

void run_saw(Specimen& specimen, CheckSink& sink) {
  const Outline2D* outline = outline_of(specimen, sink);
  if (!outline) return;
  std::vector<std::string> beyond;
  const Vec2 along = outline->outer.front().direction_out();
  if (joined(outline->outer).size() != 4 || !is_straight(outline->outer, along))
    beyond.push_back("its outline is no rectangle");
  if (!outline->inner.empty()) beyond.push_back("it has openings that are not round");
  if (std::any_of(outline->pockets.begin(), outline->pockets.end(),
                  [&](const Pocket2D& pocket) { return !is_straight(pocket.outer, along); }))
    beyond.push_back("it has pockets that are no straight grooves");
  if (beyond.empty()) return;
  Finding finding;
  finding.severity = Severity::advice;
  finding.measured = static_cast<double>(beyond.size());
  finding.required = 0;
  finding.unit = "kinds of cut";
  finding.at = in_made_pose(specimen, outline->outer.front().from);
  finding.source = "saws cut straight, from edge to edge";
  finding.status = DataStatus::derived;
  std::string reasons;
  for (const std::string& one : beyond) reasons += (reasons.empty() ? "" : ", and ") + one;
  finding.message = fmt::format("a saw alone does not make this part: {}", reasons);
  finding.suggestion = "finish it with a jigsaw or a router, or have it cut by a router";
  finding.detail = "rectangles with straight grooves along their sides and round holes are sawn and drilled";
  sink.found(std::move(finding));
}

}  // namespace

const Check sheet_opening_check{
    "sheet_opening",
    "Holes and slots in sheet",
    "No hole, slot, notch or pocket is narrower than the tool, or than the thickness allows.",
    {ProcessKind::sheet},
    {},
    false,
    run_openings,
    "Diameters of holes, and the narrowest way across slots, notches and pockets, between lines and arcs in closed "
    "form."};

const Check sheet_web_check{
    "sheet_web",
    "Webs between cuts",
    "Between two cuts, and between a cut and the edge, enough material is left to hold.",
    {ProcessKind::sheet},
    {},
    false,
    run_webs,
    "The narrowest way through the material between two cuts, between lines and arcs in closed form."};

const Check inside_corner_check{
    "inside_corner",
    "Inside corners",
    "Inside corners are no tighter than the bit.",
    {ProcessKind::sheet},
    {{"diameter of the bit", {"tool_diameter_mm"}, true}},
    false,
    run_corners,
    "Corners and arcs with the material outside whose radius is below half of the bit's diameter."};

const Check saw_cut_check{"saw_cut",
                          "Straight cuts",
                          "Parts that are only sawn are rectangles with straight grooves and round holes.",
                          {ProcessKind::panels},
                          {},
                          false,
                          run_saw,
                          "The outline has four straight sides at right angles, pockets run straight along them, and "
                          "all openings are round."};

}  // namespace fitwright
