// What to cut and buy: finished sizes, quantities and materials, under the names that the files have.
#pragma once

#include <string>
#include <vector>

#include "export/scene.hpp"

namespace fitwright {

/// One kind of piece.
struct CutRow {
  std::string label, part, role, material;
  std::size_t quantity = 0;
  double length = 0, width = 0, thickness = 0;  ///< mm, length >= width
  bool sheet = false;                           ///< cut from a sheet of this thickness
  double area = 0;                              ///< mm2 of sheet, openings taken off; only with `sheet`
  Grain grain = Grain::none;
  std::vector<std::string> edges;  ///< that get banding, by the side of the finished product to which they point
  double banding = 0;              ///< mm of it, for one piece
  bool operator==(const CutRow&) const = default;
};
/// "length", "width", or nothing.
std::string_view to_string(Grain grain);

/// A row for each part of the scene. Finished sizes: with tabs and tongues, without edge banding.
std::vector<CutRow> cut_list(const Scene& scene);
/// As a table for spreadsheets; what is bought follows the parts, with the same columns.
std::string cut_list_csv(const std::vector<CutRow>& rows, const std::vector<HardwareItem>& hardware);

}  // namespace fitwright
