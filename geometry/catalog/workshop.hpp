// A maker's own figures: the machines that stand in the workshop and what materials really measure and cost there.
//
//   [machine.prusa]            # an id of letters, digits, - and _
//   name = "Prusa in the cellar"
//   process = "fdm"            # what it does; everything it does not say is as the process has it
//   bed = [250, 210, 220]      # mm; two numbers for a machine that cuts sheets
//   nozzle = 0.6               # mm
//   fit_press = 0.08           # mm of clearance on each side
//   [material.birch_ply]
//   real_thickness_mm = 5.7
//   price_per_kg = 21.5
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geometry/catalog/record.hpp"

namespace fitwright {

/// A table of the workshop: `bed`, `nozzle`, `kerf`, `bit`, `layer` and `fit_CLASS` have become the keys that processes
/// use; numbers whose key states no unit, and whatever else nobody knows, are left out.
struct WorkshopTable {
  std::string id, name;  ///< the name is the id where none is given
  std::string process;   ///< of a machine
  std::vector<double> bed;
  std::vector<std::pair<std::string, double>> fits;  ///< clearance by class
  std::map<std::string, Fact, std::less<>> facts;    ///< with source and status
};

struct Workshop {
  std::vector<WorkshopTable> machines, materials;  ///< in the file's order
};

/// Errors: file (malformed, with the line; a machine without a process; a figure that is no size; an id given twice).
Result<Workshop> read_workshop(std::string_view text);

/// One value as it is entered: "nozzle", "0.6". Lengths may have units, a bed reads 250x210x220.
using Entry = std::pair<std::string, std::string>;

/// The text with a machine's values set, and the machine added when it is new; an empty value takes the key away.
/// Comments, order and what nobody knows stay. Errors: file (the text is damaged), value (id, key or value).
Result<std::string> set_machine(std::string_view text, const std::string& id, const std::vector<Entry>& entries);
/// The same of a material: price_per_kg, sheet_18mm_eur_m2, real_thickness_mm. Errors: as set_machine.
Result<std::string> set_material(std::string_view text, const std::string& id, const std::vector<Entry>& entries);
/// The text without a machine. Errors: file, value (there is none of that id).
Result<std::string> remove_machine(std::string_view text, const std::string& id);

}  // namespace fitwright
