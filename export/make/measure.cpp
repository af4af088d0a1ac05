#include "export/make/measure.hpp"

#include "export/layout.hpp"

namespace fitwright {

namespace {

CutMeasure measure_cut(const Outline2D& outline) {
  CutMeasure cut;
  const Vec2 box = bounds(outline.outer).size();
  cut.thickness = outline.thickness;
  cut.area = area(outline);
  cut.box_area = box.x * box.y;
  cut.cut = cut_length(outline);
  cut.openings = outline.inner.size();
  cut.drillings = outline.drillings.size();
  for (const Pocket2D& pocket : outline.pockets) {
    double cleared = signed_area(pocket.outer);
    for (const Contour2D& island : pocket.islands) cleared += signed_area(island);
    if (pocket.engraved)
      cut.engraved += cleared;
    else
      cut.pockets += cleared * pocket.depth;
  }
  return cut;
}

}  // namespace

PartMeasure measure_part(const ScenePart& part) {
  PartMeasure measure;
  measure.name = part.name;
  measure.material = part.material;
  measure.quantity = part.assembled.size();
  const TriangleMesh made = placed(part.mesh, made_placement(part.mesh, part.up));
  measure.volume = volume(made);
  measure.area = area(made);
  measure.size = bounds(made).size();
  measure.triangles = made.triangles.size();
  measure.layers = print_layers(made, {});
  if (part.flat && *part.flat) measure.cut = measure_cut(**part.flat);
  return measure;
}

}  // namespace fitwright
