// What is known of a part before anybody makes it: the numbers that estimates and order rules are about. Plain data.
#pragma once

#include <string>
#include <vector>

#include "export/make/print_paths.hpp"
#include "export/scene.hpp"

namespace fitwright {

/// Of a part that is cut from sheet.
struct CutMeasure {
  double thickness = 0;
  double area = 0;      ///< mm2 within the outline, openings taken off
  double box_area = 0;  ///< mm2 of the rectangle around it
  double cut = 0;       ///< mm of all cuts that go through
  double pockets = 0;   ///< mm3 cleared
  double engraved = 0;  ///< mm2
  std::size_t openings = 0, drillings = 0;
  bool operator==(const CutMeasure&) const = default;
};

struct PartMeasure {
  std::string name, material;  ///< the material's id; empty: the product's
  std::size_t quantity = 1;
  double volume = 0, area = 0;  ///< mm3, mm2 of one copy
  Vec3 size;                    ///< mm, in the made pose
  std::size_t triangles = 0;
  std::vector<PrintLayers> layers;  ///< with the usual PrintSettings
  std::optional<CutMeasure> cut;    ///< of parts that can be cut from sheet
};

/// One kind of part with all its copies; `flat` of the part says whether it can be cut.
PartMeasure measure_part(const ScenePart& part);

}  // namespace fitwright
