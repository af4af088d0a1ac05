// Whether a part can be cut from a sheet at all, and from which.
#include "geometry/checks/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

const Outline2D* outline_of(Specimen& specimen, CheckSink& sink) {
  const FlatPart* flat = specimen.input.flat;
  if (flat && flat->outline) return &*flat->outline;
  sink.undecided(flat ? "the part is no flat part" : "only parts with an exact solid can be laid flat, not meshes");
  return nullptr;
}

std::vector<Contour2D> through_cuts(const Outline2D& outline) {
  std::vector<Contour2D> all{outline.outer};
  all.insert(all.end(), outline.inner.begin(), outline.inner.end());
  for (const Drilling2D& hole : outline.drillings)
    if (hole.through) all.push_back({circle2d(hole.centre, hole.diameter / 2, true)});
  return all;
}

Vec3 in_made_pose(const Specimen& specimen, Vec2 at) {
  const Placement& to_made = specimen.input.flat->to_made;
  const Vec3 across = to_made.apply_direction({0, 0, 1}), p = to_made.apply({at.x, at.y, 0});
  const Box3 box = bounds(specimen.mesh());
  return p + across * dot(across, (box.min + box.max) * 0.5 - p);
}

namespace {

void run_flat(Specimen& specimen, CheckSink& sink) {
  const FlatPart* flat = specimen.input.flat;
  if (!flat) return sink.undecided("only parts with an exact solid can be laid flat, not meshes");
  if (flat->outline) return;
  const Error& error = flat->outline.error();
  Finding finding;
  finding.severity = Severity::blocks;
  finding.message = error.message;
  finding.measured = error.measured;
  finding.required = error.required;
  finding.unit = error.unit;
  finding.suggestion = error.suggestion.empty()
                           ? "make its faces lie flat or stand upright, or choose a process that makes solids"
                           : error.suggestion;
  finding.source = "sheets are cut straight down";
  finding.status = DataStatus::derived;
  finding.detail = "faces of the exact solid that are neither square to the thickness nor along it";
  sink.found(std::move(finding));
}

void run_stock(Specimen& specimen, CheckSink& sink) {
  const Outline2D* outline = outline_of(specimen, sink);
  if (!outline) return;
  const auto& stock = specimen.input.flat->stock;
  if (stock.empty()) return sink.undecided("no thickness is known that this material is sold in");
  constexpr double rounding = 1e-6;
  const double thickness = outline->thickness;
  const auto off = [&](const SheetStock& one) { return std::max({0.0, one.least - thickness, thickness - one.most}); };
  const SheetStock& nearest =
      *std::min_element(stock.begin(), stock.end(), [&](const auto& a, const auto& b) { return off(a) < off(b); });
  if (off(nearest) <= rounding) return;
  constexpr double much = 0.5;  // mm: less is within what one sheet may differ from the next
  Finding finding;
  finding.severity = off(nearest) > much ? Severity::risk : Severity::advice;
  finding.require({nearest.nominal, "mm", nearest.source, nearest.status});
  finding.measured = thickness;
  finding.message = fmt::format("no sheet of {} is sold: the nearest is {}, which really measures {} to {}",
                                mm(thickness), mm(nearest.nominal), mm(nearest.least), mm(nearest.most));
  finding.suggestion =
      fmt::format("choose a thickness of {}, or enter what you measured on your sheet", mm(nearest.nominal));
  finding.detail = "distance between top and bottom face of the exact solid";
  sink.found(std::move(finding));
}

// A laser goes through or marks; it leaves no floor at a depth.
void run_pockets(Specimen& specimen, CheckSink& sink) {
  const Outline2D* outline = outline_of(specimen, sink);
  if (!outline || specimen.process().facts.contains("tool_diameter_mm")) return;
  const auto found = [&](double depth, Vec2 at) {
    Finding finding;
    finding.severity = Severity::blocks;
    finding.measured = depth;
    finding.required = outline->thickness;
    finding.unit = "mm";
    finding.at = in_made_pose(specimen, at);
    finding.source = "a beam cuts through, or marks the surface";
    finding.status = DataStatus::derived;
    finding.message = fmt::format("a pocket is {} deep in a sheet of {}: {} cuts through or not at all", mm(depth),
                                  mm(outline->thickness), specimen.process().name);
    finding.suggestion = "cut it through, engrave it (1 mm at most), glue it up of two layers, or choose a router";
    finding.detail = "a floor between top and bottom face that is no engraving";
    sink.found(std::move(finding));
  };
  for (const Pocket2D& pocket : outline->pockets)
    if (!pocket.engraved) found(pocket.depth, pocket.outer.front().from);
  for (const Drilling2D& hole : outline->drillings)
    if (!hole.through) found(hole.depth, hole.centre);
}

}  // namespace

const Check flat_part_check{"flat_part",
                            "Flat part",
                            "The part has one thickness, and its walls stand square to the sheet.",
                            {ProcessKind::sheet, ProcessKind::panels},
                            {},
                            false,
                            run_flat,
                            "The exact solid is laid out as an outline of lines and arcs; faces that neither lie flat "
                            "nor stand upright are named."};

const Check sheet_thickness_check{
    "sheet_thickness",
    "Thickness in stock",
    "The thickness is one in which the material is sold, give or take what real sheets "
    "measure.",
    {ProcessKind::sheet, ProcessKind::panels},
    {},
    false,
    run_stock,
    "The distance between top and bottom face against what is sold of the material, or what was measured."};

const Check sheet_pocket_check{"sheet_pocket",
                               "Pockets in sheet",
                               "Where only a beam cuts, nothing is cut to a depth.",
                               {ProcessKind::sheet},
                               {},
                               false,
                               run_pockets,
                               "Floors between top and bottom face that are no engravings (at most 1 mm deep)."};

}  // namespace fitwright
